"""Who holds which work: claimed by one worker at a time, for as long as its lease lasts.

A claim counts the attempt in a transaction of its own before the work starts: a paper that brings
its worker down is tried three times and then stands as failed, for a person to see. Whatever a run
writes afterwards, it writes only while the work is still its own.
"""

import datetime as dt
import time

from celery import current_app
from celery.worker import state as worker_state
from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet

from cases import access
from cms_tracker.users import queries as user_queries
from cms_tracker.web import storage
from cms_tracker.web.clock import now
from correspondence.core.jobs import MAX_ATTEMPTS, FailureCode, JobKind, JobState, Queue, next_in_turn, wait_after
from correspondence.models import Job
from correspondence.queries.jobs import claimable, oldest_of, waiting, who_waits
from correspondence.tasks.making import MAKERS, Made

ROOM_MAY_COME = dt.timedelta(seconds=settings.JOB_SWEEP_SECONDS)  # how long to leave a full disk alone
_RACES = 5  # how often another worker may be the quicker one before this one lets it be
_QUIET = 0.2  # seconds between two notes of progress on one step


class NotOursError(Exception):
    """Another worker has taken this work over, or it was deleted: nothing of this run counts."""


class StopAskedError(Exception):
    """This worker is asked to stop: the work goes back as if it had not begun."""


class Noted:
    """Writes how far a run is into its row, and ends the run when it should not go on."""

    def __init__(self, job: Job) -> None:
        self._job, self._step, self._last = job, "", time.monotonic()

    def __call__(self, *, done: int, of: int, step: str = "") -> None:
        """Note it, and renew the lease. Raises NotOursError or StopAskedError."""
        if is_stopping():
            raise StopAskedError
        at = time.monotonic()
        if step == self._step and done < of and at - self._last < _QUIET:
            return
        self._step, self._last = step, at
        lease = now() + MAKERS[kind_of(self._job)].lease
        if not _ours(self._job).update(done=done, of=of, step=step, lease_until=lease):
            raise NotOursError


def is_stopping() -> bool:
    """Tell whether this worker was asked to stop (SIGTERM)."""
    # An exit code when it was, and 0 is one.
    asked = (worker_state.should_stop, worker_state.should_terminate)
    return any(one is not None and one is not False for one in asked)


def kind_of(job: Job) -> JobKind:
    """What kind of paper it is; a worker claims only kinds that it knows."""
    return JobKind(job.kind)


def heard() -> list[Queue]:
    """The queues of papers that this worker listens to; all of them where it was not told, and outside a worker."""
    listens_to = current_app.amqp.queues.consume_from
    return [queue for queue in Queue if queue in listens_to]


def claim() -> Job | None:
    """Take the work whose turn it is among what this worker listens to, and count the attempt; None where none waits.

    By what it listens to, and not by what a message says: one worker for everything takes turns among everything.
    """
    for _ in range(_RACES):
        at = now()
        rows = claimable(heard(), list(MAKERS), at=at)
        turn = next_in_turn(who_waits(rows, at=at))
        key = oldest_of(rows, turn.requested_by) if turn else None
        if key is None:
            return None
        with transaction.atomic():
            job = waiting(at=at).filter(pk=key, attempts__lt=MAX_ATTEMPTS).select_for_update().first()
            if job is not None:
                job.state, job.attempts, job.failure = JobState.RENDERING, job.attempts + 1, ""
                job.started_at, job.lease_until = at, at + MAKERS[kind_of(job)].lease
                job.save(update_fields=["state", "attempts", "failure", "started_at", "lease_until"])
                return job
    return None


def is_allowed(job: Job) -> bool:
    """Tell whether who asked for it may still have it. Nobody is known to have asked for the oldest ones."""
    asked = job.requested_by
    if job.case_id is None:
        # Of no one record: the maker itself asks again for each record that goes into it.
        return asked is not None and user_queries.is_open(asked)
    return asked is None or MAKERS[kind_of(job)].right in access.rights_of(asked, job.case_id)


def publish(job: Job, made: Made) -> JobState:
    """Keep the file and say that the paper is ready, in one step; of several runs only one does.

    Raises NotOursError, or StorageError where no file can be kept now. No file is left by a run that did not count.
    """
    kept = storage.keep_made(made.content, case_id=job.folder)
    try:
        with transaction.atomic():
            if not _ours(job).update(state=JobState.READY, lease_until=None, failure="", step=""):
                raise NotOursError
            made.note(kept)
    except BaseException:
        storage.discard(kept.stored_as)
        raise
    if made.replaces and made.replaces != kept.stored_as:
        storage.discard(made.replaces)
    return JobState.READY


def fail(job: Job, code: FailureCode) -> JobState:
    """Say that the paper was not made, and why."""
    _ours(job).update(state=JobState.FAILED, lease_until=None, failure=code)
    return JobState.FAILED


def give_back(job: Job) -> JobState:
    """Have it tried again a little later, longer after each attempt; after the last it has failed."""
    if job.attempts >= MAX_ATTEMPTS:
        return fail(job, FailureCode.GAVE_UP)
    _ours(job).update(state=JobState.QUEUED, lease_until=now() + wait_after(job.attempts))
    return JobState.QUEUED


def wait_for_room(job: Job) -> JobState:
    """Wait until files can be kept again. That is no fault of the paper: the attempt does not count."""
    return _uncounted(job, lease_until=now() + ROOM_MAY_COME, failure=FailureCode.NO_ROOM)


def put_back(job: Job) -> JobState:
    """Leave it to the next worker, as if it had not begun."""
    return _uncounted(job, lease_until=None, failure="")


def give_up() -> None:
    """Say of work that took its last worker with it that it failed."""
    lost = waiting(at=now()).filter(attempts__gte=MAX_ATTEMPTS)
    lost.update(state=JobState.FAILED, lease_until=None, failure=FailureCode.GAVE_UP)


def _uncounted(job: Job, *, lease_until: dt.datetime | None, failure: str) -> JobState:
    _ours(job).update(
        state=JobState.QUEUED, attempts=F("attempts") - 1, lease_until=lease_until, failure=failure, done=0, of=0
    )
    return JobState.QUEUED


def _ours(job: Job) -> "QuerySet[Job]":
    """The row, if no other worker has taken it over since."""
    return Job.objects.filter(pk=job.pk, state=JobState.RENDERING, started_at=job.started_at, attempts=job.attempts)
