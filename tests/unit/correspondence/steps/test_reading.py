"""What is read off a record: each fact that decides, with its day, from the rows that say so."""

import datetime as dt
import uuid
from dataclasses import replace
from typing import Any

import pytest

from arrears.core.case_values import ClockKind
from arrears.core.event_values import Event, EventKind
from arrears.core.facts import CaseFacts, Observation, Plan, Statement
from arrears.core.ledger import known
from arrears.core.other_facts import Settlement, Step, StepKind
from arrears.core.plan_review import review
from arrears.core.position import position
from arrears.core.transit_facts import Leg, LegKind, Way
from cases.core.facts import Frequency, Nation, Scheme
from correspondence.core.clocks import ClockSeen
from correspondence.core.contacts import PromiseSeen
from correspondence.core.deadlines import DeadlineList, Facts, listed
from correspondence.core.sending import AwaitedReply, StepSeen, reply_due
from correspondence.core.steps import asked
from correspondence.core.steps import snapshot as s
from correspondence.core.steps.fact import Fact
from correspondence.core.steps.reading import Case, read
from tests.unit.arrears.build import case as facts_of
from tests.unit.arrears.build import day, decision, opening, payment, schedule, service

ON = day("2025-06-10")
MONTHLY = (decision("60", "2025-01-03"), schedule("monthly", "2025-02-03"), service("direct_pay", "2025-01-03"))


def taken(*found: Any, on: dt.date = ON, side: str = "receiving", **more: Any) -> s.Snapshot:
    kinds = {"plans": Plan, "settlements": Settlement, "statements": Statement, "transits": Leg}
    rare = {name: tuple(one for one in found if isinstance(one, kind)) for name, kind in kinds.items()}
    usual = [one for one in found if not isinstance(one, tuple(kinds.values()))]
    facts: CaseFacts = replace(facts_of(*usual, perspective=side), **rare)
    clocks = more.pop("clocks", ())
    decisions = [(one, ON) for one in facts.decisions] if more.pop("decides", False) else []
    deadlines: DeadlineList = listed(
        Facts(nation=Nation.ENGLAND, clocks=clocks, decisions=decisions), case_id=uuid.uuid4(), on=on
    )
    return read(
        Case(
            **{
                "perspective": facts.perspective,
                "nation": Nation.SCOTLAND,
                "scheme": Scheme.CMS_2012,
                "facts": facts,
                "seen": known(facts, on),
                "at": position(facts, on=on, known_on=on),
                "plans": review(facts, on=on, known_on=on, nation=Nation.ENGLAND),
                "deadlines": deadlines,
                **more,
            }
        )
    )


def clock(kind: ClockKind, reached: str) -> ClockSeen:
    return ClockSeen(
        id=uuid.uuid4(), case_id=uuid.uuid4(), kind=kind, dated_on=None, reached_on=day(reached),
        entered_on=day(reached),
    )  # fmt: skip


def plan(arrears: int, *, first: str = "2025-05-01", **more: Any) -> Plan:
    return Plan(
        agreed_on=day("2025-04-20"), first_payment_on=day(first), frequency=Frequency.MONTHLY, total=arrears + 26000,
        arrears_part=arrears, id="plan", **more,
    )  # fmt: skip


class TestTheGround:
    def test_knows_the_service_and_what_is_owed(self) -> None:
        found = taken(*MONTHLY)
        assert (found.ground.service, found.ground.is_owed) == (s.Service.DIRECT, True)
        assert found.known.days[Fact.ON_DIRECT_PAY] == day("2025-01-03")
        assert found.known.amounts[Fact.OWED] == 156571
        assert taken().ground.service is s.Service.UNKNOWN
        private = Event(kind=EventKind.PRIVATE_ARRANGEMENT_MADE, on=day("2025-01-01"))
        assert taken(events=(private,)).ground.service is s.Service.PRIVATE

    @pytest.mark.parametrize(
        ("first", "paid", "state"),
        [
            ("2025-05-01", (), s.PlanKept.NONE),
            ("2025-07-01", (), s.PlanKept.COMING),
            ("2025-05-01", ("2025-01-15",), s.PlanKept.UNSAID),
        ],
    )
    def test_knows_how_a_plan_stands(self, first: str, paid: tuple[str, ...], state: s.PlanKept) -> None:
        rows = [payment("1.00", one) for one in paid]
        plans = () if state is s.PlanKept.NONE else (plan(10000, first=first),)
        assert taken(opening("5000", "2025-01-01"), *rows, *plans).ground.plan is state

    def test_knows_that_a_plan_is_broken_kept_or_over(self) -> None:
        old = (opening("5000", "2025-01-01"), plan(10000))
        assert taken(*old, payment("100", "2025-05-01"), payment("100", "2025-06-01")).ground.plan is s.PlanKept.KEPT
        assert taken(*old, payment("1", "2025-06-05")).ground.plan is s.PlanKept.BROKEN
        ended = Step(kind=StepKind.ENDED, on=day("2025-05-20"), recorded_on=day("2025-05-20"), id="ended")
        over = taken(opening("5000", "2025-01-01"), plan(10000, steps=(ended,)))
        assert over.ground.plan is s.PlanKept.OVER
        assert over.known.days[Fact.PLAN_OVER] == day("2025-05-20")

    def test_does_not_call_a_plan_kept_of_which_nothing_was_noted_for_long(self) -> None:
        old = (opening("5000", "2025-01-01"), plan(10000), payment("100", "2025-05-01"), payment("100", "2025-06-01"))
        assert taken(*old).ground.plan is s.PlanKept.KEPT
        later = taken(*old, on=day("2025-09-20"))
        assert later.ground.plan is s.PlanKept.UNSAID
        assert later.known.days[Fact.PLAN_UNSAID] == day("2025-05-01")

    def test_knows_how_long_a_plan_takes(self) -> None:
        old = opening("5000", "2025-01-01")
        assert taken(old, plan(10000)).plan.length is s.Length.LONGER
        assert taken(old, plan(100000)).plan.length is s.Length.WITHIN
        assert taken(old).plan.length is s.Length.UNKNOWN


