"""One kind of letter that somebody writes to many records at once: what was chosen, and each record's place in it."""

import uuid

from django.db import models
from django.db.models.functions import Now

from cms_tracker.sealed.fields import EncryptedCharField, EncryptedJSONField


class LetterBatch(models.Model):
    """What was chosen for all of them. It belongs to a person, and to no record; ``given`` holds nothing of one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey("users.User", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    dated_on = models.DateField()
    given = EncryptedJSONField()
    made_at = models.DateTimeField(db_default=Now())

    class Privacy:
        """Whose records somebody works on: safety-sensitive."""

        personal = ("user", "kind", "dated_on", "given", "made_at")
        public = ("id",)

    def __str__(self) -> str:
        return str(self.pk)


class BatchedLetter(models.Model):
    """One record's place: the key that its letter has or will have, or why it gets none.

    ``name`` is the parent's, for this letter alone, and ``checked`` the fingerprint of what was shown.
    All of it goes with the record when that is deleted.
    """

    id = models.BigAutoField(primary_key=True)
    batch = models.ForeignKey(LetterBatch, on_delete=models.CASCADE, related_name="letters")
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    letter_id = models.UUIDField(default=uuid.uuid4)
    name = EncryptedCharField(max_length=80, blank=True)
    checked = models.CharField(max_length=64, blank=True)
    why_not = EncryptedCharField(max_length=300, blank=True)
    is_made = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "case"], name="batched_letter_once_a_record"),
            models.CheckConstraint(
                condition=~models.Q(is_made=True) | models.Q(why_not=""), name="batched_letter_made_or_not"
            ),
        ]

    class Privacy:
        """What stands in a letter, and of whose record: safety-sensitive."""

        personal = ("name", "why_not")
        public = ("id", "batch", "case", "letter_id", "checked", "is_made")

    def __str__(self) -> str:
        return str(self.pk)
