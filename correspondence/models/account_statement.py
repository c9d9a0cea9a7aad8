"""A statement, or a case on one page: its frozen words and figures, and its PDF once a worker has made it.

The words never change once made, as those of a letter do not. Tables to take away are made at once
and kept nowhere, so they have no row.
"""

import uuid

from django.db import models
from django.db.models.functions import Now

from cms_tracker.sealed.fields import EncryptedJSONField, EncryptedTextField
from correspondence.core.statement_options import PaperKind


class AccountStatement(models.Model):
    """One statement as it was made: what was chosen, the figures, the whole text, then its file.

    A case on one page is about one day: ``since`` and ``until`` are that day.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    paper = models.CharField(max_length=10, default=PaperKind.ACCOUNT)
    made_on = models.DateField()
    since = models.DateField()
    until = models.DateField()
    known_on = models.DateField()
    figures = EncryptedJSONField()
    html = EncryptedTextField()
    template_version = models.CharField(max_length=20)
    engine_version = models.CharField(max_length=20)
    made_at = models.DateTimeField(db_default=Now())

    stored_as = models.CharField(max_length=80, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    pages = models.PositiveSmallIntegerField(null=True)
    ready_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(paper=PaperKind.ACCOUNT)
                | models.Q(paper=PaperKind.ONE_PAGE, since=models.F("until")),
                name="statement_paper_is_known",
            ),
            models.CheckConstraint(condition=models.Q(since__lte=models.F("until")), name="statement_runs_forward"),
            models.CheckConstraint(
                condition=models.Q(stored_as="", sha256="") | ~models.Q(stored_as="") & ~models.Q(sha256=""),
                name="statement_file_has_its_hash",
            ),
        ]

    class Privacy:
        """What was owed and paid, date by date: safety-sensitive."""

        personal = (
            "made_on", "since", "until", "known_on", "figures", "html", "made_at", "stored_as", "sha256", "pages",
            "ready_at",
        )  # fmt: skip
        public = ("id", "case", "paper", "template_version", "engine_version")

    def __str__(self) -> str:
        return str(self.pk)
