"""What if a payment is missed, or ongoing maintenance changes or ends: by hand and against paying it off."""

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrears.core import plan_effects, plans
from arrears.core.plan_effects import Terms, missed, ongoing_changed, ongoing_ended
from arrears.core.results import Classification
from arrears.core.schedule import nth_due
from cases.core.facts import Frequency
from tests.unit.arrears.build import case, day, decision, service

# The first plan of the real case: £372.06 of each £500.00 is ongoing maintenance (£310.05) and its fee (£62.01).
REAL = Terms(
    arrears=1239153, next_on=day("2022-04-01"), frequency=Frequency.MONTHLY, part=12794, ongoing=31005, fee=6201
)
FREQUENCIES = st.sampled_from(Frequency)
TERMS = st.builds(
    Terms,
    arrears=st.integers(1, 300_000),
    next_on=st.dates(dt.date(2020, 1, 1), dt.date(2028, 12, 31)),
    frequency=FREQUENCIES,
    part=st.integers(500, 60_000),
    ongoing=st.integers(0, 60_000),
    fee=st.integers(0, 5_000),
)


class TestTerms:
    def test_may_leave_the_whole_payment_out(self) -> None:
        terms = Terms(arrears=1000, next_on=day("2025-01-01"), frequency=Frequency.WEEKLY, part=100)
        assert (terms.total, terms.verdict().payments) == (None, 10)

    def test_are_those_of_a_plan_that_was_checked(self) -> None:
        verdict = plans.check(
            arrears=1239153, first_payment_on=day("2022-04-01"), frequency=Frequency.MONTHLY, total=50000,
            ongoing=31005, fee=6201,
        )  # fmt: skip
        assert plan_effects.terms_of(verdict, ongoing=31005, fee=6201) == REAL
        assert REAL.verdict() == verdict


class TestMissed:
    def test_ends_one_payment_later_where_only_the_arrears_part_is_known(self) -> None:
        found = missed(Terms(arrears=1000, next_on=day("2025-01-01"), frequency=Frequency.MONTHLY, part=100))
        assert found is not None
        assert (found.behind, found.becomes_arrears, found.payments, found.later_by) == (100, 0, 10, 1)
        assert (found.ended_on, found.ends_on) == (day("2025-10-01"), day("2025-11-01"))

    def test_adds_the_ongoing_maintenance_to_the_arrears(self) -> None:
        found = missed(REAL)
        assert found is not None
        # £12,391.53 + £310.05 = £12,701.58, at £127.94: 100 payments, after the one that did not come.
        assert (found.behind, found.becomes_arrears, found.payments, found.later_by) == (50000, 31005, 100, 4)
        assert (found.ended_on, found.ends_on) == (day("2030-04-01"), day("2030-08-01"))

    def test_says_nothing_of_a_plan_without_an_end(self) -> None:
        assert missed(Terms(arrears=1000, next_on=day("2025-01-01"), frequency=Frequency.WEEKLY, part=0)) is None
        assert missed(Terms(arrears=0, next_on=day("2025-01-01"), frequency=Frequency.WEEKLY, part=5)) is None

    @given(terms=TERMS)
    def test_agrees_with_paying_it_off(self, terms: Terms) -> None:
        found = missed(terms)
        assert found is not None
        left, place = terms.arrears + (terms.ongoing or 0), 0
        while left > 0:
            place += 1  # the first, at place 0, does not come
            left -= terms.part
        assert (found.payments, found.ends_on) == (place, nth_due(terms.next_on, terms.frequency, place))


class TestOngoingChanged:
    def test_says_what_the_same_payment_then_leaves(self) -> None:
        found = ongoing_changed(REAL, weekly=8000)
        assert found is not None
        # £80 a week is £346.67 a month; its fee of 20% is £69.33; of £500.00 that leaves £84.00.
        assert (found.ongoing, found.fee, found.verdict.instalment) == (34667, 6933, 8400)
        assert (found.verdict.payments, found.longer_by, found.short_by) == (148, 51, None)

    def test_says_by_how_much_the_same_payment_falls_short(self) -> None:
        found = ongoing_changed(REAL, weekly=10000)
        assert found is not None
        # £433.33 and £86.67 are £520.00: £20.00 over the payment, and a penny more for the arrears.
        assert found.verdict.classification is Classification.INSUFFICIENT
        assert (found.longer_by, found.short_by) == (None, 2001)

    def test_shortens_a_plan_where_the_amount_goes_down(self) -> None:
        found = ongoing_changed(REAL, weekly=0)
        assert found is not None
        assert (found.verdict.instalment, found.verdict.payments, found.longer_by) == (50000, 25, -72)

    def test_adds_no_fee_to_a_plan_without_one(self) -> None:
        terms = Terms(
            arrears=1000, next_on=day("2025-01-01"), frequency=Frequency.WEEKLY, part=100, ongoing=900
        )  # fmt: skip
        found = ongoing_changed(terms, weekly=950)
        assert found is not None
        assert (found.ongoing, found.fee, found.verdict.instalment) == (950, 0, 50)

    def test_needs_the_whole_payment(self) -> None:
        part = Terms(arrears=1000, next_on=day("2025-01-01"), frequency=Frequency.WEEKLY, part=100)
        assert ongoing_changed(part, weekly=950) is None

    @given(terms=TERMS, weekly=st.integers(0, 40_000))
    def test_keeps_the_whole_payment(self, terms: Terms, weekly: int) -> None:
        found = ongoing_changed(terms, weekly=weekly)
        assert found is not None
        assert found.verdict.total == terms.total
        assert found.verdict.instalment + found.ongoing + found.fee == terms.total
        assert (found.short_by is None) == (found.verdict.instalment > 0)


