"""Every day that somebody has to act or answer by, in one order: the safest day first.

A deadline comes from a clock on the record, a decision that can still be challenged, a promise, or
a letter that asks for an answer. Nothing here is certain where sources disagree; each day is shown
with what it was counted from and who says so.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from arrears.core.case_values import ClockKind, ClockResult
from cases.core import calendar
from cases.core.facts import Decision, Nation
from cms_tracker.days import day
from cms_tracker.language import say
from correspondence.core.challenge_clocks import decisions_under_way, open_windows
from correspondence.core.challenges import ChallengeSeen, Window
from correspondence.core.clock_rules import ClockRule, Side, rules
from correspondence.core.clocks import ClockEnding, ClockSeen, Days, days_of
from correspondence.core.contacts import PromiseSeen
from correspondence.core.sending import AwaitedReply

SOON = dt.timedelta(days=14)  # from here on a page says "soon": two weeks leave time to write and to post
COUNTED = dt.timedelta(days=120)  # further off, a number of working days helps nobody


class Source(StrEnum):
    """Where a deadline comes from."""

    CLOCK = "clock"
    DECISION = "decision"
    PROMISE = "promise"
    LETTER = "letter"
    CHALLENGE = "challenge"


class Standing(StrEnum):
    """How a deadline stands on a day. ``PASSED``: nobody said it was theirs to keep, and it is over."""

    OVERDUE = "overdue"
    SOON = "soon"
    LATER = "later"
    PASSED = "passed"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """The days from the day of the list to a deadline, negative once it is past.

    ``working_days`` is None further off, where nobody plans by them.
    """

    days: int
    working_days: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """One day to keep, of the fact ``id`` in its ``source``.

    ``act_on`` orders the list: the working day to act on, or from which to ask where it is.
    ``entered_on`` is when the record learnt of it.
    ``is_too_late``: the last day of all, as reported, is past too.
    """

    source: Source
    id: uuid.UUID
    case_id: uuid.UUID
    title: str
    started: str
    side: Side
    act_on: dt.date
    standing: Standing
    left: Left
    entered_on: dt.date
    kind: ClockKind | None = None
    counted: Days | None = None
    ending: ClockEnding | None = None
    contact_id: uuid.UUID | None = None
    note: str = ""
    is_too_late: bool = False

    @property
    def key(self) -> str:
        """What names it among all of a person's records: where it comes from, and the fact."""
        return f"{self.source}:{self.id}"

    @property
    def rule(self) -> ClockRule | None:
        """How long it takes and who says so; None for a promise and for a letter's answer."""
        return rules()[self.kind] if self.kind else None

    @property
    def is_open(self) -> bool:
        """Whether there is still something to do or to wait for."""
        return self.standing in {Standing.OVERDUE, Standing.SOON, Standing.LATER}


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the deadlines of one case follow from; struck-out facts may be among them.

    ``decisions`` are those whose letter gives its own days.
    """

    nation: Nation
    clocks: Sequence[ClockSeen] = ()
    decisions: Sequence[tuple[Decision, dt.date]] = ()
    promises: Sequence[PromiseSeen] = ()
    replies: Sequence[AwaitedReply] = ()
    challenges: Sequence[ChallengeSeen] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineList:
    """The deadlines of one case on a day. ``older`` counts decisions whose last day of all is past."""

    overdue: tuple[Deadline, ...]
    soon: tuple[Deadline, ...]
    later: tuple[Deadline, ...]
    passed: tuple[Deadline, ...]
    ended: tuple[Deadline, ...]
    older: int = 0

    @property
    def open(self) -> tuple[Deadline, ...]:
        """Those that are not over, in the order of their days."""
        return (*self.overdue, *self.soon, *self.later)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show at all."""
        return not (self.open or self.passed or self.ended or self.older)


