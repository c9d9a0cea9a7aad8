"""What a bank line looked like that a person confirmed, so that the next one is recognised."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models.functions import Now


class BankReference(models.Model):
    """A keyed digest of the text beside a payment that was confirmed. The text itself is never kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    entered_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[models.Manager["BankReference"]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "digest"], name="bank_reference_is_kept_once")]

    class Privacy:
        """Personal, though nothing can be read back from it."""

        personal = ("digest", "entered_at")
        public = ("id", "case")

    def __str__(self) -> str:
        return str(self.pk)
