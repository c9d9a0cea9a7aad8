"""A list as somebody keeps it under a name: which cases, in which order."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from arrears.core.caseload import Sort
from cases.core.facts import Perspective
from cms_tracker.sealed.fields import EncryptedCharField


class SavedView(models.Model):
    """One person's own view of their list. ``why`` holds the names of reasons, with a comma between two.

    What was looked for by name or reference is never part of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = EncryptedCharField(max_length=40)
    why = models.CharField(max_length=120, blank=True)
    side = models.CharField(max_length=10, blank=True)
    sort = models.CharField(max_length=10, default=Sort.REASON)
    is_default = models.BooleanField(default=False)
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(side__in=["", *Perspective]), name="saved_view_side_is_known"),
            models.CheckConstraint(condition=models.Q(sort__in=list(Sort)), name="saved_view_sort_is_known"),
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(is_default=True), name="saved_view_one_is_the_first"
            ),
        ]

    class Privacy:
        """What a person calls a part of their list: their own words, sealed."""

        personal = ("user", "name", "why", "side", "sort", "is_default", "made_at")
        public = ("id",)

    def __str__(self) -> str:
        return str(self.pk)
