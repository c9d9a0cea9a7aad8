"""The days by which people have to be answered."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.core.calendar import is_working_day
from cases.core.facts import Nation
from cms_tracker.rights.core import breach, complaint_clock, second_thoughts
from cms_tracker.rights.core.request_clock import Pause, due_on, month_after

DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2045, 1, 1))


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


class TestARequest:
    @pytest.mark.parametrize(
        ("came", "due"),
        [
            ("2025-01-31", "2025-02-28"),  # no 31 February: its last day, a Friday
            ("2028-01-31", "2028-02-29"),  # a leap year
            ("2026-01-31", "2026-03-02"),  # 28 February is a Saturday
            ("2025-03-31", "2025-04-30"),
            ("2025-09-03", "2025-10-03"),  # the ICO's own example
            ("2025-11-25", "2025-12-29"),  # Christmas Day and Boxing Day, then a weekend
        ],
    )
    def test_is_due_in_a_month_by_the_rule_of_the_months_end(self, came: str, due: str) -> None:
        assert due_on(received_on=day(came)) == day(due)

    def test_is_counted_from_the_day_on_which_they_showed_who_they_are(self) -> None:
        assert due_on(received_on=day("2025-01-20"), identity_shown_on=day("2025-01-31")) == day("2025-02-28")
        with pytest.raises(ValueError, match="has not come"):
            due_on(received_on=day("2025-01-20"), identity_shown_on=day("2025-01-19"))

    def test_has_two_months_more_where_it_is_complex(self) -> None:
        assert due_on(received_on=day("2025-01-31"), is_complex=True) == day("2025-04-30")

    def test_waits_while_we_wait_and_gets_those_days(self) -> None:
        came = day("2025-09-03")
        waiting = Pause(asked_on=day("2025-09-10"), answered_on=None)
        answered = Pause(asked_on=day("2025-09-10"), answered_on=day("2025-09-17"))
        assert due_on(received_on=came, pauses=[waiting]) is None
        assert due_on(received_on=came, pauses=[answered]) == day("2025-10-10")

    def test_gets_nothing_for_waiting_before_its_clock_began(self) -> None:
        before = Pause(asked_on=day("2025-09-04"), answered_on=day("2025-09-09"))
        identity = day("2025-09-10")
        without = due_on(received_on=day("2025-09-03"), identity_shown_on=identity)
        assert due_on(received_on=day("2025-09-03"), identity_shown_on=identity, pauses=[before]) == without

    @given(DAYS, st.integers(0, 60), st.integers(0, 60))
    def test_is_never_due_on_a_closed_day_nor_sooner_for_a_pause(self, came: dt.date, after: int, days: int) -> None:
        asked = came + dt.timedelta(days=after)
        pause = Pause(asked_on=asked, answered_on=asked + dt.timedelta(days=days))
        plain, paused = due_on(received_on=came), due_on(received_on=came, pauses=[pause])
        assert plain
        assert paused
        assert plain <= paused
        assert is_working_day(paused, nation=Nation.ENGLAND)

    @given(DAYS, st.integers(0, 60))
    def test_counts_months_from_the_start_and_never_in_steps(self, start: dt.date, count: int) -> None:
        found = month_after(start, count)
        assert (found.year * 12 + found.month) - (start.year * 12 + start.month) == count
        assert found.day == start.day or (found + dt.timedelta(days=1)).day == 1


class TestAComplaint:
    def test_has_the_days_of_the_law_and_a_month_of_ours(self) -> None:
        assert complaint_clock.acknowledge_by(day("2026-06-19")) == day("2026-07-19")
        assert complaint_clock.reply_by(day("2026-01-31")) == day("2026-02-28")


class TestABreach:
    def test_has_seventy_two_hours_nights_and_weekends_too(self) -> None:
        friday = dt.datetime(2026, 11, 20, 17, tzinfo=dt.UTC)
        assert breach.tell_by(friday) == dt.datetime(2026, 11, 23, 17, tzinfo=dt.UTC)


class TestACode:
    def test_is_the_same_however_it_is_written(self) -> None:
        code = second_thoughts.new_code()
        written = code.lower().replace("-", " ")
        assert second_thoughts.fingerprint(code) == second_thoughts.fingerprint(written)
        assert second_thoughts.fingerprint(" - ") == ""
        assert len(code.replace("-", "")) == 25
