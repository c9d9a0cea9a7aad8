"""What presses: one's own next deadline, within five working days or past, and the answer to ask for."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from arrears.core.case_values import ClockKind
from cases.core import calendar
from cases.core.facts import Nation
from correspondence.core.pressing import WORKING_DAYS, Pressing, pressing
from tests.unit.correspondence.test_deadlines import ON, awaited, clock, decision, of, promise

NATION = Nation.ENGLAND
TOLD = dt.date(2026, 11, 2)


class TestWithin:
    def test_counts_working_days_back_from_the_day(self) -> None:
        assert calendar.within(dt.date(2026, 11, 30), 5, nation=NATION) == dt.date(2026, 11, 23)
        assert calendar.within(dt.date(2026, 11, 27), 5, nation=NATION) == dt.date(2026, 11, 20)

    @given(st.dates(dt.date(2015, 1, 1), dt.date(2035, 1, 1)), st.sampled_from(Nation))
    def test_is_the_first_day_from_which_so_many_are_left(self, day: dt.date, nation: Nation) -> None:
        first = calendar.within(day, WORKING_DAYS, nation=nation)
        before = first - dt.timedelta(days=1)
        assert calendar.working_days_between(first, day, nation=nation) <= WORKING_DAYS
        assert calendar.working_days_between(before, day, nation=nation) > WORKING_DAYS


class TestPressing:
    def test_is_nothing_where_nothing_is_to_be_kept(self) -> None:
        assert pressing(of(), on=ON, nation=NATION) == Pressing()

    def test_is_ones_own_deadline_and_from_when_it_is_near(self) -> None:
        found = pressing(of(decisions=[decision(TOLD)]), on=ON, nation=NATION)
        assert found.act_on is not None
        assert found.act_on > ON
        assert found.act_from == calendar.within(found.act_on, 5, nation=NATION)
        assert found.changes_on == found.act_from

    def test_keeps_a_clock_of_ones_own_that_is_past_before_one_to_come(self) -> None:
        past = clock(ClockKind.WRITE_OFF, reached_on=dt.date(2026, 9, 1))
        found = pressing(of(clocks=[past], decisions=[decision(TOLD)]), on=ON, nation=NATION)
        assert found.act_on is not None
        assert found.act_on < ON

    def test_tells_an_answer_apart(self) -> None:
        late = awaited(dt.date(2026, 10, 12), asked_by=dt.date(2026, 10, 26))
        found = pressing(of(replies=[late]), on=ON, nation=NATION)
        assert found.act_on is None
        assert found.reply_on is not None
        assert found.reply_on < ON
        assert found.reply_title == "An answer to your letter: Put a call in writing"

    def test_leaves_promises_to_the_promises(self) -> None:
        assert pressing(of(promises=[promise(ON)]), on=ON, nation=NATION) == Pressing()

    @given(st.integers(0, 60), st.integers(0, 60))
    def test_holds_until_the_day_it_names(self, told: int, sent: int) -> None:
        facts = {
            "decisions": [decision(ON - dt.timedelta(days=told))],
            "replies": [awaited(ON - dt.timedelta(days=sent), asked_by=ON)],
        }
        found = pressing(of(**facts), on=ON, nation=NATION)
        for days in range(min((found.changes_on - ON).days, 90)):
            then = ON + dt.timedelta(days=days)
            assert pressing(of(on=then, **facts), on=then, nation=NATION) == found
