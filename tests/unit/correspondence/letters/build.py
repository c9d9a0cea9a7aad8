"""Short ways to write a record and a letter in tests of letters."""

import datetime as dt

from arrears.core.facts import CaseFacts
from cases.core.facts import Nation
from correspondence.core.contacts import ContactSeen
from correspondence.core.letters.asks import Answer, Answers
from correspondence.core.letters.draft import Choices, draft
from correspondence.core.letters.envelope import Letter
from correspondence.core.letters.kind import KeptFile, Kind, Record, SentLetter


def record(
    facts: CaseFacts,
    on: dt.date,
    *,
    nation: Nation = Nation.ENGLAND,
    contacts: tuple[ContactSeen, ...] = (),
    letters: tuple[SentLetter, ...] = (),
    files: dict[str, list[KeptFile]] | None = None,
) -> Record:
    """What a letter may read, of these facts on this day."""
    return Record(
        facts=facts,
        perspective=facts.perspective,
        reference="120000002456",
        nation=nation,
        on=on,
        contacts=contacts,
        letters=letters,
        files=files or {},
    )


def written(kind: Kind, of: Record, *, sender: str = "Rosa Martin", **answers: Answer) -> Letter:
    """The letter of this kind with these answers, to an address of its own."""
    choices = Choices(sender=sender, addressee=("An office", "A town"), answers=Answers(answers))
    return draft(kind, of, choices)


def first_answers(kind: Kind, of: Record) -> dict[str, Answer]:
    """What the form shows as chosen before anybody presses anything."""
    found: dict[str, Answer] = {}
    for ask in kind.asks(of):
        options = getattr(ask, "options", None)
        if options is not None:
            ticked = tuple(one.value for one in options if one.is_ticked)
            is_many = hasattr(ask, "most")
            found[ask.name] = ticked if is_many else (ticked[0] if ticked else None)
        else:
            found[ask.name] = getattr(ask, "initial", None)
    return {name: value for name, value in found.items() if value not in (None, "", ())}
