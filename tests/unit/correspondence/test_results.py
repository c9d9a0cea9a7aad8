"""What came of the work on a case, in words, and the quarters that results are counted in."""

import datetime as dt
import uuid

import pytest

from arrears.core.case_values import Result, ResultKind, ResultMeans, ResultStage
from correspondence.core.results import KINDS, MEANS, STAGES, ResultSeen, first_day, quarter_of, quarters_before


class TestAResult:
    def test_says_in_words_what_changed_how_far_it_went_and_what_did_it(self) -> None:
        result = Result(
            on=dt.date(2026, 3, 1), kind=ResultKind.ARREARS_PAID, stage=ResultStage.LETTER, means=ResultMeans.EVIDENCE
        )
        seen = ResultSeen(uuid.UUID(int=1), result)
        said = (seen.kind, seen.stage, seen.means)
        assert said == ("Arrears were paid", "A letter", "Evidence of payments or income")

    def test_has_words_for_all_there_is(self) -> None:
        assert all(KINDS[one] for one in ResultKind)
        assert all(STAGES[one] for one in ResultStage)
        assert all(MEANS[one] for one in ResultMeans)


class TestAQuarter:
    @pytest.mark.parametrize(
        ("day", "quarter", "first"),
        [
            (dt.date(2026, 1, 1), "2026-1", dt.date(2026, 1, 1)),
            (dt.date(2026, 3, 31), "2026-1", dt.date(2026, 1, 1)),
            (dt.date(2026, 4, 1), "2026-2", dt.date(2026, 4, 1)),
            (dt.date(2026, 12, 31), "2026-4", dt.date(2026, 10, 1)),
        ],
    )
    def test_is_that_of_its_day(self, day: dt.date, quarter: str, first: dt.date) -> None:
        assert quarter_of(day) == quarter
        assert first_day(quarter) == first

    def test_is_counted_when_it_is_over(self) -> None:
        assert quarters_before(dt.date(2026, 2, 15), count=3) == ["2025-2", "2025-3", "2025-4"]
