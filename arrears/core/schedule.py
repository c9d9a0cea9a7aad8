"""Due dates, and what one instalment comes to (rules section 2).

Inside the engine a day is its ordinal (``date.toordinal()``) and an exact amount is a whole number
of *units*, of which ``UNITS`` make a penny. Every interval between two due dates has 7, 14 or 28 to
31 days and a monthly instalment is a third of a whole number of pence, so each exact value the
rules ask for is a whole number of units: exact rationals at the speed of ``int``.
"""

import calendar
import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from cases.core.facts import Decision, Frequency, Schedule

UNITS = 3 * 28 * 29 * 15 * 31  # divisible by 3 x each of 7, 14, 28, 29, 30 and 31
FAR = dt.date.max.toordinal()

STEP_DAYS = {Frequency.WEEKLY: 7, Frequency.FORTNIGHTLY: 14, Frequency.FOUR_WEEKLY: 28}
_SHORTEST = 28  # days that every month has
_WEEKS = {Frequency.WEEKLY: 1, Frequency.FORTNIGHTLY: 2, Frequency.FOUR_WEEKLY: 4}


class Run(NamedTuple):
    """The due dates of one schedule, until the next schedule replaces it.

    ``dues`` are ordinals, with one more at the end than falls due: the day after the natural end
    of the last interval. ``limit`` is the day on which the next schedule starts.
    """

    schedule: Schedule
    dues: list[int]
    limit: int

    @property
    def size(self) -> int:
        """How many instalments there are."""
        return len(self.dues) - 1

    def end(self, place: int) -> int:
        """The day after the cover of the instalment at ``place`` (an ordinal)."""
        return min(self.dues[place + 1], self.limit)


def round_units(units: int, per_penny: int = UNITS) -> int:
    """Round exact units to whole pence, once, half away from zero (rules section 1)."""
    if units >= 0:
        return (2 * units + per_penny) // (2 * per_penny)
    return -((per_penny - 2 * units) // (2 * per_penny))


def full_units(decision: Decision, frequency: Frequency) -> int:
    """One full instalment under a decision: weekly x 1, 2, 4 or 52 / 12, or what the letter states.

    The law spreads a 52-week total in equal parts (SI 1992/1989 reg 4), so a month is 52 / 12
    weeks, never 4. A weekly amount of 0 ends liability, whatever else the letter states.
    """
    if not decision.weekly:
        return 0
    if decision.instalment is not None:
        return decision.instalment * UNITS
    if frequency is Frequency.MONTHLY:
        return decision.weekly * 52 * UNITS // 12
    return decision.weekly * _WEEKS[frequency] * UNITS


def told_order(decision: Decision) -> tuple[int, int, int, int, int, int, str]:
    """The order in which decisions were told; the later wins where they speak of one day.

    Of two that say the same, the id settles which is named.
    """
    stated = -1 if decision.instalment is None else decision.instalment
    return (
        decision.notified_on.toordinal(),
        decision.decided_on.toordinal(),
        decision.sequence,
        decision.weekly,
        decision.effective_on.toordinal(),
        stated,
        decision.id,
    )


class Timeline:
    """Which decision is in force from which day, by the decisions told so far; it grows as more are told."""

    __slots__ = ("decisions", "starts")

    def __init__(self, told: Iterable[Decision] = ()) -> None:
        self.starts: list[int] = []  # ordinals, ascending
        self.decisions: list[Decision] = []
        for decision in told:
            self.tell(decision)

    def tell(self, decision: Decision) -> None:
        """Learn of one more decision; it holds over an earlier one with the same effective date."""
        start = decision.effective_on.toordinal()
        place = bisect_left(self.starts, start)
        if place < len(self.starts) and self.starts[place] == start:
            self.decisions[place] = decision
        else:
            self.starts.insert(place, start)
            self.decisions.insert(place, decision)

    def in_force(self, day: int) -> Decision | None:
        """The decision in force on ``day``: the greatest effective date not after it; None before the first."""
        place = bisect_right(self.starts, day) - 1
        return self.decisions[place] if place >= 0 else None

    def next_start(self, day: int) -> int:
        """The first effective date after ``day``."""
        place = bisect_right(self.starts, day)
        return self.starts[place] if place < len(self.starts) else FAR

    def value(self, run: Run, place: int) -> int:
        """The exact value, in units, of an instalment: its covered days under these decisions."""
        due, end = run.dues[place], run.end(place)
        natural = run.dues[place + 1] - due
        frequency = run.schedule.frequency
        total, day = 0, due
        while day < end:
            stop = min(end, self.next_start(day))
            decision = self.in_force(day)
            if decision is not None:
                total += full_units(decision, frequency) * (stop - day) // natural
            day = stop
        return total


def in_order(schedules: Iterable[Schedule]) -> list[Schedule]:
    """Schedules by the day they start.

    Two of one day are refused, unless one was struck out: while that one still stood it was the one
    known, so it comes last and holds.
    """
    return sorted(
        schedules,
        key=lambda one: (one.first_due_on, one.struck_out is not None, one.frequency, one.id),
    )


def runs(schedules: Iterable[Schedule], until: int) -> list[Run]:
    """The due dates of every schedule that fall on or before ``until``.

    A later schedule replaces an earlier one from its own first due date.
    """
    ordered = in_order(schedules)
    starts = [schedule.first_due_on.toordinal() for schedule in ordered]
    result = []
    for place, schedule in enumerate(ordered):
        limit = starts[place + 1] if place + 1 < len(starts) else FAR
        last = min(until, limit - 1)
        if starts[place] <= last:
            result.append(Run(schedule, _dues(schedule, last), limit))
    return result


def _dues(schedule: Schedule, last: int) -> list[int]:
    """Every due date up to ``last`` and the one after it, counted from the first, never chained."""
    first = schedule.first_due_on.toordinal()
    step = STEP_DAYS.get(schedule.frequency)
    if step is not None:
        return list(range(first, last + step + 1, step))
    wanted, after = schedule.first_due_on.day, _month(dt.date.fromordinal(last)) + 1
    months = map(_month_shape, range(_month(schedule.first_due_on), after))
    if wanted <= _SHORTEST:
        dues = [before + wanted for before, _ in months]
    else:
        dues = [before + min(wanted, longest) for before, longest in months]
    if dues[-1] <= last:
        before, longest = _month_shape(after)
        dues.append(before + min(wanted, longest))
    return dues


def _month(day: dt.date) -> int:
    """The number of a month, counted on from year to year."""
    return day.year * 12 + day.month - 1


@cache
def _month_shape(month: int) -> tuple[int, int]:
    """The ordinal of the day before a month begins, and how many days it has."""
    year, place = divmod(month, 12)
    return dt.date(year, place + 1, 1).toordinal() - 1, calendar.monthrange(year, place + 1)[1]


def nth_month(first: dt.date, months: int) -> dt.date:
    """The same day ``months`` later, or that month's last day where it is shorter (31 Jan, 28 Feb, 31 Mar)."""
    before, longest = _month_shape(_month(first) + months)
    return dt.date.fromordinal(before + min(first.day, longest))


def nth_due(first: dt.date, frequency: Frequency, place: int) -> dt.date:
    """The date of the instalment or payment ``place`` intervals after the first."""
    step = STEP_DAYS.get(frequency)
    if step is None:
        return nth_month(first, place)
    return first + dt.timedelta(days=step * place)
