"""Every request has a name, one line and its place in the figures."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from cms_tracker.users.models import User
from cms_tracker.web import counting
from cms_tracker.web.logs import Json
from tests.cast import ROSA
from tests.factories import make_case, make_user

pytestmark = pytest.mark.django_db

PROXYS = "3f2504e04f8911d39a0c0305e82c3301"


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Iterator[list[dict[str, object]]]:
    found: list[dict[str, object]] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(json.loads(Json().format(record)))

    kept = Kept()
    log = logging.getLogger("cms_tracker.web.seen")
    log.addHandler(kept)
    with caplog.at_level(logging.INFO, logger=log.name):
        yield found
    log.removeHandler(kept)


def seen(path: str) -> HttpResponseBase:
    answer = Client().get(path)
    answer.close()
    return answer


class TestTheNameOfARequest:
    @pytest.mark.parametrize("path", ["/", "/no/such/page", "/static/css/site.css", "/healthz", "/records/"])
    def test_stands_in_every_answer(self, path: str) -> None:
        names = {seen(path)["X-Request-ID"] for _ in range(3)}

        assert len(names) == 3
        assert all(len(name) == 16 for name in names)

    @pytest.mark.parametrize(
        ("behind", "given", "is_taken"),
        [(True, PROXYS, True), (False, PROXYS, False), (True, "rosa@example.com", False), (True, "", False)],
    )
    def test_is_the_proxys_where_there_is_one_and_it_is_well_formed(
        self, settings: Any, behind: bool, given: str, is_taken: bool
    ) -> None:
        settings.BEHIND_TLS_PROXY = behind
        answer = Client().get("/healthz", headers={"X-Request-ID": given})

        assert (answer["X-Request-ID"] == given) == is_taken

    def test_stands_on_the_page_of_a_failure_for_a_person_to_quote(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("cms_tracker.pages.health.HttpResponse", None)
        answer = Client(raise_request_exception=False).get("/healthz")

        assert answer.status_code == 500
        assert f'<span class="reference">{answer["X-Request-ID"]}</span>' in answer.content.decode()


class TestTheLineOfARequest:
    def test_says_the_route_and_never_the_path(self, lines: list[dict[str, object]]) -> None:
        rosa = make_user(ROSA)
        User.objects.update(safety_page_seen_at="2025-01-01T00:00Z")
        case = make_case(rosa)
        browser = Client(headers={"User-Agent": "CanaryAgent/1.0"}, REMOTE_ADDR="192.0.2.9")
        browser.force_login(rosa)
        answer = browser.get(reverse("pages:today", args=[case.pk]), {"q": "CanaryQuery"})

        (line,) = lines
        assert (line["route"], line["method"], line["status"]) == ("pages:today", "GET", 200)
        assert line["request_id"] == answer["X-Request-ID"]
        assert isinstance(line["ms"], int)
        told = json.dumps(line)
        assert not [word for word in (str(case.pk), "Canary", "192.0.2.9", ROSA.email) if word in told]

    @pytest.mark.parametrize(
        ("path", "route", "status"),
        [("/no/such/page", "none", 404), ("/static/css/site.css", "static", 200), ("/records/", "cases:records", 302)],
    )
    def test_is_one_for_whatever_answered(
        self, lines: list[dict[str, object]], path: str, route: str, status: int
    ) -> None:
        seen(path)

        assert [(line["route"], line["status"]) for line in lines] == [(route, status)]

    def test_has_no_method_of_anybodys_invention(self, lines: list[dict[str, object]]) -> None:
        Client().generic("CANARY", "/safety/")

        assert [line["method"] for line in lines] == ["other"]

    def test_is_not_written_for_what_watches_and_finds_all_well(self, lines: list[dict[str, object]]) -> None:
        Client().get("/healthz")

        assert lines == []


class TestWhatWatches:
    def test_is_answered_at_whatever_address_it_asks(self) -> None:
        assert Client().get("/healthz", headers={"Host": "10.1.2.3:8000"}).status_code == 200
        assert Client().get("/safety/", headers={"Host": "10.1.2.3:8000"}).status_code == 400


class TestTheCount:
    def test_moves_by_one_with_each_answer(self) -> None:
        def counted() -> float:
            found = counting.events().get_sample_value(
                "records_requests_total", {"route": "pages:safety", "method": "GET", "status": "2xx"}
            )
            return found or 0

        before = counted()
        Client().get("/safety/")
        assert counted() == before + 1
