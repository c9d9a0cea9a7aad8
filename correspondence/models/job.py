"""The outbox of papers: what a worker has to make, for whom, and how far it is.

A row is written in the transaction that asks for the paper. It is the truth; a message in the
queue only says that there is work, and all of them may be lost.
"""

import uuid

from django.db import models
from django.db.models.functions import Now

from cms_tracker.web.request_ids import LONGEST
from correspondence.core.jobs import JobState, Queue


class Job(models.Model):
    """One paper that was asked for. ``subject`` is the key of the row that the paper belongs to.

    ``case`` is empty for what belongs to a person and to no one record; its file then lies in a
    folder of that person.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=20)
    subject = models.UUIDField()
    #: Which workers make it. The default is the database's too: a version before this one knows no queues.
    queue = models.CharField(max_length=10, default=Queue.LETTERS, db_default=Queue.LETTERS)
    #: Empty for papers asked for before this was kept. No foreign key: leaving does not undo the asking.
    requested_by = models.UUIDField(null=True)
    made_at = models.DateTimeField(db_default=Now())
    #: The name of the request that asked, which the worker's lines carry; empty where none did.
    asked_in = models.CharField(max_length=LONGEST, blank=True, db_default="", default="")

    state = models.CharField(max_length=10, default=JobState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    #: Rendering: until when its worker holds it. Queued: not before this moment.
    lease_until = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=20, blank=True)
    step = models.CharField(max_length=40, blank=True)
    done = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject"], name="one_job_per_paper"),
            models.CheckConstraint(condition=models.Q(state__in=list(JobState)), name="job_state_is_known"),
            models.CheckConstraint(
                condition=~models.Q(state=JobState.RENDERING) | models.Q(lease_until__isnull=False),
                name="job_in_hand_has_a_lease",
            ),
            models.CheckConstraint(
                condition=models.Q(case__isnull=False) | models.Q(requested_by__isnull=False),
                name="job_belongs_to_a_record_or_a_person",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=JobState.FAILED) | ~models.Q(failure=""), name="failed_job_says_why"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "lease_until"], name="job_waiting"),
            models.Index(fields=["requested_by", "started_at"], name="job_turn"),
        ]

    class Privacy:
        """Who asked for which paper: safety-sensitive."""

        personal = ("kind", "requested_by", "made_at", "started_at")
        public = (
            "id", "case", "subject", "queue", "asked_in", "state", "attempts", "lease_until", "failure", "step", "done",
            "of",
        )  # fmt: skip

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def of_record(self) -> uuid.UUID:
        """The key of the record that a paper belongs to. Raises ValueError for what belongs to no one record."""
        if self.case_id is None:
            raise ValueError("this belongs to a person, and to no one record")
        return self.case_id

    @property
    def folder(self) -> uuid.UUID:
        """Whose folder of private storage the file lies in: the record's, or the person's."""
        found = self.case_id or self.requested_by
        if found is None:
            raise ValueError("this belongs to nobody")
        return found
