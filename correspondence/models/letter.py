"""A letter: its frozen words and figures, and its PDF once a worker has made it.

The words never change once made. A correction is a new letter. How far the PDF is stands in its
``Job``; what became of the letter after that, such as the day it was posted, in ``LetterStep``.
"""

import uuid

from django.db import models
from django.db.models.functions import Now

from cms_tracker.sealed.fields import EncryptedJSONField, EncryptedTextField


class Letter(models.Model):
    """A letter as it was made: kind, facts used, whole text; then its PDF.

    ``replaces`` is the letter that this one corrects, ``version`` counts them. ``typed`` is what was
    typed into its form, for the next version to start from.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    contact = models.ForeignKey("correspondence.Contact", on_delete=models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField(default=1)
    replaces = models.OneToOneField("self", on_delete=models.SET_NULL, null=True, related_name="+")
    typed = EncryptedJSONField(default=dict)
    dated_on = models.DateField()
    facts = EncryptedJSONField()
    html = EncryptedTextField()
    template_version = models.CharField(max_length=20)
    rates_version = models.CharField(max_length=20)
    made_at = models.DateTimeField(db_default=Now())

    pdf_name = models.CharField(max_length=80, blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    pages = models.PositiveSmallIntegerField(null=True)
    ready_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pdf_name="", pdf_sha256="") | ~models.Q(pdf_name="") & ~models.Q(pdf_sha256=""),
                name="letter_file_has_its_hash",
            ),
        ]

    class Privacy:
        """What a person wrote and to whom: safety-sensitive."""

        personal = (
            "kind", "dated_on", "facts", "typed", "html", "made_at", "pdf_name", "pdf_sha256", "ready_at", "pages",
        )  # fmt: skip
        public = ("id", "case", "contact", "version", "replaces", "template_version", "rates_version")

    def __str__(self) -> str:
        return str(self.pk)
