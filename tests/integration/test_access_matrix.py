"""Every URL x everybody x every method: it works for those who may, and is not there for anyone else.

The URLs are read from the running configuration; what a person who may sends there stands in
``access_rows``. A request is only held against others after it has worked for the owner.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from cases.core.roles import PERMISSIONS, Permission, Role
from cms_tracker.web.gates import PUBLIC, SIGNED_IN
from tests.filled_form import filled
from tests.integration.access_rows import ROWS, Row, Step
from tests.integration.access_world import (
    ANONYMOUS,
    CANARY,
    EVERYBODY,
    INSIDE,
    OTHER_PARENT,
    OUTSIDE,
    OWNER,
    World,
    build,
)
from tests.masking import bare

pytestmark = pytest.mark.django_db

METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE"]
REFUSED = 405


@dataclass(frozen=True, slots=True)
class Route:
    """A URL of the product: its name, the rule its view declares, and the arguments it takes."""

    name: str
    rule: str
    arguments: frozenset[str]
    pattern: str

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
    return Route(f"{namespace}{entry.name}", rule, frozenset(entry.pattern.regex.groupindex), path + str(entry.pattern))


ROUTES = list(_routes(get_resolver()))
LISTED = [route for route in ROUTES if route.name in ROWS]
OF_A_RECORD = [route for route in LISTED if route.rule.startswith("case:")]
WITH_ROWS = [route for route in OF_A_RECORD if route.rows_named]


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """One world for the whole module; every request is taken back, and in the end the world too."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@contextmanager
def taken_back() -> Iterator[list[str]]:
    """Undo what happens inside; give the writes that changed a row, sessions apart."""
    writes: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        result = execute(sql, params, many, context)
        verb = sql.split(maxsplit=1)[0].upper()
        found_rows = verb in {"UPDATE", "DELETE"} and context["cursor"].rowcount != 0
        if (verb == "INSERT" or found_rows) and "django_session" not in sql:
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
    path = reverse(first.name, kwargs={"case_id": getattr(world, record).pk, **first.kwargs})
    answer = client.post(path, filled(client.get(path).content.decode()) | first.answers)
    assert answer.status_code == 302, f"{first.name} {first.kwargs} does not take what the table gives it"


def what_to_send(route: Route, world: World, page: str = "") -> dict[str, Any]:
    return filled(page) | (route.row.post(world) if route.row.post else {})


def call(client: Client, method: str, path: str, data: dict[str, Any] | None = None) -> HttpResponse:
    answer = client.generic(method, path) if method != "POST" else client.post(path, data or {})
    if answer.streaming:
        list(answer.streaming_content)  # type: ignore[attr-defined]
    return answer  # type: ignore[return-value]


def as_owner(route: Route, world: World, method: str, who: str = OWNER) -> tuple[HttpResponse, list[str]]:
    """Do at a URL what the table says, and give the answer with what was written by this last request."""
    with taken_back() as writes:
        client = world.client_of(who)
        for first in route.row.first:
            step(client, world, route.row.record, first)
        path, page = path_of(route, world), ""
        if method == "POST" and route.row.post and route.row.get == 200:
            page = client.get(path).content.decode()
        writes.clear()
        answer = call(client, method, path, what_to_send(route, world, page))
        return answer, list(writes)


class TestTheTable:
    def test_has_a_row_for_every_url_and_no_other(self) -> None:
        assert {route.name for route in ROUTES} == set(ROWS)

    def test_covers_urls_whose_views_all_declare_a_rule(self) -> None:
        rules = {PUBLIC, SIGNED_IN} | {f"case:{permission}" for permission in Permission}
        assert {route.rule for route in ROUTES} <= rules

    def test_covers_every_kind_of_person(self) -> None:
        assert len(EVERYBODY) == len({*INSIDE, *OUTSIDE, ANONYMOUS}) == 8

    def test_has_urls_that_say_nothing_of_what_the_site_is_for(self) -> None:
        for route in ROUTES:
            assert not any(word in route.pattern for word in ("child", "maintenance", "arrears", "cms", "abuse"))


@pytest.mark.parametrize("route", LISTED, ids=str)
class TestTheOwner:
    def test_sees_what_the_table_says_and_seeing_writes_nothing(self, world: World, route: Route) -> None:
        for method in ("GET", "HEAD"):
            answer, writes = as_owner(route, world, method)
            assert answer.status_code == (route.row.get or REFUSED), method
            assert [sql for sql in writes if not (route.row.audited and '"audit_event"' in sql)] == [], method

    def test_can_send_what_the_table_says(self, world: World, route: Route) -> None:
        answer, writes = as_owner(route, world, "POST")
        if route.row.post is None:
            assert answer.status_code == REFUSED
            assert writes == []
            return
        assert answer.status_code == route.row.answer, _errors(answer)
        assert bool(writes) == route.row.writes

    def test_changes_nothing_by_other_methods(self, world: World, route: Route) -> None:
        for method in ("PUT", "DELETE"):
            answer, writes = as_owner(route, world, method)
            assert answer.status_code == REFUSED, method
            assert answer["Allow"] == ", ".join(_taken(route)), method
            assert writes == [], method

    def test_cannot_be_made_to_send_it_by_another_site(self, world: World, route: Route) -> None:
        with taken_back() as writes:
            client = world.client_of(OWNER, checks_tokens=True)
            answer = client.post(
                path_of(route, world), what_to_send(route, world), headers={"Sec-Fetch-Site": "cross-site"}
            )
            assert answer.status_code == 403
            assert writes == []


