"""Read the facts of a case that decide what can be done next."""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from arrears import queries as money_queries
from arrears.core.plan_review import review
from arrears.core.position import position
from cases import queries as case_queries
from cases.core.facts import Nation, Perspective, Scheme
from cases.core.safe_contact import Channel
from correspondence.core.contacts import PromiseSeen
from correspondence.core.deadlines import DeadlineList
from correspondence.core.reports import told
from correspondence.core.sending import AwaitedReply
from correspondence.core.steps.reading import Case as CaseRead
from correspondence.core.steps.reading import read
from correspondence.core.steps.routed import routes
from correspondence.core.steps.snapshot import Snapshot
from correspondence.models import Letter
from correspondence.queries.challenges import challenges_of
from correspondence.queries.contacts import open_promises
from correspondence.queries.deadlines import deadlines_of
from correspondence.queries.events import standing_events
from correspondence.queries.reports import reports_sent
from correspondence.queries.sendings import awaited_replies, sendings_of

if TYPE_CHECKING:
    import uuid

    from cases.models import Case


def snapshot_of(
    case: "Case",
    *,
    on: dt.date,
    record: money_queries.Record | None = None,
    deadlines: DeadlineList | None = None,
    promises: Sequence[PromiseSeen] | None = None,
    replies: Sequence[AwaitedReply] | None = None,
    told_of: Collection[dt.date] | None = None,
) -> Snapshot:
    """The facts that decide, as known on the day ``on``.

    The rest is what a page has read already: the money of that day, its deadlines, the open promises,
    the replies that are awaited, and the due dates that CMS was told of.
    """
    found = record or money_queries.record_of(case, on=on, known_on=on)
    nation = Nation(case.nation)
    return read(
        CaseRead(
            perspective=Perspective(case.perspective),
            nation=nation,
            scheme=Scheme(case.scheme),
            facts=found.facts,
            seen=found.seen,
            at=found.at,
            plans=review(found.facts, on=on, known_on=on, nation=nation) if found.seen.plans else (),
            deadlines=deadlines or deadlines_of(case, on=on),
            promises=open_promises(case.pk, on=on) if promises is None else promises,
            replies=awaited_replies(case.pk, nation=nation, on=on) if replies is None else replies,
            events=standing_events(case.pk),
            routes=routes(challenges_of(case.pk)),
            sent=_sent(case.pk),
            told=told(reports_sent(case.pk)) if told_of is None else told_of,
            figure=_figure(found, on),
            needs_care=_needs_care(case.pk),
        )
    )


def _sent(case_id: "uuid.UUID") -> dict[str, dt.date]:
    """The latest day on which a letter of each kind was sent."""
    sendings = sendings_of([case_id])
    found: dict[str, dt.date] = {}
    for key, kind in Letter.objects.filter(case_id=case_id, pk__in=sendings).values_list("pk", "kind"):
        sent_on = sendings[key].sent_on
        if sent_on is not None:
            found[kind] = max(sent_on, found.get(kind, sent_on))
    return found


def _figure(record: money_queries.Record, on: dt.date) -> tuple[dt.date, int, int] | None:
    """The latest figure that CMS gave, beside the engine's for the same day."""
    given = [one for one in record.seen.statements if one.as_at <= on]
    latest = max(given, key=lambda one: (one.as_at, one.stated_on), default=None)
    if latest is None:
        return None
    ours = position(record.facts, on=latest.as_at, known_on=on).outstanding
    return latest.as_at, latest.amount, ours


def _needs_care(case_id: "uuid.UUID") -> bool:
    """Whether somebody said that not every way of reaching them is safe."""
    contact = case_queries.safe_contact_of(case_id)
    return contact is not None and len(contact.ways) < len(Channel)