def listed(facts: Facts, *, case_id: uuid.UUID, on: dt.date) -> DeadlineList:
    """Every deadline of a case on the day ``on``, in groups, each in the order of its days."""
    standing = [one for one in facts.clocks if one.struck_out is None and _has_begun(one, on=on)]
    routed = open_windows(facts.challenges, standing, nation=facts.nation)
    taken = {one.decision_id for one in standing} | decisions_under_way(facts.challenges)
    decided, older = _decisions(facts, taken, case_id, on=on)
    counted_letters = {one.letter_id for one in standing} | {window.letter_id for _, window in routed}
    found = [
        *(_clock(one, facts.nation, on=on) for one in standing),
        *(of_window(of, one, facts.nation, on=on) for of, one in routed),
        *decided,
        *(_promise(one, facts.nation, due_on, on=on) for one in facts.promises if (due_on := _due(one))),
        *(_reply(one, facts.nation, case_id, on=on) for one in facts.replies if one.letter_id not in counted_letters),
    ]
    found.sort(key=lambda one: (one.act_on, one.title, one.key))
    groups = {standing: tuple(one for one in found if one.standing is standing) for standing in Standing}
    return DeadlineList(
        overdue=groups[Standing.OVERDUE],
        soon=groups[Standing.SOON],
        later=groups[Standing.LATER],
        passed=groups[Standing.PASSED][::-1],
        ended=groups[Standing.ENDED][::-1],
        older=older,
    )


def clock_of(decision: Decision) -> ClockKind | None:
    """What may follow on a decision: a reconsideration, or, where it is the answer to one, the tribunal."""
    if decision.reason == "tribunal":
        return None
    return ClockKind.TRIBUNAL if decision.reason == "mandatory_reconsideration" else ClockKind.RECONSIDERATION


def next_ones(found: DeadlineList, *, count: int) -> tuple[Deadline, ...]:
    """The first few to come, promises apart: a page that shows them names promises by themselves."""
    return tuple(one for one in (*found.soon, *found.later) if one.source is not Source.PROMISE)[:count]


def past(found: DeadlineList) -> int:
    """How many are past their day and still open, promises apart."""
    return sum(one.source is not Source.PROMISE for one in found.overdue)


def _has_begun(one: ClockSeen, *, on: dt.date) -> bool:
    """Say whether what started a clock had happened: a page may speak of an earlier day."""
    return any(start is not None and start <= on for start in (one.dated_on, one.reached_on))


def _clock(one: ClockSeen, nation: Nation, *, on: dt.date) -> Deadline:
    days = days_of(one.rule, dated_on=one.dated_on, reached_on=one.reached_on, nation=nation)
    return Deadline(
        source=Source.CLOCK,
        id=one.id,
        case_id=one.case_id,
        title=one.called or one.rule.title,
        started=_started(one.rule, one.dated_on, one.reached_on),
        side=one.rule.side,
        act_on=days.act_on,
        standing=Standing.ENDED if one.ending else _standing(days.act_on, on=on),
        left=_left(days.act_on, nation, on=on),
        entered_on=one.entered_on or one.reached_on or one.dated_on or on,
        kind=one.kind,
        counted=days,
        ending=one.ending,
        contact_id=one.contact_id,
        note=one.note,
        is_too_late=days.latest is not None and days.latest.on < on,
    )


def of_window(of: ChallengeSeen, one: Window, nation: Nation, *, on: dt.date) -> Deadline:
    """The time limit that a step of a challenge opened, on the day ``on``."""
    rule = rules()[one.kind]
    days = days_of(rule, dated_on=one.dated_on, reached_on=one.reached_on, nation=nation)
    ending = None
    if one.closed_on is not None and one.closed_by is not None:
        ending = ClockEnding(id=one.closed_by, result=ClockResult.DONE, on=one.closed_on)
    return Deadline(
        source=Source.CHALLENGE,
        id=one.key,
        case_id=of.case_id,
        title=rule.title,
        started=_started(rule, one.dated_on, one.reached_on),
        side=rule.side,
        act_on=days.act_on,
        standing=Standing.ENDED if ending else _standing(days.act_on, on=on),
        left=_left(days.act_on, nation, on=on),
        entered_on=one.entered_on or one.reached_on or one.dated_on or on,
        kind=one.kind,
        counted=days,
        ending=ending,
        note=of.what,
        is_too_late=days.latest is not None and days.latest.on < on,
    )


