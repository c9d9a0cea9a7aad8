"""At most three things to do, and never one that does not fit the person."""

import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrears.core.case_values import LetterStepKind
from arrears.core.expecting import unlogged
from arrears.core.facts import CaseFacts, Observation
from arrears.core.ledger import known
from arrears.core.other_facts import Settlement, Step, StepKind
from arrears.core.position import position
from arrears.core.reporting import to_report
from arrears.core.settlements import to_pay, unpaid
from cases.core.facts import Nation, Perspective, Scheme
from cms_tracker.pages.core.next_steps import MOST, Situation, choose
from correspondence.core.contacts import PromiseSeen
from correspondence.core.deadlines import DeadlineList
from correspondence.core.sending import AwaitedReply, StepSeen, reply_due
from correspondence.core.steps import book
from correspondence.core.steps.reading import Case, read
from correspondence.core.steps.snapshot import PlanKept, Service
from tests.unit.arrears.build import case, day, decision, payment, schedule, service
from tests.unit.arrears.histories import days, histories

NO_DEADLINES = DeadlineList(overdue=(), soon=(), later=(), passed=(), ended=())
MONTHLY = (decision("60", "2025-01-03"), schedule("monthly", "2025-02-03"), service("direct_pay", "2025-01-03"))


def situation(
    facts: CaseFacts,
    on: str | dt.date,
    *,
    is_direct_pay: bool = True,
    has_figure: bool = False,
    has_plan: bool = False,
    told: Collection[dt.date] = (),
    promises: Sequence[PromiseSeen] = (),
    late_replies: Sequence[AwaitedReply] = (),
    settlements: Sequence[Settlement] = (),
) -> Situation:
    """What Today knows of these facts: read as the query reads them, then set where a test says so."""
    facts = replace(facts, settlements=tuple(settlements))
    at = position(facts, on=day(on) if isinstance(on, str) else on)
    seen = known(facts, at.known_on)
    asked = read(
        Case(
            perspective=facts.perspective, nation=Nation.ENGLAND, scheme=Scheme.CMS_2012, facts=facts, seen=seen, at=at,
            plans=(), deadlines=NO_DEADLINES, promises=promises, replies=late_replies, told=told,
            figure=(at.on, 100, 100) if has_figure else None,
        )
    )  # fmt: skip
    service = Service.DIRECT if is_direct_pay else Service.COLLECT
    plan = PlanKept.KEPT if has_plan else PlanKept.NONE
    return Situation(
        asked=replace(asked, ground=replace(asked.ground, service=service, plan=plan)),
        at=at,
        unlogged=unlogged(facts, at),
        to_report=to_report(facts, at),
        told=told,
        promises=promises,
        late_replies=late_replies,
        unpaid_settlements=unpaid(settlements, on=at.on),
        settlements_to_pay=to_pay(settlements, on=at.on),
    )


def pages(found: Situation) -> list[str]:
    return [step.page for step in choose(found)]


def promise(due_on: str | None) -> PromiseSeen:
    return PromiseSeen(
        id=uuid.uuid4(),
        case_id=uuid.uuid4(),
        contact_id=uuid.uuid4(),
        made_on=day("2025-01-10"),
        party="CMS",
        text="Call back about April",
        due_on=day(due_on) if due_on else None,
    )


def deal(pay_by: str | None) -> Settlement:
    """A settlement that CMS confirmed, to be paid by a day."""
    agreed = Step(kind=StepKind.AGREED, on=day("2025-01-05"), recorded_on=day("2025-01-05"), amount=5000, id="agreed")
    return Settlement(
        offered_on=day("2025-01-01"), arrears=20000, amount=15000, recorded_on=day("2025-01-01"), id="deal",
        pay_by=day(pay_by) if pay_by else None, steps=(agreed,),
    )  # fmt: skip


