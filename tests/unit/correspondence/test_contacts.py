"""How a promise stands, and what a contact is called."""

import datetime as dt
import uuid

import pytest

from arrears.core.case_values import ContactKind, Direction, PromiseResult
from correspondence.core.contacts import ContactSeen, PromiseSeen, PromiseState, promise_standing, soonest_first

TODAY = dt.date(2025, 7, 10)


def promise(due_on: dt.date | None, made_on: dt.date = TODAY) -> PromiseSeen:
    key = uuid.uuid4()
    return PromiseSeen(
        id=key, case_id=key, contact_id=key, made_on=made_on, party="CMS", text="Ring back", due_on=due_on
    )


class TestPromiseStanding:
    @pytest.mark.parametrize(
        ("due_on", "outcome", "state", "days"),
        [
            (dt.date(2025, 7, 12), None, PromiseState.OPEN, 2),
            (TODAY, None, PromiseState.DUE_TODAY, 0),
            (dt.date(2025, 7, 9), None, PromiseState.OVERDUE, -1),
            (None, None, PromiseState.UNDATED, None),
            (dt.date(2025, 7, 9), PromiseResult.KEPT, PromiseState.KEPT, -1),
            (None, PromiseResult.NOT_KEPT, PromiseState.NOT_KEPT, None),
        ],
    )
    def test_follows_from_the_day_and_what_became_of_it(
        self, due_on: dt.date | None, outcome: PromiseResult | None, state: PromiseState, days: int | None
    ) -> None:
        standing = promise_standing(due_on=due_on, outcome=outcome, on=TODAY)
        assert (standing.state, standing.days) == (state, days)


class TestSoonestFirst:
    def test_puts_promises_without_a_day_last(self) -> None:
        later, sooner, undated = promise(dt.date(2025, 8, 1)), promise(dt.date(2025, 7, 1)), promise(None)
        assert soonest_first([undated, later, sooner]) == [sooner, later, undated]


class TestTitle:
    @pytest.mark.parametrize(
        ("kind", "direction", "title"),
        [
            (ContactKind.CALL, Direction.OUT, "Call to CMS"),
            (ContactKind.CALL, Direction.IN, "Call from CMS"),
            (ContactKind.LETTER, Direction.OUT, "Letter to CMS"),
            (ContactKind.ONLINE, Direction.IN, "Online message from CMS"),
            (ContactKind.TEXT, Direction.OUT, "Text message to CMS"),
            (ContactKind.MEETING, Direction.OUT, "Meeting with CMS"),
        ],
    )
    def test_says_who_did_what(self, kind: ContactKind, direction: Direction, title: str) -> None:
        key = uuid.uuid4()
        contact = ContactSeen(
            id=key, case_id=key, at_date=TODAY, at_time=None, kind=kind, direction=direction, party="CMS"
        )
        assert contact.title == title
        assert contact.clock == ""
