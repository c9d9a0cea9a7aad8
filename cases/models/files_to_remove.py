"""What a deleted record has left to delete."""

import uuid

from django.db import models


class FilesToRemove(models.Model):
    """A record that is deleted, and whose files may still lie in private storage. Gone as soon as they are."""

    case_id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Privacy:
        """The random key of a record that is no more."""

        public = ("case_id",)

    def __str__(self) -> str:
        return str(self.case_id)
