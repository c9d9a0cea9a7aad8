"""The dates of one file: in which order its day and month stand is decided once, for all of them."""

import datetime as dt
import re
from collections.abc import Iterable

from cms_tracker.days import day
from cms_tracker.language import say

EARLIEST = dt.date(1993, 4, 5)  # the first day of the Child Support Agency

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?", re.ASCII | re.DOTALL)
_RUN = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\d{4,6}.*|\[.*)?", re.ASCII | re.DOTALL)
_NUMBERS = re.compile(r"(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.']\s?(\d{4}|\d{2})(?:[T ,].*)?", re.ASCII | re.DOTALL)
_NAMED = re.compile(r"(\d{1,2})[ -/]?([A-Za-z]{3})[a-z]*[ -/]?(\d{4}|\d{2})(?:[T ,].*)?", re.ASCII | re.DOTALL)


class DayError(ValueError):
    """A date that cannot be read; the message says why."""


class Days:
    """Reads the dates of one file. ``note`` says what was assumed, empty where nothing had to be."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Look at every date of the file once, to see whether the day or the month comes first."""
        self._known: dict[str, dt.date | str] = {}
        day_first = month_first = either = 0
        example = ""
        for text in set(texts):
            match = _NUMBERS.fullmatch(text.strip())
            if match is None:
                continue
            first, second = int(match[1]), int(match[2])
            if first > 12:
                day_first += 1
            elif second > 12:
                month_first += 1
            elif first != second:
                either += 1
                example = min(example or text, text)
        self._month_first = month_first > day_first
        self.note = self._said(example, is_open=bool(either) and not day_first and not month_first)

    def read(self, text: str) -> dt.date:
        """The day that a text gives. Raises DayError."""
        found = self._known.get(text)
        if found is None:
            try:
                found = self._parse(text.strip())
            except DayError as error:
                found = str(error)
            self._known[text] = found
        if isinstance(found, str):
            raise DayError(found)
        return found

    def _said(self, example: str, *, is_open: bool) -> str:
        if self._month_first:
            return say("The dates of this file have the month first, as in the United States. We read them so.")
        if not is_open:
            return ""
        return say(
            "The dates of this file can be read in two ways. We took the day first, as in the "
            "UK: {example} is {parse}.",
            example=example.strip(),
            parse=day(self._parse(example.strip())),
        )

    def _parse(self, text: str) -> dt.date:
        if not text:
            raise DayError(say("it has no date"))
        if match := _NUMBERS.fullmatch(text):
            first, second = int(match[1]), int(match[2])
            month, number = (first, second) if self._month_first else (second, first)
            return _day(_century(match[3]), month, number)
        if match := _ISO.fullmatch(text) or _RUN.fullmatch(text):
            return _day(int(match[1]), int(match[2]), int(match[3]))
        if (match := _NAMED.fullmatch(text)) and (found := _MONTHS.get(match[2].lower())):
            return _day(_century(match[3]), found, int(match[1]))
        raise DayError(say("its date cannot be read"))


def _century(year: str) -> int:
    """A year of two figures lies from 1993 to 2092: no scheme is older."""
    if len(year) == 4:
        return int(year)
    return int(year) + (1900 if int(year) >= EARLIEST.year % 100 else 2000)


def _day(year: int, month: int, number: int) -> dt.date:
    try:
        found = dt.date(year, month, number)
    except ValueError as error:
        raise DayError(say("its date does not exist")) from error
    if found < EARLIEST:
        raise DayError(say("its date is before 5 April 1993, when the first scheme began"))
    return found
