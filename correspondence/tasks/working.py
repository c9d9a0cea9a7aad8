"""The tasks that workers run: do what waits, and look from time to time whether something does."""

import datetime as dt
import logging
import time
from typing import Any

from celery import shared_task
from celery.signals import worker_process_init, worker_ready

from cms_tracker.web import storage
from cms_tracker.web.clock import now
from correspondence import rendering
from correspondence.core.jobs import FailureCode
from correspondence.models import Job
from correspondence.queries.jobs import waiting
from correspondence.tasks import claims
from correspondence.tasks.making import MAKERS, CannotBeMadeError

log = logging.getLogger(__name__)

LONG_DEAD = dt.timedelta(hours=1)  # nothing writes one file for this long
#: Seconds after which a worker takes nothing new on one message; the task's time limit leaves room for the last.
AT_A_STRETCH = 10
MOST_HINTS = 4  # each worker that gets one works until nothing waits


@shared_task(name="correspondence.work")
def do_what_waits() -> None:
    """Make the papers that wait, each in its turn. Doing it again, or at the same time, makes nothing twice."""
    end = time.monotonic() + AT_A_STRETCH
    while not claims.is_stopping():
        job = claims.claim()
        if job is None:
            return
        _do(job)
        if time.monotonic() > end:
            do_what_waits.delay_on_commit()  # now, and without a word where the broker is gone
            return


@shared_task(name="correspondence.sweep")
def sweep() -> None:
    """Say that there is work, if there is. Safe to run twice or late."""
    claims.give_up()
    for _ in range(min(waiting(at=now()).count(), MOST_HINTS)):
        do_what_waits.delay()


def _do(job: Job) -> None:
    """One attempt. Whatever is in a paper, it does not stop the others."""
    if not claims.is_allowed(job):
        claims.fail(job, FailureCode.NOT_ALLOWED)
        return
    try:
        made = MAKERS[claims.kind_of(job)].make(job, claims.Noted(job))
        if claims.is_allowed(job):
            _publish(job, made)
        else:
            claims.fail(job, FailureCode.NOT_ALLOWED)
    except claims.NotOursError:
        log.info("%s %s: another worker has it", job.kind, job.subject)
    except claims.StopAskedError:
        claims.put_back(job)
    except CannotBeMadeError as error:
        claims.fail(job, error.code)
    except rendering.EngineMissingError:
        claims.fail(job, FailureCode.ENGINE_MISSING)
    except rendering.TooLargeError:
        claims.fail(job, FailureCode.TOO_LARGE)
    except Exception as error:
        # The kind of error only: its message may repeat the paper.
        log.warning("%s %s: attempt %s failed (%s)", job.kind, job.subject, job.attempts, type(error).__name__)
        claims.give_back(job)


def _publish(job: Job, made: Any) -> None:
    try:
        claims.publish(job, made)
    except OSError as error:
        log.error("%s %s: the disk takes no file (%s)", job.kind, job.subject, error.strerror)
        claims.wait_for_room(job)


@worker_ready.connect
def _catch_up(sender: Any = None, **_: Any) -> None:
    """At start: find what waited meanwhile, and load the engine where this process does the work."""
    sweep.delay()
    storage.remove_unfinished(before=(now() - LONG_DEAD).timestamp())
    if type(getattr(sender, "pool", None)).__module__ == "celery.concurrency.solo":
        _warm()


@worker_process_init.connect
def _warm(**_: Any) -> None:
    """Load the engine before the first paper; without Pango papers say so themselves."""
    try:
        rendering.warm()
    except rendering.EngineMissingError:
        log.warning("Pango is not installed: letters can be printed from the browser, but not made as PDF")
    except rendering.LayoutError:
        log.warning("the engine that lays out letters did not start in time; the first letter tries again")
