"""Missed and paid in part are one question, asked of the instalment."""

import datetime as dt

from hypothesis import given

from arrears.core.facts import CaseFacts
from arrears.core.position import position
from arrears.core.results import Status
from tests.unit.arrears.build import case, day, decision, payment, schedule
from tests.unit.arrears.histories import histories, views

MONTHLY = (decision("60", "2025-01-03"), schedule("monthly", "2025-02-03"))


class TestIsShort:
    def test_is_said_of_missed_and_part_paid_ones_but_not_of_one_due_today(self) -> None:
        facts = case(*MONTHLY, payment("260", "2025-02-03"), payment("10", "2025-03-03"))

        found = position(facts, on=day("2025-05-03")).instalments

        assert [(one.status, one.is_short) for one in found] == [
            (Status.PAID_ON_TIME, False),
            (Status.PART_PAID, True),
            (Status.MISSED, True),
            (Status.DUE, False),
        ]

    @given(histories(), views)
    def test_is_to_be_open_on_a_day_that_has_passed(self, facts: CaseFacts, view: tuple[dt.date, dt.date]) -> None:
        on, known_on = view
        for one in position(facts, on=on, known_on=known_on).instalments:
            assert one.is_short is (one.outstanding > 0 and one.due_on < on)
