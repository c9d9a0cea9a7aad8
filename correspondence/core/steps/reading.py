"""Read the facts that decide off one side's record: each facet from what it is about. No clock, no database."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from arrears.core import transit
from arrears.core.arrears_split import split
from arrears.core.case_values import ClockKind
from arrears.core.challenge_values import ChallengeAbout
from arrears.core.derived import brought_back
from arrears.core.event_values import Event
from arrears.core.expecting import unlogged
from arrears.core.facts import CaseFacts
from arrears.core.in_force import has_dates, has_decision, service_on
from arrears.core.plan_review import PlanReview
from arrears.core.reporting import to_report
from arrears.core.results import Classification, Kind, PlanState, Position
from arrears.core.settlements import SettlementState
from arrears.core.settlements import standing as settlement_standing
from cases.core.facts import Nation, Perspective, Scheme, ServiceType
from correspondence.core.contacts import PromiseSeen, PromiseState
from correspondence.core.deadlines import Deadline, DeadlineList, Standing
from correspondence.core.sending import AwaitedReply
from correspondence.core.steps import snapshot as s
from correspondence.core.steps.fact import Fact
from correspondence.core.steps.happened import Happened
from correspondence.core.steps.routed import COMPLAINED, DECIDED, Route, sent_since


@dataclass(frozen=True, kw_only=True)
class Case:
    """What a snapshot is read from: one side's record, as known on the day of its ``at``.

    ``facts`` are all of them and ``seen`` those that are known; ``sent`` gives the latest day on which
    a letter of each kind was sent; ``told`` are the due dates that CMS has been told of.
    """

    perspective: Perspective
    nation: Nation
    scheme: Scheme
    facts: CaseFacts
    seen: CaseFacts
    at: Position
    plans: Sequence[PlanReview]
    deadlines: DeadlineList
    promises: Sequence[PromiseSeen] = ()
    replies: Sequence[AwaitedReply] = ()
    events: Sequence[Event] = ()
    routes: Mapping[ChallengeAbout, Route] = field(default_factory=dict)
    sent: Mapping[str, dt.date] = field(default_factory=dict)
    told: Collection[dt.date] = ()
    figure: tuple[dt.date, int, int] | None = None
    needs_care: bool = False
    adviser: s.Adviser = s.Adviser.NONE

    @property
    def on(self) -> dt.date:
        """The day of the snapshot."""
        return self.at.on


class _Notes:
    """The days and figures that are found on the way, for the words."""

    def __init__(self) -> None:
        self.days: dict[Fact, dt.date] = {}
        self.amounts: dict[Fact, int] = {}

    def note(self, fact: Fact, on: dt.date | None, amount: int | None = None) -> None:
        if on is not None:
            self.days[fact] = on
        if amount is not None:
            self.amounts[fact] = amount


def read(case: Case) -> s.Snapshot:
    """The facts of a record that decide what can be done next."""
    notes = _Notes()
    happened = Happened(on=case.on, events=case.events, seen=case.seen, note=notes.note)
    ground = _ground(case, notes, happened)
    return s.Snapshot(
        ground=ground,
        start=_start(case, notes),
        money=_money(case, notes),
        plan=_plan(case, notes),
        collecting=_collecting(case, happened),
        papers=_papers(case, notes),
        challenged=s.Challenged(decision=_decision(case, notes), complaint=_complaint(case, notes)),
        settling=_settling(case, happened, notes),
        endings=s.Endings(ended=happened.ended(), private=happened.private()),
        said=_said(case, notes),
        known=s.Known(on=case.on, days=notes.days, amounts=notes.amounts),
    )


_PLAN = {
    PlanState.NOT_STARTED: (s.PlanKept.COMING, Fact.PLAN_COMING),
    PlanState.KEPT: (s.PlanKept.KEPT, Fact.PLAN_KEPT),
    PlanState.AT_RISK: (s.PlanKept.AT_RISK, Fact.PLAN_AT_RISK),
    PlanState.BROKEN: (s.PlanKept.BROKEN, Fact.PLAN_BROKEN),
    PlanState.VARIED: (s.PlanKept.OVER, Fact.PLAN_OVER),
    PlanState.COMPLETED: (s.PlanKept.OVER, Fact.PLAN_OVER),
}
_SERVICE = {
    ServiceType.DIRECT_PAY: (s.Service.DIRECT, Fact.ON_DIRECT_PAY),
    ServiceType.COLLECT_AND_PAY: (s.Service.COLLECT, Fact.ON_COLLECT_AND_PAY),
}


def _ground(case: Case, notes: _Notes, happened: Happened) -> s.Ground:
    service, fact = s.Service.UNKNOWN, Fact.SERVICE_UNKNOWN
    period = service_on(case.seen, case.on)
    if period is not None:
        service, fact = _SERVICE[period.type]
        notes.note(fact, period.from_on)
    elif happened.is_private():
        service = s.Service.PRIVATE
    notes.note(Fact.OWED, case.on, case.at.outstanding)
    return s.Ground(
        side=case.perspective,
        service=service,
        is_owed=case.at.outstanding > 0,
        plan=_plan_kept(case, notes),
        life=happened.life(),
        needs_care=case.needs_care,
    )


def _latest_plan(case: Case) -> PlanReview | None:
    """The plan that holds, or else the last there was by the day of the snapshot."""
    agreed = [one for one in case.plans if one.plan.agreed_on <= case.on]
    return agreed[-1] if agreed else None


_HOLDING = frozenset({PlanState.KEPT, PlanState.AT_RISK})


def _plan_kept(case: Case, notes: _Notes) -> s.PlanKept:
    latest = _latest_plan(case)
    if latest is None:
        return s.PlanKept.NONE
    if latest.standing.ended_on is not None:
        notes.note(Fact.PLAN_OVER, latest.standing.ended_on)
        return s.PlanKept.OVER
    if latest.is_silent or (latest.is_quiet and latest.standing.state in _HOLDING):
        notes.note(Fact.PLAN_UNSAID, latest.plan.first_payment_on)
        return s.PlanKept.UNSAID
    kept, fact = _PLAN[latest.standing.state]
    is_coming = kept is s.PlanKept.COMING
    notes.note(fact, latest.plan.first_payment_on if is_coming else latest.plan.agreed_on)
    return kept


def _start(case: Case, notes: _Notes) -> s.Start:
    quiet = unlogged(case.seen, case.at)
    if quiet:
        notes.note(Fact.QUIET, quiet[-1].due_on, len(quiet))
    return s.Start(
        has_decision=has_decision(case.facts), has_dates=has_dates(case.facts), is_quiet=bool(quiet)
    )  # fmt: skip


_BACKDATED = frozenset({Kind.RECALCULATION, Kind.INITIAL})


def _money(case: Case, notes: _Notes) -> s.Money:
    short = [one for one in to_report(case.facts, case.at) if one.due_on not in case.told]
    if short:
        notes.note(Fact.UNREPORTED, short[-1].due_on, len(short))
    shares = split(case.at, brought_back(case.seen)).shares
    kinds = {one.kind for one in shares}
    backdated = sum(one.amount for one in shares if one.kind in _BACKDATED)
    notes.note(Fact.BACKDATED, case.on, backdated)
    notes.note(Fact.CAUSE_UNKNOWN, case.on)
    overpaid = case.at.credit - case.at.paid_ahead
    if overpaid:
        notes.note(Fact.OVERPAID, case.on, overpaid)
    stuck = transit.late(case.seen, on=case.on, nation=case.nation)
    if stuck:
        notes.note(Fact.MONEY_STUCK, stuck[0].first.on, stuck[0].amount)
    return s.Money(
        cause=_cause(kinds),
        figure=_figure(case, notes),
        has_unreported=bool(short),
        is_overpaid=overpaid > 0,
        is_stuck=bool(stuck),
    )


def _cause(kinds: Collection[Kind]) -> s.Cause:
    is_missed, is_backdated = Kind.INSTALMENT in kinds, any(one in _BACKDATED for one in kinds)
    if is_missed and is_backdated:
        return s.Cause.BOTH
    if is_missed or is_backdated:
        return s.Cause.MISSED if is_missed else s.Cause.BACKDATED
    return s.Cause.UNKNOWN if kinds else s.Cause.NONE


def _figure(case: Case, notes: _Notes) -> s.Figure:
    if case.figure is None:
        return s.Figure.NONE
    as_at, theirs, ours = case.figure
    notes.note(Fact.HAS_FIGURE, as_at, theirs)
    notes.note(Fact.FIGURE_DIFFERS, as_at, theirs)
    return s.Figure.SAME if theirs == ours else s.Figure.DIFFERS


_LENGTH = {
    Classification.AGREEMENT: s.Length.WITHIN,
    Classification.ARRANGEMENT: s.Length.LONGER,
    Classification.INSUFFICIENT: s.Length.ENDLESS,
    Classification.NOTHING_OWED: s.Length.UNKNOWN,
}


def _plan(case: Case, notes: _Notes) -> s.Plan:
    latest = _latest_plan(case)
    length = _LENGTH[latest.verdict.classification] if latest else s.Length.UNKNOWN
    if latest is not None:
        notes.note(Fact.PLAN_LONGER, latest.verdict.last_payment_on, latest.verdict.payments)
        notes.note(Fact.PLAN_ENDLESS, latest.plan.agreed_on)
    return s.Plan(length=length, has_budget=bool(case.seen.budgets))


def _collecting(case: Case, happened: Happened) -> s.Collecting:
    return s.Collecting(
        asked=happened.asked(case.sent.get("move-to-collect")),
        is_unlikely=happened.is_unlikely(),
        has_notice=happened.has_notice(),
        deduction=happened.deduction(),
        order=happened.order(),
    )


def _open_clock(case: Case, kind: ClockKind) -> Deadline | None:
    """The clock of this kind that nobody has ended, the latest to act on."""
    found = (*case.deadlines.open, *case.deadlines.passed)
    return max((one for one in found if one.kind is kind), key=lambda one: one.act_on, default=None)


_SERVED = (
    (ClockKind.LIABILITY_ORDER_OBJECTION, s.Served.COURT_PAPERS, Fact.COURT_PAPERS),
    (ClockKind.DEDUCTION_ORDER, s.Served.BANK_ORDER, Fact.BANK_ORDER),
    (ClockKind.ALLEGED_MISS, s.Served.SAID_MISSED, Fact.SAID_MISSED),
)


def _papers(case: Case, notes: _Notes) -> s.Papers:
    for kind, served, fact in _SERVED:
        clock = _open_clock(case, kind)
        if clock is not None:
            notes.note(fact, clock.act_on)
            return s.Papers(served=served, nation=case.nation)
    return s.Papers(nation=case.nation)


def _decision(case: Case, notes: _Notes) -> s.Decided:
    """How far a challenge has come: what waits for the tribunal first, then the decision itself."""
    route, clock = case.routes.get(ChallengeAbout.DECISION), _open_clock(case, ClockKind.RECONSIDERATION)
    if route is not None and route.state in DECIDED and not _came_after(clock, route.on):
        stage, fact = DECIDED[route.state]
        notes.note(fact, route.on)
        return stage
    notice = _open_clock(case, ClockKind.TRIBUNAL)
    if notice is not None:
        is_late = notice.standing in {Standing.OVERDUE, Standing.PASSED}
        notes.note(Fact.RECONSIDERED_LATE if is_late else Fact.RECONSIDERED, notice.act_on)
        return s.Decided.ANSWERED_LATE if is_late else s.Decided.ANSWERED
    asked = sent_since(case.sent, route).get("mandatory-reconsideration")
    if asked is not None and not _came_after(clock, asked):
        notes.note(Fact.RECONSIDERATION_ASKED, asked)
        return s.Decided.ASKED
    if clock is None:
        return s.Decided.TOO_LATE if case.deadlines.older else s.Decided.NONE
    if clock.is_too_late:
        return s.Decided.TOO_LATE
    is_late = clock.standing in {Standing.OVERDUE, Standing.PASSED}
    notes.note(Fact.DECIDED_LATE if is_late else Fact.DECIDED, clock.act_on)
    return s.Decided.LATE if is_late else s.Decided.IN_TIME


def _came_after(clock: Deadline | None, asked: dt.date) -> bool:
    """Whether what this clock counts from came to the record after a request was sent."""
    return clock is not None and clock.entered_on > asked


_COMPLAINTS = ("complaint", "complaint-escalation", "enforcement-delay", "parallel-action")


def _complaint(case: Case, notes: _Notes) -> s.Complained:
    """How far a complaint has come: by its own steps, then by letters sent after them and the clocks that run."""
    route = case.routes.get(ChallengeAbout.SERVICE)
    letters = sent_since(case.sent, route)
    if route is not None and route.state in COMPLAINED:
        stage, fact = COMPLAINED[route.state]
        notes.note(fact, route.on)
        return stage
    asked_examiner = letters.get("independent-case-examiner")
    if asked_examiner is not None:
        notes.note(Fact.AT_EXAMINER, asked_examiner)
        return s.Complained.EXAMINER
    final = _open_clock(case, ClockKind.EXAMINER)
    if final is not None:
        notes.note(Fact.COMPLAINT_FINAL, final.act_on)
        return s.Complained.FINAL
    sent = max((letters[one] for one in _COMPLAINTS if one in letters), default=None)
    reply = _open_clock(case, ClockKind.COMPLAINT_REPLY)
    if sent is None and reply is None:
        return s.Complained.NONE
    if reply is not None:
        is_late = reply.standing in {Standing.OVERDUE, Standing.PASSED}
        notes.note(Fact.COMPLAINT_UNANSWERED if is_late else Fact.COMPLAINED, reply.act_on)
        return s.Complained.UNANSWERED if is_late else s.Complained.WAITING
    notes.note(Fact.COMPLAINED, sent)
    return s.Complained.WAITING


_PARTS = {
    SettlementState.OFFERED: (s.Part.OFFERED, Fact.PART_OFFERED),
    SettlementState.PARENT_AGREES: (s.Part.CONSENTED, Fact.PART_CONSENTED),
    SettlementState.REFUSED: (s.Part.REFUSED, Fact.PART_REFUSED),
    SettlementState.TO_BE_PAID: (s.Part.TO_PAY, Fact.PART_TO_PAY),
    SettlementState.NOT_PAID_IN_TIME: (s.Part.UNPAID, Fact.PART_UNPAID),
    SettlementState.PAID: (s.Part.PAID, Fact.PART_PAID),
    SettlementState.CANCELLED: (s.Part.CANCELLED, Fact.PART_CANCELLED),
}
#: Of several settlements, the one that has something to do comes first.
_PRESSING = (
    SettlementState.NOT_PAID_IN_TIME, SettlementState.TO_BE_PAID, SettlementState.OFFERED,
    SettlementState.PARENT_AGREES, SettlementState.PAID, SettlementState.CANCELLED, SettlementState.REFUSED,
)  # fmt: skip


def _settling(case: Case, happened: Happened, notes: _Notes) -> s.Settling:
    found = [(settlement_standing(one, on=case.on).state, one) for one in case.seen.settlements]
    state, latest = min(found, key=lambda one: (_PRESSING.index(one[0]), one[1].offered_on), default=(None, None))
    part = s.Part.NONE
    if state is not None and latest is not None:
        part, fact = _PARTS[state]
        is_to_pay = state in {SettlementState.TO_BE_PAID, SettlementState.NOT_PAID_IN_TIME}
        notes.note(fact, latest.pay_by if is_to_pay else latest.offered_on, latest.amount)
    return s.Settling(part=part, notice=_notice(case, happened, notes), has_csa_debt=case.scheme is not Scheme.CMS_2012)


def _notice(case: Case, happened: Happened, notes: _Notes) -> s.Notice:
    """A notice whose days run, or one that was noted and neither answered, decided nor closed since."""
    for kind, notice, fact in (
        (ClockKind.WRITE_OFF, s.Notice.WRITE_OFF, Fact.WRITE_OFF_NOTICE),
        (ClockKind.CSA_WRITE_OFF, s.Notice.CSA, Fact.CSA_NOTICE),
    ):
        clock = _open_clock(case, kind)
        if clock is not None:
            notes.note(fact, clock.act_on)
            return notice
    noted = happened.notice()
    if noted is None:
        return s.Notice.NONE
    is_old = case.scheme is not Scheme.CMS_2012
    kind = ClockKind.CSA_WRITE_OFF if is_old else ClockKind.WRITE_OFF
    endings = [one.ending for one in case.deadlines.ended if one.kind is kind and one.ending is not None]
    if any(one.on >= noted.on for one in endings):
        return s.Notice.NONE
    return s.Notice.CSA if is_old else s.Notice.WRITE_OFF


def _said(case: Case, notes: _Notes) -> s.Said:
    late = [one for one in case.replies if one.is_late(on=case.on)]
    if late:
        notes.note(Fact.REPLY_LATE, late[0].dated_on)
    return s.Said(promised=_promised(case, notes), is_reply_late=bool(late), adviser=case.adviser)


def _promised(case: Case, notes: _Notes) -> s.Promised:
    states = [(one.standing(on=case.on).state, one) for one in case.promises if one.due_on is not None]
    overdue = [one for state, one in states if state is PromiseState.OVERDUE]
    if overdue:
        many = len(overdue) > 1
        notes.note(Fact.PROMISES_OVERDUE if many else Fact.PROMISE_OVERDUE, overdue[0].due_on, len(overdue))
        return s.Promised.MANY if many else s.Promised.OVERDUE
    today = next((one for state, one in states if state is PromiseState.DUE_TODAY), None)
    if today is None:
        return s.Promised.NONE
    notes.note(Fact.PROMISE_DUE, today.due_on)
    return s.Promised.DUE
