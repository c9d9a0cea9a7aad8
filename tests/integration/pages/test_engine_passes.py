"""A page that shows many figures asks the engine, and the database, a bounded number of times."""

import datetime as dt
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from types import FrameType
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from arrears import operations as money
from arrears.core.postings import Book
from arrears.core.statements.reworked import MOST_WAYS
from cases import operations
from cases.core.facts import Frequency
from cases.models import Case
from tests.cast import ROSA
from tests.factories import make_case, make_user
from tests.pages import words

pytestmark = pytest.mark.django_db
FIGURES, DECISIONS = 8, 10


@contextmanager
def passes() -> Iterator[list[object]]:
    """Count how often the engine posts everything anew: each time it opens its book."""
    counted: list[object] = []
    wanted = Book.__init__.__code__

    def seen(frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and frame.f_code is wanted:
            counted.append(None)

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        yield counted
    finally:
        sys.setprofile(before)


@pytest.fixture
def case(client: Client) -> Iterator[Case]:
    """Weekly payments under ten decisions told late, and eight figures from CMS that nothing explains."""
    rosa = make_user(ROSA)
    client.force_login(rosa)
    case = make_case(rosa)
    first = dt.date(2025, 1, 6)
    for place in range(DECISIONS):
        start = first + dt.timedelta(weeks=4 * place)
        operations.record_calculation(
            actor=rosa, case=case, weekly_pence=6000 + 137 * place, effective_on=start,
            decided_on=start + dt.timedelta(days=3), notified_on=start + dt.timedelta(days=9),
        )  # fmt: skip
    operations.record_schedule(actor=rosa, case=case, frequency=Frequency.WEEKLY, first_due_on=first)
    for place in range(FIGURES):
        as_at = dt.date(2025, 11, 3 + place)
        money.record_statement(
            actor=rosa, case=case, stated_on=as_at, as_at=as_at, amount_pence=12_34567 + place, source="A letter"
        )
    with time_machine.travel(dt.datetime(2025, 12, 1, 9, tzinfo=dt.UTC), tick=False):
        yield case


@pytest.mark.parametrize(
    ("name", "most_passes"),
    [
        ("correspondence:timeline", FIGURES + 2),
        ("pages:overview", FIGURES + MOST_WAYS + 6),  # the latest figure alone is searched; what next asks too
        ("arrears:figures", 2 * FIGURES + MOST_WAYS + 4),  # every figure is, and the other ways are posted once
        ("pages:today", 3),  # the latest figure is set beside the record of its day
    ],
)
def test_a_page_with_many_figures_asks_a_bounded_number_of_times(
    client: Client,
    case: Case,
    name: str,
    most_passes: int,
    django_assert_max_num_queries: Callable[[int], AbstractContextManager[Any]],
) -> None:
    address = reverse(name, args=[case.pk])
    with django_assert_max_num_queries(46), passes() as counted:
        page = words(client.get(address))

    assert 0 < len(counted) <= most_passes
    assert "£" in page


def test_the_overview_says_of_the_latest_figure_alone_that_nothing_explains_it(client: Client, case: Case) -> None:
    page = words(client.get(reverse("pages:overview", args=[case.pk])))

    assert page.count("unexplained") == 1
    assert page.count("Nothing we tried would explain it.") == 1
    assert "See what would explain the earlier ones" in page
