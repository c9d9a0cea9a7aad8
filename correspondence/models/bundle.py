"""A bundle of documents, and the words that a person keeps out of documents."""

import uuid

from django.db import models
from django.db.models.functions import Now

from cms_tracker.sealed.fields import EncryptedCharField, EncryptedJSONField


class Bundle(models.Model):
    """One bundle: what was chosen; once asked for, the day it speaks of; once made, what stands in it.

    ``continues`` is the version before. ``made_on`` empty: it is still being put together. ``findings``
    say why a finished bundle may not leave; it then has no file. ``released_at`` is when a person said
    that they had looked at what nobody could read for them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    continues = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    version = models.PositiveSmallIntegerField(default=1)
    choices = EncryptedJSONField()
    begun_at = models.DateTimeField(db_default=Now())
    made_on = models.DateField(null=True)

    contents = EncryptedJSONField(default=list)
    findings = EncryptedJSONField(default=list)
    pdf_name = models.CharField(max_length=80, blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    pages = models.PositiveSmallIntegerField(null=True)
    ready_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(released_at=None) | ~models.Q(pdf_sha256=""), name="released_bundle_has_its_hash"
            ),
            models.CheckConstraint(
                condition=models.Q(made_on__isnull=False) | models.Q(pdf_sha256=""), name="made_bundle_has_its_day"
            ),
        ]

    class Privacy:
        """What a person hands to whom: safety-sensitive."""

        personal = (
            "choices", "begun_at", "made_on", "contents", "findings", "pdf_name", "pdf_sha256", "pages", "ready_at",
            "released_at",
        )  # fmt: skip
        public = ("id", "case", "continues", "version")

    def __str__(self) -> str:
        return str(self.pk)


class KeepOut(models.Model):
    """Something that must stand in no document that leaves: an address, a number, a name. It can be taken back."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    text = EncryptedCharField(max_length=300)
    added_at = models.DateTimeField(db_default=Now())

    class Privacy:
        """Where somebody lives and how to reach them: the most dangerous words of a record."""

        personal = ("text", "added_at")
        public = ("id", "case")

    def __str__(self) -> str:
        return str(self.pk)
