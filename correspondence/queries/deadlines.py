"""Read the deadlines of one case, or of many in a fixed number of queries."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from arrears.core.case_values import ClockKind, ClockResult
from cases import queries as case_queries
from cases.core.facts import Decision, Nation
from correspondence.core.clock_rules import ClockRule, started_by_letter
from correspondence.core.clocks import ClockEnding, ClockSeen
from correspondence.core.deadlines import DeadlineList, Facts, listed
from correspondence.core.letters.registry import title_of
from correspondence.core.sending import AwaitedReply
from correspondence.core.steps import book
from correspondence.models import ClockEnd, ClockStart, Letter
from correspondence.queries.challenges import challenges_by_case
from correspondence.queries.contacts import Struck, promises_of
from correspondence.queries.sendings import awaited_reply, sendings_of

if TYPE_CHECKING:
    from cases.models import Case

LONDON = ZoneInfo("Europe/London")


class ClockOffer(NamedTuple):
    """A letter that was sent, and whose time nobody counts yet."""

    letter_id: uuid.UUID
    title: str
    sent_on: dt.date
    rule: ClockRule


def deadlines_of(case: "Case", *, on: dt.date) -> DeadlineList:
    """Every deadline of a case on the day ``on``."""
    return deadlines_by_case([case], on=on)[case.pk]


def deadlines_by_case(cases: Collection["Case"], *, on: dt.date) -> dict[uuid.UUID, DeadlineList]:
    """Every deadline of each of these cases on the day ``on``."""
    ids = [case.pk for case in cases]
    struck = case_queries.strike_outs(ids)
    clocks: dict[uuid.UUID, list[ClockSeen]] = defaultdict(list)
    for clock in _clocks(ids, struck):
        clocks[clock.case_id].append(clock)
    decisions = case_queries.told_decisions(ids, struck)
    promises = promises_of(ids, struck)
    replies = _replies(cases)
    challenges = challenges_by_case(ids, struck)
    return {
        case.pk: listed(
            Facts(
                nation=Nation(case.nation),
                clocks=clocks[case.pk],
                decisions=[(told, _day(entered_at)) for told, entered_at in decisions.get(case.pk, ())],
                promises=promises.get(case.pk, ()),
                replies=replies.get(case.pk, ()),
                challenges=challenges.get(case.pk, ()),
            ),
            case_id=case.pk,
            on=on,
        )
        for case in cases
    }


def clocks_of(case_id: uuid.UUID) -> list[ClockSeen]:
    """Every clock that somebody started in this case, struck-out ones among them, as they were entered."""
    return _clocks([case_id], case_queries.strike_outs([case_id]))


def clock_of(case_id: uuid.UUID, clock_id: uuid.UUID) -> ClockSeen | None:
    """One clock of this case, or None where the case has no such clock."""
    found = _clocks([case_id], case_queries.strike_outs([case_id]))
    return next((one for one in found if one.id == clock_id), None)


def clock_ended_by(case_id: uuid.UUID, ending_id: uuid.UUID) -> ClockSeen | None:
    """The clock of this case that this ending closes, or None; an ending that another one replaced closes nothing."""
    found = _clocks([case_id], case_queries.strike_outs([case_id]))
    return next((one for one in found if one.ending is not None and one.ending.id == ending_id), None)


def is_standing(case_id: uuid.UUID, clock_id: uuid.UUID) -> bool:
    """Whether the case has this clock, and nobody has struck it out."""
    found = clock_of(case_id, clock_id)
    return found is not None and found.struck_out is None


def challengeable(case_id: uuid.UUID, decision_id: uuid.UUID) -> Decision | None:
    """A decision of this case whose letter came on a known day, or None."""
    found = case_queries.told_decisions([case_id], case_queries.strike_outs([case_id])).get(case_id, [])
    return next((told for told, _ in found if told.id == str(decision_id) and told.struck_out is None), None)


def challengeable_of(case_id: uuid.UUID) -> list[Decision]:
    """The decisions of this case whose letter came on a known day, the latest told first."""
    found = case_queries.told_decisions([case_id], case_queries.strike_outs([case_id])).get(case_id, [])
    return [told for told, _ in reversed(found) if told.struck_out is None]


def clock_offers(case_id: uuid.UUID) -> list[ClockOffer]:
    """The letters that were sent and start a clock which nobody has started, the latest first."""
    struck = case_queries.struck_in(case_id)
    started = {
        letter_id
        for key, letter_id in ClockStart.objects.filter(case_id=case_id).values_list("pk", "letter_id")
        if key not in struck
    }
    sendings = sendings_of([case_id])
    found = []
    for letter_id, kind in Letter.objects.filter(case_id=case_id, pk__in=sendings).values_list("pk", "kind"):
        rule, sent_on = started_by_letter(kind), sendings[letter_id].sent_on
        if rule is not None and sent_on is not None and letter_id not in started:
            found.append(ClockOffer(letter_id, title_of(kind), sent_on, rule))
    found.sort(key=lambda one: (one.sent_on, one.title), reverse=True)
    return found


def starts_a_clock(letter: Letter) -> bool:
    """Whether this letter was sent, and nobody has started the clock that its kind starts."""
    if started_by_letter(letter.kind) is None:
        return False
    return any(one.letter_id == letter.pk for one in clock_offers(letter.case_id))


def _clocks(case_ids: Collection[uuid.UUID], struck: Struck) -> list[ClockSeen]:
    endings = _endings(case_ids, struck)
    rows = ClockStart.objects.filter(case_id__in=case_ids).order_by("entered_at", "id")
    return [
        ClockSeen(
            id=row.pk,
            case_id=row.case_id,
            kind=ClockKind(row.kind),
            dated_on=row.dated_on,
            reached_on=row.reached_on,
            contact_id=row.contact_id,
            letter_id=row.letter_id,
            decision_id=row.decision_id,
            entered_on=_day(row.entered_at),
            note=row.note,
            called=row.note if row.kind == ClockKind.OWN_STEP and book.is_title(row.note) else "",
            ending=endings.get(row.pk),
            struck_out=struck.get((row.case_id, row.pk)),
        )
        for row in rows
    ]


def _endings(case_ids: Collection[uuid.UUID], struck: Struck) -> Mapping[uuid.UUID, ClockEnding]:
    rows = ClockEnd.objects.filter(case_id__in=case_ids).order_by("entered_at", "id")
    return {
        row.start_id: ClockEnding(id=row.pk, result=ClockResult(row.result), on=row.on, note=row.note)
        for row in rows
        if (row.case_id, row.pk) not in struck
    }


def _replies(cases: Collection["Case"]) -> dict[uuid.UUID, list[AwaitedReply]]:
    nations = {case.pk: Nation(case.nation) for case in cases}
    sendings = sendings_of(list(nations))
    found: dict[uuid.UUID, list[AwaitedReply]] = defaultdict(list)
    for row in Letter.objects.filter(case_id__in=nations, pk__in=sendings).defer("html").order_by("made_at", "id"):
        awaited = awaited_reply(row, sendings[row.pk], nation=nations[row.case_id])
        if awaited is not None:
            found[row.case_id].append(awaited)
    return found


def _day(moment: dt.datetime) -> dt.date:
    return moment.astimezone(LONDON).date()
