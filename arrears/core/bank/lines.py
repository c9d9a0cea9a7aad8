"""What a bank statement is made of once it is read: lines, lines that could not be read, and what was assumed."""

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from cms_tracker.language import mark

MAX_BYTES = 10 * 1024 * 1024  # a file; it is held in memory while it is read
MAX_LINES = 50_000  # more than a busy account has in ten years
MOST_CELLS = 12 * MAX_LINES  # of a table; a bank gives about eight columns
TOO_LONG = f"This file has more than {MAX_LINES:,} lines. Download a shorter period."
TOO_WIDE = mark("This table has far more cells than a statement. Keep the columns of the day, the text and the amount.")


class StatementError(ValueError):
    """A file that cannot be read at all; the message says why and what to do, for the person who chose it."""


class Line(NamedTuple):
    """One movement of an account: ``pence`` is positive for money in, negative for money out.

    ``number`` is where it stands in the file, as a person counts. ``text`` is the payer's or
    payee's text on one line, without characters that act on a page; it may still say anything.
    """

    number: int
    on: dt.date
    pence: int
    text: str


class Refused(NamedTuple):
    """A line that could not be read, and why."""

    number: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BankStatement:
    """A file as read: ``source`` says what it was taken for, ``notes`` what was assumed while reading it."""

    source: str
    lines: tuple[Line, ...]
    refused: tuple[Refused, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Which column of a table holds what, counted from 0. Either ``amount``, or ``paid_in`` and ``paid_out``.

    ``currency`` and ``state`` are read where the bank is known to have them.
    """

    date: int
    text: tuple[int, ...]
    amount: int | None = None
    paid_in: int | None = None
    paid_out: int | None = None
    currency: int | None = None
    state: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownTable:
    """A table whose columns we do not know: its first rows, for a person to say what they hold."""

    rows: tuple[tuple[str, ...], ...]

    @property
    def width(self) -> int:
        """How many columns there are to choose from."""
        return max(len(row) for row in self.rows)