class TestOngoingEnded:
    def test_puts_the_whole_payment_to_the_arrears(self) -> None:
        found = ongoing_ended(REAL, from_on=day("2024-04-01"))
        assert found is not None
        # After 24 payments £9,320.97 is left: at £500.00 that is 19 payments, the last £320.97.
        assert (found.payments, found.sooner_by, found.last_payment) == (43, 54, 32097)
        assert found.ends_on == day("2025-10-01")

    def test_changes_nothing_where_the_plan_is_over_by_then(self) -> None:
        found = ongoing_ended(REAL, from_on=day("2040-01-01"))
        assert found is not None
        assert (found.payments, found.sooner_by, found.last_payment) == (97, 0, 10929)

    def test_may_be_over_before_the_plan_begins(self) -> None:
        found = ongoing_ended(REAL, from_on=day("2020-01-01"))
        assert found is not None
        assert (found.payments, found.ends_on) == (25, day("2024-04-01"))

    def test_needs_the_whole_payment_and_a_plan_with_an_end(self) -> None:
        part = Terms(arrears=1000, next_on=day("2025-01-01"), frequency=Frequency.WEEKLY, part=100)
        short = Terms(arrears=1000, next_on=day("2025-01-01"), frequency=Frequency.WEEKLY, part=0, ongoing=900)
        assert ongoing_ended(part, from_on=day("2026-01-01")) is None
        assert ongoing_ended(short, from_on=day("2026-01-01")) is None

    @given(terms=TERMS, after=st.integers(-30, 3000))
    def test_agrees_with_paying_it_off(self, terms: Terms, after: int) -> None:
        from_on = terms.next_on + dt.timedelta(days=after)
        found = ongoing_ended(terms, from_on=from_on)
        assert found is not None
        left, place, amount = terms.arrears, 0, 0
        while left:
            on = nth_due(terms.next_on, terms.frequency, place)
            amount = min(terms.part if on < from_on else found.part, left)
            left -= amount
            place += 1
        assert (found.payments, found.ends_on, found.last_payment) == (place, on, amount)
        assert found.sooner_by >= 0


class TestAmounts:
    @pytest.mark.parametrize(
        ("frequency", "expected"),
        [(Frequency.WEEKLY, 7155), (Frequency.FORTNIGHTLY, 14310), (Frequency.FOUR_WEEKLY, 28620),
         (Frequency.MONTHLY, 31005)],
    )  # fmt: skip
    def test_a_payment_holds_its_weeks(self, frequency: Frequency, expected: int) -> None:
        assert plan_effects.per_payment(7155, frequency) == expected

    def test_a_fee_goes_on_top_and_comes_off_again(self) -> None:
        assert plan_effects.fee_on(31005, day("2022-04-01")) == 6201
        assert plan_effects.without_fee(37206, day("2022-04-01")) == 31005

    def test_a_year_holds_52_weeks(self) -> None:
        assert plan_effects.WEEKS[Frequency.MONTHLY] * 12 == Fraction(52)


class TestWeeklyWithFee:
    def test_adds_the_fee_only_where_cms_collects(self) -> None:
        facts = case(decision("60", "2025-01-03"), service("collect_and_pay", "2025-06-01"))
        assert plan_effects.weekly_with_fee(facts, day("2025-02-01")) == 6000
        assert plan_effects.weekly_with_fee(facts, day("2025-07-01")) == 7200

    def test_is_nothing_where_nothing_is_due(self) -> None:
        assert plan_effects.weekly_with_fee(case(), day("2025-02-01")) is None
        assert plan_effects.weekly_with_fee(case(decision("0", "2025-01-03")), day("2025-02-01")) is None
