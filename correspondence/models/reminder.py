"""Who asked to be reminded, and what was sent; and the secret addresses of calendars.

These are a person's settings, not facts of a record: they change, and go with the person.
"""

import uuid

from django.db import models
from django.db.models.functions import Now

from correspondence.core.reminder_rules import ReminderRule, ReminderState


class ReminderSettings(models.Model):
    """Whether a person wants e-mail reminders, and since when. Where they go is what the mail gateway finds."""

    user = models.OneToOneField("users.User", on_delete=models.CASCADE, primary_key=True, related_name="+")
    is_on = models.BooleanField(default=False)
    since = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_on=False) | models.Q(since__isnull=False), name="reminders_begin_on_a_day"
            ),
        ]

    class Privacy:
        """That somebody has days to keep: personal."""

        personal = ("is_on", "since")
        public = ("user",)

    def __str__(self) -> str:
        return str(self.pk)


class Reminder(models.Model):
    """One reminder of one deadline to one person, claimed before it is sent, so that it is sent once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey("users.User", on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    subject = models.CharField(max_length=50)
    rule = models.CharField(max_length=12)
    due_on = models.DateField()
    state = models.CharField(max_length=10, default=ReminderState.CLAIMED)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(db_default=Now())
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "subject", "rule", "due_on"], name="reminder_is_sent_once"),
            models.CheckConstraint(condition=models.Q(state__in=list(ReminderState)), name="reminder_state_is_known"),
            models.CheckConstraint(condition=models.Q(rule__in=list(ReminderRule)), name="reminder_rule_is_known"),
        ]
        indexes = [models.Index(fields=["state", "lease_until"], name="reminder_waiting")]

    class Privacy:
        """That somebody had a day to keep: personal."""

        personal = ("subject", "rule", "due_on", "claimed_at", "sent_at")
        public = ("id", "user", "case", "state", "attempts", "lease_until")

    def __str__(self) -> str:
        return str(self.pk)


class CalendarFeed(models.Model):
    """A secret address at which a calendar reads a person's days; of one record, or (None) of all."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey("users.User", on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, null=True, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "case"], name="feed_is_one_for_each_record"),
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(case__isnull=True), name="feed_is_one_for_all_records"
            ),
        ]

    class Privacy:
        """The address alone opens it: only its hash is kept."""

        personal = ("token_hash", "made_at")
        public = ("id", "user", "case")

    def __str__(self) -> str:
        return str(self.pk)
