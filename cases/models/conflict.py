"""Possible conflicts of interest between two clients of one organisation. Only its conflicts lead reads them."""

import uuid

from django.db import models
from django.db.models.functions import Now

from cases.core.conflicts import Outcome


class ConflictMark(models.Model):
    """A keyed hash of something that a client was asked at intake. What was typed is not kept.

    Marks are compared within one organisation only, and only when its conflicts lead looks.
    """

    organisation = models.ForeignKey("cases.Organisation", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["organisation", "digest"], name="conflict_marks_by_digest")]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "case", "digest"], name="conflict_mark_once_per_record"),
        ]

    class Privacy:
        """Made of names and days of birth: safety-sensitive, even without the key."""

        personal = ("digest",)
        public = ("id", "organisation", "case")

    def __str__(self) -> str:
        return str(self.pk)


class ConflictDecision(models.Model):
    """What the conflicts lead decided about two records; ``first`` is the one with the lower key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("cases.Organisation", on_delete=models.PROTECT, related_name="+")
    first = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    outcome = models.CharField(max_length=12)
    decided_by = models.ForeignKey("cases.Post", on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(outcome__in=list(Outcome)), name="conflict_outcome_is_known"),
            models.CheckConstraint(
                condition=models.Q(first__lt=models.F("second")), name="conflict_is_between_two_in_order"
            ),
            models.UniqueConstraint(fields=["organisation", "first", "second"], name="conflict_is_decided_once"),
        ]

    class Privacy:
        """That two people are on two sides: safety-sensitive."""

        personal = ("first", "second", "outcome", "decided_by", "decided_at")
        public = ("id", "organisation")

    def __str__(self) -> str:
        return str(self.pk)
