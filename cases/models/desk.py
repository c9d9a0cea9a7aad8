"""What happens to records at work: some are checked, some handed over, some closed by an adviser."""

import uuid

from django.db import models
from django.db.models.functions import Now

from cases.core.checks import MOST_IN_A_NOTE
from cases.core.desk import MOST_IN_A_HAND_OVER, ClosingReason
from cms_tracker.sealed.fields import EncryptedTextField


class Check(models.Model):
    """Records of one adviser, drawn by a supervisor. ``seed`` lets anybody draw them again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("cases.Organisation", on_delete=models.PROTECT, related_name="+")
    supervisor = models.ForeignKey("cases.Post", on_delete=models.PROTECT, related_name="+")
    adviser = models.ForeignKey("cases.Post", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=20, blank=True)
    seed = models.PositiveBigIntegerField()
    checklist = models.CharField(max_length=10)
    drawn_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(supervisor=models.F("adviser")), name="check_is_of_somebody_elses_work"
            ),
        ]

    class Privacy:
        """Whose work was looked at: personal."""

        personal = ("supervisor", "adviser", "reason", "seed", "drawn_at")
        public = ("id", "organisation", "checklist")

    def __str__(self) -> str:
        return str(self.pk)


class CheckedCase(models.Model):
    """One record that was drawn: the hour in which it was opened, what the supervisor found, and when they signed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    of = models.ForeignKey(Check, on_delete=models.CASCADE, related_name="cases")
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    look = models.ForeignKey("cases.Look", on_delete=models.SET_NULL, null=True, related_name="+")
    answers = models.JSONField(default=dict)
    found = EncryptedTextField(max_length=MOST_IN_A_NOTE, blank=True)
    signed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "case"], name="check_has_a_record_once")]

    class Privacy:
        """What was found in somebody's record: safety-sensitive."""

        personal = ("look", "answers", "found", "signed_at")
        public = ("id", "of", "case")

    def __str__(self) -> str:
        return str(self.pk)


class HandOver(models.Model):
    """A record that one adviser gives a colleague, with a note. Access moves when it is taken."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="hand_overs")
    organisation = models.ForeignKey("cases.Organisation", on_delete=models.PROTECT, related_name="+")
    giver = models.ForeignKey("cases.Post", on_delete=models.PROTECT, related_name="+")
    taker = models.ForeignKey("cases.Post", on_delete=models.PROTECT, related_name="+")
    note = EncryptedTextField(max_length=MOST_IN_A_HAND_OVER)
    offered_at = models.DateTimeField(db_default=Now())
    taken_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(giver=models.F("taker")), name="hand_over_is_to_somebody_else"),
            models.CheckConstraint(
                condition=models.Q(taken_at=None) | models.Q(stopped_at=None), name="hand_over_is_taken_or_stopped"
            ),
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(taken_at=None, stopped_at=None), name="hand_over_waits_once"
            ),
        ]

    class Privacy:
        """What an adviser tells the next: safety-sensitive."""

        personal = ("giver", "taker", "note", "offered_at", "taken_at", "stopped_at")
        public = ("id", "case", "organisation")

    def __str__(self) -> str:
        return str(self.pk)


class Closing(models.Model):
    """An adviser's own end of a record: why, and when. Nothing of the record goes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    membership = models.OneToOneField("cases.CaseMembership", on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=20)
    note = EncryptedTextField(max_length=2_000, blank=True)
    closed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(reason__in=list(ClosingReason)), name="closing_reason_is_known"),
        ]

    class Privacy:
        """Why somebody stopped: personal."""

        personal = ("reason", "note", "closed_at")
        public = ("id", "case", "membership")

    def __str__(self) -> str:
        return str(self.pk)
