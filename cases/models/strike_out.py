"""How a slip is taken back: any recorded fact, of any app, can be struck out."""

import uuid

from django.db import models
from django.db.models.functions import Now

from cms_tracker.audit.append_only import AppendOnly
from cms_tracker.sealed.fields import EncryptedCharField


class StrikeOut(AppendOnly):
    """A fact taken back as a slip, from the day ``on``, with the person's reason."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    fact_id = models.UUIDField()
    on = models.DateField()
    reason = EncryptedCharField(max_length=500)
    entered_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="strike_out_has_a_reason"),
            # Within the case: the id of a fact comes from a form, so another case may hold a fact of the same id.
            models.UniqueConstraint(fields=["case", "fact_id"], name="strike_out_takes_a_fact_once"),
        ]

    class Privacy:
        """A person's own words: personal."""

        personal = ("on", "reason", "entered_at")
        public = ("id", "case", "fact_id")

    def __str__(self) -> str:
        return str(self.pk)