class TestTheMoney:
    def test_says_what_is_not_logged_and_what_cms_was_not_told(self) -> None:
        noted = Observation(due_on=day("2025-03-03"), noted_on=day("2025-03-09"), id="o")
        found = taken(*MONTHLY, noted)
        assert found.start.is_quiet
        assert found.money.has_unreported
        assert not taken(*MONTHLY, noted, told={day("2025-03-03")}).money.has_unreported

    def test_says_where_the_arrears_come_from(self) -> None:
        assert taken().money.cause is s.Cause.NONE
        assert taken(opening("50", "2025-01-01")).money.cause is s.Cause.UNKNOWN
        paid = [payment("260", f"2025-0{month}-03") for month in range(2, 7)]
        assert taken(*MONTHLY, *paid).money.cause is s.Cause.BACKDATED  # the days before the first payment
        assert taken(*MONTHLY).money.cause is s.Cause.BOTH
        missed = (decision("60", "2025-02-03"), schedule("monthly", "2025-02-03"))
        assert taken(*missed).money.cause is s.Cause.MISSED

    def test_sets_the_figure_of_cms_beside_the_record(self) -> None:
        assert taken(*MONTHLY).money.figure is s.Figure.NONE
        assert taken(*MONTHLY, figure=(ON, 100, 100)).money.figure is s.Figure.SAME
        assert taken(*MONTHLY, figure=(ON, 100, 90)).money.figure is s.Figure.DIFFERS

    def test_sees_what_was_overpaid(self) -> None:
        paid = taken(opening("50", "2025-01-01"), payment("80", "2025-02-01"))
        assert paid.money.is_overpaid
        assert paid.known.amounts[Fact.OVERPAID] == 3000

    def test_sees_money_that_is_late_on_its_way(self) -> None:
        leg = Leg(
            number=1, kind=LegKind.DEDUCTED, way=Way.EARNINGS, on=day("2025-01-10"), recorded_on=day("2025-01-10"),
            gross=12000, id="leg",
        )  # fmt: skip
        stuck = taken(leg)
        assert stuck.money.is_stuck
        assert (stuck.known.days[Fact.MONEY_STUCK], stuck.known.amounts[Fact.MONEY_STUCK]) == (day("2025-01-10"), 12000)
        assert not taken().money.is_stuck

    def test_has_nothing_of_a_figure_by_itself(self) -> None:
        said = Statement(stated_on=ON, as_at=ON, amount=100, id="said")
        assert taken(said).money.figure is s.Figure.NONE


class TestThePapers:
    @pytest.mark.parametrize(
        ("kind", "served"),
        [
            (ClockKind.DEDUCTION_ORDER, s.Served.BANK_ORDER),
            (ClockKind.LIABILITY_ORDER_OBJECTION, s.Served.COURT_PAPERS),
            (ClockKind.ALLEGED_MISS, s.Served.SAID_MISSED),
        ],
    )
    def test_are_those_whose_time_runs(self, kind: ClockKind, served: s.Served) -> None:
        found = taken(side="paying", clocks=[clock(kind, "2025-06-09")])
        assert found.papers == s.Papers(served=served, nation=Nation.SCOTLAND)
        assert taken(side="paying").papers.served is s.Served.NONE