def _taken(route: Route) -> list[str]:
    """The methods that the table gives an answer for."""
    return ["GET", "HEAD"] * (route.row.get is not None) + ["POST"] * (route.row.post is not None)


def _errors(answer: HttpResponse) -> str:
    form = (answer.context or {}).get("form") if hasattr(answer, "context") else None
    return str(getattr(form, "errors", ""))


@pytest.mark.parametrize("route", OF_A_RECORD, ids=str)
class TestThoseLetIn:
    @pytest.mark.parametrize("who", [who for who in INSIDE if who != OWNER])
    def test_may_do_what_their_role_allows_and_no_more(self, world: World, route: Route, who: str) -> None:
        may = Permission(route.rule.removeprefix("case:")) in PERMISSIONS[Role(INSIDE[who])]
        for method, owners in [("GET", route.row.get), ("POST", route.row.answer if route.row.post else None)]:
            theirs, writes = as_owner(route, world, method, who)
            if may and owners is not None:
                assert theirs.status_code == owners, f"{method}: {_errors(theirs)}"
            elif not may:
                assert theirs.status_code == 403, method
                assert writes == [], method


@pytest.mark.parametrize("route", OF_A_RECORD, ids=str)
class TestThoseOutside:
    @pytest.mark.parametrize("who", [*OUTSIDE, ANONYMOUS])
    def test_get_the_answer_of_a_record_that_was_never_there(self, world: World, route: Route, who: str) -> None:
        real = path_of(route, world)
        never = path_of(route, world, **{name: uuid.uuid4() for name in {"case_id", *route.rows_named}})
        for method in METHODS:
            answer, absent = both(world.client_of(who), method, real, never, route, world)
            if who == ANONYMOUS:
                assert answer["Location"] == f"{reverse('account_login')}?next={real}"
            else:
                assert answer.status_code == 404, method
            assert bare(answer, but_for=[real]) == bare(absent, but_for=[never]), method
            assert CANARY.encode() not in answer.content


@pytest.mark.parametrize("route", WITH_ROWS, ids=str)
class TestARowOfOneRecordUnderAnother:
    @pytest.mark.parametrize("who", [OTHER_PARENT, OWNER])
    def test_is_not_there(self, world: World, route: Route, who: str) -> None:
        """Paul, in his own record, with the ids of Rosa's rows; and Rosa with the ids of his."""
        record, foreign = (world.twin, world.ids) if who == OTHER_PARENT else (world.case, world.twins_ids)
        ids = {name: foreign[name] for name in route.rows_named}
        mixed = path_of(route, world, case_id=record.pk, **ids)
        never = path_of(route, world, case_id=record.pk, **{name: uuid.uuid4() for name in ids})
        for method in METHODS:
            answer, absent = both(world.client_of(who), method, mixed, never, route, world)
            assert answer.status_code in {404, REFUSED} or route.row.forgiving, method
            assert bare(answer, but_for=[mixed]) == bare(absent, but_for=[never]), method
            assert who == OWNER or CANARY.encode() not in answer.content


def both(
    client: Client, method: str, real: str, never: str, route: Route, world: World
) -> tuple[HttpResponse, HttpResponse]:
    """Ask for a thing that is there and for one that never was; nothing may be written for either."""
    with taken_back() as writes:
        answers = [call(client, method, path, what_to_send(route, world)) for path in (real, never)]
        assert writes == [], method
    return answers[0], answers[1]


@pytest.mark.parametrize("route", [route for route in LISTED if route not in OF_A_RECORD], ids=str)
class TestPagesOfNoRecord:
    @pytest.mark.parametrize("who", [*OUTSIDE, ANONYMOUS])
    def test_show_nobody_anything_of_another_persons_record(self, world: World, route: Route, who: str) -> None:
        for method in METHODS:
            with taken_back() as writes:
                client = world.client_of(who)
                answer = call(client, method, path_of(route, world), what_to_send(route, world))
                closed = who == ANONYMOUS and route.rule == SIGNED_IN
                assert writes == [] or (method == "POST" and not closed), method
            assert answer.status_code < 500
            assert str(world.case.pk) not in str(answer.get("Location", ""))
            assert who == OTHER_PARENT or CANARY.encode() not in answer.content
            if closed:
                assert answer.status_code == 302
                assert answer["Location"].startswith(reverse("account_login"))
