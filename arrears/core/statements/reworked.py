"""What fell due, worked out as CMS may have done it: another decision, another date, another month.

Each way is posted once by the engine, up to the last day that is asked about, and then read for
every statement: what falls due by a day does not depend on what falls due after it.
"""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from arrears.core.dues import Dues
from arrears.core.facts import CaseFacts
from arrears.core.ledger import known
from arrears.core.schedule import UNITS, Run, Timeline, in_order, round_units, runs, told_order
from arrears.core.statements.candidates import ALL_DECISIONS, Candidate
from cases.core.facts import Decision, Frequency
from cms_tracker.days import day
from cms_tracker.language import mark, say
from cms_tracker.money import pounds, round_half_up

MOST_DECISIONS = 12
DAYS_BETWEEN = 31  # no two payment dates of one schedule are further apart
MOST_WAYS = 40  # postings in one call, whatever the number of statements

# How people turn a weekly amount into a monthly one, other than the law's 52 weeks in 12 months.
_MONTHS = (
    (Fraction(4), mark("4 weeks to the month")),
    (Fraction(365, 7 * 12), mark("365 days shared out over 12 months")),
    (Fraction("4.345"), mark("4.345 weeks to the month")),
    (Fraction("4.33"), mark("4.33 weeks to the month")),
)


class _Way(NamedTuple):
    """One other way, and from which day of statement on it can be what CMS did: none is of a later date."""

    kind: str
    clause: str
    on: dt.date
    fact_ids: tuple[str, ...]
    facts: CaseFacts
    from_on: dt.date


class Reworked:
    """The other ways of one record, for every statement up to ``until``."""

    def __init__(self, facts: CaseFacts, *, known_on: dt.date, until: dt.date) -> None:
        self._known_on = known_on
        self._seen = known(facts, known_on)
        self._until = until
        self._told = sorted(self._seen.decisions, key=told_order)

    def candidates(self, on: dt.date) -> Iterator[Candidate]:
        """What each way would put on CMS's figure for a day."""
        ours = self._ours.by(on)
        for way, dues in self._ways:
            if way.from_on <= on:
                amount = dues.by(on) - ours
                alone = way.kind == "another_month"
                yield Candidate(way.kind, amount, way.clause, way.on, way.fact_ids, ALL_DECISIONS, alone=alone)
        yield from self._early(on, ours)
        yield from self._daily(on, ours)

    @cached_property
    def _ours(self) -> Dues:
        return Dues(self._seen, until=self._until, known_on=self._known_on)

    @cached_property
    def _ways(self) -> list[tuple[_Way, Dues]]:
        """The likelier ways first; each is posted once, and there is a limit to how many."""
        latest = self._told[-MOST_DECISIONS:]
        ways = [*self._months(), *map(self._left_out, latest)]
        dates = [list(self._other_dates(one)) for one in latest]
        for place in range(max(map(len, dates), default=0)):
            ways += [found[place] for found in dates if place < len(found)]
        return [(way, Dues(way.facts, until=self._until, known_on=self._known_on)) for way in islice(ways, MOST_WAYS)]

    @cached_property
    def _runs(self) -> list[Run]:
        """The payment dates around every decision, whatever day is asked about."""
        last = max((max(one.effective_on, one.notified_on) for one in self._told), default=self._until)
        return runs(self._seen.schedules, last.toordinal() + DAYS_BETWEEN)

    def _left_out(self, one: Decision) -> _Way:
        clause = say(
            "CMS has not applied {name} from {effective_on}", name=_name(one), effective_on=day(one.effective_on)
        )
        facts = self._instead(one, None)
        return _Way("decision_left_out", clause, one.effective_on, (one.id,), facts, one.notified_on)

    def _other_dates(self, one: Decision) -> Iterator[_Way]:
        """A decision applied from another of its own dates, or from the payment date before or after."""
        around = self._payment_dates(one)
        dates = dict.fromkeys([one.decided_on, one.notified_on, *around])
        for other in dates:
            if other != one.effective_on:
                clause = say(
                    "CMS applied {name} from {other}, not from {effective_on}",
                    name=_name(one),
                    other=day(other),
                    effective_on=day(one.effective_on),
                )
                facts = self._instead(one, replace(one, effective_on=other))
                yield _Way("decision_from_another_date", clause, other, (one.id,), facts, other)

    def _payment_dates(self, one: Decision) -> Iterator[dt.date]:
        """The payment dates on either side of a decision's effective date, and the next once it was told."""
        dues = [due for run in self._runs for due in run.dues[: run.size]]
        place = bisect_right(dues, one.effective_on.toordinal())
        for at in (place, place - 1, bisect_right(dues, one.notified_on.toordinal())):
            if 0 <= at < len(dues):
                yield dt.date.fromordinal(dues[at])

    def _months(self) -> Iterator[_Way]:
        """Another month than 52 weeks in 12 parts, or the stated instalment passed over."""
        if not self._seen.schedules or any(one.frequency is not Frequency.MONTHLY for one in self._seen.schedules):
            return
        first = in_order(self._seen.schedules)[0].first_due_on
        for weeks, words in _MONTHS:
            decisions = tuple(
                one if one.instalment is not None else replace(one, instalment=round_half_up(one.weekly * weeks))
                for one in self._seen.decisions
            )
            facts = replace(self._seen, decisions=decisions)
            clause = say("CMS worked out each month as {words}, not as 52 weeks in 12 parts", words=words)
            yield _Way("another_month", clause, first, (), facts, first)
        stated = tuple(one.id for one in self._seen.decisions if one.instalment is not None)
        if stated:
            decisions = tuple(replace(one, instalment=None) for one in self._seen.decisions)
            clause = say("CMS counted 52 weeks in 12 parts, not the payment that its letter states")
            facts = replace(self._seen, decisions=decisions)
            yield _Way("another_month", clause, first, stated, facts, first)

    def _early(self, on: dt.date, ours: int) -> Iterator[Candidate]:
        """A decision that CMS had made, and counted, before it was told."""
        later = [one for one in self._told if one.notified_on > on][:MOST_DECISIONS]
        for one in later:
            facts = self._instead(one, replace(one, notified_on=on))
            amount = Dues(facts, until=on, known_on=self._known_on).by(on) - ours
            clause = say(
                "CMS already applied {name}, told on {notified_on}", name=_name(one), notified_on=day(one.notified_on)
            )
            yield Candidate("decision_counted_early", amount, clause, one.notified_on, (one.id,), ALL_DECISIONS)

    def _daily(self, on: dt.date, ours: int) -> Iterator[Candidate]:
        """Maintenance counted by the day up to the day itself, not by the payments that fell due."""
        told = [one for one in self._told if one.notified_on <= on]
        if not told or not self._seen.schedules:
            return
        line, end = Timeline(told), on.toordinal() + 1
        units = 0
        for place, start in enumerate(line.starts):
            stop = min(line.starts[place + 1] if place + 1 < len(line.starts) else end, end)
            units += line.decisions[place].weekly * UNITS // 7 * max(stop - start, 0)
        clause = say("CMS counted by the day up to {on}, not by the payments that had fallen due", on=day(on))
        yield Candidate("accrued_daily", round_units(units) - ours, clause, on, alone=True)

    def _instead(self, decision: Decision, other: Decision | None) -> CaseFacts:
        """The facts with another decision, or none, in a decision's place."""
        kept = tuple(one for one in self._seen.decisions if one is not decision)
        return replace(self._seen, decisions=kept if other is None else (*kept, other))


def _name(decision: Decision) -> str:
    return say("the decision of {weekly} a week", weekly=pounds(decision.weekly))