class TestADecision:
    def test_can_be_challenged_in_time_late_and_no_more(self) -> None:
        told = (
            decision("60", "2025-05-01", told="2025-06-01", name=str(uuid.uuid4())), schedule("monthly", "2025-06-03")
        )  # fmt: skip
        assert taken(*told, decides=True).challenged.decision is s.Decided.IN_TIME
        assert taken(*told, decides=True, on=day("2025-09-01")).challenged.decision is s.Decided.LATE
        assert taken(*told, decides=True, on=day("2026-12-01")).challenged.decision is s.Decided.TOO_LATE
        assert taken(*told).challenged.decision is s.Decided.NONE

    def test_waits_once_cms_was_asked_and_goes_on_once_it_answered(self) -> None:
        sent = {"mandatory-reconsideration": day("2025-06-05")}
        assert taken(sent=sent).challenged.decision is s.Decided.ASKED
        asked_before = {"mandatory-reconsideration": day("2025-05-05")}
        later = [clock(ClockKind.RECONSIDERATION, "2025-06-01")]
        assert taken(sent=asked_before, clocks=later).challenged.decision is s.Decided.IN_TIME
        notice = [clock(ClockKind.TRIBUNAL, "2025-06-01")]
        assert taken(sent=sent, clocks=notice).challenged.decision is s.Decided.ANSWERED
        assert taken(sent=sent, clocks=notice, on=day("2025-08-01")).challenged.decision is s.Decided.ANSWERED_LATE

    def test_is_beyond_challenge_where_its_own_clock_ran_out(self) -> None:
        old = [clock(ClockKind.RECONSIDERATION, "2023-06-01")]
        assert taken(clocks=old).challenged.decision is s.Decided.TOO_LATE


class TestAComplaint:
    def test_goes_up_by_letters_and_clocks(self) -> None:
        assert taken().challenged.complaint is s.Complained.NONE
        assert taken(sent={"complaint": day("2025-06-01")}).challenged.complaint is s.Complained.WAITING
        reply = [clock(ClockKind.COMPLAINT_REPLY, "2025-06-05")]
        assert taken(clocks=reply).challenged.complaint is s.Complained.WAITING
        assert taken(clocks=reply, on=day("2025-08-01")).challenged.complaint is s.Complained.UNANSWERED
        final = [*reply, clock(ClockKind.EXAMINER, "2025-06-08")]
        assert taken(clocks=final).challenged.complaint is s.Complained.FINAL
        sent = {"independent-case-examiner": day("2025-06-09")}
        assert taken(clocks=final, sent=sent).challenged.complaint is s.Complained.EXAMINER


class TestASettlement:
    def test_is_the_one_that_has_something_to_do(self) -> None:
        agreed = Step(kind=StepKind.AGREED, on=day("2025-05-01"), recorded_on=day("2025-05-01"), amount=5000, id="a")
        april = day("2025-04-01")
        offered = Settlement(offered_on=april, recorded_on=april, arrears=20000, amount=15000, id="offered")
        late = replace(offered, id="late", pay_by=day("2025-05-20"), steps=(agreed,))
        old = opening("500", "2025-01-01")
        assert taken(old, offered).settling.part is s.Part.OFFERED
        found = taken(old, offered, late)
        assert found.settling.part is s.Part.UNPAID
        assert found.known.days[Fact.PART_UNPAID] == day("2025-05-20")
        assert taken(old).settling.part is s.Part.NONE


def promise(due_on: str | None) -> PromiseSeen:
    return PromiseSeen(
        id=uuid.uuid4(), case_id=uuid.uuid4(), contact_id=uuid.uuid4(), made_on=day("2025-01-10"), party="CMS",
        text="Call back", due_on=day(due_on) if due_on else None,
    )  # fmt: skip


class TestWhatWasSaid:
    @pytest.mark.parametrize(
        ("days", "promised"),
        [
            ((), s.Promised.NONE),
            ((None, "2025-06-11"), s.Promised.NONE),
            (("2025-06-10",), s.Promised.DUE),
            (("2025-06-09", "2025-06-10"), s.Promised.OVERDUE),
            (("2025-06-09", "2025-06-01"), s.Promised.MANY),
        ],
    )
    def test_is_due_or_overdue_by_its_day(self, days: tuple[str | None, ...], promised: s.Promised) -> None:
        assert taken(promises=[promise(one) for one in days]).said.promised is promised

    def test_has_a_reply_that_is_late(self) -> None:
        key = uuid.uuid4()
        posting = StepSeen(id=key, letter_id=key, kind=StepKind.PAID, on=day("2025-01-06"))  # type: ignore[arg-type]
        due = reply_due(posting.on, kind=None, asked_by=None, nation=Nation.ENGLAND)
        reply = AwaitedReply(letter_id=key, title="Report", dated_on=posting.on, posting=posting, due=due)
        assert taken(replies=[reply]).said.is_reply_late
        assert not taken().said.is_reply_late


class TestAnAnswerWithoutARecord:
    def test_comes_to_the_facts_that_decide(self) -> None:
        said = asked.Answers(
            side=taken().ground.side, service=s.Service.COLLECT, is_owed=True, plan=s.PlanKept.KEPT, is_long=True,
            paper="order", event="died", has_unreported=True, needs_care=True,
        )  # fmt: skip
        found = asked.snapshot_from(said)
        assert (found.ground.life, found.ground.needs_care, found.plan.length) == (s.Life.DIED, True, s.Length.LONGER)
        assert found.collecting.order is s.Order.GRANTED
        assert found.money.has_unreported
        papers = asked.snapshot_from(asked.Answers(side=taken().ground.side, paper="csa", event="figure"))
        assert papers.settling.notice is s.Notice.CSA
        assert papers.money.figure is s.Figure.DIFFERS
