"""The words of a sentence in the reader's language. Plain Python, so that every ``core/`` may use it.

English is what stands in the source. Nothing here knows where a translation comes from: the web
side hands one in for the length of a request (``cms_tracker.web.language``); without one, and in
every task, letter and file, the words are English.
"""

import datetime as dt
from collections.abc import ItemsView, Iterator, ValuesView
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol, TypeVar

Key = TypeVar("Key")


class Catalogue(Protocol):
    """Where the words of another language stand; it answers with the English where it has none."""

    def gettext(self, text: str) -> str:
        """Return the text in that language."""

    def ngettext(self, one: str, many: str, count: int) -> str:
        """Return the text for that many, in that language."""


_catalogue: ContextVar[Catalogue | None] = ContextVar("catalogue", default=None)


@contextmanager
def spoken(catalogue: Catalogue | None) -> Iterator[None]:
    """Speak the language of the catalogue inside the block; None is English."""
    before = _catalogue.set(catalogue)
    try:
        yield
    finally:
        _catalogue.reset(before)


def speak(catalogue: Catalogue | None) -> None:
    """Speak the language of the catalogue from here to the end of the block of ``spoken``."""
    _catalogue.set(catalogue)


def is_english() -> bool:
    """Tell whether the words are English now."""
    return _catalogue.get() is None


def mark(text: str) -> str:
    """Return the text as it is, and mark it for translation: where it is shown, ``say`` or ``Words`` translates it."""
    return text


def say(text: str, /, **values: object) -> str:
    """Return the text in the reader's language, with the values at their names in braces: ``{amount}``."""
    catalogue = _catalogue.get()
    if catalogue is not None:
        text = catalogue.gettext(text)
    return text.format(**values) if values else text


def say_count(one: str, many: str, count: int, /, **values: object) -> str:
    """Return the text for that many; ``{count}`` in it is the number, with its commas."""
    catalogue = _catalogue.get()
    text = (one if count == 1 else many) if catalogue is None else catalogue.ngettext(one, many, count)
    return text.format(count=f"{count:,}", **values)


class Words(dict[Key, str]):
    """Words by what they stand for, marked in the source, and read in the reader's language."""

    def __getitem__(self, key: Key) -> str:
        """Return the words in the reader's language."""
        return say(super().__getitem__(key))

    def get(self, key: Key, default: str = "") -> str:  # type: ignore[override]
        """Return the words in the reader's language, or the default as it is."""
        text = super().get(key)
        return default if text is None else say(text)

    def items(self) -> ItemsView[Key, str]:  # type: ignore[override]
        """Every key with its words in the reader's language."""
        return {key: say(text) for key, text in super().items()}.items()

    def values(self) -> ValuesView[str]:  # type: ignore[override]
        """Every word in the reader's language."""
        return {key: say(text) for key, text in super().items()}.values()


_MONTHS = (
    mark("January"), mark("February"), mark("March"), mark("April"), mark("May"), mark("June"),
    mark("July"), mark("August"), mark("September"), mark("October"), mark("November"), mark("December"),
)  # fmt: skip
_WEEKDAYS = (
    mark("Monday"), mark("Tuesday"), mark("Wednesday"), mark("Thursday"), mark("Friday"), mark("Saturday"),
    mark("Sunday"),
)  # fmt: skip


def month(on: dt.date) -> str:
    """The name of a day's month."""
    return say(_MONTHS[on.month - 1])


def weekday(on: dt.date) -> str:
    """The name of a day of the week."""
    return say(_WEEKDAYS[on.weekday()])


def month_of_year(on: dt.date) -> str:
    """A month with its year: ``July 2025``."""
    return f"{month(on)} {on.year}"
