"""Calls, letters in and out, online messages, meetings; and the promises made in them."""

from django.db import models

from arrears.core.case_values import ContactKind, Direction, PromiseResult
from cms_tracker.audit.append_only import Fact
from cms_tracker.sealed.fields import EncryptedCharField, EncryptedTextField


class Contact(Fact):
    """One contact: when, who with, what was said. ``at_time`` is empty where only the day is known."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    at_date = models.DateField()
    at_time = models.TimeField(null=True)
    kind = models.CharField(max_length=10)
    direction = models.CharField(max_length=3)
    party = EncryptedCharField(max_length=80, default="CMS")
    spoke_to = EncryptedCharField(max_length=80, blank=True)
    reference = EncryptedCharField(max_length=60, blank=True)
    summary = EncryptedTextField(max_length=4000, blank=True)
    recorded_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=list(ContactKind)), name="contact_kind_is_known"),
            models.CheckConstraint(condition=models.Q(direction__in=list(Direction)), name="contact_goes_in_or_out"),
        ]

    class Privacy:
        """A person's own words: personal."""

        personal = (
            "at_date", "at_time", "kind", "direction", "party", "spoke_to", "reference", "summary", "recorded_on",
            "note", "entered_at",
        )  # fmt: skip
        public = ("id", "case")

    def __str__(self) -> str:
        return str(self.pk)


class Promise(Fact):
    """Something they said they would do, and by when."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="promises")
    text = EncryptedCharField(max_length=500)
    due_on = models.DateField(null=True)

    class Privacy:
        """Personal."""

        personal = ("text", "due_on", "note", "entered_at")
        public = ("id", "case", "contact")

    def __str__(self) -> str:
        return str(self.pk)


class PromiseOutcome(Fact):
    """What became of a promise. The latest outcome of a promise counts."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="outcomes")
    outcome = models.CharField(max_length=10)
    on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome__in=list(PromiseResult)), name="promise_outcome_is_known"
            ),
        ]

    class Privacy:
        """Personal."""

        personal = ("outcome", "on", "note", "entered_at")
        public = ("id", "case", "promise")

    def __str__(self) -> str:
        return str(self.pk)
