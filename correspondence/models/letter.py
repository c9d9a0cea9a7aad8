"""A letter: its frozen words and figures, and where its PDF is on the way.

The words never change once made; the state of the PDF does. A correction is a new letter. What
became of it after that, such as the day it was posted, stands beside it (``LetterStep``).
"""

import uuid

from django.db import models
from django.db.models.functions import Now

from correspondence.core.letter_states import LetterState


class Letter(models.Model):
    """A letter as it was made: kind, facts used, whole text; then how far its PDF is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    contact = models.ForeignKey("correspondence.Contact", on_delete=models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=40)
    dated_on = models.DateField()
    facts = models.JSONField()
    html = models.TextField()
    template_version = models.CharField(max_length=20)
    rates_version = models.CharField(max_length=20)
    made_at = models.DateTimeField(db_default=Now())

    state = models.CharField(max_length=10, default=LetterState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    failure = models.CharField(max_length=200, blank=True)
    pdf_name = models.CharField(max_length=80, blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    pages = models.PositiveSmallIntegerField(null=True)
    ready_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=list(LetterState)), name="letter_state_is_known"),
            models.CheckConstraint(
                condition=~models.Q(state=LetterState.READY) | ~models.Q(pdf_sha256=""),
                name="ready_letter_has_its_hash",
            ),
        ]
        indexes = [models.Index(fields=["state", "lease_until"], name="letter_waiting")]

    class Privacy:
        """What a person wrote and to whom: safety-sensitive."""

        personal = (
            "kind", "dated_on", "facts", "html", "made_at", "pdf_name", "pdf_sha256", "ready_at", "pages",
        )  # fmt: skip
        public = (
            "id", "case", "contact", "template_version", "rates_version", "state", "attempts", "lease_until",
            "failure",
        )  # fmt: skip

    def __str__(self) -> str:
        return str(self.pk)
