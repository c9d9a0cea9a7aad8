"""What letters about plans, settling and changes take from a record, and what they refuse."""

from dataclasses import replace
from typing import Any

import pytest

from arrears.core.other_facts import Budget, Settlement, Step, StepKind
from cases.core.facts import Perspective
from cms_tracker.refusal import Refusal
from correspondence.core.letters import (
    change_of_circumstances,
    csa_debt,
    estate,
    joint_plan,
    offset,
    part_payment_chase,
    part_payment_offer,
    part_payment_reply,
    plan_offer,
    registry,
    variation,
    write_off_reply,
)
from correspondence.core.letters.asks import Answer, Answers, Money, PickMany
from correspondence.core.letters.draft import Choices, draft
from correspondence.core.letters.kind import Kind, Record
from tests.unit.arrears.build import case, day
from tests.unit.correspondence.letters.build import first_answers, record, written
from tests.unit.correspondence.letters.samples import ON, SAMPLES, example, example_for

PAYING, RECEIVING = example(Perspective.PAYING), example(Perspective.RECEIVING)
EMPTY = {side: record(case(perspective=side.value), ON) for side in Perspective}


def about(kind: Kind, of: Record, **more: Answer) -> Any:
    """What the letter states, of the sample's answers with these instead."""
    answers = first_answers(kind, of) | SAMPLES[kind.code](of) | more
    return written(kind, of, **{name: value for name, value in answers.items() if value is not None}).about


def refused(kind: Kind, of: Record, **more: Answer) -> str:
    """The question beside which a refusal stands."""
    with pytest.raises(Refusal) as found:
        about(kind, of, **more)
    return found.value.field


class TestAPlanOffer:
    def test_states_the_plan_as_the_engine_works_it_out(self) -> None:
        terms = about(plan_offer.KIND, PAYING).terms
        assert (terms.total, terms.payments, terms.last) == (32000, 20, 6000)
        assert terms.last_on == day("2027-03-03")
        assert terms.is_agreement
        assert not about(plan_offer.KIND, PAYING, part=1000).terms.is_agreement
        assert about(plan_offer.KIND, PAYING, part=120000).terms.is_one_payment

    def test_begins_with_the_arrears_and_the_next_instalment_of_the_record(self) -> None:
        asked = {one.name: one for one in plan_offer.KIND.asks(PAYING)}
        assert isinstance(asked["arrears"], Money)
        assert asked["arrears"].initial == PAYING.position.outstanding
        assert isinstance(asked["ongoing"], Money)
        assert asked["ongoing"].initial == 32500
        bare = {one.name: one for one in plan_offer.KIND.asks(EMPTY[Perspective.PAYING])}
        assert isinstance(bare["ongoing"], Money)
        assert bare["ongoing"].initial == 0
        assert "budget" not in bare

    def test_holds_the_chosen_budget_by_the_month(self) -> None:
        means = about(plan_offer.KIND, PAYING).means
        assert (means.income, means.outgoings, means.left) == (182000, 132833, 49167)
        assert [one.label for one in means.money_in] == ["Wages"]
        assert len(means.money_out) == 3
        assert about(plan_offer.KIND, PAYING, budget="none").means is None

    def test_offers_every_budget_the_latest_first(self) -> None:
        two = replace(PAYING, facts=replace(PAYING.facts, budgets=(*PAYING.facts.budgets, Budget(on=ON, id="new"))))
        (asked,) = plan_offer.budget_ask(two)
        assert [one.value for one in asked.options] == ["new", "budget", "none"]

    @pytest.mark.parametrize(
        ("answers", "field"),
        [({"first_on": day("2025-07-01")}, "first_on"), ({"part": 130000}, "part"), ({"part": 0}, "part")],
    )
    def test_refuses_what_is_no_plan(self, answers: dict[str, Answer], field: str) -> None:
        assert refused(plan_offer.KIND, PAYING, **answers) == field

    def test_needs_arrears(self) -> None:
        for kind in (plan_offer.KIND, part_payment_offer.KIND):
            assert kind.why_not(EMPTY[Perspective.PAYING])


