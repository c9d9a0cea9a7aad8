"""Ask for papers: a row in the caller's transaction, and a hint to the workers after it."""

import uuid
from collections.abc import Sequence

from django.db import transaction
from django.db.models.functions import Now

from cms_tracker.web import request_ids
from correspondence.core.jobs import JobKind, JobState, Queue, queue_of
from correspondence.models import Job
from correspondence.tasks.working import MOST_HINTS, do_what_waits

_BATCH = 500  # rows a statement


@transaction.atomic
def ask_for_person(kind: JobKind, *, subject: uuid.UUID, requested_by: uuid.UUID) -> None:
    """Have something made that belongs to a person and to no one record. Asking twice changes nothing."""
    asked_in = request_ids.current()
    row = Job(kind=kind, subject=subject, queue=queue_of(kind), requested_by=requested_by, asked_in=asked_in)
    Job.objects.bulk_create([row], ignore_conflicts=True)
    do_what_waits.hint_on_commit(queue=row.queue)


@transaction.atomic
def ask(
    kind: JobKind, *, subject: uuid.UUID, case_id: uuid.UUID, requested_by: uuid.UUID, one_of_many: bool = False
) -> None:
    """Have one paper made. Asking for it twice changes nothing. ``one_of_many``: nobody waits for this one alone."""
    queue = queue_of(kind, one_of_many=one_of_many)
    _ask(kind, subjects=[subject], queue=queue, case_id=case_id, requested_by=requested_by)


@transaction.atomic
def ask_for_each(kind: JobKind, *, subjects: Sequence[uuid.UUID], case_id: uuid.UUID, requested_by: uuid.UUID) -> None:
    """Have many papers of one case made, in few statements."""
    queue = queue_of(kind, one_of_many=True)
    _ask(kind, subjects=subjects, queue=queue, case_id=case_id, requested_by=requested_by)


def _ask(
    kind: JobKind, *, subjects: Sequence[uuid.UUID], queue: Queue, case_id: uuid.UUID, requested_by: uuid.UUID
) -> None:
    known = {"case_id": case_id, "kind": kind, "queue": queue, "requested_by": requested_by}
    rows = [Job(subject=subject, asked_in=request_ids.current(), **known) for subject in subjects]
    Job.objects.bulk_create(rows, batch_size=_BATCH, ignore_conflicts=True)
    for _ in rows[:MOST_HINTS]:
        do_what_waits.hint_on_commit(queue=queue)


@transaction.atomic
def ask_again(job: Job, *, requested_by: uuid.UUID) -> None:
    """Have a paper made afresh that has failed or whose file is lost, with all its attempts before it.

    Somebody waits for it now, also where it was one of many before.
    """
    queue = queue_of(JobKind(job.kind))
    Job.objects.filter(pk=job.pk).update(
        state=JobState.QUEUED,
        queue=queue,
        requested_by=requested_by,
        asked_in=request_ids.current(),
        made_at=Now(),
        attempts=0,
        lease_until=None,
        failure="",
        step="",
        done=0,
        of=0,
    )
    do_what_waits.hint_on_commit(queue=queue)


@transaction.atomic
def forget(kind: JobKind, *, subject: uuid.UUID) -> None:
    """Drop the work on something that is deleted; a worker that has it in hand finds nothing of it counts."""
    Job.objects.filter(kind=kind, subject=subject).delete()
