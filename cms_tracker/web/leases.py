"""Who of several processes does what only one should do: a row with a holder and an end.

The database's clock counts, so that machines need not agree on the time. On SQLite it is this
machine's, which may be set back: a lease that would last longer than any may is worth nothing.
"""

import uuid
from datetime import timedelta

from django.db.models import ExpressionWrapper, Q
from django.db.models.fields import DateTimeField
from django.db.models.functions import Now

from cms_tracker.web.models import Lease


def hold(name: str, *, holder: uuid.UUID, lasts: timedelta) -> bool:
    """Take a lease, or renew it; say whether it is the holder's now. Of several at once, one gets it."""
    Lease.objects.get_or_create(name=name)
    end = ExpressionWrapper(Now() + lasts, output_field=DateTimeField())
    mine = Q(holder=holder) | Q(holder=None) | Q(until__lte=Now()) | Q(until__gt=end)
    return Lease.objects.filter(mine, name=name).update(holder=holder, until=end) == 1


def give_back(name: str, *, holder: uuid.UUID) -> None:
    """Let another have it at once; nothing happens where it is another's already."""
    Lease.objects.filter(name=name, holder=holder).update(holder=None)
