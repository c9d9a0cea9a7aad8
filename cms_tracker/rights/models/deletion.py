"""What somebody deleted: gone from every page, and destroyed on its day."""

import uuid

from django.db import models

from cms_tracker.rights.core.second_thoughts import LEAST_DAYS, MOST_DAYS
from cms_tracker.sealed.fields import EncryptedCharField


class Deletion(models.Model):
    """One record, or (``case_id`` empty) one sign-in, that nobody can open any more.

    No foreign keys: it outlives what it names by a moment, and must not hold it back. ``address`` and
    ``address_hash`` are of the sign-in alone: it gives its address free at once, so that signing up
    again tells nobody that it is still here, and gets it back if the deletion is taken back.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user_id = models.UUIDField(db_index=True)
    case_id = models.UUIDField(null=True, unique=True)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(db_index=True)
    address = EncryptedCharField(max_length=254, blank=True)
    address_hash = models.CharField(max_length=64, blank=True, db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(due_at__gte=models.F("asked_at")), name="deletion_comes_after"),
            models.UniqueConstraint(
                fields=["user_id"], condition=models.Q(case_id__isnull=True), name="deletion_of_a_sign_in_is_one"
            ),
            models.CheckConstraint(
                condition=models.Q(case_id__isnull=True) | models.Q(address="", address_hash=""),
                name="deletion_of_a_record_keeps_no_address",
            ),
        ]

    class Privacy:
        """That somebody is leaving, and their address: the most dangerous thing to tell. Gone when it is done."""

        personal = ("user_id", "case_id", "asked_at", "due_at", "address", "address_hash")
        public = ("id",)

    def __str__(self) -> str:
        return str(self.pk)


class SecondThoughts(models.Model):
    """How many days a person wants to have before a deletion is final, and the hash of the code that takes it back."""

    user = models.OneToOneField("users.User", on_delete=models.CASCADE, primary_key=True, related_name="+")
    days = models.PositiveSmallIntegerField()
    code_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(days__gte=LEAST_DAYS, days__lte=MOST_DAYS),
                name="second_thoughts_take_a_month_at_most",
            ),
        ]

    class Privacy:
        """What somebody under pressure relies on: safety-sensitive. No page shows it."""

        personal = ("days", "code_hash")
        public = ("user",)

    def __str__(self) -> str:
        return str(self.pk)
