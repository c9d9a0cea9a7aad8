"""Proof of a payment: one file, kept as it came, with its hash."""

from django.db import models

from cms_tracker.audit.append_only import Fact
from cms_tracker.sealed.fields import EncryptedCharField


class Evidence(Fact):
    """A picture or PDF that shows a payment. The bytes live in private storage under ``stored_as``."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    payment = models.ForeignKey("arrears.Payment", on_delete=models.CASCADE, related_name="evidence")
    name = EncryptedCharField(max_length=120)
    media_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=80)

    class Privacy:
        """A bank line: safety-sensitive."""

        personal = ("name", "media_type", "size", "sha256", "stored_as", "note", "entered_at")
        public = ("id", "case", "payment")

    def __str__(self) -> str:
        return str(self.pk)
