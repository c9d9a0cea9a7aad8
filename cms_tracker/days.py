"""Days as people read them. Plain Python, beside ``money``, so that every page and letter writes them alike."""

import datetime as dt


def day(on: dt.date) -> str:
    """Write a day: ``10 July 2025``."""
    return f"{on.day} {on:%B %Y}"


def short_day(on: dt.date) -> str:
    """Write a day without its year, where the year is plain from beside it: ``10 July``."""
    return f"{on.day} {on:%B}"


def days(count: int) -> str:
    """Write a number of days: ``1 day``, ``30 days``."""
    return f"{count:,} day" if count == 1 else f"{count:,} days"
