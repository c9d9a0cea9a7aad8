"""The pages of a long ledger: about half a year of weekly payments on each, the newest first."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from cms_tracker import language
from cms_tracker.language import say

MOST_ROWS = 27  # of one page: half a year of weekly payments; on a phone that is long enough


class Window(NamedTuple):
    """Which days of the ledger a page shows: from ``since`` (None: the beginning) up to ``before``."""

    title: str
    since: dt.date | None
    before: dt.date | None

    def holds(self, on: dt.date) -> bool:
        """Say whether a day falls into this window."""
        return (self.since is None or on >= self.since) and (self.before is None or on < self.before)

    @property
    def is_newest(self) -> bool:
        """Say whether this is the window that ends with the latest day."""
        return self.before is None


class YearLink(NamedTuple):
    """A year to go to: its name, the place of its newest window, and whether the reader is in it."""

    title: str
    place: int
    is_here: bool


def windows(days: Sequence[dt.date], *, on: dt.date) -> list[Window]:
    """The pages for rows dated ``days``: whole months up to ``on``, then each year before, or its halves."""
    first = min(days, default=on)
    since = _since(days, first=first, on=on)
    if first >= since:
        return [Window(say("All"), None, None)]
    found = [Window(say("Since {since}", since=language.month_of_year(since)), since, None)]
    for year in range(since.year, first.year - 1, -1):
        start, end = dt.date(year, 1, 1), min(since, dt.date(year + 1, 1, 1))
        middle = dt.date(year, 7, 1)
        is_long = sum(start <= day < end for day in days) > MOST_ROWS and middle < end
        for since_day, before in [(middle, end), (start, middle)] if is_long else [(start, end)]:
            if any(since_day <= day < before for day in days):
                found.append(Window(_title(since_day, before), since_day, before))
    return found


def years(found: Sequence[Window], place: int) -> list[YearLink]:
    """The newest window, then each year before it, once."""
    links = [YearLink(found[0].title, 0, place == 0)]
    for at, window in enumerate(found[1:], start=1):
        name = _year(window)
        if links[-1].title != name:
            links.append(YearLink(name, at, is_here=False))
        if at == place:
            links[-1] = links[-1]._replace(is_here=True)
    return links


def _since(days: Sequence[dt.date], *, first: dt.date, on: dt.date) -> dt.date:
    """The first of the earliest month from which on the rows still fit on one page."""
    since = on.replace(day=1)
    while since > first:
        earlier = (since - dt.timedelta(days=1)).replace(day=1)
        if sum(day >= earlier for day in days) > MOST_ROWS:
            break
        since = earlier
    return since


def _year(window: Window) -> str:
    return str(window.since.year) if window.since else window.title


def _title(since: dt.date, before: dt.date) -> str:
    last = before - dt.timedelta(days=1)
    if (since.month, last.month) == (1, 12):
        return str(since.year)
    return (
        say("{since} to {last}", since=language.month(since), last=language.month_of_year(last))
        if since.month != last.month
        else language.month_of_year(since)
    )
