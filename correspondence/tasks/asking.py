"""Ask for papers: a row in the caller's transaction, and a hint to the workers after it."""

import uuid
from collections.abc import Sequence

from django.db import transaction

from correspondence.core.jobs import JobKind, JobState
from correspondence.models import Job
from correspondence.tasks.working import MOST_HINTS, do_what_waits

_BATCH = 500  # rows a statement


@transaction.atomic
def ask_for_person(kind: JobKind, *, subject: uuid.UUID, requested_by: uuid.UUID) -> None:
    """Have something made that belongs to a person and to no one record. Asking twice changes nothing."""
    Job.objects.bulk_create([Job(kind=kind, subject=subject, requested_by=requested_by)], ignore_conflicts=True)
    do_what_waits.delay_on_commit()


@transaction.atomic
def ask(kind: JobKind, *, subject: uuid.UUID, case_id: uuid.UUID, requested_by: uuid.UUID) -> None:
    """Have one paper made. Asking for it twice changes nothing."""
    ask_for_each(kind, subjects=[subject], case_id=case_id, requested_by=requested_by)


@transaction.atomic
def ask_for_each(kind: JobKind, *, subjects: Sequence[uuid.UUID], case_id: uuid.UUID, requested_by: uuid.UUID) -> None:
    """Have many papers of one case made, in few statements."""
    rows = [Job(case_id=case_id, kind=kind, subject=subject, requested_by=requested_by) for subject in subjects]
    Job.objects.bulk_create(rows, batch_size=_BATCH, ignore_conflicts=True)
    for _ in rows[:MOST_HINTS]:
        do_what_waits.delay_on_commit()


@transaction.atomic
def ask_again(job: Job, *, requested_by: uuid.UUID) -> None:
    """Have a paper made afresh that has failed or whose file is lost, with all its attempts before it."""
    Job.objects.filter(pk=job.pk).update(
        state=JobState.QUEUED,
        requested_by=requested_by,
        attempts=0,
        lease_until=None,
        failure="",
        step="",
        done=0,
        of=0,
    )
    do_what_waits.delay_on_commit()


@transaction.atomic
def forget(kind: JobKind, *, subject: uuid.UUID) -> None:
    """Drop the work on something that is deleted; a worker that has it in hand finds nothing of it counts."""
    Job.objects.filter(kind=kind, subject=subject).delete()
