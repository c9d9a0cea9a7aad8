"""Everything that is kept for one person, in one file, for a day."""

import uuid

from django.db import models


class AccountCopy(models.Model):
    """One copy that was asked for: which records go into it, and its file once a worker has made it.

    ``case_ids`` are the records of which the person was the owner when they asked. Whoever loses one
    of them before the file is taken away does not get the file.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey("users.User", on_delete=models.CASCADE, related_name="+")
    case_ids = models.JSONField(default=list)
    asked_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True, db_index=True)
    stored_as = models.CharField(max_length=80, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(stored_as="", sha256="", expires_at__isnull=True)
                | ~models.Q(stored_as="") & ~models.Q(sha256="") & models.Q(expires_at__isnull=False),
                name="account_copy_file_has_its_hash_and_its_end",
            ),
        ]

    class Privacy:
        """That somebody took everything away: safety-sensitive."""

        personal = ("user", "case_ids", "asked_at", "ready_at", "expires_at", "stored_as", "sha256", "size")
        public = ("id",)

    def __str__(self) -> str:
        return str(self.pk)
