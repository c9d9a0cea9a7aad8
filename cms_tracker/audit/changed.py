"""The mark that every write leaves on its case, for what is worked out from facts and kept.

A model that inherits ``ChangedCase`` gets a row with every audit event that names a case, in the
same transaction. Whoever keeps figures of a case looks for marks before showing them, works the
figures out anew, and only then deletes the marks that it had seen. Marks are added and deleted,
never updated, so that no two writers wait for each other.
"""

import uuid

from django.apps import apps
from django.db import models
from django.db.models.functions import Now


class ChangedCase(models.Model):
    """A case was written to. Without a foreign key: the case may be gone by then."""

    case_id = models.UUIDField(db_index=True)
    #: Says how long figures have waited to be worked out anew.
    marked_at = models.DateTimeField(db_default=Now())

    class Meta:
        abstract = True


def mark(case_id: uuid.UUID) -> None:
    """Mark a case in every table of marks; for the transaction of the write itself."""
    for model in apps.get_models():
        if issubclass(model, ChangedCase):
            model._default_manager.create(case_id=case_id)
