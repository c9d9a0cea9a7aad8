"""How the person of a case may be reached. It changes, and goes with the case."""

from django.db import models

from cases.core import safe_contact as core
from cms_tracker.sealed.fields import EncryptedTextField


class SafeContact(models.Model):
    """What the person said about being reached, or the adviser who asked them; no row: nobody has been asked.

    ``ways`` holds the safe channels, each with how and when (``core.safe_contact.as_text``).
    """

    case = models.OneToOneField("cases.Case", on_delete=models.CASCADE, primary_key=True, related_name="+")
    ways = EncryptedTextField(max_length=core.MOST_WAYS)
    address = EncryptedTextField(max_length=core.MOST_ADDRESS, blank=True)
    telephone = EncryptedTextField(max_length=core.MOST_TELEPHONE, blank=True)
    said_at = models.DateTimeField()

    class Privacy:
        """Where somebody is and how to reach them unseen: the most dangerous words of a record. Sealed."""

        personal = ("ways", "address", "telephone", "said_at")
        public = ("case",)

    def __str__(self) -> str:
        return str(self.pk)
