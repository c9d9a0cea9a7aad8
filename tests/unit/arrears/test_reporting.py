"""The missed payments that CMS is told about: one window, for Today and for the letter."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrears.core.facts import Observation
from arrears.core.position import position
from arrears.core.reporting import report_from, to_report
from tests.unit.arrears.build import adjustment, case, day, decision, payment, schedule, service

DIRECT = (decision("60", "2025-01-03"), schedule("monthly", "2025-02-03"), service("direct_pay", "2025-01-03"))
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1))


def noted(due_on: str) -> Observation:
    return Observation(due_on=day(due_on), noted_on=day(due_on), id=f"noted {due_on}")


class TestReportFrom:
    @given(DAYS)
    def test_is_a_month_s_first_day_a_year_to_thirteen_months_back(self, on: dt.date) -> None:
        first = report_from(on)
        assert first.day == 1
        assert 365 <= (on - first).days <= 397


class TestToReport:
    def test_is_what_came_short_and_what_is_noted_but_not_what_nobody_logged(self) -> None:
        facts = case(*DIRECT, payment("200", "2025-02-03"), noted("2025-03-03"))
        found = to_report(facts, position(facts, on=day("2025-05-10")))
        assert [one.due_on for one in found] == [day("2025-02-03"), day("2025-03-03")]

    @pytest.mark.parametrize(
        ("on", "count"), [("2025-03-03", 0), ("2025-03-04", 1), ("2026-03-31", 1), ("2026-04-01", 0)]
    )
    def test_begins_the_day_after_and_ends_with_the_window(self, on: str, count: int) -> None:
        facts = case(*DIRECT, noted("2025-03-03"))
        assert len(to_report(facts, position(facts, on=day(on)))) == count

    def test_leaves_out_what_fell_due_on_collect_and_pay(self) -> None:
        facts = case(*DIRECT, service("collect_and_pay", "2025-03-01"), noted("2025-02-03"), noted("2025-03-03"))
        found = to_report(facts, position(facts, on=day("2025-05-10")))
        assert [one.due_on for one in found] == [day("2025-02-03")]

    def test_takes_no_write_off_for_something_that_came(self) -> None:
        facts = case(*DIRECT, adjustment("write_off", "10", "2025-02-10"))
        assert to_report(facts, position(facts, on=day("2025-03-01"))) == ()
