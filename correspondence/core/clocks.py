"""The days that a clock gives, counted from the facts that started it. No clock of ours is read here."""

import datetime as dt
import uuid
from dataclasses import dataclass

from arrears.core.case_values import ClockKind, ClockResult
from arrears.core.schedule import nth_month
from cases.core import calendar
from cases.core.facts import Nation, StruckOut
from correspondence.core.clock_rules import Anchor, ClockRule, Reading, Side, Unit, rules


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockEnding:
    """What became of a clock: done or not needed, on which day, and why."""

    id: uuid.UUID
    result: ClockResult
    on: dt.date
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockSeen:
    """A clock on the record: the days that it counts from, where they came from, and how it ended.

    At least one of ``dated_on`` and ``reached_on`` is known. ``called`` is its own name, of a thing to do that was
    pressed; the others are called as their rule is.
    """

    id: uuid.UUID
    case_id: uuid.UUID
    kind: ClockKind
    dated_on: dt.date | None
    reached_on: dt.date | None
    contact_id: uuid.UUID | None = None
    letter_id: uuid.UUID | None = None
    decision_id: uuid.UUID | None = None
    entered_on: dt.date | None = None
    note: str = ""
    called: str = ""
    ending: ClockEnding | None = None
    struck_out: StruckOut | None = None

    @property
    def rule(self) -> ClockRule:
        """How long it takes, and who says so."""
        return rules()[self.kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingOn:
    """One source's reading, worked out to a day."""

    reading: Reading
    on: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The days of one clock. Neither ``safe_on`` nor ``rule_on`` is certain where sources disagree.

    ``safe_on`` is the earliest day that any source gives (of somebody else's time: the day that
    counts); ``rule_on`` the day by the binding rule, None where nobody knows one. ``act_on`` is the
    working day to act on: the last one by ``safe_on``, or, of somebody else's time, the first one
    from it. ``latest`` is the last day of all.
    """

    safe_on: dt.date
    rule_on: dt.date | None
    act_on: dt.date
    readings: tuple[ReadingOn, ...]
    asides: tuple[ReadingOn, ...]
    latest: ReadingOn | None


def days_of(rule: ClockRule, *, dated_on: dt.date | None, reached_on: dt.date | None, nation: Nation) -> Days:
    """Work out every day of a clock. Raises ValueError where neither day is known."""
    if dated_on is None and reached_on is None:
        raise ValueError("a clock needs a day to count from")
    anchors = {Anchor.DATED: dated_on or reached_on, Anchor.REACHED: reached_on or dated_on}

    def on(reading: Reading) -> ReadingOn:
        start = anchors[reading.anchor]
        assert start is not None  # noqa: S101 - one of the two stands in for the other
        return ReadingOn(reading=reading, on=count(reading, start, nation=nation))

    found = [on(one) for one in rule.readings]
    counting = tuple(one for one in found if not one.reading.aside)
    safe = min(one.on for one in counting)
    act = calendar.working_day_by if rule.side is Side.YOURS else calendar.working_day_from
    return Days(
        safe_on=safe,
        rule_on=next((one.on for one in counting if one.reading.law), None),
        act_on=act(safe, nation=nation),
        readings=counting,
        asides=tuple(one for one in found if one.reading.aside),
        latest=on(rule.latest) if rule.latest else None,
    )


def count(reading: Reading, start: dt.date, *, nation: Nation) -> dt.date:
    """The last day of a time that starts with ``start``, counted from it and never in steps."""
    match reading.unit:
        case Unit.MONTHS:
            return nth_month(start, reading.count)
        case Unit.WORKING_DAYS:
            return calendar.add_working_days(start, reading.count, nation=nation)
        case _:
            return start + dt.timedelta(days=reading.count - reading.first_day)
