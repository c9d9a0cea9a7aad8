"""The case that everything is measured on: ten years of weekly payments, 520 instalments, 520 payments."""

import datetime as dt
from itertools import pairwise

WEEKS = 520
DECISIONS = 6
TOLD_AFTER = dt.timedelta(days=40)  # a new amount becomes known six instalments late
SHORT_EVERY = 13


def weekly_case(until: dt.date, *, number: int = 0, weeks: int = WEEKS) -> dict[str, object]:
    """A case file whose last instalment falls due on ``until``.

    Six decisions at even distances, all but the first told 40 days late. Each payment is what had
    been asked for, on the day or a day or two later, but every thirteenth is £20.00 short. ``number``
    makes cases of different amounts.
    """
    first = until - dt.timedelta(weeks=weeks - 1)
    step = dt.timedelta(weeks=max(weeks // DECISIONS, 1))
    starts = [first + step * place for place in range(DECISIONS)]
    told = [first, *(start + TOLD_AFTER for start in starts[1:]), dt.date.max]
    weekly = [6000 + 175 * place + number % 97 for place in range(DECISIONS)]
    payments = []
    for week in range(weeks):
        due = first + dt.timedelta(weeks=week)
        asked = next(
            pence for pence, (known, later) in zip(weekly, pairwise(told), strict=True) if known <= due < later
        )
        paid = asked - 2000 if week % SHORT_EVERY == number % SHORT_EVERY else asked
        late = dt.timedelta(days=(0, 0, 0, 1, 2)[week % 5])
        payments.append({"paid_on": str(due + late), "amount": _pounds(paid), "route": "direct"})
    return {
        "format": "cms-tracker-case/1",
        "reference": f"12{number:010}",
        "nation": "england",
        "scheme": "cms_2012",
        "perspective": "receiving",
        "service": [{"type": "direct_pay", "from": str(first)}],
        "calculations": [
            {"weekly": _pounds(pence), "effective_on": str(start), "notified_on": str(known), "reason": "review"}
            for pence, start, known in zip(weekly, starts, told, strict=False)
        ],
        "schedules": [{"frequency": "weekly", "first_due_on": str(first)}],
        "payments": payments,
    }


def _pounds(pence: int) -> str:
    return f"{pence // 100}.{pence % 100:02}"
