"""Ask about recorded facts of whatever app."""

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import NamedTuple

from cms_tracker.audit.append_only import Fact, guarded_models
from cms_tracker.audit.models import Event


def has_fact(case_id: uuid.UUID, fact_id: uuid.UUID) -> bool:
    """Say whether any table of facts holds this one for this case, in one query."""
    kinds = [model for model in guarded_models() if issubclass(model, Fact)]
    one: dict[str, object] = {"pk": fact_id, "case_id": case_id}  # each concrete fact brings its own case
    first, *others = [model._default_manager.filter(**one).values("pk") for model in kinds]
    return first.union(*others).exists()


class Seen(NamedTuple):
    """One act on a case: when, what kind, by whom, on which row."""

    at: dt.datetime
    kind: str
    actor_id: uuid.UUID
    subject: str


def acts_on(case_id: uuid.UUID) -> Iterator[Seen]:
    """Everything that was done to a case, oldest first, read in parts."""
    rows = Event.objects.filter(case_id=case_id).order_by("pk").values_list("at", "kind", "actor_id", "subject")
    return (Seen(*row) for row in rows.iterator(chunk_size=1000))


class Done(NamedTuple):
    """One act of a time: when, what kind, by whom, to which record."""

    at: dt.datetime
    kind: str
    actor_id: uuid.UUID
    case_id: uuid.UUID | None


def acts_between(
    since: dt.datetime, until: dt.datetime, *, actor_id: uuid.UUID | None = None, case_id: uuid.UUID | None = None
) -> Iterator[Done]:
    """Everything done from ``since`` up to ``until``, oldest first; if asked, by one person or to one record."""
    rows = Event.objects.filter(at__gte=since, at__lte=until).order_by("pk")
    if actor_id is not None:
        rows = rows.filter(actor_id=actor_id)
    if case_id is not None:
        rows = rows.filter(case_id=case_id)
    values = rows.values_list("at", "kind", "actor_id", "case_id")
    return (Done(*one) for one in values.iterator(chunk_size=1000))
