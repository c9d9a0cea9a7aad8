"""Two timers at once: one sends, and the other takes over when it is killed."""

import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from celery import current_app
from django.db.models.functions import Now

from cms_tracker.processes import timer
from cms_tracker.processes.broker import Broker
from cms_tracker.web import leases
from cms_tracker.web.models import Lease
from tests.architecture.source import ROOT
from tests.conftest import _shared_with_children, _test_database_url
from tests.runner.steps import clean_environment

pytestmark = pytest.mark.django_db(transaction=True)


class Beat:
    """A timer as a server starts it."""

    def __init__(self, folder: Path) -> None:
        self.alive = folder
        shared = {**_shared_with_children(), "DATABASE_URL": _test_database_url(), "ALIVE_FILE": str(folder)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "celery", "--app=cms_tracker", "--quiet", "--skip-checks", "beat", "--pidfile="],
            cwd=ROOT,
            env={**clean_environment(), **shared},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def end(self) -> None:
        self.process.kill()
        self.process.wait()


def _holder() -> object:
    return Lease.objects.filter(name=timer.NAME, until__gt=Now()).values_list("holder", flat=True).first()


def _sent(name: str) -> int:
    """How many messages of one task lie in the broker."""
    with current_app.connection_for_read() as line:
        client = line.default_channel.client
        return sum(name.encode() in message for message in client.lrange("nightly", 0, -1))


def _wait(what: Callable[[], object], *, seconds: float) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.1)


@pytest.fixture
def beats(broker: Broker, transactional_db: None, tmp_path: Path) -> Iterator[list[Beat]]:
    running = [Beat(tmp_path / "first")]
    try:
        _wait(_holder, seconds=60)
        running.append(Beat(tmp_path / "second"))
        _wait((tmp_path / "second").exists, seconds=60)  # it has looked, and stands by
        yield running
    finally:
        for beat in running:
            with suppress(ProcessLookupError):
                beat.end()


class TestTwoTimers:
    def test_send_once_and_the_second_takes_over_from_one_that_was_killed(self, beats: list[Beat]) -> None:
        first, _ = beats
        holder = _holder()
        _wait(lambda: _sent("pages.anchor_audit"), seconds=10)
        assert _sent("pages.anchor_audit") == 1
        assert _sent("rights.sweep") == 1

        first.end()
        began = time.monotonic()
        _wait(lambda: _holder() not in {None, holder}, seconds=60)
        _wait(lambda: _sent("pages.anchor_audit") == 2, seconds=60)
        assert time.monotonic() - began < 60

    def test_hand_over_at_once_when_the_first_is_asked_to_stop(self, beats: list[Beat]) -> None:
        first, _ = beats
        holder = _holder()
        first.process.terminate()
        assert first.process.wait(timeout=20) == 0
        _wait(lambda: _holder() not in {None, holder}, seconds=timer.LOOK + 10)


class TestALease:
    """What takes over rests on; the timer renews often enough to keep it."""

    ONE, OTHER = uuid.uuid4(), uuid.uuid4()

    def test_is_kept_by_one_until_it_is_over(self) -> None:
        assert leases.hold("test", holder=self.ONE, lasts=timer.LEASE)
        assert not leases.hold("test", holder=self.OTHER, lasts=timer.LEASE)
        assert leases.hold("test", holder=self.ONE, lasts=timer.LEASE)
        Lease.objects.update(until=Now())
        assert leases.hold("test", holder=self.OTHER, lasts=timer.LEASE)
        assert not leases.hold("test", holder=self.ONE, lasts=timer.LEASE)

    def test_is_free_when_it_was_given_back_by_who_had_it(self) -> None:
        leases.hold("test", holder=self.ONE, lasts=timer.LEASE)
        leases.give_back("test", holder=self.OTHER)
        assert not leases.hold("test", holder=self.OTHER, lasts=timer.LEASE)
        leases.give_back("test", holder=self.ONE)
        assert leases.hold("test", holder=self.OTHER, lasts=timer.LEASE)

    def test_of_a_day_that_is_still_to_come_is_worth_nothing(self) -> None:
        leases.hold("test", holder=self.ONE, lasts=timedelta(days=1))  # the clock was set back since
        assert leases.hold("test", holder=self.OTHER, lasts=timer.LEASE)

    def test_goes_to_another_within_a_minute(self) -> None:
        assert timedelta(seconds=timer.RENEW) < timer.LEASE / 2
        assert timedelta(seconds=timer.LOOK) + timer.LEASE < timedelta(minutes=1)
