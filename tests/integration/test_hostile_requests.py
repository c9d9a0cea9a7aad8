"""Requests that no browser of ours sends: too large, too many, not text. They end early, and never as a fault of ours.

Parameters one by one are tried in ``test_hostile_values``.
"""

import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from tests.integration.access_calls import ROUTES, Route, form_page, path_of, prepared, taken_back, what_to_send
from tests.integration.access_world import World

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

FORM = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data"
POSTED = [route for route in ROUTES if route.row.post]
BODIES: dict[str, tuple[bytes, str]] = {
    "1,001 fields": (b"&".join(b"f%d=1" % number for number in range(1001)), FORM),
    "ten megabytes": (b"note=" + b"a" * (10 * 1024 * 1024), FORM),
    "a NUL": (b"note=%00", FORM),
    "broken UTF-8": (b"note=%c3%28", FORM),
    "half a surrogate": (b"note=%ed%a0%80", FORM),
    "no form at all": (b'{"a": ' * 10_000, "application/json"),
    "a part without an end": (
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n',
        "multipart/form-data; boundary=x",
    ),
    "parts without a boundary": (b"--x--", PARTS),
}
#: What the same request costs when it is refused, on a machine that does other things too.
MOST_SECONDS = 1.0
TRIES = 3  # the first may pay for what is then kept, and for clearing up after the tests before it
SENTINEL = "4f3c2b1a-9d8e-4c7b-8a69-5f4e3d2c1b0a"


@contextmanager
def at(route: Route, world: World) -> Iterator[tuple[Client, str]]:
    with taken_back():
        yield prepared(route, world), path_of(route, world)


def columns() -> set[str]:
    """The name of every column of every table."""
    fields = [field for model in apps.get_models() for field in model._meta.fields]
    return {one.name for one in fields} | {one.attname for one in fields} | {"is_staff", "is_superuser", "balance"}


@pytest.mark.parametrize("route", POSTED, ids=str)
class TestARequest:
    def test_that_no_form_sends_is_refused_quickly(self, world: World, route: Route) -> None:
        with at(route, world) as (client, path):
            for what, (body, kind) in BODIES.items():
                took = []
                while not took or (took[-1] >= MOST_SECONDS and len(took) < TRIES):
                    began = time.process_time()
                    answer: HttpResponse = client.post(path, body, content_type=kind)
                    took.append(time.process_time() - began)
                assert answer.status_code < 500, what
                assert answer.status_code >= 400 or "fields" not in what, what
                assert took[-1] < MOST_SECONDS, what

    def test_with_every_parameter_twice_or_an_endless_address_is_no_fault_of_ours(
        self, world: World, route: Route
    ) -> None:
        with at(route, world) as (client, path):
            page = form_page(client, route, world, path)
            sent = what_to_send(route, world, page)
        doubled = {
            name: value if isinstance(value, SimpleUploadedFile) else [value, value] for name, value in sent.items()
        }
        with at(route, world) as (client, path):
            assert client.post(path, doubled).status_code < 500
        with at(route, world) as (client, path):
            for address in (f"{path}?{'a' * 8192}", f"{path}?q={'%2e' * 2700}", f"{path}{'a' * 8192}"):
                assert client.get(address).status_code < 500

    def test_cannot_name_a_column_that_its_form_does_not_have(self, world: World, route: Route) -> None:
        """Whose it is, what it comes to, who somebody is: none of it is taken from what is sent along."""
        with at(route, world) as (client, path):
            page = form_page(client, route, world, path)
            sent = what_to_send(route, world, page)
            extra = sorted(columns() - set(sent) - set(page_names(page)))
        for some in (extra[::2], extra[1::2]):
            with at(route, world) as (client, path):
                page = form_page(client, route, world, path)
                with connection.execute_wrapper(refuse_the_sentinel):
                    answer = client.post(path, dict.fromkeys(some, SENTINEL) | what_to_send(route, world, page))
                assert answer.status_code == route.row.answer


def refuse_the_sentinel(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    """Fail where a statement writes what was sent along. A session may hold it: nothing is taken from there unasked."""
    if sql.lstrip()[:6].upper() in {"INSERT", "UPDATE", "DELETE"} and "users_session" not in sql:
        said = repr(params)
        assert SENTINEL not in said, sql
        assert uuid.UUID(SENTINEL).hex not in said, sql
    return execute(sql, params, many, context)


def page_names(page: str) -> set[str]:
    """The names of the fields that a page has, ticked or not."""
    return {part.partition('"')[0] for part in page.split(' name="')[1:]}
