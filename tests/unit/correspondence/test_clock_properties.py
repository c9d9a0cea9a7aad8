"""What holds of every clock on every day from 2012 to 2050."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from arrears.core.case_values import ClockKind
from cases.core import calendar
from cases.core.facts import Nation
from correspondence.core.clock_rules import Anchor, Side, Unit, rules
from correspondence.core.clocks import count, days_of

DAYS = st.dates(dt.date(2012, 1, 1), dt.date(2050, 12, 31))
NATIONS = st.sampled_from(Nation)


class TestEveryClock:
    @given(kind=st.sampled_from(ClockKind), dated_on=DAYS, waited=st.integers(0, 40), nation=NATIONS)
    def test_is_safest_first_and_kept_on_a_working_day(
        self, kind: ClockKind, dated_on: dt.date, waited: int, nation: Nation
    ) -> None:
        rule = rules()[kind]
        found = days_of(rule, dated_on=dated_on, reached_on=dated_on + dt.timedelta(days=waited), nation=nation)
        assert all(found.safe_on <= one.on for one in found.readings)
        assert found.rule_on is None or found.safe_on <= found.rule_on
        assert calendar.is_working_day(found.act_on, nation=nation)
        if rule.side is Side.YOURS:
            assert found.act_on <= found.safe_on
            assert (found.safe_on - found.act_on).days <= 5
        else:
            assert found.safe_on <= found.act_on
        assert found.latest is None or found.latest.on >= found.safe_on

    @given(kind=st.sampled_from(ClockKind), start=DAYS, nation=NATIONS)
    def test_never_ends_earlier_when_it_starts_later(self, kind: ClockKind, start: dt.date, nation: Nation) -> None:
        for reading in rules()[kind].readings:
            assert count(reading, start, nation=nation) <= count(reading, start + dt.timedelta(days=1), nation=nation)

    @given(start=DAYS, nation=NATIONS)
    def test_counts_months_to_the_same_day_or_the_end_of_a_shorter_month(self, start: dt.date, nation: Nation) -> None:
        for rule in rules().values():
            for reading in (*rule.readings, *([rule.latest] if rule.latest else [])):
                if reading.unit is not Unit.MONTHS:
                    continue
                end = count(reading, start, nation=nation)
                assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == reading.count
                assert end.day == start.day or ((end + dt.timedelta(days=1)).day == 1 and end.day < start.day)
                assert reading.anchor in Anchor


class TestWorkingDays:
    @given(start=DAYS, length=st.integers(0, 60), nation=NATIONS)
    def test_counted_between_two_days_lead_from_one_to_the_other(
        self, start: dt.date, length: int, nation: Nation
    ) -> None:
        end = calendar.add_working_days(start, length, nation=nation)
        assert calendar.working_days_between(start, end, nation=nation) == length
        assert calendar.working_days_between(end, start, nation=nation) == -length
