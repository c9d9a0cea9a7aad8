"""The clock of a breach: UK GDPR article 33 gives 72 hours from when it is known."""

import datetime as dt

WITHIN = dt.timedelta(hours=72)


def tell_by(learnt_at: dt.datetime) -> dt.datetime:
    """The moment by which the ICO has to know, where there is a risk to people. Nights and weekends count."""
    return learnt_at + WITHIN
