"""Processes that help to work cases out find what one process finds."""

import datetime as dt

import pytest

from arrears.operations.snapshots import work_out
from cases.models import Case
from cms_tracker.pages import worklist
from cms_tracker.pages.hands import Hands
from cms_tracker.pages.verifying import verify
from tests.cast import ROSA
from tests.factories import make_user, monthly_case

pytestmark = pytest.mark.django_db(transaction=True)

ON = dt.date(2026, 3, 2)


@pytest.fixture
def cases() -> list[Case]:
    rosa = make_user(ROSA)
    return [monthly_case(rosa) for _ in range(20)]


class TestHands:
    def test_find_what_one_process_finds_each_case_on_its_own_day(self, cases: list[Case]) -> None:
        days = [ON + dt.timedelta(days=place) for place in range(len(cases))]
        with Hands(alone=0) as hands:
            assert hands.shares == hands.count
            found = hands.work_out(cases, days)
        assert found == work_out(cases, days)
        assert len({one.on for one in found.values()}) == len(cases)

    def test_see_what_was_committed_before_the_cases_were_held(self, cases: list[Case]) -> None:
        with Hands(alone=0) as hands:
            assert worklist.roll_forward(on=ON, hands=hands) == len(cases)
            checked = verify(on=ON, hands=hands)
        assert (checked.cases, checked.waiting, checked.first) == (len(cases), 0, None)
        assert verify(on=ON).first is None

    def test_stay_away_until_there_is_enough_to_do(self, cases: list[Case]) -> None:
        with Hands(alone=30) as hands:
            assert hands.shares == 1
            hands.work_out(cases, [ON] * 20)
            assert hands.shares == 1
            hands.work_out(cases, [ON] * 20)
            assert hands.shares == hands.count
        assert Hands(most=1, alone=0).shares == 1
