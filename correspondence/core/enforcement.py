"""What was asked, tried and refused to collect arrears, and what the order of events allows now.

Facts in, answers out. CMS chooses what to do, and nobody can direct it: that a power "can be asked
for" says no more than that nothing which must come first is missing in this record.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from arrears.core import rates
from arrears.core.event_values import Event, EventKind, Power
from arrears.core.other_facts import LiabilityOrder
from arrears.core.plan_review import PlanReview
from arrears.core.results import PlanState
from cases.core.facts import Nation, ServiceType
from correspondence.core.notices import NoticeState, failure_notice
from correspondence.core.powers import Group, Need, Said, Word, need_on, rules


class Stage(StrEnum):
    """How far a power has come, by the latest that is noted of it."""

    NOTHING = "nothing"
    ASKED = "asked"
    REFUSED = "refused"
    STARTED = "started"
    MADE = "made"
    WORKED = "worked"
    FAILED = "failed"
    ENDED = "ended"
    ON_HOLD = "on_hold"


class Answer(StrEnum):
    """What the order of events says of a power now.

    ``NOT_HERE``: this nation has no such power. ``IN_FORCE``: it is there. ``UNDER_WAY``: it was asked
    for or begun, or is on hold. ``NOT_YET``: something that must come first is missing.
    ``BESIDE_PLAN``: nothing is missing, but a plan is kept, and CMS has said that it does no more
    then; it can still be asked for. ``CAN_ASK``: nothing is missing.
    """

    NOT_HERE = "not_here"
    IN_FORCE = "in_force"
    UNDER_WAY = "under_way"
    NOT_YET = "not_yet"
    BESIDE_PLAN = "beside_plan"
    CAN_ASK = "can_ask"


class Met(StrEnum):
    """Whether what must come first is there. ``UNSAID``: the record does not tell, and it stops nobody from asking."""

    MET = "met"
    MISSING = "missing"
    UNSAID = "unsaid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What decides. Amounts in pence; ``new_arrears`` fell due after the period of the latest liability order.

    ``events`` and ``orders`` are those that are not struck out, in any order.
    """

    on: dt.date
    nation: Nation
    owed: int
    new_arrears: int = 0
    service: ServiceType | None = None
    plan_is_kept: bool = False
    events: Sequence[Event] = ()
    orders: Sequence[LiabilityOrder] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing noted of a power, on its day."""

    on: dt.date
    stage: Stage
    amount: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One thing that must come first, whether it is there, and who says so."""

    need: Need
    met: Met
    said: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One power on the board: what was noted of it, and what can be asked now and why not."""

    power: Power
    group: Group
    answer: Answer
    stage: Stage
    since: dt.date | None
    log: tuple[Entry, ...]
    needs: tuple[Requirement, ...]

    @property
    def missing(self) -> tuple[Requirement, ...]:
        """What must come first and is not there."""
        return tuple(one for one in self.needs if one.met is Met.MISSING)


_STAGES = {
    EventKind.ENFORCEMENT_ASKED: Stage.ASKED,
    EventKind.ENFORCEMENT_REFUSED: Stage.REFUSED,
    EventKind.ENFORCEMENT_STARTED: Stage.STARTED,
    EventKind.ENFORCEMENT_MADE: Stage.MADE,
    EventKind.ENFORCEMENT_WORKED: Stage.WORKED,
    EventKind.ENFORCEMENT_FAILED: Stage.FAILED,
    EventKind.ENFORCEMENT_ENDED: Stage.ENDED,
    EventKind.ENFORCEMENT_ON_HOLD: Stage.ON_HOLD,
}
_IN_FORCE = frozenset({Stage.MADE, Stage.WORKED})
_UNDER_WAY = frozenset({Stage.ASKED, Stage.STARTED, Stage.ON_HOLD})
_NOT_FITTING = frozenset({Stage.REFUSED, Stage.FAILED, Stage.ENDED})
_EITHER = {Power.DRIVING_LICENCE: Power.PASSPORT, Power.PASSPORT: Power.DRIVING_LICENCE}


def board(situation: Situation) -> tuple[Standing, ...]:
    """Every power, in the order of events: those of the nation, and those that something is noted of."""
    return tuple(
        one for one in (standing(power, situation) for power in rules()) if one.answer is not Answer.NOT_HERE or one.log
    )


def standing(power: Power, situation: Situation) -> Standing:
    """One power: an answer for every power, nation and set of facts."""
    rule = rules()[power]
    logs = _logs(situation)
    log = logs[power]
    needs = tuple(_requirement(need, power, situation, logs) for need in rule.needs)
    return Standing(
        power=power,
        group=rule.group,
        answer=_answer(power, situation, log, needs),
        stage=log[-1].stage if log else Stage.NOTHING,
        since=log[-1].on if log else None,
        log=log,
        needs=needs,
    )


def plan_is_kept(plans: Sequence[PlanReview]) -> bool:
    """Whether the latest plan still runs, payments of its time are on the record up to now, and they keep it."""
    if not plans:
        return False
    latest = plans[-1]
    ended = latest.standing.ended_on is not None
    return not ended and not latest.is_silent and not latest.is_quiet and latest.standing.state is PlanState.KEPT


def has_order(situation: Situation) -> bool:
    """Whether a court made a liability order, by the record."""
    return _holds(_logs(situation)[Power.LIABILITY_ORDER])


def stage_of(power: Power, situation: Situation) -> Stage:
    """How far a power has come."""
    log = _logs(situation)[power]
    return log[-1].stage if log else Stage.NOTHING


def _answer(power: Power, situation: Situation, log: Sequence[Entry], needs: Iterable[Requirement]) -> Answer:
    if situation.nation not in rules()[power].nations:
        return Answer.NOT_HERE
    stage = log[-1].stage if log else Stage.NOTHING
    is_new = power is Power.LIABILITY_ORDER and situation.new_arrears > 0
    if stage in _UNDER_WAY:
        return Answer.UNDER_WAY
    if stage in _IN_FORCE and not is_new:
        return Answer.IN_FORCE
    if any(one.met is Met.MISSING for one in needs):
        return Answer.NOT_YET
    return Answer.BESIDE_PLAN if situation.plan_is_kept else Answer.CAN_ASK


def _logs(situation: Situation) -> Mapping[Power, tuple[Entry, ...]]:
    """What is noted of each power up to the day, oldest first; on one day in the order of the stages."""
    found: dict[Power, set[Entry]] = {power: set() for power in Power}
    for event in situation.events:
        if event.power is not None and event.struck_out is None:
            entry = Entry(on=event.on, stage=_STAGES[event.kind], amount=event.amount, note=event.note)
            found[event.power].add(entry)
    for order in situation.orders:
        if order.struck_out is None:
            if order.applied_on is not None:
                found[Power.LIABILITY_ORDER].add(Entry(on=order.applied_on, stage=Stage.STARTED))
            made = Entry(on=order.granted_on, stage=Stage.MADE, amount=order.amount, note=order.note)
            found[Power.LIABILITY_ORDER].add(made)
    places = {stage: place for place, stage in enumerate(Stage)}
    return {
        power: tuple(
            sorted(
                (one for one in entries if one.on <= situation.on),
                key=lambda one: (one.on, places[one.stage], one.amount or 0, one.note),
            )
        )
        for power, entries in found.items()
    }


def _requirement(
    need: Need, power: Power, situation: Situation, logs: Mapping[Power, tuple[Entry, ...]]
) -> Requirement:
    met = _MET[_MEETS[need](power, situation, logs)]
    word = {Met.MET: Word.SAYS, Met.MISSING: Word.MISSING, Met.UNSAID: Word.UNSAID}[met]
    return Requirement(need=need, met=met, said=need_on(need, situation.on, word=word))


_Logs = Mapping[Power, tuple[Entry, ...]]
#: What a record answers: yes, no, or nothing at all.
_MET = {True: Met.MET, False: Met.MISSING, None: Met.UNSAID}


def _holds(log: Iterable[Entry]) -> bool:
    """Whether what was made still holds: a later request or refusal takes nothing away, an end does."""
    holds = False
    for entry in log:
        holds = entry.stage in _IN_FORCE or (holds and entry.stage is not Stage.ENDED)
    return holds


def _latest(logs: _Logs, power: Power) -> Stage:
    return logs[power][-1].stage if logs[power] else Stage.NOTHING


def _owed(power: Power, situation: Situation, logs: _Logs) -> bool:
    return situation.owed > 0


def _collecting(power: Power, situation: Situation, logs: _Logs) -> bool | None:
    if situation.service is None:
        return None
    return situation.service is ServiceType.COLLECT_AND_PAY


def _notice(power: Power, situation: Situation, logs: _Logs) -> bool | None:
    """An arrears notice, or the one that warns of acting on a failure while it holds."""
    told = [one for one in situation.events if one.struck_out is None and one.on <= situation.on]
    holds = failure_notice(told, on=situation.on).state is NoticeState.HOLDS
    return holds or any(one.kind is EventKind.ARREARS_NOTICE for one in told) or None


def _earnings_first(power: Power, situation: Situation, logs: _Logs) -> bool:
    """Whether CMS said no to a deduction from earnings, or it did not work, or it ended, and none runs now."""
    return _latest(logs, Power.DEDUCTION_FROM_EARNINGS) in _NOT_FITTING


def _order(power: Power, situation: Situation, logs: _Logs) -> bool:
    return _holds(logs[Power.LIABILITY_ORDER])


def _order_used(power: Power, situation: Situation, logs: _Logs) -> bool:
    after = [one.power for one in rules().values() if one.group is Group.AFTER_ORDER]
    return any(entry.stage is Stage.FAILED for one in after for entry in logs[one])


def _agents_failed(power: Power, situation: Situation, logs: _Logs) -> bool:
    return any(entry.stage is Stage.FAILED for entry in logs[Power.ENFORCEMENT_AGENTS])


def _charged(power: Power, situation: Situation, logs: _Logs) -> bool:
    return _holds(logs[Power.CHARGING_ORDER])


def _above_sum(power: Power, situation: Situation, logs: _Logs) -> bool:
    return situation.owed > rates.on(situation.on).sanctions_above.value * 100


def _not_both(power: Power, situation: Situation, logs: _Logs) -> bool:
    return _latest(logs, _EITHER[power]) not in _IN_FORCE | {Stage.STARTED}


_MEETS: dict[Need, Callable[[Power, Situation, _Logs], bool | None]] = {
    Need.OWED: _owed,
    Need.COLLECTING: _collecting,
    Need.NOTICE: _notice,
    Need.EARNINGS_FIRST: _earnings_first,
    Need.ORDER: _order,
    Need.ORDER_USED: _order_used,
    Need.AGENTS_FAILED: _agents_failed,
    Need.CHARGED: _charged,
    Need.ABOVE_SUM: _above_sum,
    Need.NOT_BOTH: _not_both,
}
