"""The broker is only a hint: nobody waits for it, and nobody notices that it is gone."""

import os
import signal
import time
from collections.abc import Callable

import pytest
from django.conf import settings
from django.urls import reverse

from cms_tracker import celery
from cms_tracker.celery import app
from cms_tracker.processes.broker import Broker
from tests.cast import ROSA
from tests.factories import make_user, monthly_case
from tests.filled_form import filled
from tests.signing_in import signed_in

#: No stopwatch: `manage.py bench letters` times the press. Left to its defaults, the client would wait for 45 seconds
#: and more.
SECONDS = 10


@app.task(name="tests.hint")
def _hint() -> None:
    """Do nothing: only the message is of interest."""


def _stop(broker: Broker) -> None:
    broker.stop()


def _freeze(broker: Broker) -> None:
    os.kill(broker.pid, signal.SIGSTOP)


def _waiting() -> int:
    with app.connection_for_read() as line:
        return int(line.default_channel.client.llen(settings.CELERY_TASK_DEFAULT_QUEUE))


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


@pytest.mark.django_db(transaction=True)
class TestEverythingElse:
    @pytest.mark.parametrize("harm", [_stop, _freeze])
    def test_goes_on_without_a_broker(self, broker: Broker, harm: Callable[[Broker], None]) -> None:
        case = monthly_case(make_user(ROSA))
        harm(broker)
        try:
            rosa, took = signed_in(ROSA), []
            for name in ("pages:today", "arrears:payments", "arrears:breakdown", "correspondence:timeline"):
                began = time.monotonic()
                assert rosa.get(reverse(name, args=[case.pk])).status_code == 200, name
                took.append(time.monotonic() - began)
            log = reverse("arrears:log-payment", args=[case.pk])
            sent = filled(rosa.get(log).content.decode()) | {"came": "other", "amount": "10.00", "when": "today"}
            assert rosa.post(log, sent).status_code == 302
            assert rosa.get("/healthz").status_code == 200
        finally:
            broker.kill()
        assert max(took) < SECONDS
