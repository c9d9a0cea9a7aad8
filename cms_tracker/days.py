"""Days and times as people read them. Plain Python, beside ``money``: every page and letter writes them alike."""

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


def clock(value: dt.time | dt.datetime) -> str:
    """Write a time as ``9:32am``, noon and midnight by name."""
    if (value.hour, value.minute) == (12, 0):
        return "noon"
    if (value.hour, value.minute) == (0, 0):
        return "midnight"
    return f"{value.hour % 12 or 12}:{value.minute:02d}{'am' if value.hour < 12 else 'pm'}"
