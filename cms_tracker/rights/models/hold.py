"""A record that must not be destroyed yet, because the law says so."""

import uuid

from django.db import models

from cms_tracker.sealed.fields import EncryptedTextField


class LegalHold(models.Model):
    """Who keeps one record from being destroyed, why, from when and until when (None: until it is ended).

    Without a foreign key: the record is deleted on the day after, and its holds with it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case_id = models.UUIDField(db_index=True)
    placed_by = models.CharField(max_length=80)
    why = EncryptedTextField(max_length=500)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    ended_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(why="") & ~models.Q(placed_by=""), name="hold_says_who_and_why"),
            models.CheckConstraint(
                condition=models.Q(until_on__isnull=True) | models.Q(until_on__gte=models.F("from_on")),
                name="hold_runs_forward",
            ),
        ]

    class Privacy:
        """What a court or the police want: safety-sensitive. The person is told that there is one, not why."""

        personal = ("case_id", "placed_by", "why", "from_on", "until_on", "ended_on", "ended_by")
        public = ("id",)

    def __str__(self) -> str:
        return str(self.pk)
