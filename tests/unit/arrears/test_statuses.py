"""Every status has a word and a shape, and no two that differ look alike."""

import pytest

from arrears.core.facts import Observation
from arrears.core.position import position
from arrears.core.results import Status
from arrears.presenters.statuses import coming, tag
from tests.unit.arrears.build import adjustment, case, day, decision, payment, schedule

NOTED = Observation(due_on=day("2025-02-03"), noted_on=day("2025-02-05"), id="noted")
MONTHLY = (decision("60", "2025-01-03"), schedule("monthly", "2025-02-03"))


class TestTag:
    @pytest.mark.parametrize(
        ("facts", "on", "word", "shape"),
        [
            ([payment("260", "2025-02-03")], "2025-02-03", "Paid on time", "s-paid"),
            ([payment("260", "2025-02-04")], "2025-02-09", "Paid 1 day late", "s-late"),
            ([payment("100", "2025-02-04")], "2025-02-09", "Part paid, 6 days ago", "s-part"),
            ([NOTED], "2025-02-09", "Missed, 6 days ago", "s-missed"),
            ([], "2025-02-09", "Nothing logged yet", "s-due"),
            ([], "2025-02-03", "Due today", "s-due"),
            ([adjustment("offset", "260", "2025-02-05")], "2025-02-09", "Cleared, not all by payments", "s-paid"),
        ],
    )
    def test_says_how_an_instalment_stands(self, facts: list[object], on: str, word: str, shape: str) -> None:
        made = case(decision("60", "2025-02-03"), schedule("monthly", "2025-02-03"), *facts)
        found = tag(position(made, on=day(on)).instalments[0], on=day(on), is_noted=bool(made.observations))
        assert (found.word, found.shape) == (word, shape)

    def test_says_when_one_to_come_is_paid_already(self) -> None:
        assert coming(day("2025-02-04"), on=day("2025-02-03")).word == "Due in 1 day"
        assert coming(day("2025-02-04"), on=day("2025-02-03"), is_covered=True).word == "Paid ahead, due in 1 day"

    def test_knows_every_status(self) -> None:
        one = position(case(*MONTHLY), on=day("2025-02-09")).instalments[0]
        words = {
            tag(one._replace(status=status, days_late=3), on=day("2025-02-09"), is_noted=is_noted).word
            for status in Status
            for is_noted in (True, False)
        }
        assert len(words) == len(Status) + 1  # missed, and nothing logged yet
