"""Who did what to which case, and the permit to delete one. No foreign keys: history outlives rows."""

from django.db import models
from django.db.models.functions import Now

from cms_tracker.audit.append_only import AppendOnly


class Event(AppendOnly):
    """One act or look: what kind, by whom, on which case, on which row or page. Never the content.

    ``chain`` is the case, or the person where there is none; ``seq`` numbers its events from 1;
    ``seal`` ties the event to the one before (cms_tracker.audit.chain).
    """

    permit_column = None

    kind = models.CharField(max_length=60)
    actor_id = models.UUIDField()
    case_id = models.UUIDField(null=True, db_index=True)
    subject = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField(db_default=Now())
    chain = models.UUIDField()
    seq = models.PositiveIntegerField()
    seal = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="event_has_its_place")]

    class Privacy:
        """Who acted and when: safety-sensitive. Holds no content of the case."""

        personal = ("actor_id", "case_id", "subject", "at", "chain")
        public = ("id", "kind", "seq", "seal")

    def __str__(self) -> str:
        return self.kind


class Anchor(AppendOnly):
    """How long every chain was at a moment, in one figure: what is cut off later is missed.

    ``digest`` is of the ends of all chains; ``seal`` ties the anchor to the one before.
    """

    permit_column = None

    number = models.PositiveIntegerField(unique=True)
    at = models.DateTimeField()
    chains = models.PositiveBigIntegerField()
    events = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    seal = models.CharField(max_length=64)

    class Privacy:
        """Counts only."""

        personal = ()
        public = ("id", "number", "at", "chains", "events", "digest", "seal")

    def __str__(self) -> str:
        return f"anchor {self.number}"


class AnchoredEnd(AppendOnly):
    """Where a chain ended when it was anchored; only for chains that had grown since the anchor before."""

    permit_column = None

    anchor = models.PositiveIntegerField()
    chain = models.UUIDField()
    seq = models.PositiveIntegerField()
    seal = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "anchor"], name="chain_is_anchored_once")]

    class Privacy:
        """Whose chain: the case or the person it is of."""

        personal = ("chain",)
        public = ("id", "anchor", "seq", "seal")

    def __str__(self) -> str:
        return f"end {self.seq}"


class DeletionPermit(models.Model):
    """Opens the append-only tables for one case, only inside the transaction that deletes it."""

    case_id = models.UUIDField(unique=True)

    class Privacy:
        """Holds only the identity of the case that is being deleted, and only for that moment."""

        personal = ("case_id",)
        public = ("id",)

    def __str__(self) -> str:
        return "deletion permit"
