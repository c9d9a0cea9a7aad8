"""A complaint about this site, and its answer."""

import uuid

from django.db import models

from cms_tracker.sealed.fields import EncryptedTextField


class Complaint(models.Model):
    """What somebody complained of. It needs no sign-in, and nothing is sent about it.

    The answer is read on the site: by whoever signed in when they wrote it, or with the reference
    and a code that was shown once. Only the hash of the code is kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=12, unique=True)
    code_hash = models.CharField(max_length=64)
    user = models.ForeignKey("users.User", on_delete=models.SET_NULL, null=True, related_name="+")
    said = EncryptedTextField(max_length=4000)
    made_at = models.DateTimeField()
    reply_by = models.DateField()
    answer = EncryptedTextField(max_length=4000, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_at__isnull=True, answered_by="")
                | models.Q(answered_at__isnull=False) & ~models.Q(answered_by=""),
                name="complaint_answer_says_by_whom",
            ),
        ]

    class Privacy:
        """A person's own words, perhaps about harm: safety-sensitive."""

        personal = ("user", "said", "made_at", "reply_by", "answer", "answered_at", "answered_by", "code_hash")
        public = ("id", "reference")

    def __str__(self) -> str:
        return str(self.pk)
