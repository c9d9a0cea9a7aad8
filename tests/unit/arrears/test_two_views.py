"""Two views, as they are typed or stand in an address."""

import datetime as dt

import pytest

from arrears.forms.days import TwoViews
from tests.unit.arrears.build import day

TODAY = dt.date(2025, 4, 10)
DAYS = {"from": "2025-03-01", "to": "2025-02-01"}


def read(query: dict[str, str]) -> TwoViews:
    return TwoViews.read(query, today=TODAY, usual=(day("2025-01-10"), TODAY))


class TestTwoViews:
    def test_are_the_usual_days_where_nothing_is_asked_for(self) -> None:
        assert read({}).views == ((day("2025-01-10"), TODAY), (TODAY, TODAY))

    def test_may_stand_in_either_order(self) -> None:
        assert read(DAYS).views == ((day("2025-03-01"), TODAY), (day("2025-02-01"), TODAY))

    def test_may_each_be_as_known_then(self) -> None:
        views = read(DAYS | {"known": "then"}).views
        assert views == ((day("2025-03-01"), day("2025-03-01")), (day("2025-02-01"), day("2025-02-01")))

    def test_may_each_be_as_known_on_any_day_today_where_none_is_given(self) -> None:
        views = read(DAYS | {"to_known": "2025-01-31"}).views
        assert views == ((day("2025-03-01"), TODAY), (day("2025-02-01"), day("2025-01-31")))
        views = read(DAYS | {"known": "chosen", "from_known": "2025-01-31"}).views
        assert views == ((day("2025-03-01"), day("2025-01-31")), (day("2025-02-01"), TODAY))

    def test_of_one_day_must_differ_in_what_was_known(self) -> None:
        same = {"from": "2025-03-01", "to": "2025-03-01"}
        assert read(same).errors == {"to": ["Both are 1 March 2025. Choose another day."]}
        assert read(same | {"to_known": "2025-03-01"}).views is not None

    @pytest.mark.parametrize("typed", ["2025-02-30", "2999-01-01", "1", "\N{ARABIC-INDIC DIGIT TWO}-1-1"])
    def test_are_refused_beside_the_day_that_is_wrong(self, typed: str) -> None:
        for name in ("from", "to", "from_known", "to_known"):
            form = read(DAYS | {name: typed})
            assert form.views is None
            assert list(form.errors) == [name]

    def test_are_refused_with_knowledge_of_no_kind(self) -> None:
        form = read(DAYS | {"known": "tomorrow"})
        assert form.views is None
        assert list(form.errors) == ["known"]
