"""Working days by nation: Monday to Friday without the bank holidays of that nation.

The ``holidays`` package knows them for any year, offline, and agrees with the list that GOV.UK
publishes (compared for 2012 to 2028 on 22 November 2026).
"""

import datetime as dt
from functools import lru_cache

from cases.core.facts import Nation

_SATURDAY = 5
_SUBDIVISION = {
    Nation.ENGLAND: "ENG",
    Nation.WALES: "WLS",
    Nation.SCOTLAND: "SCT",
    Nation.NORTHERN_IRELAND: "NIR",
}


def bank_holidays(nation: Nation, year: int) -> frozenset[dt.date]:
    """The bank holidays of one nation in one year, substitute days included."""
    return _bank_holidays(_SUBDIVISION[nation], year)


def is_working_day(day: dt.date, *, nation: Nation) -> bool:
    """Say whether offices of that nation are open on ``day``."""
    return day.weekday() < _SATURDAY and day not in bank_holidays(nation, day.year)


def add_working_days(start: dt.date, count: int, *, nation: Nation) -> dt.date:
    """The day that is ``count`` working days after ``start``; the day itself is not counted.

    Raises ValueError for a negative count.
    """
    if count < 0:
        raise ValueError("count working days forward")
    day = start
    while count:
        day += dt.timedelta(days=1)
        count -= is_working_day(day, nation=nation)
    return day


def working_day_by(day: dt.date, *, nation: Nation) -> dt.date:
    """The last working day on or before ``day``: the day to act, where ``day`` is a weekend or a holiday."""
    while not is_working_day(day, nation=nation):
        day -= dt.timedelta(days=1)
    return day


def working_day_from(day: dt.date, *, nation: Nation) -> dt.date:
    """The first working day on or after ``day``."""
    while not is_working_day(day, nation=nation):
        day += dt.timedelta(days=1)
    return day


def working_days_between(start: dt.date, end: dt.date, *, nation: Nation) -> int:
    """How many working days come after ``start``, up to and with ``end``; negative where ``end`` lies before."""
    if end < start:
        return -working_days_between(end, start, nation=nation)
    days = (start + dt.timedelta(days=number) for number in range(1, (end - start).days + 1))
    return sum(is_working_day(day, nation=nation) for day in days)


def within(day: dt.date, count: int, *, nation: Nation) -> dt.date:
    """The first day from which no more than ``count`` working days are left up to and with ``day``."""
    first, left = day, 0
    while (left := left + is_working_day(first, nation=nation)) <= count:
        first -= dt.timedelta(days=1)
    return first


@lru_cache(maxsize=64)
def _bank_holidays(subdivision: str, year: int) -> frozenset[dt.date]:
    # Here, because it takes a third of a second that most processes never need to spend.
    from holidays import country_holidays  # noqa: PLC0415

    return frozenset(country_holidays("GB", subdiv=subdivision, years=year, observed=True))
