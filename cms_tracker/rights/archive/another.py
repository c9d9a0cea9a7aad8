"""What is kept about somebody who has no sign-in here: their own data, apart from that of everybody else.

A name is looked for in every text of every record. Where a whole answer is that name, it is theirs.
Where it stands among other words, the words are somebody else's too: they go to a part for review,
out of which people choose. Nothing here says whose record it is, when anything was written, or how
many records there are.
"""

import json
import re
import uuid
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.apps import apps
from django.db import models

from cms_tracker.rights.archive.rows import OF_A_RECORD, WRITTEN_AT_WORK

#: What a person is told, whether or not anything was found, until people have decided otherwise.
NEUTRAL = """You asked for personal data about you.

We run a site on which people keep their own records. We looked for data about you as far as the law
asks us to. We neither confirm nor deny that any other person uses this site, because to say either
could harm somebody (Data Protection Act 2018, Schedule 2, Part 3, paragraph 16).

There is nothing that we can give you without telling about somebody else.

You can complain to the Information Commissioner's Office (ICO), and you can ask a court.
"""


class Found(NamedTuple):
    """A place where the name stands: a number, what kind of entry and answer, the text, whether it is all theirs."""

    number: int
    kind: str
    field: str
    text: str
    is_own: bool


def places_of(names: Sequence[str], *, case_ids: Sequence[uuid.UUID] | None = None) -> Iterator[Found]:
    """Every text in which one of these names stands, in an order that tells nothing of when."""
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(name.strip())}(?!\w)" for name in names), re.IGNORECASE)
    number = 0
    for model in _models():
        texts = [field.name for field in model._meta.concrete_fields if _is_text(field)]
        # What somebody wrote at work is never handed on unread: that there is such a paper already tells something.
        may_be_own = model.__name__ not in WRITTEN_AT_WORK.get(model._meta.app_label, ())
        rows = model._base_manager.order_by("pk")
        column = "pk" if model._meta.label == "cases.Case" else "case_id"
        if case_ids is not None:
            rows = rows.filter(**{f"{column}__in": list(case_ids)})
        for row in rows.iterator(chunk_size=200):
            for name in texts:
                text = _text(getattr(row, name))
                if pattern.search(text):
                    number += 1
                    is_own = may_be_own and bool(pattern.fullmatch(text.strip()))
                    yield Found(number, model._meta.model_name or "", name, text, is_own)


def own_part(found: Sequence[Found]) -> dict[str, object]:
    """What is theirs alone: their name as it was written, and in what kind of answer. No day, no record, no number."""
    kinds = sorted({(one.kind, one.field, one.text.strip()) for one in found if one.is_own})
    return {
        "your_data": [{"what": f"A name in {kind} ({field})", "value": value} for kind, field, value in kinds],
        "where_from": "written down by a person who keeps a record of their own",
        "who_gets_it": "nobody but that person and those they let in",
    }


def review_part(found: Sequence[Found]) -> list[dict[str, object]]:
    """What holds other people's data too, for two people to read. It must not be handed on as it is."""
    return [
        {"number": one.number, "entry": one.kind, "answer": one.field, "text": one.text}
        for one in found
        if not one.is_own
    ]


def as_text(content: object) -> str:
    """JSON that people can read."""
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _models() -> list[type[models.Model]]:
    kinds = [*OF_A_RECORD.items(), *WRITTEN_AT_WORK.items()]
    every = [apps.get_model(app, name) for app, names in kinds for name in names]
    return [apps.get_model("cases", "Case"), *dict.fromkeys(every)]


def _is_text(field: models.Field) -> bool:  # type: ignore[type-arg]  # of any type
    is_words = isinstance(field, models.CharField | models.TextField | models.JSONField)
    return is_words and not field.choices and not field.name.endswith(("_hash", "sha256", "stored_as", "pdf_name"))


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False) if value else ""
