"""What a person types into the forms of the site, as a browser sends it."""

import datetime as dt


def day(name: str, iso: str) -> dict[str, str]:
    """The three boxes of a date: ``day("paid_on", "2025-02-03")``."""
    value = dt.date.fromisoformat(iso)
    return {f"{name}_d": str(value.day), f"{name}_m": str(value.month), f"{name}_y": str(value.year)}


RECORD = {
    "reference": "1200 1234 5678",
    "nation": "england",
    "perspective": "receiving",
    "other_parent": "Other parent",
    "child_1": "Child 1",
}

#: A first letter: £60.00 a week from 6 January 2025, monthly from 3 February, told on 23 January.
FIRST_LETTER = {
    "amount": {"weekly": "60", **day("effective_on", "2025-01-06")},
    "letter": {**day("decided_on", "2025-01-20"), **day("notified_on", "2025-01-23")},
    "payments": {"service": "direct_pay", "frequency": "monthly", **day("first_due_on", "2025-02-03")},
    "before": {"brought": "no"},
}

LATER_DECISION = {
    "weekly": "112.40",
    "reason": "annual_review",
    **day("effective_on", "2025-07-01"),
    **day("decided_on", "2025-11-20"),
    **day("notified_on", "2025-11-24"),
}
