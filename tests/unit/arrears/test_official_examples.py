"""Worked examples that officials and advisers publish, and the regression set derived from the real cases.

Those of the estimate are in test_estimate.py; the tolerance of 25% is among them.
"""

import datetime as dt

import pytest

from arrears.core import plans, rates, transit
from arrears.core.orders import check
from arrears.core.other_facts import LiabilityOrder
from arrears.core.position import position
from arrears.core.previews import full_instalment
from arrears.core.results import Classification
from cases.core.facts import Decision, Frequency
from tests.unit.arrears import build

ON = dt.date(2026, 11, 23)


class TestTheLeaflet:
    """GOV.UK, How we work out child maintenance, updated 1 April 2026."""

    def test_has_david_pay_sixty_pounds_and_vicky_get_forty_eight(self) -> None:
        assert transit.collected(6000, ON) == (6000, 1000, 5000)
        assert transit.passed_on(5000, ON) == (5000, 200, 4800)

    def test_has_ten_years_of_it_cost_them_5200_and_1040_pounds(self) -> None:
        paid, got = transit.collected(6000, ON).fee, transit.passed_on(5000, ON).fee
        assert paid is not None
        assert got is not None
        assert (520 * paid, 520 * got) == (520_000, 104_000)


class TestOthersExamples:
    def test_nidirect_has_richard_pay_120_pounds_and_jane_get_96(self) -> None:
        assert transit.collected(12000, ON) == (12000, 2000, 10000)
        assert transit.passed_on(10000, ON) == (10000, 400, 9600)

    @pytest.mark.parametrize(("order", "taken", "short"), [(15000, 15000, 0), (60000, 48000, 12000)])
    def test_an_employer_leaves_720_pounds_of_1200(self, order: int, taken: int, short: int) -> None:
        found = transit.deduction_limit(120000, order, ON)
        assert (found.protected, found.taken, found.short) == (72000, taken, short)

    def test_a_benefit_gives_8_40_a_week_which_is_36_40_a_month_and_6_72_to_the_parent(self) -> None:
        table = rates.on(ON)
        weekly = Decision(
            weekly=int(table.benefit_deduction.value * 100), effective_on=ON, decided_on=ON, notified_on=ON
        )
        assert full_instalment(weekly, Frequency.MONTHLY) == table.benefit_deduction_monthly.value * 100 == 3640
        assert transit.collected(840, ON) == (840, 140, 700)
        assert transit.passed_on(700, ON) == (700, 28, 672)


class TestTheRegressionSet:
    @pytest.mark.parametrize(
        ("frequency", "count", "label"),
        [
            (Frequency.MONTHLY, 24, Classification.AGREEMENT),
            (Frequency.MONTHLY, 25, Classification.ARRANGEMENT),
            (Frequency.WEEKLY, 104, Classification.AGREEMENT),
            (Frequency.WEEKLY, 105, Classification.AGREEMENT),
            (Frequency.WEEKLY, 106, Classification.ARRANGEMENT),
        ],
    )
    def test_dates_and_not_counts_make_an_agreement(
        self, frequency: Frequency, count: int, label: Classification
    ) -> None:
        found = plans.check(
            arrears=count * 1000, instalment=1000, frequency=frequency, first_payment_on=dt.date(2025, 1, 6)
        )
        assert (found.payments, found.classification) == (count, label)

    def test_a_last_part_payment_on_the_second_anniversary_makes_an_arrangement(self) -> None:
        found = plans.check(
            arrears=24 * 1000 + 1, instalment=1000, frequency=Frequency.MONTHLY, first_payment_on=dt.date(2025, 1, 6)
        )
        assert (found.last_payment_on, found.last_payment) == (dt.date(2027, 1, 6), 1)
        assert found.classification is Classification.ARRANGEMENT

    def test_a_plan_that_does_not_cover_ongoing_maintenance_is_neither(self) -> None:
        found = plans.check(
            arrears=100000,
            total=20000,
            ongoing=26000,
            frequency=Frequency.MONTHLY,
            first_payment_on=dt.date(2025, 1, 6),
        )
        assert found.classification is Classification.INSUFFICIENT
        assert found.short_by is not None

    def test_an_order_and_the_ledger_are_both_kept_where_they_differ(self) -> None:
        facts = build.case(build.decision("60.00", "2025-01-03"), build.schedule("monthly", "2025-01-03"))
        order = LiabilityOrder(
            granted_on=dt.date(2025, 6, 1), from_on=dt.date(2025, 1, 1), to_on=dt.date(2025, 5, 31), amount=99999
        )
        before = position(facts, on=ON, known_on=ON)
        found = check(facts, order, on=ON, known_on=ON)
        assert found.theirs == 99999
        assert found.ours != 99999
        assert found.difference == found.ours - found.theirs
        assert position(facts, on=ON, known_on=ON) == before
