"""Whatever stands in a parameter that holds a number, a day, a key or a choice, no page breaks.

The parameters are those of the pages themselves: their forms, hidden fields among them, and the
queries of their links. Each is sent to every URL, alone in an address that is otherwise whole, and
alone in a form that is otherwise filled in.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse, QueryDict
from django.test import Client

from tests.integration.access_calls import ROUTES, Route, call, form_page, path_of, step, taken_back, what_to_send
from tests.integration.access_world import World

pytestmark = pytest.mark.django_db

HOSTILE: dict[str, Any] = {
    "thousands of digits": "9" * 5000,
    "a negative number": "-1",
    "nought": "0",
    "Arabic digits": "٣",
    "a digit that is not a number": "²",
    "nothing": "",
    "the last year": "9999",
    "the last day": "9999-12-31",
    "the first day": "0001-01-01",
    "two values": ["1", "9" * 5000],
}
#: Each sent alone as well, the rest of the form being right, so that it gets past the other checks.
ALONE = ["thousands of digits", "a digit that is not a number", "nothing", "the last year", "two values"]
#: Read in addresses; a page of this small world may not name them.
IN_ADDRESSES = {"page", "year", "show", "due", "on", "from", "to", "call", "sort", "why", "next", "promises", "rows"}


def text_of(answer: HttpResponse) -> str:
    """What a page says; nothing for a file."""
    return "" if answer.streaming else answer.content.decode(errors="replace")


def named_in(page: str) -> set[str]:
    """Every parameter that a page's forms and links hold."""
    fields = re.findall(r'<(?:input|select|textarea|button)[^>]*?\sname="([^"]+)"', page)
    queries = [QueryDict(unescape(query)) for query in re.findall(r'href="[^"?]*\?([^"#]*)', page)]
    return ({*fields} | {name for query in queries for name in query}) - {"csrfmiddlewaretoken"}


def last_day(name: str) -> dict[str, str]:
    """The last day there is, in the three boxes of which ``name`` is the first."""
    start = name.removesuffix("_d")
    return {f"{start}_d": "31", f"{start}_m": "12", f"{start}_y": "9999"}


@contextmanager
def at(route: Route, world: World) -> Iterator[tuple[Client, str]]:
    """The owner's browser and the address, after the pages that come before; all is taken back."""
    with taken_back():
        client = world.client_of(route.row.who)
        for first in route.row.first:
            step(client, world, route.row.record, first)
        yield client, path_of(route, world)


@pytest.mark.parametrize("route", ROUTES, ids=str)
class TestAParameter:
    def test_may_hold_anything_in_an_address(self, world: World, route: Route) -> None:
        with at(route, world) as (client, path):
            names = named_in(text_of(call(client, "GET", path)))
            for what, value in HOSTILE.items():
                for some in (names | IN_ADDRESSES, *({name} for name in names & IN_ADDRESSES)):
                    query = urlencode(dict.fromkeys(some, value), doseq=True)
                    answer = call(client, "GET", f"{path}?{query}")
                    assert answer.status_code < 500, f"{sorted(some)}: {what}"

    def test_may_hold_anything_in_a_form(self, world: World, route: Route) -> None:
        with at(route, world) as (client, path):
            page = (
                text_of(call(client, "GET", path)) if route.row.after is None else form_page(client, route, world, path)
            )
        fields = what_to_send(route, world, page)
        changes = [(f"{name}: {what}", {name: HOSTILE[what]}) for name in fields for what in ALONE]
        changes += [(f"{name}: the last day", last_day(name)) for name in fields if name.endswith("_d")]
        changes += [(f"everything: {what}", dict.fromkeys(fields, value)) for what, value in HOSTILE.items()]
        for what, change in changes:
            with at(route, world) as (client, path):
                answer = call(client, "POST", path, what_to_send(route, world, page) | change)
                assert answer.status_code < 500, what
