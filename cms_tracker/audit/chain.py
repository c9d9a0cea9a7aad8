"""The chain that ties each event to the one before it: change one and no later one fits.

Each case has a chain, and so has each person for what belongs to no case. An event's seal is the
HMAC-SHA256 of the seal before it and of its own words, under ``AUDIT_KEY``: whoever can write to the
database, and has not the key, cannot make one. The events of a chain are numbered from 1 without a gap.
"""

import datetime as dt
import hmac
import json
import uuid
from functools import lru_cache
from typing import NamedTuple

from django.conf import settings

from cms_tracker.sealed.ring import read_key

START = ""  # what stands before the first event of a chain


class Entry(NamedTuple):
    """The words of an event, as they are sealed. ``at`` is aware."""

    chain: uuid.UUID
    seq: int
    kind: str
    actor_id: uuid.UUID
    case_id: uuid.UUID | None
    subject: str
    at: dt.datetime


def seal_of(entry: Entry, *, before: str) -> str:
    """The seal of an event: 64 hexadecimal digits."""
    moment = entry.at.astimezone(dt.UTC).isoformat(timespec="microseconds")
    case = entry.case_id.hex if entry.case_id else ""
    words = json.dumps(
        [before, entry.chain.hex, entry.seq, entry.kind, entry.actor_id.hex, case, entry.subject, moment]
    )
    return hmac.digest(_key(settings.AUDIT_KEY), words.encode(), "sha256").hex()


def seal_of_words(*words: object) -> str:
    """The seal of anything else that is kept beside the chains."""
    return hmac.digest(_key(settings.AUDIT_KEY), json.dumps(["anchor", *words]).encode(), "sha256").hex()


@lru_cache(maxsize=4)
def _key(written: str) -> bytes:
    return read_key(written)
