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
from cms_tracker.pages.bench.histories import WEEKS as WEEKS  # ten years, for whoever measures on the same case
from cms_tracker.pages.bench.histories import weekly_case
from cms_tracker.users import operations as users
from cms_tracker.web.clock import today

ADDRESS = "bench@example.com"


def ten_years_weekly(until: dt.date) -> str:
    """A case file whose last instalment falls due on ``until``: most payments full, some late, some short."""
    return json.dumps(weekly_case(until))


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
