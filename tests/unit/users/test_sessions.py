"""When a session is over, and what a page says before."""

import datetime as dt

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from cms_tracker.users import sessions
from cms_tracker.users.middleware import asks_by_itself
from cms_tracker.users.sessions import Limits, Visit

MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)
BEGAN = dt.datetime(2026, 3, 2, 10, tzinfo=dt.UTC)
LIMIT = Limits(idle=15 * MINUTE, longest=8 * HOUR)


class TestLimits:
    @pytest.mark.parametrize(
        ("is_adviser", "on_shared_device", "minutes"),
        [(False, False, 15), (True, False, 30), (False, True, 5), (True, True, 5)],
    )
    def test_are_shortest_where_others_use_the_device(
        self, is_adviser: bool, on_shared_device: bool, minutes: int
    ) -> None:
        found = sessions.limits(is_adviser=is_adviser, on_shared_device=on_shared_device)
        assert found == Limits(idle=minutes * MINUTE, longest=8 * HOUR)


class TestHasEnded:
    @pytest.mark.parametrize(
        ("last_seen", "now", "ended"),
        [
            (0 * MINUTE, 15 * MINUTE - dt.timedelta(seconds=1), False),
            (0 * MINUTE, 15 * MINUTE, True),
            (10 * MINUTE, 24 * MINUTE, False),
            (10 * MINUTE, 25 * MINUTE, True),
            (8 * HOUR - MINUTE, 8 * HOUR - dt.timedelta(seconds=1), False),
            (8 * HOUR - MINUTE, 8 * HOUR, True),
        ],
    )
    def test_is_true_from_the_limit_on(self, last_seen: dt.timedelta, now: dt.timedelta, ended: bool) -> None:
        given_ = {"began_at": BEGAN, "last_seen_at": BEGAN + last_seen, "limit": LIMIT, "now": BEGAN + now}
        assert sessions.has_ended(**given_) is ended

    @given(seen=st.integers(0, 9 * 3600), later=st.integers(0, 9 * 3600))
    def test_agrees_with_the_seconds_a_page_is_given(self, seen: int, later: int) -> None:
        visit = Visit(began_at=BEGAN, last_seen_at=BEGAN + dt.timedelta(seconds=seen))
        now = visit.last_seen_at + dt.timedelta(seconds=later)
        left = sessions.ending(visit, limit=LIMIT, now=now).seconds
        ended = sessions.has_ended(began_at=BEGAN, last_seen_at=visit.last_seen_at, limit=LIMIT, now=now)
        assert ended is (left == 0)
        assert 0 <= left <= 15 * 60


class TestEnding:
    def test_counts_from_the_last_press(self) -> None:
        visit = Visit(began_at=BEGAN, last_seen_at=BEGAN + HOUR)
        found = sessions.ending(visit, limit=LIMIT, now=BEGAN + HOUR + 5 * MINUTE)
        assert (found.seconds, found.is_final, found.warning) == (600, False, 120)

    def test_is_final_when_another_press_adds_nothing(self) -> None:
        last = BEGAN + 8 * HOUR - 10 * MINUTE
        found = sessions.ending(Visit(began_at=BEGAN, last_seen_at=last), limit=LIMIT, now=last)
        assert (found.seconds, found.is_final) == (600, True)

    def test_says_its_limits_in_words(self) -> None:
        found = sessions.ending(Visit(began_at=BEGAN, last_seen_at=BEGAN), limit=LIMIT, now=BEGAN)
        assert (found.idle_minutes, found.longest_hours) == (15, 8)


class TestAVisit:
    @pytest.mark.parametrize("shared", [True, False])
    def test_is_read_back_as_it_was_kept(self, shared: bool) -> None:
        visit = Visit(began_at=BEGAN, last_seen_at=BEGAN + MINUTE, on_shared_device=shared)
        assert Visit.of(visit.kept()) == visit


class TestAsksByItself:
    def test_is_said_of_a_timers_request_alone(self) -> None:
        ask = RequestFactory()
        assert asks_by_itself(ask.get("/", headers={"HX-Request": "true"}))
        assert not asks_by_itself(ask.get("/"))
        assert not asks_by_itself(ask.post("/", headers={"HX-Request": "true"}))
