"""The secret address of a calendar, and the days that stand in it."""

import datetime as dt
import hashlib
import re
import secrets
from collections.abc import Iterable

from arrears.core.schedule import nth_month
from correspondence.core.deadlines import Deadline

_BYTES = 32  # 256 bits: nobody guesses it
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
MONTHS_AHEAD = 12
TITLE = "Reminder"


def new_token() -> str:
    """Make the secret part of an address."""
    return secrets.token_urlsafe(_BYTES)


def fingerprint(token: str) -> str | None:
    """The hash by which an address is found; None for what cannot be one.

    A token is random and long, so a plain hash hides it as well as a slow one would.
    """
    return hashlib.sha256(token.encode()).hexdigest() if _TOKEN.fullmatch(token) else None


def days(deadlines: Iterable[Deadline], *, on: dt.date) -> list[dt.date]:
    """The days of the next twelve months on which something falls due, each once."""
    last = nth_month(on, MONTHS_AHEAD)
    return sorted({one.act_on for one in deadlines if one.is_open and on <= one.act_on <= last})
