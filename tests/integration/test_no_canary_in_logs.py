"""Requirement 58: below every page something fails with a canary in its words; no line and no page repeats it."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client

from cms_tracker.web import request_ids
from cms_tracker.web.logs import Json, Line
from tests.cast import ROSA
from tests.integration.access_calls import ROUTES, Route, path_of, taken_back
from tests.integration.access_world import CANARY, OWNER, SHARED_REFERENCE, World

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

#: What PostgreSQL says when a row does not fit, and what a driver adds: whole rows and the values of a statement.
WORDS = (
    f"DETAIL: Failing row contains ({CANARY} parent, {ROSA.email}, {SHARED_REFERENCE}, 12391.53, {CANARY} note).\n"
    f"CONTEXT: parameters {CANARY}=1, GET /records/{CANARY}/?q={CANARY} from 192.0.2.77\r\nERROR root: forged"
)
#: None of these may stand in a line or on a page of a failure.
NEVER = (CANARY, ROSA.email, SHARED_REFERENCE, "12391", "12,391", "192.0.2.77", "forged", "CanaryAgent")


#: What the sender typed: the page may give it back to them, and no line may hold it.
TYPED = "TypedByHer"


class Kept(logging.Handler):
    """Every record of every logger, in both shapes that lines have."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[dict[str, Any]] = []
        self.text: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        written = Json().format(record)
        assert len(written.splitlines()) == 1
        self.lines.append(json.loads(written))
        self.text.append(Line(fmt="{levelname} {name}: {message}", style="{").format(record))


@pytest.fixture
def kept() -> Iterator[Kept]:
    handler = Kept()
    loggers = [logging.getLogger(name) for name in ("", "django", "django.request", "django.security", "cms_tracker")]
    levels = [one.level for one in loggers]
    for one in loggers:
        one.addHandler(handler)
        one.setLevel(logging.INFO)
    yield handler
    for one, level in zip(loggers, levels, strict=True):
        one.removeHandler(handler)
        one.setLevel(level)


@contextmanager
def failing() -> Iterator[list[str]]:
    """Let the database know who is signed in, and fail with canaries at whatever else it is asked."""
    failed: list[str] = []

    def fails(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if any(table in sql for table in ("users_", "django_session", "SAVEPOINT")):
            return execute(sql, params, many, context)
        failed.append(sql)
        raise OperationalError(WORDS)

    with connection.execute_wrapper(fails):
        yield failed


def asked(client: Client, method: str, path: str, data: dict[str, Any]) -> HttpResponse:
    client.raise_request_exception = False
    more: dict[str, Any] = {"REMOTE_ADDR": "192.0.2.77", "headers": {"User-Agent": "CanaryAgent/1.0"}}
    if method == "POST":
        return client.post(f"{path}?q={TYPED}", data, **more)
    return client.get(path, {"q": TYPED}, **more)


@pytest.mark.parametrize("route", ROUTES, ids=str)
class TestAFailureBelow:
    @pytest.mark.parametrize("method", ["GET", "POST"])
    def test_is_told_without_a_word_of_anybody(self, world: World, kept: Kept, route: Route, method: str) -> None:
        path = path_of(route, world)
        data = {"note": TYPED, "amount": "10.00"}
        with taken_back():
            client = world.client_of(route.row.who or OWNER)
            with failing() as failed:
                answer = asked(client, method, path, data)
            name = answer["X-Request-ID"]
            body = answer.content.decode(errors="replace") if not answer.streaming else ""

        if answer.status_code >= 500:
            assert kept.lines, "a failure is written down"
            assert not [word for word in NEVER if word in body]
            # The same name on the page, on the line of the failure, and on the line of the request.
            assert {line.get("request_id") for line in kept.lines} == {name}
            assert request_ids.is_well_formed(name)
            if answer["Content-Type"].startswith("text/html"):
                assert name in body
        for line, text in zip(kept.lines, kept.text, strict=True):
            for word in (*NEVER, TYPED, path if len(path) > 20 else CANARY, str(world.case.pk)):
                assert word not in json.dumps(line), word
                assert word not in text, word
        assert failed or answer.status_code < 500


class TestThisTest:
    def test_makes_most_pages_fail(self, world: World, kept: Kept) -> None:
        """The canaries are read where they would be: nearly every page of a record meets the failing database."""
        of_records = [route for route in ROUTES if route.rule.startswith("case:") and route.row.get is not None]
        failed = 0
        for route in of_records:
            with taken_back():
                client = world.client_of(route.row.who)
                with failing():
                    failed += asked(client, "GET", path_of(route, world), {}).status_code >= 500
        assert failed > len(of_records) * 0.9
        assert any("OperationalError" in str(line.get("trace")) for line in kept.lines)