class TestAJointPlan:
    def test_names_both_and_hides_every_address(self) -> None:
        found = about(joint_plan.KIND, RECEIVING, other="P.\nReed")
        assert found.other == "P. Reed"
        assert found.agreed_on == ON
        assert about(joint_plan.KIND, RECEIVING, agreed_on=None).agreed_on == ON
        assert joint_plan.KIND.hides_address


class TestAPartPayment:
    def test_is_offered_as_the_record_has_it(self) -> None:
        found = about(part_payment_offer.KIND, PAYING)
        assert (found.arrears, found.amount, found.given_up) == (80000, 50000, 30000)
        without = replace(PAYING, facts=replace(PAYING.facts, settlements=()))
        assert "amount" not in first_answers(part_payment_offer.KIND, without)

    def test_is_less_than_the_arrears_and_still_to_come(self) -> None:
        assert refused(part_payment_offer.KIND, PAYING, amount=80000) == "amount"
        assert refused(part_payment_offer.KIND, PAYING, pay_by=day("2025-07-09")) == "pay_by"

    @pytest.mark.parametrize(
        ("answer", "heading"), [("i_agree", "I agree"), ("i_refuse", "I do not"), ("i_ask_first", "My q")]
    )
    def test_is_answered(self, answer: str, heading: str) -> None:
        found = about(part_payment_reply.KIND, RECEIVING, answer=answer)
        assert found.given_up == 30000
        assert part_payment_reply.KIND.heading(found).startswith(heading)

    def test_is_answered_with_questions_only_where_there_are_some(self) -> None:
        assert refused(part_payment_reply.KIND, RECEIVING, answer="i_ask_first", words="") == "words"
        assert refused(part_payment_reply.KIND, RECEIVING, offer="gone") == "offer"
        assert part_payment_reply.KIND.why_not(EMPTY[Perspective.RECEIVING])

    def test_that_was_not_paid_is_chased(self) -> None:
        found = about(part_payment_chase.KIND, RECEIVING)
        assert (found.confirmed_on, found.days_late, found.cancels) == (day("2025-02-01"), 70, True)
        assert not about(part_payment_chase.KIND, RECEIVING, wanted="chase").cancels
        assert refused(part_payment_chase.KIND, RECEIVING, settlement="gone") == "settlement"
        assert part_payment_chase.KIND.why_not(EMPTY[Perspective.RECEIVING])

    def test_that_the_parent_agreed_to_still_waits_for_cms(self) -> None:
        step = Step(kind=StepKind.CONSENTED, on=ON, recorded_on=ON, id="yes")
        agreed = Settlement(offered_on=ON, arrears=2, amount=1, recorded_on=ON, steps=(step,), id="new")
        of = replace(RECEIVING, facts=replace(RECEIVING.facts, settlements=(agreed,)))
        assert part_payment_reply.open_offers(of) == [agreed]


class TestAWriteOff:
    def test_is_answered_within_the_days_of_its_notice(self) -> None:
        found = about(write_off_reply.KIND, RECEIVING)
        assert (found.answer_by, found.days, found.is_in_time) == (day("2025-07-22"), 30, True)
        old = about(write_off_reply.KIND, RECEIVING, scheme="csa_2003")
        assert (old.answer_by, old.days, old.is_old_scheme) == (day("2025-08-21"), 60, True)
        late = about(write_off_reply.KIND, RECEIVING, notice_on=day("2025-05-01"), received_on=day("2025-05-02"))
        assert not late.is_in_time

    def test_refuses_days_in_the_wrong_order(self) -> None:
        assert refused(write_off_reply.KIND, RECEIVING, received_on=day("2025-06-01")) == "received_on"
        assert refused(write_off_reply.KIND, RECEIVING, to_on=day("2013-01-01")) == "to_on"


class TestGivingArrearsUp:
    @pytest.mark.parametrize(
        ("kind", "gives_up", "keeps"),
        [(part_payment_reply.KIND, "i_agree", "i_refuse"), (write_off_reply.KIND, "accept", "object")],
    )
    def test_is_signed_only_by_the_parent(self, kind: Kind, gives_up: str, keeps: str) -> None:
        answers = first_answers(kind, RECEIVING) | SAMPLES[kind.code](RECEIVING)
        for_rosa = Choices(sender="Ada Ward", for_whom="Rosa Martin", addressee=("An office",))
        kept = draft(kind, RECEIVING, replace(for_rosa, answers=Answers(answers | {"answer": keeps})))
        assert kept.for_whom == "Rosa Martin"
        with pytest.raises(Refusal, match="Only the parent can sign that arrears are given up"):
            draft(kind, RECEIVING, replace(for_rosa, answers=Answers(answers | {"answer": gives_up})))


