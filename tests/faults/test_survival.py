"""Every fault that `manage.py bench faults` does, done once: what was accepted is ready again, and once."""

import io
import json
import os
from typing import Any
from unittest import mock

import pytest
from django.core.management import call_command

from cms_tracker.pages.bench.faults import SECONDS
from cms_tracker.processes import system_packages
from tests.needs import absent

FAULTS = [
    "the engine killed in the middle of a letter",
    "the engine killed at every attempt, then tried again",
    "the worker killed in the middle of a letter",
    "the broker killed, its messages gone",
    "the web process killed after the commit",
    "the disk full",
    "two timers and two workers",
    "one letter delivered fifty times",
    "the broker standing still",
    "a worker standing still, and waking up",
    "a worker asked to stop",
]
#: Seconds; those of a real installation would only make the test longer.
QUICK = {"JOB_LEASE_SECONDS": "6", "JOB_SWEEP_SECONDS": "1"}


@pytest.fixture(scope="module")
def table(django_db_setup: None, django_db_blocker: Any) -> dict[str, dict[str, Any]]:
    if not system_packages.has_pango():
        absent("Pango is not installed, so no letter can be rendered")
    out = io.StringIO()
    with django_db_blocker.unblock(), mock.patch.dict(os.environ, QUICK):
        call_command("bench", "faults", "--runs", "1", "--json", stdout=out)
    return {line["name"]: line for line in map(json.loads, out.getvalue().splitlines())}


@pytest.mark.own_database
class TestALetterThatWasAccepted:
    @pytest.mark.parametrize("fault", FAULTS)
    def test_is_ready_soon_after_and_once(self, table: dict[str, dict[str, Any]], fault: str) -> None:
        found = table[fault]
        assert found["note"].startswith("1 of 1 survived, 0 lost, 0 made twice"), found
        assert found["ms"] < SECONDS * 1000

    def test_was_tried_with_every_fault_there_is(self, table: dict[str, dict[str, Any]]) -> None:
        assert sorted(table) == sorted(FAULTS)
