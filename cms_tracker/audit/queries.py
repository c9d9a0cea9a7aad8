"""Ask about recorded facts of whatever app, and who looked at a case."""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Count, Max, Min, Q, QuerySet
from django.db.models.functions import TruncDate

from cms_tracker.audit.append_only import Fact, guarded_models
from cms_tracker.audit.models import Event

_LONDON = ZoneInfo("Europe/London")
SEEN, REFUSED = "case.seen", "case.refused"
_LOOKS = Q(kind__in=[SEEN, REFUSED]) | Q(kind__startswith="look.")


class Looks(NamedTuple):
    """What one person did with one page of a case on one London day: how often, and first and last when."""

    day: dt.date
    actor_id: uuid.UUID
    kind: str
    page: str
    times: int
    first_at: dt.datetime
    last_at: dt.datetime


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


def days_of_looks(case_id: uuid.UUID, *, actor_id: uuid.UUID | None, start: int, count: int) -> list[dt.date]:
    """The days on which somebody, or this person, looked at a case: the latest first, so many from the given place."""
    days = _looks(case_id, actor_id).values_list("day", flat=True).distinct().order_by("-day")
    return list(days[start : start + count])


def looks_on(case_id: uuid.UUID, days: Sequence[dt.date], *, actor_id: uuid.UUID | None) -> list[Looks]:
    """Who looked at which page of a case on these days, the latest first."""
    rows = _looks(case_id, actor_id).filter(day__in=list(days)).values_list("day", "actor_id", "kind", "subject")
    counted = rows.annotate(times=Count("pk"), first_at=Min("at"), last_at=Max("at"))
    return [Looks(*row) for row in counted.order_by("-day", "-last_at", "actor_id", "subject")]


def actors_of(case_id: uuid.UUID) -> list[uuid.UUID]:
    """Everybody who ever looked at a case."""
    found: Iterable[uuid.UUID] = _looks(case_id, None).order_by().values_list("actor_id", flat=True).distinct()
    return list(found)


def _looks(case_id: uuid.UUID, actor_id: uuid.UUID | None) -> QuerySet[Any]:
    rows: QuerySet[Any] = Event.objects.filter(_LOOKS, chain=case_id).annotate(day=TruncDate("at", tzinfo=_LONDON))
    return rows.filter(actor_id=actor_id) if actor_id else rows
