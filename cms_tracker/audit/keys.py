"""The key of the row that a form makes, where the key in the form may be a row of somebody else."""

import uuid

from django.db import models
from django.utils.crypto import salted_hmac


def key_within(
    model: type[models.Model], key: uuid.UUID | None, *, owner: uuid.UUID, column: str = "case_id"
) -> uuid.UUID | None:
    """The key that a form's row has with this owner: its own, or another where the row is somebody else's.

    So a form with a key that was seen elsewhere is answered like any other: nobody learns by trying
    a key whether its row is there, or is there still. The other key follows from the first and the
    owner, so that the form sent twice finds its row.
    """
    if key is None:
        return None
    whose = model._default_manager.filter(pk=key).values_list(column, flat=True).first()
    if whose is None or whose == owner:
        return key
    return own_key(key, owner=owner)


def own_key(key: uuid.UUID, *, owner: uuid.UUID) -> uuid.UUID:
    """A key that follows from a form's and its owner, and that no other owner's form can lead to."""
    return uuid.UUID(bytes=salted_hmac(__name__, f"{owner}:{key}", algorithm="sha256").digest()[:16], version=4)
