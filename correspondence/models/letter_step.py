"""What became of a letter after it was made: posted, delivered, returned, answered, withdrawn."""

from django.db import models

from arrears.core.case_values import LetterStepKind, PostedHow
from cms_tracker.audit.append_only import Fact
from cms_tracker.sealed.fields import EncryptedCharField
from correspondence.models.contact import Contact
from correspondence.models.letter import Letter


class LetterStep(Fact):
    """One thing that happened to a letter on a day. ``contact`` is the logged entry which is the reply."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=20)
    on = models.DateField()
    how = models.CharField(max_length=10, blank=True)
    number = EncryptedCharField(max_length=60, blank=True)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=list(LetterStepKind)), name="letter_step_is_known"),
            models.CheckConstraint(
                condition=models.Q(how="") | models.Q(kind=LetterStepKind.POSTED, how__in=list(PostedHow)),
                name="letter_posting_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(contact=None) | models.Q(kind=LetterStepKind.REPLY_RECEIVED),
                name="letter_step_contact_is_a_reply",
            ),
        ]

    class Privacy:
        """What a person sent and when: personal."""

        personal = ("kind", "on", "how", "number", "note", "entered_at")
        public = ("id", "case", "letter", "contact")

    def __str__(self) -> str:
        return str(self.pk)
