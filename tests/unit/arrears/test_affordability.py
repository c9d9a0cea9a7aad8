"""What a budget leaves, to the exact penny, and the offer it carries."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrears.core.affordability import INCOME, OTHER, PRIORITY, Affordability, afford, monthly, offer
from arrears.core.other_facts import BudgetCategory, BudgetLine, Every
from arrears.core.results import Classification
from cases.core.facts import Frequency
from tests.unit.arrears.build import day

FIRST = day("2026-12-01")
LINES = st.lists(
    st.builds(
        BudgetLine,
        category=st.sampled_from(BudgetCategory),
        amount=st.integers(1, 999_999_999),
        every=st.sampled_from(Every),
    ),
    max_size=30,
)


def line(category: str, pounds: int, every: str = "month") -> BudgetLine:
    return BudgetLine(category=BudgetCategory(category), amount=pounds * 100, every=Every(every))


PAULS = [
    line("wages", 1800), line("benefits", 30, "week"), line("rent_or_mortgage", 750), line("council_tax", 1440, "year"),
    line("energy_and_water", 160), line("ongoing_maintenance", 60, "week"), line("food_and_household", 90, "week"),
    line("travel", 40, "fortnight"), line("phone_and_internet", 26, "four_weeks"),
]  # fmt: skip


class TestTheCategories:
    def test_stand_in_one_group_each_with_the_priority_bills_before_the_rest(self) -> None:
        assert (*INCOME, *PRIORITY, *OTHER) == tuple(BudgetCategory)


class TestMonthly:
    @pytest.mark.parametrize(
        ("every", "pence"),
        [("week", Fraction(5200, 12)), ("fortnight", Fraction(2600, 12)), ("four_weeks", Fraction(1300, 12)),
         ("month", Fraction(100)), ("year", Fraction(100, 12))],
    )  # fmt: skip
    def test_spreads_52_weeks_over_twelve_months(self, every: str, pence: Fraction) -> None:
        assert monthly(line("wages", 1, every)) == pence

    def test_comes_to_the_year_exactly(self) -> None:
        assert monthly(line("wages", 1, "four_weeks")) * 12 == 13 * 100


class TestAfford:
    def test_adds_up_by_the_month(self) -> None:
        found = afford(PAULS)
        assert found.income == 180000 + 13000
        assert found.priority == 75000 + 12000 + 16000 + 26000
        assert found.other == 39000 + Fraction(26000, 3) + Fraction(33800, 12)
        assert found.surplus == Fraction(193000 - 129000 - 39000) - Fraction(26000, 3) - Fraction(33800, 12)
        assert found.after_priority == 64000
        assert found.ongoing == 26000

    def test_says_that_more_goes_out_than_comes_in(self) -> None:
        assert afford([line("wages", 100), line("food_and_household", 101)]).surplus == -100

    @given(lines=LINES)
    def test_loses_nothing_and_does_not_depend_on_the_order(self, lines: list[BudgetLine]) -> None:
        found = afford(lines)
        signed = sum((monthly(one) * (1 if one.category in INCOME else -1) for one in lines), Fraction(0))
        assert found.surplus == signed
        assert afford(reversed(lines)) == found


class TestOffer:
    def test_is_what_is_left_rounded_down_and_the_plan_it_makes(self) -> None:
        found = offer(afford(PAULS), frequency=Frequency.MONTHLY, first_payment_on=FIRST, arrears=240000)
        assert found is not None
        # £1,930.00 less £1,290.00, £390.00, £86.66 2/3 and £28.16 2/3 leaves £135.16 2/3.
        assert (found.part, found.ongoing, found.total, found.net_income) == (13516, 26000, 39516, 193000)
        assert found.usual_most == 77200
        assert found.share == Fraction(39516, 193000)
        assert found.verdict is not None
        assert (found.verdict.classification, found.verdict.payments) == (Classification.AGREEMENT, 18)
        assert found.verdict.share_of_net_income == found.share

    def test_may_be_paid_every_week(self) -> None:
        found = offer(afford(PAULS), frequency=Frequency.WEEKLY, first_payment_on=FIRST, arrears=240000)
        assert found is not None
        assert (found.part, found.ongoing, found.net_income) == (3119, 6000, 44538)

    def test_is_no_more_than_is_owed(self) -> None:
        found = offer(afford(PAULS), frequency=Frequency.MONTHLY, first_payment_on=FIRST, arrears=5000)
        assert found is not None
        assert found.part == 5000

    def test_can_do_without_what_is_owed(self) -> None:
        found = offer(afford(PAULS), frequency=Frequency.MONTHLY, first_payment_on=FIRST)
        assert found is not None
        assert (found.part, found.verdict) == (13516, None)

    @pytest.mark.parametrize(("surplus", "arrears"), [(-100, 1000), (0, 1000), (Fraction(99, 100), 1000), (5000, 0)])
    def test_is_none_where_nothing_is_left_or_owed(self, surplus: Fraction, arrears: int) -> None:
        budget = Affordability(income=Fraction(surplus), priority=Fraction(0), other=Fraction(0), ongoing=Fraction(0))
        assert offer(budget, frequency=Frequency.MONTHLY, first_payment_on=FIRST, arrears=arrears) is None

    @given(lines=LINES, frequency=st.sampled_from(Frequency), arrears=st.none() | st.integers(0, 999_999_999))
    def test_is_never_above_what_is_left(
        self, lines: list[BudgetLine], frequency: Frequency, arrears: int | None
    ) -> None:
        budget = afford(lines)
        found = offer(budget, frequency=frequency, first_payment_on=FIRST, arrears=arrears)
        if budget.surplus <= 0 or arrears == 0:
            assert found is None
        elif found is not None:
            weeks = {"weekly": 1, "fortnightly": 2, "four_weekly": 4, "monthly": Fraction(52, 12)}[frequency]
            assert found.part * Fraction(52, 12) / weeks <= budget.surplus
