"""Working days: what a reply date is counted in."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.core.calendar import (
    add_working_days,
    bank_holidays,
    is_working_day,
    working_day_by,
    working_day_from,
    working_days_between,
)
from cases.core.facts import Nation


class TestBankHolidays:
    def test_know_that_easter_monday_is_not_one_in_scotland(self) -> None:
        easter_monday = dt.date(2026, 4, 6)
        assert easter_monday in bank_holidays(Nation.ENGLAND, 2026)
        assert easter_monday not in bank_holidays(Nation.SCOTLAND, 2026)

    def test_know_the_twelfth_in_northern_ireland_only(self) -> None:
        observed = dt.date(2026, 7, 13)
        assert not is_working_day(observed, nation=Nation.NORTHERN_IRELAND)
        assert is_working_day(observed, nation=Nation.WALES)

    def test_move_boxing_day_from_a_saturday_to_monday(self) -> None:
        assert not is_working_day(dt.date(2026, 12, 28), nation=Nation.ENGLAND)


class TestAddWorkingDays:
    def test_counts_fifteen_from_the_day_after(self) -> None:
        assert add_working_days(dt.date(2024, 2, 26), 15, nation=Nation.ENGLAND) == dt.date(2024, 3, 18)

    def test_leaps_over_good_friday_and_easter_monday(self) -> None:
        assert add_working_days(dt.date(2026, 4, 2), 1, nation=Nation.ENGLAND) == dt.date(2026, 4, 7)
        assert add_working_days(dt.date(2026, 4, 2), 1, nation=Nation.SCOTLAND) == dt.date(2026, 4, 6)

    def test_crosses_the_new_year_with_scotlands_second_of_january(self) -> None:
        assert add_working_days(dt.date(2025, 12, 31), 1, nation=Nation.ENGLAND) == dt.date(2026, 1, 2)
        assert add_working_days(dt.date(2025, 12, 31), 1, nation=Nation.SCOTLAND) == dt.date(2026, 1, 5)

    def test_stays_where_it_is_for_none(self) -> None:
        assert add_working_days(dt.date(2026, 11, 22), 0, nation=Nation.WALES) == dt.date(2026, 11, 22)

    def test_refuses_to_count_backwards(self) -> None:
        with pytest.raises(ValueError, match="forward"):
            add_working_days(dt.date(2026, 11, 22), -1, nation=Nation.WALES)

    @given(
        start=st.dates(dt.date(2012, 1, 1), dt.date(2030, 1, 1)),
        count=st.integers(1, 40),
        nation=st.sampled_from(list(Nation)),
    )
    def test_lands_on_a_working_day_with_exactly_that_many_on_the_way(
        self, start: dt.date, count: int, nation: Nation
    ) -> None:
        end = add_working_days(start, count, nation=nation)
        days = [start + dt.timedelta(days=step) for step in range(1, (end - start).days + 1)]
        assert is_working_day(end, nation=nation)
        assert sum(is_working_day(day, nation=nation) for day in days) == count


class TestADayThatIsNotAWorkingDay:
    def test_moves_back_over_easter_and_forward_over_it(self) -> None:
        easter_monday = dt.date(2019, 4, 22)
        assert working_day_by(easter_monday, nation=Nation.ENGLAND) == dt.date(2019, 4, 18)
        assert working_day_from(dt.date(2019, 4, 19), nation=Nation.ENGLAND) == dt.date(2019, 4, 23)
        assert working_day_by(easter_monday, nation=Nation.SCOTLAND) == easter_monday

    def test_is_not_counted_between_two_days(self) -> None:
        thursday, tuesday = dt.date(2019, 4, 18), dt.date(2019, 4, 23)
        assert working_days_between(thursday, tuesday, nation=Nation.ENGLAND) == 1
        assert working_days_between(tuesday, thursday, nation=Nation.ENGLAND) == -1
        assert working_days_between(thursday, thursday, nation=Nation.ENGLAND) == 0
