"""Do at any URL of the product what ``access_rows`` says of it, as somebody, and take it back."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.filled_form import filled
from tests.integration import (  # noqa: F401 - they join ROWS
    access_next_rows,
    access_place_rows,
    access_route_rows,
    access_way_rows,
)
from tests.integration.access_rows import ROWS, Row, Step
from tests.integration.access_world import LOOKING, OWNER, World


@dataclass(frozen=True, slots=True)
class Route:
    """A URL of the product: its name, the rule its view declares, and the arguments it takes.

    ``asks_who``: it may be called only by somebody who showed who they are in the last minutes.
    """

    name: str
    rule: str
    arguments: frozenset[str]
    pattern: str
    asks_who: bool = False

    @property
    def row(self) -> Row:
        """What stands about it in the table."""
        return ROWS[self.name]

    @property
    def rows_named(self) -> frozenset[str]:
        """The arguments that name a row of a record, besides the record itself."""
        return self.arguments - {"case_id"} - set(self.row.kwargs)

    def __str__(self) -> str:
        return self.name


def _routes(resolver: URLResolver, namespace: str = "", path: str = "") -> Iterator[Route]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _routes(entry, inner, path + str(entry.pattern))
        else:
            yield _route(entry, namespace, path)


def _route(entry: URLPattern, namespace: str, path: str) -> Route:
    rule = getattr(entry.callback, "access_rule", "")
    asks_who = bool(getattr(entry.callback, "needs_fresh", False))
    named = frozenset(entry.pattern.regex.groupindex)
    return Route(f"{namespace}{entry.name}", rule, named, path + str(entry.pattern), asks_who)


ROUTES = list(_routes(get_resolver()))


#: Sessions, and the counters of tries, which change with every request that they belong to.
_OF_SIGNING_IN = re.compile(r"\busers_(session|tries|device)\b")


#: The events that say that somebody saw a page, or was kept from it.
LOOKS = frozenset({"case.seen", "case.refused"})


@contextmanager
def taken_back() -> Iterator[list[str]]:
    """Undo what happens inside; give the writes that changed a row, sessions apart."""
    writes: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        result = execute(sql, params, many, context)
        verb = sql.split(maxsplit=1)[0].upper()
        found_rows = verb in {"UPDATE", "DELETE"} and context["cursor"].rowcount != 0
        is_look = "audit_event" in sql and LOOKS.intersection(params)  # the page itself leaves it: test_looks.py
        if (verb == "INSERT" or found_rows) and not is_look and not _OF_SIGNING_IN.search(sql):
            writes.append(sql)
        return result

    cache.clear()
    with transaction.atomic(), connection.execute_wrapper(note):
        yield writes
        transaction.set_rollback(True)


def path_of(route: Route, world: World, **changed: Any) -> str:
    record = getattr(world, route.row.record)
    known = world.ids | {"case_id": record.pk} | route.row.kwargs | changed
    return reverse(route.name, kwargs={name: known[name] for name in route.arguments})


def step(client: Client, world: World, record: str, first: Step) -> None:
    named = {name: world.ids.get(value, value) for name, value in first.kwargs.items()}
    if any(route.name == first.name and "case_id" in route.arguments for route in ROUTES):
        named |= {"case_id": getattr(world, record).pk}
    path = reverse(first.name, kwargs=named)
    answer = client.post(path, filled(client.get(path).content.decode()) | first.answers)
    assert answer.status_code == 302, f"{first.name} {first.kwargs} does not take what the table gives it"


def what_to_send(route: Route, world: World, page: str = "") -> dict[str, Any]:
    return filled(page) | (route.row.post(world) if route.row.post else {})


def form_page(client: Client, route: Route, world: World, path: str) -> str:
    """The page that holds the form of a URL: the URL's own, or the answer of the page before it."""
    if route.row.after is not None:
        name, answers = route.row.after
        before = reverse(name, kwargs={"case_id": getattr(world, route.row.record).pk})
        return client.post(before, answers()).content.decode()
    return client.get(path).content.decode() if route.row.get == 200 else ""


def prepared(route: Route, world: World, who: str = "") -> Client:
    """The browser of who may call a URL, once the pages before it are filled in. Who looks only, fills nothing in."""
    client = world.client_of(who or route.row.who)
    before = world.client_of(OWNER) if who == LOOKING else client
    for first in route.row.first:
        step(before, world, route.row.record, first)
    return client


def call(client: Client, method: str, path: str, data: dict[str, Any] | None = None) -> HttpResponse:
    answer = client.generic(method, path) if method != "POST" else client.post(path, data or {})
    if answer.streaming:
        list(answer.streaming_content)
    return answer


def as_owner(
    route: Route, world: World, method: str, who: str = "", *, prepares: bool = True
) -> tuple[HttpResponse, list[str]]:
    """Do at a URL what the table says, and give the answer with what was written by this last request.

    ``prepares``: the pages before it are filled in first.
    """
    with taken_back() as writes:
        client = prepared(route, world, who) if prepares else world.client_of(who or route.row.who)
        path, page = path_of(route, world), ""
        if prepares and method == "POST" and route.row.post:
            page = form_page(client, route, world, path)
        writes.clear()
        answer = call(client, method, path, what_to_send(route, world, page))
        return answer, list(writes)
