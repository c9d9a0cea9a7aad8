"""Who did what to which case, and the permit to delete one. No foreign keys: history outlives rows."""

from django.db import models
from django.db.models.functions import Now

from cms_tracker.audit.append_only import AppendOnly


class Event(AppendOnly):
    """One act: what kind, by whom, on which case, on which row. Never the content."""

    permit_column = None

    kind = models.CharField(max_length=60)
    actor_id = models.UUIDField()
    case_id = models.UUIDField(null=True, db_index=True)
    subject = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField(db_default=Now())

    class Privacy:
        """Who acted and when: safety-sensitive. Holds no content of the case."""

        personal = ("actor_id", "case_id", "subject", "at")
        public = ("id", "kind")

    def __str__(self) -> str:
        return self.kind


class DeletionPermit(models.Model):
    """Opens the append-only tables for one case, only inside the transaction that deletes it."""

    case_id = models.UUIDField(unique=True)

    class Privacy:
        """Holds only the identity of the case that is being deleted, and only for that moment."""

        personal = ("case_id",)
        public = ("id",)

    def __str__(self) -> str:
        return "deletion permit"
