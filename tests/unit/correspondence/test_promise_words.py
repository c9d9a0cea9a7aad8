"""Weekends and bank holidays beside a promise; what was noted of it before."""

import uuid

import pytest

from arrears.core.case_values import PromiseResult
from cases.core.calendar import working_day_by, working_day_from, working_days_between
from cases.core.facts import Nation, StruckOut
from correspondence.core.contacts import OutcomeSeen, PromiseSeen
from correspondence.core.promise_words import beside, working_days_late
from tests.unit.arrears.build import day

KEY = uuid.UUID(int=1)


def promise(due_on: str | None, **more: object) -> PromiseSeen:
    values = {
        "id": KEY, "case_id": KEY, "contact_id": KEY, "made_on": day("2026-11-03"), "party": "CMS",
        "text": "Ring me back", "due_on": day(due_on) if due_on else None,
    }  # fmt: skip
    return PromiseSeen(**(values | more))  # type: ignore[arg-type]


class TestWorkingDays:
    def test_are_counted_after_the_first_day_in_both_directions(self) -> None:
        friday, monday = day("2026-11-06"), day("2026-11-09")
        assert working_days_between(friday, monday, nation=Nation.ENGLAND) == 1
        assert working_days_between(monday, friday, nation=Nation.ENGLAND) == -1
        saturday = day("2026-11-07")
        assert working_day_by(saturday, nation=Nation.ENGLAND) == friday
        assert working_day_from(saturday, nation=Nation.ENGLAND) == monday


class TestBeside:
    @pytest.mark.parametrize(
        ("due_on", "on", "said"),
        [
            ("2026-11-06", "2026-11-06", ""),
            ("2026-11-06", "2026-11-09", "1 working day late."),
            ("2026-11-06", "2026-11-16", "6 working days late."),
            (
                "2026-11-07", "2026-11-05",
                "Offices are closed on 7 November 2026. The next working day is Monday 9 November 2026.",
            ),
            (
                "2026-11-07", "2026-11-08",
                "Offices are closed on 7 November 2026. The next working day is Monday 9 November 2026.",
            ),
            (None, "2026-11-16", ""),
        ],
    )  # fmt: skip
    def test_minds_weekends(self, due_on: str | None, on: str, said: str) -> None:
        assert beside(promise(due_on), on=day(on), nation=Nation.ENGLAND) == said

    def test_says_nothing_of_a_promise_that_is_settled(self) -> None:
        settled = promise("2026-11-07", outcome=PromiseResult.KEPT)
        assert beside(settled, on=day("2026-11-16"), nation=Nation.WALES) == ""
        assert working_days_late(settled, on=day("2026-11-16"), nation=Nation.WALES) == 0


class TestWhatWasNotedBefore:
    def test_is_all_but_the_last_that_stands(self) -> None:
        slip = StruckOut(on=day("2026-11-10"), reason="Another promise")
        first, second, third = (
            OutcomeSeen(
                id=uuid.uuid4(), promise_id=KEY, outcome=PromiseResult.KEPT, on=day("2026-11-06"), struck_out=gone
            )
            for gone in (None, None, slip)
        )
        assert promise(None, noted=(first, second, third)).superseded == (first, third)
        assert promise(None, noted=(third,)).superseded == (third,)
        assert promise(None).superseded == ()
