"""Lines for a collector: one JSON object each, with the promises of every line."""

import json
import logging
from typing import Any

import pytest
from django.test import RequestFactory
from django.urls import resolve

from cms_tracker.sealed.ring import CannotOpenError
from cms_tracker.web import request_ids
from cms_tracker.web.logs import Json, mark_of, without_anybody
from tests.unit.web.test_logs import raised

RECORD = "de93d4af-1fed-4c89-a8df-92e8db39a9b5"


def written(message: str, *args: object, name: str = "cms_tracker.x", level: int = 30, **more: Any) -> dict[str, Any]:
    error = more.pop("error", None)
    given = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord(name, level, "", 0, message, args, given)  # type: ignore[arg-type]
    record.__dict__.update(more)
    text = Json().format(record)
    assert len(text.splitlines()) == 1
    line = json.loads(text)
    assert isinstance(line, dict)
    return line


class TestAJsonLine:
    def test_says_when_in_utc_how_grave_who_speaks_and_what(self) -> None:
        line = written("the broker %s", "rests")

        assert line["time"].endswith("Z")
        assert (line["level"], line["logger"], line["event"]) == ("warning", "cms_tracker.x", "the broker rests")

    def test_holds_the_fields_of_the_list_and_no_other(self) -> None:
        line = written("request", route="pages:home", status=200, ms=7, user_agent="Canary", ip="192.0.2.1")

        assert (line["route"], line["status"], line["ms"]) == ("pages:home", 200, 7)
        assert "Canary" not in str(line)
        assert "192.0.2.1" not in str(line)

    def test_carries_the_name_of_its_request(self) -> None:
        with request_ids.carrying("abcdef0123456789"):
            assert written("x")["request_id"] == "abcdef0123456789"
        assert "request_id" not in written("x")

    def test_has_no_word_of_an_exception_or_of_its_cause(self) -> None:
        cause = raised(KeyError("CanaryCause"))
        line = written("failed", error=raised(ValueError("row (CanaryWord)"), cause))

        assert "Canary" not in str(line)
        assert line["trace"][-1] == "builtins.ValueError"
        assert any("test_logs.py" in place for place in line["trace"])

    def test_says_which_key_is_missing(self) -> None:
        assert "sealed with key 1234" in str(written("x", error=raised(CannotOpenError("sealed with key 1234"))))

    @pytest.mark.parametrize("forged", ['a\n{"level": "error"}', "a\r\nforged", "a\u2028forged", "a\x85forged"])
    def test_stays_one_line(self, forged: str) -> None:
        assert "forged" in written("%s", forged)["event"] or "level" in written("%s", forged)["event"]

    def test_names_the_route_of_a_failed_request_and_not_its_path(self) -> None:
        path = f"/records/{RECORD}/"
        request = RequestFactory().get(path, {"q": "Canary"})
        request.resolver_match = resolve(path)
        line = written("%s: %s", "Internal Server Error", path, name="django.request", level=40, request=request)

        assert line["event"] == "Internal Server Error"
        assert line["route"] == "pages:today"
        assert RECORD not in str(line)

    def test_says_of_refused_input_only_that_it_was(self) -> None:
        line = written("Forbidden: Canary %s", "/x/", name="django.security.csrf", error=raised(ValueError("Canary")))

        assert line["event"] == "input was refused"
        assert "Canary" not in str(line)

    def test_says_an_exceptions_kind_where_it_is_part_of_a_sentence(self) -> None:
        assert written("Task raised: %r", ValueError("Canary"), name="celery.worker")["event"] == (
            "Task raised: 'ValueError'"
        )

    @pytest.mark.parametrize(
        ("message", "args", "event"),
        [
            ("Invalid request from ip=192.0.2.7: Invalid line 'GET /records/Canary'", (), "Invalid request"),
            ("Error handling request %s", ("/records/Canary",), "Error handling request …"),
            ("Worker (pid:%s) was sent SIGKILL", (12,), "Worker (pid:12) was sent SIGKILL"),
            ("Failed to load 'Canary'", (), "Failed to load 'Canary'"),
        ],
    )
    def test_of_another_program_says_its_words_and_no_value(self, message: str, args: Any, event: str) -> None:
        line = written(message, *args, name="gunicorn.error")

        assert line["event"].startswith(event.split("'")[0].strip())
        assert "/records" not in line["event"]
        assert "192.0.2.7" not in line["event"]


class TestWhatIsLeftOut:
    @pytest.mark.parametrize(
        "text",
        [
            "rosa.field@example.com", "<rosa@mail.example.co.uk>", "192.0.2.44", "2001:db8:1:2::9", "fe80::1ff:fe23",
            "/calendar/secret-token", "/confirm/secret-key", RECORD, RECORD.upper(),
        ],
    )  # fmt: skip
    def test_is_every_address_and_every_id(self, text: str) -> None:
        left = without_anybody(f"it was {text} again")

        assert text.strip("<>") not in left
        assert left.startswith("it was ")
        assert left.endswith(" again")

    @pytest.mark.parametrize(
        "text", ["at 12:30:45", "http://127.0.0.1:8000", "audit anchor 3: 9 events in 2 chains", "weasyprint 70.0.1"]
    )
    def test_is_nothing_else(self, text: str) -> None:
        assert without_anybody(text) == text

    def test_is_an_id_that_keeps_its_mark(self) -> None:
        assert without_anybody(RECORD) == mark_of(RECORD) == without_anybody(RECORD.upper())
        assert len(mark_of(RECORD)) == 11


class TestTheNameOfARequest:
    def test_is_another_each_time(self) -> None:
        assert len({request_ids.fresh() for _ in range(100)}) == 100
        assert request_ids.is_well_formed(request_ids.fresh())

    @pytest.mark.parametrize("text", ["", "short", "x" * 16, "rosa-field", "a" * 37, "abcdef01\n", "abcdef01 abc"])
    def test_is_not_taken_over_from_anything(self, text: str) -> None:
        assert not request_ids.is_well_formed(text)

    def test_ends_with_what_carried_it(self) -> None:
        with request_ids.carrying("abcdef01"), request_ids.carrying("abcdef02"):
            assert request_ids.current() == "abcdef02"
        assert request_ids.current() == ""
