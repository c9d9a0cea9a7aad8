"""The Celery app: sends hints to the worker, and holds the schedule in code."""

import functools
import logging
import logging.config
import os
import sys
import time
from typing import Any

import django
from celery import Celery
from celery.contrib.django.task import DjangoTask
from celery.signals import beat_init, celeryd_init, setup_logging
from django.conf import settings
from django.db import transaction
from kombu.exceptions import OperationalError

from cms_tracker.processes.looking import Looking

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms_tracker.settings")

log = logging.getLogger(__name__)

#: Seconds for which nothing is sent after a message that could not be: whoever asks for a thousand papers at once
#: does not wait a thousand times for a broker that hangs.
REST_SECONDS = 1.0


class HintTask(DjangoTask):
    """A task whose message is only a hint: the row it names is the truth.

    A broker that is down or stuck is not the reader's trouble: the work was accepted, its row
    is committed, and the workers look for rows by themselves.
    """

    _rests_until = 0.0

    def delay_on_commit(self, *args: Any, **kwargs: Any) -> None:
        """Send the hint after the transaction; a broker that does not answer is logged and ignored."""
        transaction.on_commit(functools.partial(self._hint, args, kwargs), robust=True)

    def hint_on_commit(self, *, queue: str) -> None:
        """Send the hint to one queue after the transaction, and as lightly."""
        transaction.on_commit(functools.partial(self.hint, queue=queue), robust=True)

    def hint(self, *, queue: str) -> None:
        """Send the hint to one queue now, and as lightly."""
        self._hint((), {}, queue=queue)

    def _hint(self, args: tuple[Any, ...], kwargs: dict[str, Any], **options: str) -> None:
        if time.monotonic() < HintTask._rests_until:
            return
        try:
            self.apply_async(args, kwargs, **options)
        except (OperationalError, OSError) as error:
            HintTask._rests_until = time.monotonic() + REST_SECONDS
            log.warning(
                "%s: the broker did not answer (%s); a worker will find the row", self.name, type(error).__name__
            )


app = Celery("cms_tracker", task_cls=HintTask)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.steps["consumer"].add(Looking)

# Seconds between runs. Each entry must be a catch-up that may run twice or late without harm:
# nothing remembers the last run, and whoever begins or takes over runs them all.
app.conf.beat_schedule = {
    "what is of no use any more": {"task": "users.forget_old", "schedule": 3600, "options": {"expires": 1800}},
    "files that no row names": {"task": "pages.sweep_files", "schedule": 3600, "options": {"expires": 1800}},
    # Claimed in the database before they are sent, so that no run sends one twice.
    "reminders that are due": {"task": "correspondence.send_reminders", "schedule": 300, "options": {"expires": 240}},
    "copies and deletions whose day has come": {"task": "rights.sweep", "schedule": 300, "options": {"expires": 240}},
    "an anchor of the audit a day": {"task": "pages.anchor_audit", "schedule": 3600, "options": {"expires": 1800}},
    # The first run after midnight is the nightly roll-forward.
    "figures that wait": {"task": "pages.roll_forward", "schedule": 60, "options": {"expires": 50}},
}


@celeryd_init.connect
@beat_init.connect
def _refuse_unsafe_start(**_: Any) -> None:
    """A worker or timer of a server proves its own installation; that of `up` shares the web server's."""
    if settings.LOCAL:
        return
    try:
        django.setup(set_prefix=False)
        from cms_tracker.web import checks  # noqa: PLC0415 - needs the apps, which the line above loads

        checks.refuse_unsafe_start()
    except Exception as refusal:  # whatever it is: Celery would log it, and go on
        # Its own stderr: by now Celery may have made the ordinary one a log, which the end of a process does not reach.
        print(f"Not started: {refusal}", file=sys.__stderr__)
        raise SystemExit(1) from None


@celeryd_init.connect
def _wait_for_the_broker(conf: Any, **_: Any) -> None:
    """The worker has nobody waiting on it: it may be patient where a request may not."""
    conf.broker_connection_timeout = 5
    conf.broker_transport_options = {"visibility_timeout": conf.broker_transport_options["visibility_timeout"]}


@setup_logging.connect
def _as_everywhere(**_: Any) -> None:
    """Celery's own lines have the shape of all others, and none of its colours."""
    logging.config.dictConfig(settings.LOGGING)
