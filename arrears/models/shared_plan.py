"""A copy of a plan's terms for the other parent, and how its code came to its end. Neither is ever changed."""

import uuid
from enum import StrEnum

from django.db import models
from django.db.models.functions import Now

from cms_tracker.audit.append_only import AppendOnly
from cms_tracker.sealed.fields import EncryptedTextField


class SharedPlan(AppendOnly):
    """What is shown once to whoever has the code. Only the hash of the code is kept.

    Nothing points to the plan it was copied from: what becomes of that is nobody's business who has a copy.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    terms = EncryptedTextField(max_length=1000)
    code_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()

    class Privacy:
        """The terms of a plan: personal."""

        personal = ("terms", "code_hash", "made_at", "expires_at")
        public = ("id", "case")

    def __str__(self) -> str:
        return str(self.pk)


class SharedPlanEnd(AppendOnly):
    """That a code was used, or taken back. Both may be: taking back a used code looks as it would for another."""

    class How(StrEnum):
        """What ended it."""

        USED = "used"
        WITHDRAWN = "withdrawn"

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    shared = models.ForeignKey(SharedPlan, on_delete=models.CASCADE, related_name="ends")
    how = models.CharField(max_length=10)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(how__in=["used", "withdrawn"]), name="shared_plan_end_is_known"),
            models.UniqueConstraint(fields=["shared", "how"], name="shared_plan_is_opened_once"),
        ]

    class Privacy:
        """When somebody looked: personal, and shown to nobody."""

        personal = ("how", "at")
        public = ("id", "case", "shared")

    def __str__(self) -> str:
        return str(self.pk)