def _decisions(
    facts: Facts, taken: Iterable[uuid.UUID | None], case_id: uuid.UUID, *, on: dt.date
) -> tuple[list[Deadline], int]:
    """The decisions that can still be challenged, in time or late, and how many cannot any more."""
    found, older, taken = [], 0, set(taken)
    for decision, entered_on in facts.decisions:
        key, kind = uuid.UUID(decision.id), clock_of(decision)
        if kind is None or decision.struck_out is not None or key in taken or decision.notified_on > on:
            continue
        rule = rules()[kind]
        days = days_of(rule, dated_on=decision.decided_on, reached_on=decision.notified_on, nation=facts.nation)
        if days.latest is not None and days.latest.on < on:
            older += 1
            continue
        standing = _standing(days.act_on, on=on)
        found.append(
            Deadline(
                source=Source.DECISION,
                id=key,
                case_id=case_id,
                title=rule.title,
                started=_started(rule, decision.decided_on, decision.notified_on),
                side=rule.side,
                act_on=days.act_on,
                # Nobody said that they want to challenge it: once over, it is not held against them.
                standing=Standing.PASSED if standing is Standing.OVERDUE else standing,
                left=_left(days.act_on, facts.nation, on=on),
                entered_on=entered_on,
                kind=rule.kind,
                counted=days,
            )
        )
    return found, older


def _promise(one: PromiseSeen, nation: Nation, due_on: dt.date, *, on: dt.date) -> Deadline:
    return Deadline(
        source=Source.PROMISE,
        id=one.id,
        case_id=one.case_id,
        title=say("{party} promised: {text_of}", party=one.party, text_of=one.text),
        started=say("Said on {made_on}, for {due_on}.", made_on=day(one.made_on), due_on=day(due_on)),
        side=Side.THEIRS,
        act_on=due_on,
        standing=_standing(due_on, on=on),
        left=_left(due_on, nation, on=on),
        entered_on=one.made_on,
        contact_id=one.contact_id,
    )


def _reply(one: AwaitedReply, nation: Nation, case_id: uuid.UUID, *, on: dt.date) -> Deadline:
    act_on = calendar.working_day_from(one.due.late_after, nation=nation)
    said = [say("Sent on {on}.", on=day(one.posting.on))]
    if one.due.asked_by is not None:
        said.append(say("The letter asks for an answer by {asked_by}.", asked_by=day(one.due.asked_by)))
    if one.due.aimed_by is not None:
        said.append(say("By its own aim, CMS answers by {aimed_by}.", aimed_by=day(one.due.aimed_by)))
    return Deadline(
        source=Source.LETTER,
        id=one.letter_id,
        case_id=case_id,
        title=say("An answer to your letter: {title}", title=one.title),
        started=" ".join(said),
        side=Side.THEIRS,
        act_on=act_on,
        standing=_standing(act_on, on=on),
        left=_left(act_on, nation, on=on),
        entered_on=one.posting.on,
    )


def _due(one: PromiseSeen) -> dt.date | None:
    """The day of a promise that nobody has closed."""
    return one.due_on if one.is_open else None


def _started(rule: ClockRule, dated_on: dt.date | None, reached_on: dt.date | None) -> str:
    sent = rule.side is Side.THEIRS
    parts = []
    if dated_on is not None:
        parts.append(say("{part} {dated_on}", part=say("sent") if sent else say("dated"), dated_on=day(dated_on)))
    if reached_on is not None:
        parts.append(
            say(
                "{part} on {reached_on}",
                part=say("they got it") if sent else say("it reached you"),
                reached_on=day(reached_on),
            )
        )
    return f"{rule.started_by}, {', '.join(parts)}."


def _standing(act_on: dt.date, *, on: dt.date) -> Standing:
    if act_on < on:
        return Standing.OVERDUE
    return Standing.SOON if act_on - on <= SOON else Standing.LATER


def _left(act_on: dt.date, nation: Nation, *, on: dt.date) -> Left:
    is_near = abs(act_on - on) <= COUNTED
    working = calendar.working_days_between(on, act_on, nation=nation) if is_near else None
    return Left(days=(act_on - on).days, working_days=working)
