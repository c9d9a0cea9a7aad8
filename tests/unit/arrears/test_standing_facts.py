"""Whether anything stands to reckon with: a fact that was struck out is none."""

from dataclasses import replace

import pytest

from arrears.core.in_force import has_dates, has_decision
from cases.core.facts import StruckOut
from tests.unit.arrears.build import case, day, decision, schedule

SLIP = StruckOut(on=day("2025-05-01"), reason="A slip")


class TestWhatStands:
    def test_is_nothing_in_an_empty_record(self) -> None:
        assert not has_decision(case())
        assert not has_dates(case())

    @pytest.mark.parametrize("is_struck", [False, True])
    def test_is_a_decision_and_dates_unless_they_are_struck_out(self, is_struck: bool) -> None:
        struck = SLIP if is_struck else None
        facts = case(
            replace(decision("60", "2025-01-03"), struck_out=struck),
            replace(schedule("weekly", "2025-01-03"), struck_out=struck),
        )

        assert has_decision(facts) is not is_struck
        assert has_dates(facts) is not is_struck
