"""What CMS's figure may hold that this record does not: slips that were struck out, and never a date to come."""

from tests.unit.arrears.build import case, decision, opening, payment, schedule, service
from tests.unit.arrears.stated import FACTS, WEEKLY, kinds, said


class TestADecision:
    def test_is_never_applied_from_a_date_after_the_day_of_the_figure(self) -> None:
        # The payment dates around 1 November are 1 October and 1 December; the figure is for 15 November.
        facts = case(
            decision("60", "2025-09-01"), schedule("monthly", "2025-09-01"),
            decision("70", "2025-11-01", told="2025-10-20"),
        )  # fmt: skip
        found = said(facts, "780", "2025-11-15")
        assert "CMS has not applied the decision of £70.00 a week from 1 November 2025." in found
        assert not any("December" in one for one in found)
        # The same figure for a day by which that payment date has come may well use it.
        later = said(facts, "1083.33", "2025-12-01")
        assert "CMS applied the decision of £70.00 a week from 1 December 2025, not from 1 November 2025." in later


class TestAStruckOutPayment:
    def test_may_be_counted_by_cms(self) -> None:
        slip = payment("100", "2025-01-03", out="2025-01-06")
        facts = case(*FACTS, slip)
        assert ("CMS counts the payment of £100.00 on 3 January 2025, struck out in this record.") in said(
            facts, "160", "2025-01-10"
        )
        assert "payment_struck_out" not in kinds(facts, "160", "2025-01-02", "2025-01-10")  # paid only later
        assert "payment_struck_out" not in kinds(facts, "160", "2025-01-10", "2025-01-05")  # counted until then
        unknown = case(*FACTS, payment("100", "2025-01-03", recorded="2025-02-01", out="2025-02-01"))
        assert "payment_struck_out" not in kinds(unknown, "160", "2025-01-10")
        assert "payment_struck_out" not in kinds(case(*FACTS, payment("100", "2025-01-03")), "60", "2025-01-10")

    def test_may_be_one_of_several_equal_ones(self) -> None:
        slips = [payment("45", f"2025-01-{n:02}", out="2025-01-21", name=f"p{n}") for n in (6, 13)]
        assert (
            "CMS counts one of the 2 payments that count for £45.00 between 6 January 2025 and 13 January 2025, "
            "struck out in this record."
        ) in said(case(*WEEKLY, *slips), "139.11", "2025-01-21")
        both = said(case(*WEEKLY, *slips), "94.11", "2025-01-21")
        assert any("CMS counts the 2 payments that count for £45.00" in one for one in both)

    def test_counts_with_the_fee_in_it_or_without(self) -> None:
        facts = case(
            decision("60", "2025-01-03"), schedule("weekly", "2025-01-03"), service("collect_and_pay", "2025-01-03"),
            opening("500", "2024-12-01"), payment("24", "2025-01-10", route="via_cms_paid", out="2025-01-10"),
            perspective="paying",
        )  # fmt: skip
        assert "payment_struck_out" in kinds(facts, "600", "2025-01-10")  # 620 less £20.00, and £4.00 to the fee
        assert "payment_struck_out" in kinds(facts, "596", "2025-01-10")
