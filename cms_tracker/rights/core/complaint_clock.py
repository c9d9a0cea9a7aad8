"""The clocks of a complaint about this site.

The Data (Use and Access) Act 2025 asks for an answer that the complaint came within 30 days, and
for a reply without undue delay (in force from 19 June 2026). The page itself says at once that it
came. For the reply the law names no number; ours is one month.
"""

import datetime as dt
import secrets

from cms_tracker.rights.core.request_clock import month_after

ACKNOWLEDGED_WITHIN = dt.timedelta(days=30)
REPLY_WITHIN_MONTHS = 1

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def acknowledge_by(made_on: dt.date) -> dt.date:
    """The last day on which the law lets us say that it came."""
    return made_on + ACKNOWLEDGED_WITHIN


def reply_by(made_on: dt.date) -> dt.date:
    """The day by which we want to have replied."""
    return month_after(made_on, REPLY_WITHIN_MONTHS)


def new_reference() -> str:
    """A reference of its own for a complaint: random, so that it counts nothing."""
    return "C-" + "".join(secrets.choice(_LETTERS) for _ in range(8))
