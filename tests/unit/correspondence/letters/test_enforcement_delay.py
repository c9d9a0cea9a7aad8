"""The letter about delay in collecting arrears."""

from dataclasses import replace

import pytest

from cases.core.facts import Nation
from cms_tracker.refusal import Refusal
from correspondence.core.letters.enforcement_delay import KIND
from tests.unit.arrears.build import day, payment
from tests.unit.correspondence.letters.build import first_answers, written
from tests.unit.correspondence.letters.collecting import ORDER, enforcing, long_plan, owing

WORDS = "No deduction from earnings has begun."


class TestADelay:
    def test_states_what_is_owed_the_order_and_the_last_payment(self) -> None:
        of = enforcing()
        about = written(KIND, of, **first_answers(KIND, of) | {"not_done": WORDS}).about
        assert (about.owed, about.oldest_on) == (of.position.outstanding, day("2025-01-01"))
        assert about.is_from_before  # the record begins with what was owed by then
        assert (about.last_paid, about.last_paid_on) == (20000, day("2025-03-22"))
        (order,) = about.orders
        assert (order.amount, order.court, order.reference) == (240000, "the magistrates’ court", "LO-77")

    @pytest.mark.parametrize(
        ("nation", "court", "after"),
        [
            (Nation.SCOTLAND, "the sheriff court", "a charge for payment, arrestment, attachment or inhibition"),
            (Nation.NORTHERN_IRELAND, "the magistrates’ court", "the Enforcement of Judgments Office"),
        ],
    )
    def test_has_the_names_of_the_nation(self, nation: Nation, court: str, after: str) -> None:
        about = written(KIND, replace(enforcing(), nation=nation), orders=("order",), not_done=WORDS).about
        assert (about.orders[0].court, about.after_an_order) == (court, after)

    def test_keeps_the_court_that_was_noted(self) -> None:
        of = enforcing()
        of = replace(of, facts=replace(of.facts, orders=(replace(ORDER, court="Leeds"),)))
        assert written(KIND, of, orders=("order",), not_done=WORDS).about.orders[0].court == "Leeds"

    def test_leaves_out_what_the_record_does_not_have(self) -> None:
        of = replace(enforcing(), contacts=(), letters=())
        of = replace(of, facts=replace(of.facts, orders=(), payments=()))
        assert [one.name for one in KIND.asks(of)] == ["waiting_since", "not_done", "hardship"]
        about = written(KIND, of, not_done=WORDS).about
        assert (about.orders, about.last_paid_on, about.asked, about.waiting_since) == ((), None, (), None)

    def test_is_for_arrears_that_cms_collects_and_no_plan_that_is_kept(self) -> None:
        assert KIND.why_not(enforcing()) == ""
        assert KIND.why_not(owing(orders=(ORDER,))) == ""
        assert "Direct Pay" in KIND.why_not(owing())
        assert "nothing owed" in KIND.why_not(owing(payments=(payment("9000", "2025-02-01"),)))
        kept = long_plan()
        assert "is being kept" in KIND.why_not(replace(kept, facts=replace(kept.facts, orders=(ORDER,))))

    def test_needs_what_has_not_happened(self) -> None:
        with pytest.raises(Refusal) as refused:
            written(KIND, enforcing(), not_done=" ")
        assert refused.value.field == "not_done"
