"""The engine and the pages that show it, on ten years of weekly payments: 520 instalments, 520 payments."""

import datetime as dt
import json

from django.test import Client
from django.urls import reverse

from arrears import queries
from arrears.core import case_file
from arrears.core.position import position
from cases import queries as case_queries
from cms_tracker.pages import case_transfer
from cms_tracker.pages.bench import Pair, job
from cms_tracker.users import operations as users
from cms_tracker.web.clock import today

WEEKS = 520
ADDRESS = "bench@example.com"


def ten_years_weekly(until: dt.date) -> str:
    """A case file whose last instalment falls due on ``until``: most payments full, some short, late or absent."""
    first = until - dt.timedelta(weeks=WEEKS - 1)
    payments = [
        {
            "paid_on": str(first + dt.timedelta(weeks=week, days=(0, 0, 0, 1, 2)[week % 5])),
            "amount": "40.00" if week % 13 == 0 else "61.50",
            "route": "direct",
        }
        for week in range(WEEKS)
    ]
    decisions = [
        {"weekly": weekly, "effective_on": str(first + dt.timedelta(weeks=52 * year)), "reason": "review"}
        for year, weekly in enumerate(("60.00", "61.50", "63.00", "61.50", "62.25", "61.50", "64.00", "63.10", "66.00"))
    ]
    return json.dumps(
        {
            "format": "cms-tracker-case/1",
            "reference": "120000000520",
            "nation": "england",
            "scheme": "cms_2012",
            "perspective": "receiving",
            "service": [{"type": "direct_pay", "from": str(first)}],
            "calculations": decisions,
            "schedules": [{"frequency": "weekly", "first_due_on": str(first)}],
            "payments": payments,
        }
    )


@job("Position, ten years weekly", base="reading its case file", goal_ms=3)
def engine() -> Pair:
    """Hold the engine against the reading of the same case from a file."""
    day = today()
    text = ten_years_weekly(day)
    facts = case_file.parse(text).facts
    return Pair(subject=lambda: position(facts, on=day, known_on=day), base=lambda: case_file.parse(text))


def _page(name: str) -> Pair:
    """A page of that case, held against the data it shows: the facts read and the engine asked."""
    day = today()
    owner = users.sign_up(ADDRESS)
    if owner is None:
        raise LookupError(ADDRESS)
    case = case_transfer.bring_in(case_file.parse(ten_years_weekly(day)), owner=owner)
    client = Client(SERVER_NAME="localhost")
    client.force_login(owner)
    address = reverse(name, args=[case.pk])
    if client.get(address).status_code != 200:
        raise LookupError(address)

    def data() -> object:
        found = case_queries.case_by_id(case.pk)
        return found and queries.record_of(found, on=day, known_on=day)

    return Pair(subject=lambda: client.get(address), base=data)


@job("Payments page, ten years weekly", base="its data alone", goal_ratio=2.5)
def payments_page() -> Pair:
    """The first screen of the ledger, as served in process."""
    return _page("arrears:payments")


@job("Today, ten years weekly", base="its data alone", goal_ratio=2.5)
def today_page() -> Pair:
    """The page that a person opens first, as served in process."""
    return _page("pages:today")