class TestAnOffset:
    def test_has_its_days_in_order(self) -> None:
        found = about(offset.KIND, PAYING, from_on=day("2025-05-01"), to_on=day("2025-01-01"))
        assert (found.from_on, found.to_on) == (day("2025-01-01"), day("2025-05-01"))
        assert about(offset.KIND, PAYING, from_on=day("2025-05-01")).to_on is None

    def test_for_the_home_needs_the_agreement_of_the_receiving_parent(self) -> None:
        assert refused(offset.KIND, RECEIVING, agrees="no") == "agrees"
        assert about(offset.KIND, RECEIVING, agrees="no", basis="both_parents_owe").amount == 30000
        assert not about(offset.KIND, PAYING, agrees="no").other_agrees


class TestAnEstate:
    def test_states_what_was_owed_on_the_day_of_the_death(self) -> None:
        found = about(estate.KIND, RECEIVING)
        assert found.owed_at_death == RECEIVING.at(day("2025-06-01")).outstanding
        assert estate.KIND.heading(found) == "The estate of P. Reed"

    def test_is_for_deaths_from_a_day_on(self) -> None:
        assert refused(estate.KIND, RECEIVING, died_on=day("2010-01-24")) == "died_on"
        assert refused(estate.KIND, RECEIVING, died_on=day("2024-12-01")) == "died_on"
        assert estate.KIND.why_not(EMPTY[Perspective.RECEIVING])


class TestAnOldDebt:
    def test_is_collected_only_for_the_parent_to_whom_it_is_owed(self) -> None:
        for of, count in ((PAYING, 2), (RECEIVING, 3)):
            assert len(csa_debt.KIND.asks(of)[0].options) == count
        assert about(csa_debt.KIND, RECEIVING, wanted="collect_it").amount == 130000


class TestAVariation:
    def test_offers_each_side_its_own_grounds_with_their_limits(self) -> None:
        costs, income = (variation.KIND.asks(of)[0] for of in (PAYING, RECEIVING))
        assert isinstance(costs, PickMany)
        assert isinstance(income, PickMany)
        assert costs.options[0].label == "Travel to see the child, £10.00 a week or more"
        assert "£2,500.00 a year or more" in income.options[0].label
        assert about(variation.KIND, PAYING).is_expenses
        assert refused(variation.KIND, PAYING, grounds=("unearned",)) == "grounds"


class TestAChange:
    def test_states_what_changed_and_the_income_of_the_one_who_writes(self) -> None:
        found = about(change_of_circumstances.KIND, PAYING)
        assert (found.before, found.now, found.counts_percent) == (40000, 28000, "25%")
        assert about(change_of_circumstances.KIND, RECEIVING).now is None

    @pytest.mark.parametrize(("now", "is_enough"), [(30000, True), (30001, False), (50000, True), (49999, False)])
    def test_names_the_rule_only_for_a_change_that_it_counts(self, now: int, is_enough: bool) -> None:
        assert about(change_of_circumstances.KIND, PAYING, now=now).is_enough is is_enough

    @pytest.mark.parametrize(
        ("answers", "field"),
        [
            ({"what": ("x",)}, "what"),
            ({"from_on": None}, "from_on"),
            ({"now": None}, "now"),
            ({"before": None}, "before"),
        ],
    )
    def test_refuses_half_an_answer(self, answers: dict[str, Answer], field: str) -> None:
        assert refused(change_of_circumstances.KIND, PAYING, **answers) == field


def test_every_letter_has_a_heading_of_its_own() -> None:
    for kind in registry.KINDS:
        side = Perspective.PAYING if Perspective.PAYING in kind.senders else Perspective.RECEIVING
        of = example_for(kind.code, side)
        if kind.code in SAMPLES:
            assert kind.heading(about(kind, of))
