"""The broker is only a hint: nobody waits for it, and nobody notices that it is gone."""

import os
import signal
import time
from collections.abc import Callable

import pytest

from cms_tracker import celery
from cms_tracker.celery import app
from cms_tracker.processes.broker import Broker

#: A person's patience, with much to spare. Left to its defaults, the client would wait for 45 seconds and more.
SECONDS = 2


@app.task(name="tests.hint")
def _hint() -> None:
    """Do nothing: only the message is of interest."""


def _stop(broker: Broker) -> None:
    broker.stop()


def _freeze(broker: Broker) -> None:
    os.kill(broker.pid, signal.SIGSTOP)


def _waiting() -> int:
    with app.connection_for_read() as line:
        return int(line.default_channel.client.llen("celery"))


@pytest.mark.django_db(transaction=True)
class TestAHint:
    def test_reaches_a_broker_that_runs(self, broker: Broker) -> None:
        _hint.delay_on_commit()

        assert _waiting() == 1

    @pytest.mark.parametrize("harm", [_stop, _freeze])
    def test_is_given_up_at_once_when_the_broker_does_not_answer(
        self,
        broker: Broker,
        harm: Callable[[Broker], None],
    ) -> None:
        _hint.delay_on_commit()
        harm(broker)
        began = time.monotonic()

        try:
            for _ in range(3):
                _hint.delay_on_commit()
            took = time.monotonic() - began
        finally:
            broker.kill()

        assert took < SECONDS

    def test_is_not_tried_a_thousand_times_when_the_broker_hangs(self, broker: Broker) -> None:
        os.kill(broker.pid, signal.SIGSTOP)
        began = time.monotonic()
        try:
            for _ in range(1_000):
                _hint.delay_on_commit()
            took = time.monotonic() - began
        finally:
            broker.kill()

        assert took < SECONDS

    def test_reaches_a_broker_that_came_back(self, broker: Broker, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(celery, "REST_SECONDS", 0)
        broker.stop()
        _hint.delay_on_commit()
        broker.start()
        broker.wait_until_it_answers()

        _hint.delay_on_commit()

        assert _waiting() == 1
