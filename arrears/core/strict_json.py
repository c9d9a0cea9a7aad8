"""Reading JSON strictly: every field is asked for by name, and every error names its path.

Nothing is guessed. Money is a string, a date is ``YYYY-MM-DD``, a field nobody asked for is
refused, and so is one given twice.
"""

import datetime as dt
import json
import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cache
from typing import NoReturn, TypedDict, TypeVar
from zoneinfo import ZoneInfo

from arrears.core.case_values import CaseFileError
from cases.core.facts import StruckOut
from cms_tracker.money import AmountError, parse_plain, plain

EARLIEST_YEAR = 1993  # the first child support scheme
LATEST_YEAR = 2099
LONGEST_TEXT = 20_000
REASON = 500
MOST_ITEMS = 100_000
MOST_BYTES = 64 * 1024 * 1024
LONDON = ZoneInfo("Europe/London")
Json = dict[str, object]

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})?"
)
NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")

_E = TypeVar("_E", bound=StrEnum)
_T = TypeVar("_T")


def load(text: str | bytes) -> object:
    """Read one JSON document; CaseFileError if it is not one, is too big, or gives a field twice."""
    if len(text) > MOST_BYTES:
        raise CaseFileError("file", "is too big for a case file")
    try:
        if isinstance(text, bytes):
            text = text.decode("utf-8-sig")
        return json.loads(text, object_pairs_hook=_object, parse_constant=_not_json)
    except UnicodeDecodeError:
        raise CaseFileError("file", "is not text in UTF-8") from None
    except RecursionError:
        raise CaseFileError("file", "is nested too deeply") from None
    except json.JSONDecodeError as error:
        raise CaseFileError("file", f"is not JSON: line {error.lineno}, column {error.colno}") from None
    except CaseFileError:
        raise
    except ValueError:  # a number of thousands of digits
        raise CaseFileError("file", "holds a number that is too long") from None


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise CaseFileError(printable(name), "is given twice in one object")
        found[name] = value
    return found


def _not_json(constant: str) -> NoReturn:
    raise CaseFileError("file", f"holds {constant}, which is not JSON")


def printable(name: str) -> str:
    """A field's name as it can stand in a one-line message."""
    return name.encode("unicode_escape").decode("ascii")[:60] or "(empty name)"


