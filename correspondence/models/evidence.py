"""Evidence: one file, kept sealed as it came, with what it shows and when that was."""

from django.db import models

from cms_tracker.audit.append_only import Fact
from cms_tracker.sealed.fields import EncryptedCharField


class EvidenceFile(Fact):
    """A file that shows something: on its own, or with the contact or the letter that it belongs to.

    The bytes lie in private storage under ``stored_as`` and are never changed. It is empty where
    the row came in a case file, which holds what was typed and not the file.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    contact = models.ForeignKey("correspondence.Contact", on_delete=models.CASCADE, null=True, related_name="+")
    letter = models.ForeignKey("correspondence.Letter", on_delete=models.CASCADE, null=True, related_name="+")
    shows = EncryptedCharField(max_length=200)
    happened_on = models.DateField()
    recorded_on = models.DateField()
    name = EncryptedCharField(max_length=120)
    media_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(contact=None) | models.Q(letter=None), name="evidence_belongs_to_one_thing"
            ),
            models.CheckConstraint(condition=~models.Q(shows=""), name="evidence_says_what_it_shows"),
        ]

    class Privacy:
        """What a person kept, and its own words: safety-sensitive."""

        personal = (
            "shows", "happened_on", "recorded_on", "name", "media_type", "size", "sha256", "stored_as", "note",
            "entered_at",
        )  # fmt: skip
        public = ("id", "case", "contact", "letter")

    def __str__(self) -> str:
        return str(self.pk)
