"""What is worked out from facts and kept: a case's figures, its place in a list, and what has changed since.

Nothing here is a fact. Every row can be thrown away and made anew from the facts, and none is
shown once a mark or the clock says that it may be out of date.
"""

from django.conf import settings
from django.db import models

from cases.core.facts import Perspective
from cms_tracker.audit.changed import ChangedCase
from cms_tracker.sealed.fields import EncryptedCharField


class SnapshotMark(ChangedCase):
    """A case was written to since its figures were worked out."""

    class Privacy:
        """Says that something was written, as the audit does, and only until somebody looks."""

        personal = ("case_id", "marked_at")
        public = ("id",)

    def __str__(self) -> str:
        return str(self.case_id)


class PositionSnapshot(models.Model):
    """The figures of one case from ``on`` until the day before ``changes_on``; see core/snapshots.py.

    The columns bear the names of its fields. ``engine`` names the rules that worked them out.
    """

    case = models.OneToOneField("cases.Case", on_delete=models.CASCADE, primary_key=True, related_name="+")
    engine = models.CharField(max_length=16, db_index=True)
    on = models.DateField(db_index=True)
    changes_on = models.DateField(db_index=True)
    outstanding = models.PositiveBigIntegerField()
    overdue = models.PositiveBigIntegerField()
    fees_outstanding = models.PositiveBigIntegerField()
    credit = models.PositiveBigIntegerField()
    due_0_30 = models.PositiveBigIntegerField()
    due_31_90 = models.PositiveBigIntegerField()
    due_91_180 = models.PositiveBigIntegerField()
    due_181_365 = models.PositiveBigIntegerField()
    due_366_on = models.PositiveBigIntegerField()
    oldest_unpaid_on = models.DateField(null=True)
    next_due_on = models.DateField(null=True)
    missed = models.PositiveIntegerField()
    missed_on = models.DateField(null=True)
    missed_amount = models.PositiveBigIntegerField()
    missed_left = models.PositiveBigIntegerField()
    unlogged = models.PositiveIntegerField()
    unlogged_on = models.DateField(null=True)
    unlogged_amount = models.PositiveBigIntegerField()
    stood_on = models.DateField(null=True)
    stood_owed = models.PositiveBigIntegerField()

    class Privacy:
        """What is owed in one case: safety-sensitive."""

        personal = (
            "on", "changes_on", "outstanding", "overdue", "fees_outstanding", "credit", "due_0_30", "due_31_90",
            "due_91_180", "due_181_365", "due_366_on", "oldest_unpaid_on", "next_due_on", "missed", "missed_on",
            "missed_amount", "missed_left", "unlogged", "unlogged_on", "unlogged_amount", "stood_on", "stood_owed",
        )  # fmt: skip
        public = ("case", "engine")

    def __str__(self) -> str:
        return str(self.pk)


class CaseloadEntry(models.Model):
    """One case in the list of one person who was let into it: what its row says, and where it stands.

    Each ``by_`` column is a text of fixed length that sorts as one order of the list does; it ends
    in the case's id, so that no two rows of a person are equal. It holds digits and a to f alone,
    which sort alike in every database. ``quiet_since`` is the last contact, or the day the file was opened.
    """

    # The constraint's own index begins with the user.
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    snapshot = models.ForeignKey(PositionSnapshot, on_delete=models.CASCADE, related_name="+")
    changes_on = models.DateField(db_index=True)
    label = EncryptedCharField(max_length=60, blank=True)
    reference = models.CharField(max_length=12)
    side = models.CharField(max_length=10)
    children = models.PositiveSmallIntegerField()
    promise_party = EncryptedCharField(max_length=80, blank=True)
    promise_text = EncryptedCharField(max_length=500, blank=True)
    promise_on = models.DateField(null=True)
    contact_on = models.DateField(null=True)
    quiet_since = models.DateField()
    short_since = models.DateField(null=True)
    act_title = EncryptedCharField(max_length=200, blank=True, default="")
    act_on = models.DateField(null=True)
    act_from = models.DateField(null=True)
    reply_title = EncryptedCharField(max_length=200, blank=True, default="")
    reply_on = models.DateField(null=True)
    broken_since = models.DateField(null=True)
    asks_authority = models.BooleanField(default=False)
    authority_until = models.DateField(null=True)
    reasons = models.PositiveSmallIntegerField(default=0)
    by_reason = models.CharField(max_length=60)
    by_owed = models.CharField(max_length=60)
    by_missed = models.CharField(max_length=60)
    by_promise = models.CharField(max_length=60)
    by_contact = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "snapshot"], name="caseload_has_a_case_once"),
            models.CheckConstraint(condition=models.Q(side__in=list(Perspective)), name="caseload_side_is_known"),
        ]
        indexes = [
            models.Index(fields=["user", "changes_on"], name="caseload_changes"),
            models.Index(fields=["user", "by_reason"], name="caseload_by_reason"),
            models.Index(fields=["user", "by_owed"], name="caseload_by_owed"),
            models.Index(fields=["user", "by_missed"], name="caseload_by_missed"),
            models.Index(fields=["user", "by_promise"], name="caseload_by_promise"),
            models.Index(fields=["user", "by_contact"], name="caseload_by_contact"),
        ]

    class Privacy:
        """Who is in touch about whose case, in their own words: safety-sensitive."""

        personal = (
            "user", "changes_on", "label", "reference", "side", "children", "promise_party",
            "promise_text", "promise_on", "contact_on", "quiet_since", "short_since", "act_title", "act_on", "act_from",
            "reply_title", "reply_on", "broken_since", "asks_authority", "authority_until", "reasons", "by_reason",
            "by_owed", "by_missed", "by_promise", "by_contact",
        )  # fmt: skip
        public = ("id", "snapshot")

    def __str__(self) -> str:
        return str(self.pk)
