"""How long things are kept that nobody deletes: dated data from ``retention.toml``."""

import datetime as dt
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib import resources

#: After which a backup must be gone, so that what is destroyed here is gone there too.
BACKUPS_AT_MOST = dt.timedelta(days=35)


class What(StrEnum):
    """What is kept for a time."""

    SIGN_UPS = "sign_ups"
    CODES = "codes"
    QUIET_SIGN_INS = "quiet_sign_ins"
    CLIENT_RECORDS = "client_records"
    COMPLAINTS = "complaints"
    REQUESTS = "requests"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One period: of what, counted from when, how many months, since which day it holds, why, and who says so."""

    what: What
    title: str
    counted_from: str
    from_on: dt.date
    months: int
    why: str
    source: str


@lru_cache(maxsize=1)
def schedule() -> tuple[Kept, ...]:
    """Every period that holds or held or will hold, in the order of the file."""
    text = resources.files(__package__).joinpath("retention.toml").read_text(encoding="utf-8")
    return tuple(
        Kept(
            what=What(one["what"]),
            title=one["title"],
            counted_from=one["counted_from"],
            from_on=one["from"],
            months=one["months"],
            why=one["why"],
            source=one["source"],
        )
        for one in tomllib.loads(text)["kept"]
    )


def in_force(what: What, *, on: dt.date) -> Kept | None:
    """The period that holds on a day; None before the first one."""
    begun = [one for one in schedule() if one.what is what and one.from_on <= on]
    return max(begun, key=lambda one: one.from_on, default=None)


def edge(months: int, *, on: dt.date) -> dt.date:
    """The day before which something must have ended to be kept no longer: ``months`` back from ``on``."""
    year, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    return dt.date(year, month + 1, min(on.day, 28))