class TestChoose:
    @given(histories(), days, st.booleans(), st.booleans(), st.booleans())
    def test_offers_one_to_three_things_that_fit_the_side(
        self, facts: CaseFacts, on: dt.date, is_direct_pay: bool, has_figure: bool, has_plan: bool
    ) -> None:
        steps = choose(situation(facts, on, is_direct_pay=is_direct_pay, has_figure=has_figure, has_plan=has_plan))
        assert 1 <= len(steps) <= MOST
        assert len(set(steps)) == len(steps)
        if facts.perspective is Perspective.PAYING or not is_direct_pay:
            assert "correspondence:new-letter" not in {step.page for step in steps}
        asked = {step.query.removeprefix("#step-") for step in steps if step.page == "correspondence:next"}
        assert all(facts.perspective in one.sides for one in book.actions().values() if str(one.number) in asked)

    def test_says_when_a_settlement_was_not_paid_in_time(self) -> None:
        late = deal("2025-02-01")
        found = choose(situation(case(*MONTHLY), "2025-04-05", settlements=(late,)))
        assert (found[0].page, found[0].args) == ("arrears:settlement", ("deal",))
        assert "£150.00 was to be paid by now." in found[0].text

    @pytest.mark.parametrize(
        ("side", "pay_by", "title"),
        [
            ("paying", "2025-04-30", "Pay the £150.00 of the settlement by 30 April 2025"),
            ("receiving", "2025-04-30", "See whether the £150.00 of the settlement comes by 30 April 2025"),
            ("paying", None, "Pay the £150.00 of the settlement"),
        ],
    )
    def test_says_first_what_a_confirmed_settlement_asks_for(self, side: str, pay_by: str | None, title: str) -> None:
        for facts in (case(*MONTHLY, perspective=side), case(perspective=side)):  # with a decision, and without
            first = choose(situation(facts, "2025-04-05", settlements=(deal(pay_by),)))[0]
            assert (first.title, first.page, first.args) == (title, "arrears:settlement", ("deal",))
            assert first.text.endswith("Then the arrears that were given up come back.")

    def test_begins_with_the_decision_in_a_new_record(self) -> None:
        assert pages(situation(case(), "2025-04-05"))[0] == "arrears:first-decision"
        assert pages(situation(case(MONTHLY[0]), "2025-04-05"))[0] == "cases:new-dates"

    @pytest.mark.parametrize(
        ("perspective", "until"), [("receiving", "before you answer CMS."), ("paying", "before you agree to it.")]
    )
    def test_offers_a_plan_in_the_words_of_each_side(self, perspective: str, until: str) -> None:
        last = choose(situation(case(perspective=perspective), "2025-04-05"))[-1]
        assert last.text == f"See how long a plan would take, {until}"

    def test_names_the_payment_that_nothing_is_logged_for(self) -> None:
        first = choose(situation(case(*MONTHLY), "2025-02-05"))[0]
        assert first.title == "Log the payment of February 2025"
        assert (first.page, first.query) == ("arrears:log-payment", "?due=2025-02-03")

    def test_counts_them_where_there_are_several(self) -> None:
        first = choose(situation(case(*MONTHLY), "2025-04-05"))[0]
        assert first.text.startswith("Nothing is logged for 3 payments, the latest due on 3 April 2025.")
        assert first.text.endswith("Start with the latest.")
        assert first.query == "?due=2025-04-03"

    def test_speaks_of_paying_to_the_one_who_pays(self) -> None:
        many = choose(situation(case(*MONTHLY, perspective="paying"), "2025-04-05"))[0]
        assert many.title == "Record what you paid, or did not"
        first = choose(situation(case(*MONTHLY, perspective="paying"), "2025-02-05"))[0]
        assert first.title == "Record the payment of February 2025"

    def test_reports_what_is_noted_as_missed_or_came_short(self) -> None:
        noted = Observation(due_on=day("2025-03-03"), noted_on=day("2025-03-09"), id="o")
        one = choose(situation(case(*MONTHLY, payment("260", "2025-02-03"), noted), "2025-03-10"))[1]
        assert one.title == "Tell CMS about the missed payment of March 2025"
        assert "Do this only if it is safe for you." in one.text
        short = choose(situation(case(*MONTHLY, payment("200", "2025-02-03"), noted), "2025-03-10"))[1]
        assert short.title == "Tell CMS about 2 missed or short payments"
        only = choose(situation(case(*MONTHLY, payment("200", "2025-02-03")), "2025-02-10"))[1]
        assert only.title == "Tell CMS about the short payment of February 2025"

    def test_says_since_when_it_counts_many(self) -> None:
        noted = [
            Observation(due_on=dt.date(2025, month, 3), noted_on=dt.date(2025, month, 9), id=f"o{month}")
            for month in range(2, 10)
        ]
        found = situation(case(*MONTHLY, *noted), "2026-05-20")
        (step,) = [step for step in choose(found) if step.page == "correspondence:new-letter"]
        assert step.title == "Tell CMS about 5 payments missed since May 2025"
        assert step.text.startswith("The latest was due on 3 September 2025.")

    def test_leaves_out_what_cms_was_told_of(self) -> None:
        noted = Observation(due_on=day("2025-03-03"), noted_on=day("2025-03-09"), id="o")
        facts = case(*MONTHLY, payment("200", "2025-02-03"), noted)
        fresh = situation(facts, "2025-03-10", told={day("2025-02-03")})
        assert "Tell CMS about the missed payment of March 2025" in [step.title for step in choose(fresh)]
        told = {day("2025-02-03"), day("2025-03-03")}
        assert "correspondence:new-letter" not in pages(situation(facts, "2025-03-10", told=told))

    def test_does_not_report_what_is_only_not_logged(self) -> None:
        assert "correspondence:new-letter" not in pages(situation(case(*MONTHLY), "2025-04-05"))

    def test_asks_after_a_promise_whose_day_has_come(self) -> None:
        for due_on, is_due in (("2025-02-04", True), ("2025-02-05", True), ("2025-02-06", False), (None, False)):
            found = situation(case(*MONTHLY), "2025-02-05", promises=[promise(due_on)])
            assert ("correspondence:contact" in pages(found)) is is_due

    def test_leads_to_all_of_several_promises_that_are_overdue(self) -> None:
        broken = [promise("2025-02-03"), promise("2025-02-04"), promise("2025-02-05")]
        step = choose(situation(case(*MONTHLY), "2025-02-05", promises=broken))[1]
        assert (step.title, step.page) == ("Chase 2 promises that are overdue", "correspondence:promises")
        assert step.text == "The first: Call back about April. It was to be done by 3 February 2025."

    def test_asks_for_a_reply_that_is_late(self) -> None:
        key = uuid.uuid4()
        posting = StepSeen(id=key, letter_id=key, kind=LetterStepKind.POSTED, on=day("2025-01-06"))
        due = reply_due(posting.on, kind=None, asked_by=None, nation=Nation.ENGLAND)
        reply = AwaitedReply(letter_id=key, title="Report", dated_on=posting.on, posting=posting, due=due)
        step = choose(situation(case(*MONTHLY), "2025-02-05", late_replies=[reply]))[1]
        assert (step.page, step.args) == ("correspondence:chase-reply", (key,))
        assert step.text == "Report. A reply was due by 27 January 2025, and none is noted."

    def test_offers_a_plan_to_a_paying_parent_who_owes(self) -> None:
        facts = case(*MONTHLY, perspective="paying")
        assert "arrears:compare" in pages(situation(facts, "2025-04-05"))
        assert "arrears:compare" not in pages(situation(facts, "2025-04-05", has_plan=True))

    def test_leads_to_the_page_of_what_next_for_the_rest(self) -> None:
        noted = Observation(due_on=day("2025-02-03"), noted_on=day("2025-02-09"), id="o")
        step = choose(situation(case(*MONTHLY, noted), "2025-02-10"))[2]
        number = book.actions()["move-to-collect"].number
        assert step.title == "Ask to move to Collect and Pay"
        assert (step.page, step.query) == ("correspondence:next", f"#step-{number}")

    def test_asks_nothing_of_cms_while_payments_are_not_logged(self) -> None:
        titles = [step.title for step in choose(situation(case(*MONTHLY), "2025-04-05"))]
        assert "Ask to move to Collect and Pay" not in titles
