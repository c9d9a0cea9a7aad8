"""Days and times as people read them. Plain Python, beside ``money``: every page and letter writes them alike."""

import datetime as dt

from cms_tracker.language import month, say, say_count


def day(on: dt.date) -> str:
    """Write a day: ``10 July 2025``."""
    return f"{on.day} {month(on)} {on.year}"


def short_day(on: dt.date) -> str:
    """Write a day without its year, where the year is plain from beside it: ``10 July``."""
    return f"{on.day} {month(on)}"


def days(count: int) -> str:
    """Write a number of days: ``1 day``, ``30 days``."""
    return say_count("{count} day", "{count} days", count)


def clock(value: dt.time | dt.datetime) -> str:
    """Write a time as ``9:32am``, noon and midnight by name."""
    if (value.hour, value.minute) == (12, 0):
        return say("noon")
    if (value.hour, value.minute) == (0, 0):
        return say("midnight")
    time = f"{value.hour % 12 or 12}:{value.minute:02d}"
    return say("{time}am", time=time) if value.hour < 12 else say("{time}pm", time=time)
