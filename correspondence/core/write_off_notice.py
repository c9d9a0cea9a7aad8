"""Check a notice that arrears may be written off: what it has to say, and by when to answer it.

SI 2009/3151, regulation 13H. Nothing here says whether CMS may write the arrears off: only what
the notice lacks, where its figures differ from the record, and the days.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from arrears.core.case_values import ClockKind
from arrears.core.facts import CaseFacts
from arrears.core.position import position
from cases.core.facts import Nation, Scheme
from cms_tracker.days import day
from cms_tracker.language import say
from cms_tracker.money import pounds
from correspondence.core import clock_rules
from correspondence.core.clocks import Days, days_of
from correspondence.core.endings import NoticePoint, notice_points


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A notice as a person read it. ``says`` are the codes of the points that it has; ``amount`` in pence."""

    dated_on: dt.date
    reached_on: dt.date
    says: frozenset[str]
    is_old_debt: bool = False
    amount: int | None = None
    from_on: dt.date | None = None
    to_on: dt.date | None = None

    @property
    def has(self) -> frozenset[str]:
        """The points that it has: those ticked, and those whose sum or days were typed from it."""
        typed = {"amount"} if self.amount is not None else set()
        return self.says | typed | ({"period"} if self.from_on and self.to_on else set())

    @property
    def clock(self) -> ClockKind:
        """The time limit that it starts."""
        return ClockKind.CSA_WRITE_OFF if self.is_old_debt else ClockKind.WRITE_OFF


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeFinding:
    """What a notice lacks, and its days. ``owed`` is the record's own figure on the day it was dated, in pence.

    ``differs`` are sentences about figures and days that do not fit the record, or each other.
    """

    notice: Notice
    missing: tuple[NoticePoint, ...]
    differs: tuple[str, ...]
    days: Days
    owed: int
    is_late: bool

    @property
    def is_whole(self) -> bool:
        """Whether it says all that it has to, and fits the record."""
        return not (self.missing or self.differs)


def check(notice: Notice, *, facts: CaseFacts, nation: Nation, on: dt.date) -> NoticeFinding:
    """Put a notice beside what it has to say, and beside the record as it is known on the day ``on``."""
    owed = position(facts, on=notice.dated_on, known_on=on).outstanding
    days = days_of(
        clock_rules.rules()[notice.clock], dated_on=notice.dated_on, reached_on=notice.reached_on, nation=nation
    )
    return NoticeFinding(
        notice=notice,
        missing=tuple(one for one in notice_points() if one.code not in notice.has),
        differs=tuple(_differs(notice, owed)),
        days=days,
        owed=owed,
        is_late=days.safe_on < on,
    )


def kept_words(found: NoticeFinding) -> str:
    """What is kept with the notice in the record: its period, and what it does not say."""
    notice = found.notice
    parts = []
    if notice.from_on and notice.to_on:
        parts.append(
            say("For {from_on} to {to_on}.", from_on=day(notice.from_on), to_on=day(notice.to_on)),
        )
    parts.append(say("It reached me on {reached_on}.", reached_on=day(notice.reached_on)))
    parts.extend(point.missing for point in found.missing)
    return " ".join(parts)


def is_old(scheme: Scheme) -> bool:
    """Whether a debt of this scheme is an old one of the Child Support Agency."""
    return scheme is not Scheme.CMS_2012


def points_of(codes: Collection[str]) -> frozenset[str]:
    """The codes among these that are points of a notice."""
    return frozenset(one.code for one in notice_points()) & frozenset(codes)


def _differs(notice: Notice, owed: int) -> list[str]:
    found = []
    if notice.amount is not None and notice.amount != owed:
        found.append(
            say(
                "The notice says {amount}. Your record shows {owed} on {on}. Ask CMS how its figure is made up.",
                amount=pounds(notice.amount),
                owed=pounds(owed),
                on=day(notice.dated_on),
            )
        )
    if notice.from_on and notice.to_on and notice.to_on < notice.from_on:
        found.append(
            say("The last day of the arrears is before the first. Check what you typed. If it is right, ask CMS.")
        )
    if notice.to_on and notice.to_on > notice.dated_on:
        found.append(say("The days of the arrears go on after the date of the notice. Ask CMS which days it means."))
    return found
