"""The tasks that workers run: do what waits, and look from time to time whether something does."""

import datetime as dt
import logging
import time
from contextlib import suppress
from typing import Any

from celery import shared_task
from celery.signals import worker_process_init, worker_ready
from django.db import DatabaseError

from cms_tracker.watch import operations as watch
from cms_tracker.web import request_ids, storage
from cms_tracker.web.clock import now
from correspondence import rendering
from correspondence.core.jobs import FailureCode, JobState
from correspondence.models import Job
from correspondence.queries.jobs import how_many_wait
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
            _say_that_there_is_work(at_most=1)
            return


@shared_task(name="correspondence.sweep")
def sweep() -> None:
    """Say that there is work, if there is any for workers like this one. Safe to run twice or late.

    Each worker has it run every few seconds (``cms_tracker.processes.looking``), so that no paper rests
    on a message, on the timer, or on which broker its worker listens to.
    """
    claims.give_up()
    _say_that_there_is_work(at_most=MOST_HINTS)


def _say_that_there_is_work(*, at_most: int) -> None:
    """Without a word where the broker is gone."""
    for queue, count in how_many_wait(claims.heard(), at=now()).items():
        for _ in range(min(count, at_most)):
            do_what_waits.hint(queue=queue)


def _do(job: Job) -> None:
    """One attempt, in the name of the request that asked for it, whoever found the row."""
    with request_ids.carrying(job.asked_in):
        began = time.monotonic()
        state = _attempt(job)
        took = round((time.monotonic() - began) * 1000)
        log.info("job", extra={"kind": job.kind, "attempt": job.attempts, "state": state, "ms": took})
        if state == JobState.READY:
            with suppress(DatabaseError):  # the paper is there; only its time is not counted
                watch.made(job.kind, milliseconds=took)


def _attempt(job: Job) -> str:
    """Make one paper, and say what became of it. Whatever is in it, it does not stop the others."""
    if not claims.is_allowed(job):
        return claims.fail(job, FailureCode.NOT_ALLOWED)
    try:
        made = MAKERS[claims.kind_of(job)].make(job, claims.Noted(job))
        if not claims.is_allowed(job):
            return claims.fail(job, FailureCode.NOT_ALLOWED)
        return claims.publish(job, made)
    except claims.NotOursError:
        return "another worker has it"
    except storage.StorageError as error:
        log.error("%s %s: files cannot be read or kept now (%s)", job.kind, job.subject, error.strerror)
        return claims.wait_for_room(job)
    except claims.StopAskedError:
        return claims.put_back(job)
    except CannotBeMadeError as error:
        return claims.fail(job, error.code)
    except rendering.EngineMissingError:
        return claims.fail(job, FailureCode.ENGINE_MISSING)
    except rendering.TooLargeError:
        return claims.fail(job, FailureCode.TOO_LARGE)
    except Exception as error:
        # The kind of error only: its message may repeat the paper.
        log.warning("%s %s: attempt %s failed (%s)", job.kind, job.subject, job.attempts, type(error).__name__)
        return claims.give_back(job)


@worker_ready.connect
def _catch_up(sender: Any = None, **_: Any) -> None:
    """At start: remove what was left half written, and load the engine where this process does the work."""
    with suppress(storage.StorageError):  # the timer does it too
        storage.remove_unfinished(before=(now() - LONG_DEAD).timestamp())
    if type(getattr(sender, "pool", None)).__module__ == "celery.concurrency.solo":
        _warm()


@worker_process_init.connect
def _warm(**_: Any) -> None:
    """Load the engine before the first paper; without Pango papers say so themselves."""
    if not claims.heard():
        return
    try:
        rendering.warm()
    except rendering.EngineMissingError:
        log.warning("Pango is not installed: letters can be printed from the browser, but not made as PDF")
    except rendering.LayoutError:
        log.warning("the engine that lays out letters did not start in time; the first letter tries again")
