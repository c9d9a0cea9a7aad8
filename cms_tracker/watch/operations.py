"""Write what an operator watches. None of it is a fact of anybody's record, so none has an audit row."""

import datetime as dt

from django.db import transaction
from django.db.models import F

from cms_tracker.watch.models import Making, Run

#: What is done every few seconds is noted only so often.
SELDOM = dt.timedelta(seconds=20)
#: Milliseconds: the steps of the histogram of how long papers take.
STEPS = (250, 500, 1_000, 2_500, 5_000, 10_000, 20_000, 60_000, 120_000)


def ran(name: str, *, at: dt.datetime) -> None:
    """Note that recurring work has ended well at this moment."""
    known = Run.objects.filter(name=name)
    if known.filter(at__lte=at - SELDOM).update(at=at) or known.exists():
        return
    Run.objects.bulk_create([Run(name=name, at=at)], ignore_conflicts=True)


def made(kind: str, *, milliseconds: int) -> None:
    """Count one paper that was made, by how long it took from when a worker began."""
    within = next((step for step in STEPS if milliseconds <= step), 0)
    with transaction.atomic():
        rows = Making.objects.filter(kind=kind, within=within)
        more = {"papers": F("papers") + 1, "milliseconds": F("milliseconds") + milliseconds}
        if not rows.update(**more):
            Making.objects.bulk_create(
                [Making(kind=kind, within=within, papers=0, milliseconds=0)], ignore_conflicts=True
            )
            rows.update(**more)
