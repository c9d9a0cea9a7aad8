"""The copy of a file that may leave the record, made anew from what the file shows."""

import uuid

from django.db import models
from django.db.models.functions import Now

from cms_tracker.audit.append_only import AppendOnly


class SharedCopy(AppendOnly):
    """What we made of a file that was handed in, found by the SHA-256 of that file: without place, script or note.

    ``left_out`` names by code what the file has and the copy has not. The bytes lie in private
    storage under ``stored_as``.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    original_sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=80)
    pages = models.PositiveSmallIntegerField(null=True)
    left_out = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "original_sha256"], name="file_has_one_shared_copy"),
        ]

    class Privacy:
        """What a file shows: safety-sensitive."""

        personal = (
            "original_sha256", "media_type", "size", "sha256", "stored_as", "pages", "left_out", "made_at",
        )  # fmt: skip
        public = ("id", "case")

    def __str__(self) -> str:
        return str(self.pk)
