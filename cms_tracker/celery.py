"""The Celery app: sends hints to the worker, and holds the schedule in code."""

import functools
import logging
import os
import time
from typing import Any

from celery import Celery
from celery.contrib.django.task import DjangoTask
from celery.signals import celeryd_init
from django.conf import settings
from django.db import transaction
from kombu.exceptions import OperationalError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms_tracker.settings")

log = logging.getLogger(__name__)

#: Seconds for which nothing is sent after a message that could not be: whoever asks for a thousand papers at once
#: does not wait a thousand times for a broker that hangs.
REST_SECONDS = 1.0


class HintTask(DjangoTask):
    """A task whose message is only a hint: the row it names is the truth.

    A broker that is down or stuck is not the reader's trouble: the work was accepted, its row
    is committed, and the periodic catch-up finds it.
    """

    _rests_until = 0.0

    def delay_on_commit(self, *args: Any, **kwargs: Any) -> None:
        """Send the hint after the transaction; a broker that does not answer is logged and ignored."""
        transaction.on_commit(functools.partial(self._hint, args, kwargs), robust=True)

    def _hint(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        if time.monotonic() < HintTask._rests_until:
            return
        try:
            self.apply_async(args, kwargs)
        except (OperationalError, OSError) as error:
            HintTask._rests_until = time.monotonic() + REST_SECONDS
            log.warning(
                "%s: the broker did not answer (%s); the timer will find the row", self.name, type(error).__name__
            )


app = Celery("cms_tracker", task_cls=HintTask)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# Seconds between runs. Each entry must be a catch-up that may run twice or late without harm:
# nothing remembers the last run.
app.conf.beat_schedule = {
    "work that waits": {"task": "correspondence.sweep", "schedule": 10, "options": {"expires": 30}},
    "what is of no use any more": {"task": "users.forget_old", "schedule": 3600},
    "files that no row names": {"task": "pages.sweep_files", "schedule": 3600},
    # Claimed in the database before they are sent, so that no run sends one twice.
    "reminders that are due": {"task": "correspondence.send_reminders", "schedule": 300, "options": {"expires": 240}},
    "copies and deletions whose day has come": {"task": "rights.sweep", "schedule": 300, "options": {"expires": 240}},
    "an anchor of the audit a day": {"task": "pages.anchor_audit", "schedule": 3600, "options": {"expires": 1800}},
    # The first run after midnight is the nightly roll-forward.
    "figures that wait": {"task": "pages.roll_forward", "schedule": 60, "options": {"expires": 50}},
}


@app.on_after_configure.connect
def _as_often_as_set(sender: Celery, **_: Any) -> None:
    sender.conf.beat_schedule["work that waits"]["schedule"] = settings.JOB_SWEEP_SECONDS


@celeryd_init.connect
def _wait_for_the_broker(conf: Any, **_: Any) -> None:
    """The worker has nobody waiting on it: it may be patient where a request may not."""
    conf.broker_connection_timeout = 5
    conf.broker_transport_options = {"visibility_timeout": conf.broker_transport_options["visibility_timeout"]}
