"""Throttles: how many tries of one kind from one origin, counted in the database.

Each try is one statement that either takes a place among the last N or does not, so that of any
number of processes and threads exactly N get one. Nothing here needs the broker or a cache. The
window slides: among any N + 1 tries that were let, the first and the last are further apart than
the limit says. A try that is refused is not counted, so nobody can prolong another's wait. Nor does
one of the future count: it was written before the clock was set back, and would bar the way until then.

What a kind may be is in ``settings.THROTTLES``.
"""

import datetime as dt
import ipaddress
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import F, Value
from django.db.models.functions import Replace
from django.utils.crypto import salted_hmac

from cms_tracker.users.models import Tries
from cms_tracker.web import counting
from cms_tracker.web.too_many import TooManyTriesError

_STAMP = 17  # sixteen digits and a comma
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)
#: Two machines may differ by so much.
_AHEAD = dt.timedelta(minutes=1)
#: Longer than any window: what is older limits nothing.
KEPT = dt.timedelta(days=1)

# Whether the oldest of the last N, or nought, lies outside the window: before its edge, or ahead of any clock.
_OLDEST = "CAST(COALESCE(NULLIF(SUBSTR(users_tries.stamps, %s, 16), ''), '0') AS bigint)"
_LET = f"({_OLDEST} <= %s OR {_OLDEST} > %s)"
_TAKE = f"""
INSERT INTO users_tries (key_hash, stamps, was_let, seen_at) VALUES (%s, %s, %s, %s)
ON CONFLICT (key_hash) DO UPDATE SET
  was_let = {_LET},
  stamps = CASE WHEN {_LET} THEN %s || SUBSTR(users_tries.stamps, 1, %s) ELSE users_tries.stamps END,
  seen_at = excluded.seen_at
RETURNING was_let, stamps
"""  # noqa: S608 - every value is a parameter


def take(kind: str, *origin: object, at: dt.datetime) -> None:
    """Count one try from an origin. Raises TooManyTriesError, having counted nothing, where there were enough."""
    most, within = settings.THROTTLES[kind]
    stamp, place = _stamp(at), (most - 1) * _STAMP + 1
    edge, ahead = (int(_stamp(one)[:-1]) for one in (at - within, at + _AHEAD))
    seen_at = connection.ops.adapt_datetimefield_value(at)
    outside = [place, edge, place, ahead]
    values: list[Any] = [_key(kind, origin), stamp, True, seen_at, *outside, *outside, stamp, (most - 1) * _STAMP]
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, values)
        was_let, stamps = cursor.fetchone()
    if not was_let:
        counting.THROTTLE_REFUSALS.labels(kind).inc()
        oldest = int(stamps[place - 1 : place + 15])
        raise TooManyTriesError((oldest - edge) * _MICROSECOND)


def give_back(kind: str, *origin: object, at: dt.datetime) -> None:
    """Take back the try that was counted ``at`` this very instant: it was a right one."""
    tried = Tries.objects.filter(key_hash=_key(kind, origin))
    tried.update(stamps=Replace(F("stamps"), Value(_stamp(at)), Value("")))


def forget(kind: str, *origin: object) -> None:
    """Start again for an origin."""
    Tries.objects.filter(key_hash=_key(kind, origin)).delete()


def purge(*, before: dt.datetime) -> int:
    """Delete what limits nothing any more; return how many rows."""
    return Tries.objects.filter(seen_at__lt=before).delete()[0]


def place_of(ip: str) -> str:
    """A network address as a place: of version 6, the network that a household is given (RFC 6177)."""
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return ip
    if isinstance(address, ipaddress.IPv6Address):
        mapped = address.ipv4_mapped
        return str(mapped) if mapped else str(ipaddress.IPv6Network((int(address), 64), strict=False).network_address)
    return ip


def _key(kind: str, origin: tuple[object, ...]) -> str:
    # With the secret key, so that the table cannot be read back into addresses.
    return salted_hmac("users.tries", "\0".join([kind, *map(str, origin)]), algorithm="sha256").hexdigest()


def _stamp(at: dt.datetime) -> str:
    return f"{(at - _EPOCH) // _MICROSECOND:016},"
