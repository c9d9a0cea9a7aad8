"""The load test and the soak, really run for some seconds: nothing fails, and no figure is left out."""

import importlib.util
import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from cms_tracker.pages.bench import load, soak
from cms_tracker.pages.bench.load_place import web_command

KINDS = {
    "read: payments", "read: today", "read: account", "read: timeline", "log a payment: the form",
    "log a payment: saved", "letter: the form", "letter: chosen", "letter: checked", "letter: the press",
    "letter: from the press to its PDF", "letter: downloaded", "adviser's list: first page",
    "adviser's list: later page", "the empty page",
}  # fmt: skip


def said(*words: str) -> list[dict[str, Any]]:
    out = io.StringIO()
    call_command("bench", *words, "--users", "5", "--json", stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


@pytest.mark.own_database
class TestLoad:
    def test_asks_for_every_kind_of_page_and_none_fails(self) -> None:
        lines = said("load", "--cases", "400", "--seconds", "2")
        for part in ("5 at once", "8 unpaused"):
            mixed = {line["name"]: line for line in lines if line["part"] == part}
            assert mixed["all of them"]["met"] is True, mixed["all of them"]["note"]
            assert KINDS - set(mixed) == set(), part
            assert all(0 < mixed[kind]["figures"]["p50"] <= mixed[kind]["figures"]["p99"] for kind in KINDS)
            assert mixed["computing by the web processes, each request"]["ms"] > 0
        beside = next(line for line in lines if line["goal"] == f">= {load.GOAL_OF_EMPTY:g}x")
        assert 0 < beside["figures"]["ratio"] < 1
        built = [line["figures"] for line in lines if line["name"].endswith("written, sqlite")]
        assert [one["cases"] for one in built] == [40, 360]
        assert built[1]["bytes_each"] > 1000


@pytest.mark.own_database
class TestSoak:
    def test_watches_every_process_to_the_end(self) -> None:
        lines = said("soak", "--cases", "60", "--minutes", "0.05")
        (whole,) = [line for line in lines if line["name"] == "all of them"]
        assert whole["met"] is True, whole["note"]
        watched = [line["figures"] for line in lines if line["part"] == "soak" and "kind" in line.get("figures", {})]
        kinds = {one["kind"] for one in watched}
        assert kinds >= {"web, main", "web", "worker", "broker"}
        assert all(0 < one["first"] <= one["most"] for one in watched)
        assert [one["kind"] for one in watched].count("web") == 4  # two processes, memory and handles


class TestWithoutLocust:
    def test_says_so_in_one_sentence(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
        for word in ("load", "soak"):
            with pytest.raises(CommandError, match=r"^locust is not installed: .+\.$"):
                call_command("bench", word)


class TestWebServer:
    def test_is_the_one_that_the_image_starts_on_a_port_of_the_loopback(self) -> None:
        words = web_command(port=8123)
        assert words[0] == "gunicorn"
        assert {"--bind=127.0.0.1:8123", "--workers=2", "--worker-class=sync"} <= set(words)
        assert not any("0.0.0.0" in word for word in words)


class TestWatched:
    def test_calls_a_process_that_grows_growing_and_names_one_that_ended(self) -> None:
        readings = [(7, second, 10_000 + 10 * second, 10_000 + 10 * second, 5) for second in range(0, 600, 10)]
        readings += [(8, second, 10_000, 10_000 + second % 20, 5) for second in range(0, 600, 10)]
        readings += [(9, second, 10_000, 10_000, 5) for second in range(0, 100, 10)]
        kinds = {"7": "web", "8": "worker", "9": "timer"}
        lines = [one.as_json() for one in soak.watched({"readings": readings, "kinds": kinds})]
        said_of = {line["name"]: str(line["note"]).partition(":")[0] for line in lines}
        assert said_of["web 7: memory"] == "growing"
        assert said_of["worker 8: memory"] == said_of["web 7: handles"] == "flat"
        assert lines[-1]["met"] is False
        assert lines[-1]["note"] == "timer"