class Fields:
    """One JSON object: each field is taken by name; ``done`` refuses those nobody took."""

    def __init__(self, value: object, path: str) -> None:
        self.path = path
        if not isinstance(value, dict):
            raise CaseFileError(path or "file", "must be an object")
        self._values: dict[str, object] = dict(value)

    def at(self, name: str) -> str:
        """The path of a field."""
        return f"{self.path}.{name}" if self.path else name

    def refuse(self, name: str, message: str) -> NoReturn:
        """Refuse the file because of a field."""
        raise CaseFileError(self.at(name), message)

    def has(self, name: str) -> bool:
        """Whether the field is there and not yet taken."""
        return name in self._values

    def take(self, name: str) -> object:
        """The raw value of a required field."""
        if name not in self._values:
            self.refuse(name, "is missing")
        return self._values.pop(name)

    def text(self, name: str, *, default: str | None = None, longest: int = LONGEST_TEXT) -> str:
        """A string; required unless there is a default."""
        if default is not None and name not in self._values:
            return default
        value = self.take(name)
        if not isinstance(value, str):
            self.refuse(name, "must be text in quotation marks")
        if len(value) > longest:
            self.refuse(name, f"must be {longest} characters or fewer")
        if NOT_TEXT.search(value):
            self.refuse(name, "holds a character that is not text")
        return value

    def amount(self, name: str, *, least: int = 0) -> int:
        """An amount of money, a string such as ``260.00``, as pence."""
        value = self.take(name)
        if not isinstance(value, str):
            self.refuse(name, 'must be an amount as text, such as "260.00"')
        try:
            pence = parse_plain(value)
        except AmountError as error:
            self.refuse(name, str(error))
        if pence < least:
            self.refuse(name, "must be more than 0.00")
        return pence

    def optional_amount(self, name: str, *, least: int = 0) -> int | None:
        """An amount that may be absent."""
        return self.amount(name, least=least) if name in self._values else None

    def date(self, name: str) -> dt.date:
        """A date, ``YYYY-MM-DD``, from 1993 to 2099."""
        return self._day(name, self.take(name))

    def optional_date(self, name: str) -> dt.date | None:
        """A date that may be absent."""
        return self.date(name) if name in self._values else None

    def date_or(self, name: str, default: dt.date) -> dt.date:
        """A date that equals another where it is absent."""
        return self.date(name) if name in self._values else default

    def date_or_instant(self, name: str) -> dt.date | dt.datetime:
        """A date, or a date and time; a time without an offset is London's."""
        value = self.take(name)
        if not isinstance(value, str) or "T" not in value:
            return self._day(name, value)
        if not _INSTANT.fullmatch(value):
            self.refuse(name, "must be a date and time such as 2026-03-31T10:30")
        self._day(name, value[:10])
        try:
            instant = dt.datetime.fromisoformat(value)
            return instant.astimezone(LONDON) if instant.tzinfo else instant.replace(tzinfo=LONDON)
        except (ValueError, OverflowError):
            self.refuse(name, "is not a time that exists")

    def _day(self, name: str, value: object) -> dt.date:
        if not isinstance(value, str) or not _DATE.fullmatch(value):
            self.refuse(name, "must be a date such as 2026-03-31")
        try:
            day = dt.date.fromisoformat(value)
        except ValueError:
            self.refuse(name, f"is not a date that exists: {value}")
        if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
            self.refuse(name, f"must be a date from {EARLIEST_YEAR} to {LATEST_YEAR}")
        return day

    def number(self, name: str, *, default: int, most: int) -> int:
        """A whole number from 0 to ``most``."""
        if name not in self._values:
            return default
        value = self.take(name)
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
            self.refuse(name, f"must be a whole number from 0 to {most}")
        return value

    def choice(self, name: str, kinds: type[_E], *, default: _E | None = None) -> _E:
        """One of a fixed set of words."""
        if default is not None and name not in self._values:
            return default
        value = self.take(name)
        found: _E | None = _by_word(kinds).get(value) if isinstance(value, str) else None
        if found is None:
            self.refuse(name, "must be one of " + ", ".join(kind.value for kind in kinds))
        return found

    def items(self, name: str, read: Callable[["Fields"], _T], *, most: int = MOST_ITEMS) -> tuple[_T, ...]:
        """A list of at most so many objects, each read by ``read``; absent means empty."""
        if name not in self._values:
            return ()
        value = self.take(name)
        if not isinstance(value, list):
            self.refuse(name, "must be a list")
        if len(value) > most:
            self.refuse(name, f"must have {most} items or fewer")
        return tuple(self._whole(item, f"{self.at(name)}[{place}]", read) for place, item in enumerate(value))

    def part(self, name: str, read: Callable[["Fields"], _T]) -> _T | None:
        """An object that may be absent."""
        if name not in self._values:
            return None
        return self._whole(self.take(name), self.at(name), read)

    @staticmethod
    def _whole(value: object, path: str, read: Callable[["Fields"], _T]) -> _T:
        fields = Fields(value, path)
        result = read(fields)
        fields.done()
        return result

    def done(self) -> None:
        """Refuse the first field that nobody took, by name."""
        for name in self._values:
            self.refuse(printable(name), "is not a field of this format")


@cache
def _by_word(kinds: type[_E]) -> dict[str, _E]:
    # Kept, because a case file asks for one of the same few words a thousand times.
    return {kind.value: kind for kind in kinds}


class Common(TypedDict):
    """What every recorded fact has besides what it says."""

    note: str
    struck_out: StruckOut | None
    id: str


def common(fields: Fields) -> Common:
    """The note, the strike-out and the name of a fact: its path in the file."""
    return {
        "note": fields.text("note", default=""),
        "struck_out": fields.part("struck_out", struck_out),
        "id": fields.path,
    }


def struck_out(fields: Fields) -> StruckOut:
    """A strike-out: its day and its reason."""
    return StruckOut(on=fields.date("on"), reason=fields.text("reason", longest=REASON))


def filled(fields: Mapping[str, object]) -> Json:
    """The fields that hold something: no empty text, list or nothing at all."""
    return {name: value for name, value in fields.items() if value not in (None, "", [])}


def day(value: dt.date | None) -> str | None:
    """A day as a case file writes it."""
    return value.isoformat() if value else None


def money(pence: int | None) -> str | None:
    """An amount as a case file writes it."""
    return None if pence is None else plain(pence)


def tail(note: str, gone: StruckOut | None) -> Json:
    """The note and the strike-out of a fact."""
    struck = None if gone is None else {"on": gone.on.isoformat(), "reason": gone.reason}
    return {"note": note, "struck_out": struck}
