"""Read what a case on one page is made from. Nothing is written, and nothing is added up here."""

import datetime as dt
from typing import TYPE_CHECKING

from arrears import queries as money_queries
from arrears.core import statements
from arrears.core.plan_review import review
from arrears.core.position import next_due
from cases.core.facts import Nation
from cms_tracker import language
from correspondence.core.next_steps import Action, Refusal, answer
from correspondence.core.one_page import Ground, Next, OnePage, one_page
from correspondence.queries.bundles import needles_of
from correspondence.queries.contacts import contacts_of, open_promises
from correspondence.queries.deadlines import deadlines_of
from correspondence.queries.next_steps import snapshot_of

if TYPE_CHECKING:
    from arrears.core.results import Beside
    from cases.models import Case


def one_page_of(case: "Case", *, on: dt.date) -> OnePage:
    """The words of a case on one page, as it stands and is known on the day ``on``. English, as every paper is."""
    with language.spoken(None):
        return one_page(_ground(case, on=on))


def _ground(case: "Case", *, on: dt.date) -> Ground:
    record = money_queries.record_of(case, on=on, known_on=on)
    seen, at = record.seen, record.at
    deadlines = deadlines_of(case, on=on)
    following = answer(snapshot_of(case, on=on, record=record, deadlines=deadlines))
    plans = review(record.facts, on=on, known_on=on, nation=Nation(case.nation)) if seen.plans else ()
    return Ground(
        reference=case.reference,
        seen=seen,
        at=at,
        next_due=next_due(record.facts, after=on, known_on=on),
        plans=[one for one in plans if one.plan.agreed_on <= on],
        stated=_stated(record, on),
        contacts=[one for one in contacts_of(case.pk) if one.struck_out is None and one.at_date <= on],
        promises=open_promises(case.pk, on=on),
        deadlines=deadlines,
        steps=[_next(one) for one in following.actions],
        refused=[_next(one) for one in following.refusals],
        hidden=needles_of(case.pk),
        has_anything=bool(at.instalments or at.others or at.paid or seen.schedules),
    )


def _next(one: Action | Refusal) -> Next:
    # In front of the reason, which may be cut.
    return Next(one.title if one.is_firm else f"{one.title} (not verified by us)", one.why)


def _stated(record: money_queries.Record, on: dt.date) -> "tuple[str, Beside] | None":
    """The last figure that was given for a day up to ``on``, with its source, beside the record's."""
    given = [one for one in record.seen.statements if one.as_at <= on]
    latest = max(given, key=lambda one: (one.as_at, one.stated_on), default=None)
    return (latest.source, statements.beside(record.seen, latest, known_on=on)) if latest else None
