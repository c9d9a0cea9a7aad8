"""Writing what a grid gave: all of its facts, of all apps, in one transaction."""

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from django.db import IntegrityError, transaction

from arrears import queries as arrears_queries
from arrears import transfer as arrears_transfer
from arrears.core import facts, walk
from cases import transfer as cases_transfer
from cases.core.facts import Decision, Perspective, Schedule, ServicePeriod
from cms_tracker.language import Words, mark, say
from cms_tracker.pages.core import grid
from cms_tracker.pages.core.grid import Read
from cms_tracker.pages.core.grid_rows import Column, Problem, Said, Value
from cms_tracker.refusal import Refusal
from correspondence import operations as correspondence

if TYPE_CHECKING:
    from cases.models import Case
    from cms_tracker.users.models import User

T = TypeVar("T", bound=Value)


@transaction.atomic
def enter(*, actor: "User", case: "Case", values: Sequence[Value]) -> int:
    """Record every fact under its own key, and return how many were new: sending twice adds nothing.

    Raises Refusal where the same rows are being saved elsewhere at this moment; nothing is written then.
    """
    held = {one.id for one in walk.every(arrears_queries.facts_for(case))}
    new = [one for one in values if one.id not in held]

    def of(kind: type[T]) -> tuple[T, ...]:
        return tuple(one for one in new if isinstance(one, kind))

    money = facts.CaseFacts(
        perspective=Perspective(case.perspective),
        openings=of(facts.OpeningBalance),
        payments=of(facts.Payment),
        observations=of(facts.Observation),
        adjustments=of(facts.Adjustment),
        statements=of(facts.Statement),
    )
    try:
        with transaction.atomic():
            cases_transfer.add_decided(
                actor=actor, case=case, decisions=of(Decision), schedules=of(Schedule), services=of(ServicePeriod)
            )
            arrears_transfer.add_money(actor=actor, case=case, known=money)
    except IntegrityError as error:
        raise Refusal(say("These rows are being saved already, perhaps in another tab.")) from error
    for one in of(Said):
        correspondence.record_contact(
            actor=actor, case=case, at_date=one.on, at_time=None, kind=one.kind, direction=one.direction,
            recorded_on=None, summary=one.summary, entry_id=uuid.UUID(one.id),
        )  # fmt: skip
    return len(new)


def clashes(case: "Case", rows: Sequence[Read]) -> dict[int, Problem]:
    """The rows that are right by themselves and cannot stand beside what is there, by their number.

    A record has one amount carried over, and no two payment dates or services begin on one day.
    """
    held = arrears_queries.facts_for(case)
    taken = {_place(one) for one in grid.recorded(held)}
    found: dict[int, Problem] = {}
    for row in rows:
        place = _place(row.value)
        if place is None or row.is_again:
            continue
        if place in taken:
            found[row.number] = Problem(column=Column.DAY, text=_CLASH[str(place[0])])
        taken.add(place)
    return found


def _place(value: object) -> tuple[object, ...] | None:
    match value:
        case facts.OpeningBalance():
            return (say("carried over"),)
        case Schedule():
            return ("dates", value.first_due_on)
        case ServicePeriod():
            return ("service", value.from_on)
        case _:
            return None


_CLASH = Words(
    {
        "carried over": mark(
            "The record holds an amount carried over already. Strike that one out first if it is wrong."
        ),
        "dates": mark("Other payment dates begin on this day already."),
        "service": mark("Another service begins on this day already."),
    }
)
