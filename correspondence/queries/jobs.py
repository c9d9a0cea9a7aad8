"""Read how far papers are, and which of them wait for a worker."""

import datetime as dt
import uuid
from collections.abc import Collection

from django.db.models import Count, Max, Min, Q, QuerySet

from correspondence.core.jobs import LONGEST_LEASE, MAX_ATTEMPTS, JobKind, JobState, Queue, Waiting
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
    is_over = Q(lease_until__lte=at) | Q(lease_until__gt=at + LONGEST_LEASE)
    queued = Q(state=JobState.QUEUED) & (Q(lease_until=None) | is_over)
    return Job.objects.filter(queued | Q(state=JobState.RENDERING) & is_over)


def unfinished() -> list[tuple[str, str, int, dt.datetime]]:
    """Papers that are not ready: kind, state, how many, and when the first was asked for. It names nobody."""
    rows = Job.objects.filter(state__in=[state for state in JobState if state != JobState.READY]).order_by()
    return list(rows.values_list("kind", "state").annotate(count=Count("pk"), first=Min("made_at")))


def how_many_wait(queues: Collection[Queue], *, at: dt.datetime) -> dict[Queue, int]:
    """How many papers wait in each of these queues in which any does."""
    rows = waiting(at=at).filter(queue__in=queues).order_by()
    return {Queue(queue): count for queue, count in rows.values_list("queue").annotate(count=Count("pk"))}


def claimable(queues: Collection[Queue], kinds: Collection[JobKind], *, at: dt.datetime) -> "QuerySet[Job]":
    """What a worker that listens to these queues, and can make these kinds, may begin."""
    return waiting(at=at).filter(queue__in=queues, kind__in=kinds, attempts__lt=MAX_ATTEMPTS)


def who_waits(rows: "QuerySet[Job]", *, at: dt.datetime) -> list[Waiting]:
    """Each person to whom some of these papers belong, with what decides whose turn it is."""
    since = dict(rows.order_by().values_list("requested_by").annotate(first=Min("made_at")))
    if not since:
        return []
    begun = Job.objects.filter(started_at__gt=at - _TURNS_COUNT_FOR, requested_by__in=[who for who in since if who])
    last = dict(begun.order_by().values_list("requested_by").annotate(latest=Max("started_at")))
    return [Waiting(requested_by=who, since=first, last_start=last.get(who)) for who, first in since.items()]


def oldest_of(rows: "QuerySet[Job]", requested_by: uuid.UUID | None) -> uuid.UUID | None:
    """The key of that of these papers for which this person has waited longest, or None where none waits."""
    return rows.filter(requested_by=requested_by).order_by("made_at", "id").values_list("pk", flat=True).first()
