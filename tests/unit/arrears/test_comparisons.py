"""The days a person is likely to compare."""

import datetime as dt

from arrears.core.facts import CaseFacts, Statement
from arrears.forms.days import TwoViews
from arrears.presenters.comparisons import presets
from tests.unit.arrears.build import case, day, decision, schedule

TODAY = dt.date(2025, 4, 10)


def facts(*, statements: int = 1) -> CaseFacts:
    given = case(
        *(decision(str(60 + n), f"2024-0{n}-01", told=f"2024-0{n}-15") for n in range(1, 7)),
        schedule("weekly", "2024-01-05"),
    )
    stated = tuple(
        Statement(stated_on=day("2025-01-09"), as_at=day(f"2025-01-{9 - n:02}"), amount=12345, id=f"s{n}")
        for n in range(statements)
    )
    return CaseFacts(
        perspective=given.perspective, decisions=given.decisions, schedules=given.schedules, statements=stated
    )


class TestPresets:
    def test_begin_with_the_latest_decisions_and_figures(self) -> None:
        found = presets(facts(), today=TODAY, first=day("2024-01-05"))
        assert [one.words for one in found] == [
            "Since the decision told on 15 June 2024",
            "Since the decision told on 15 May 2024",
            "Since the decision told on 15 April 2024",
            "Since the decision told on 15 March 2024",
            "Since CMS's figure of £123.45, 9 January 2025",
            "The last month",
            "This year",
            "Since the start",
            "What became known in the last month",
        ]
        assert found[0].query == "?from=2024-06-14&to=2025-04-10"

    def test_each_ask_for_two_views_that_the_page_can_show(self) -> None:
        for one in presets(facts(statements=6), today=TODAY, first=day("2024-01-05")):
            query = dict(part.split("=") for part in one.query.removeprefix("?").split("&"))
            form = TwoViews.read(query, today=TODAY, usual=(TODAY, TODAY))
            assert form.views is not None, one.words

    def test_are_few_in_an_empty_record(self) -> None:
        assert [one.words for one in presets(case(), today=TODAY, first=None)] == ["The last month", "This year"]
