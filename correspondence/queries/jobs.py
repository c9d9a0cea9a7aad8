"""Read how far papers are, and which of them wait for a worker."""

import datetime as dt
import uuid
from collections.abc import Collection

from django.db.models import Max, Min, Q, QuerySet

from correspondence.core.jobs import MAX_ATTEMPTS, JobKind, JobState, Waiting
from correspondence.models import Job

# Whoever had nothing begun for so long comes first either way.
_TURNS_COUNT_FOR = dt.timedelta(hours=1)


def job_of(kind: JobKind, subject: uuid.UUID) -> Job | None:
    """The work on one paper, or None where nobody asked for it."""
    return Job.objects.filter(kind=kind, subject=subject).first()


def jobs_of(case_id: uuid.UUID, kind: JobKind) -> dict[uuid.UUID, Job]:
    """The work on every paper of this kind in a case, by the key of the paper."""
    return {row.subject: row for row in Job.objects.filter(case_id=case_id, kind=kind)}


def waiting(*, at: dt.datetime) -> "QuerySet[Job]":
    """Work of any case that nobody does at this moment: queued and due, or left by a worker that ended."""
    queued = Q(state=JobState.QUEUED) & (Q(lease_until=None) | Q(lease_until__lte=at))
    return Job.objects.filter(queued | Q(state=JobState.RENDERING, lease_until__lte=at))


def who_waits(kinds: Collection[JobKind], *, at: dt.datetime) -> list[Waiting]:
    """Each person whose papers wait, with what decides whose turn it is."""
    rows = waiting(at=at).filter(kind__in=kinds, attempts__lt=MAX_ATTEMPTS)
    since = dict(rows.order_by().values_list("requested_by").annotate(first=Min("made_at")))
    if not since:
        return []
    begun = Job.objects.filter(started_at__gt=at - _TURNS_COUNT_FOR, requested_by__in=[who for who in since if who])
    last = dict(begun.order_by().values_list("requested_by").annotate(latest=Max("started_at")))
    return [Waiting(requested_by=who, since=first, last_start=last.get(who)) for who, first in since.items()]


def oldest_of(kinds: Collection[JobKind], requested_by: uuid.UUID | None, *, at: dt.datetime) -> uuid.UUID | None:
    """The key of the work that this person has waited for longest, or None where none waits."""
    rows = waiting(at=at).filter(kind__in=kinds, attempts__lt=MAX_ATTEMPTS, requested_by=requested_by)
    return rows.order_by("made_at", "id").values_list("pk", flat=True).first()
