"""Each worker looks for work by itself: nothing that was accepted rests on a message or on the timer.

A worker that listens to a queue of papers sends itself, every few seconds and whenever it has
reached its broker, the message that has the rows looked through. So a broker may forget
everything, and a worker may have a broker of its own, of which the web server knows nothing.
"""

import logging
from pathlib import Path
from typing import Any

from celery import bootsteps
from django.conf import settings
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)

#: Whose rows are looked for; the other queues hold what the timer sends again anyway.
PAPERS = ("letters", "bulk")
_SWEEP = "correspondence.sweep"


class Looking(bootsteps.StartStopStep):
    """Runs in the worker while it is connected; Celery starts it anew after each lost connection."""

    requires = ("celery.worker.consumer.tasks:Tasks",)

    def __init__(self, consumer: Any, **options: Any) -> None:
        super().__init__(consumer, **options)
        self._entry: Any = None

    def start(self, consumer: Any) -> None:
        """Look now, and from now on."""
        self._look(consumer.app)
        self._entry = consumer.timer.call_repeatedly(settings.JOB_SWEEP_SECONDS, self._look, (consumer.app,))

    def stop(self, consumer: Any) -> None:
        """Look no more."""
        if self._entry is not None:
            self._entry.cancel()
            self._entry = None

    def _look(self, app: Any) -> None:
        try:
            for queue in PAPERS:
                if queue in app.amqp.queues.consume_from:
                    app.send_task(_SWEEP, queue=queue, expires=3 * settings.JOB_SWEEP_SECONDS)
        except (OperationalError, OSError) as error:
            log.warning("the broker did not take a message (%s)", type(error).__name__)
            return
        touch()


def touch() -> None:
    """Show a health check that all is well at this moment."""
    if settings.ALIVE_FILE:
        Path(settings.ALIVE_FILE).touch()
