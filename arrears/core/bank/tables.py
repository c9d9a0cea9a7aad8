"""A statement as a table, from CSV or from a spreadsheet: its heading found, its rows read one by one."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from arrears.core.bank import layouts
from arrears.core.bank.amounts import PenceError, signed
from arrears.core.bank.days import DayError, Days
from arrears.core.bank.lines import (
    MAX_LINES,
    TOO_LONG,
    BankStatement,
    Columns,
    Line,
    Refused,
    StatementError,
    UnknownTable,
)
from arrears.core.bank.texts import harmless
from cms_tracker.language import say

SHOWN = 8  # rows, for a person to choose columns by
MAX_WIDTH = 64  # columns
_CODE = 40  # characters of a currency: three are enough
_POUNDS = {"", "GBP", "£"}
_DONE = {"", "COMPLETED", "SETTLED", "BOOKED", "POSTED", "CLEARED"}


class Row(NamedTuple):
    """One row of a table: its number in the file, and its cells."""

    number: int
    cells: Sequence[str]


class Table(NamedTuple):
    """A table as it came: ``source`` is the kind of file; ``refused`` what was no row at all."""

    source: str
    rows: list[Row]
    refused: list[Refused]


def read(table: Table, chosen: Columns | None = None) -> BankStatement | UnknownTable:
    """The lines of a table. A table whose columns nobody knows comes back as its first rows.

    ``chosen`` is what a person said about the columns. Raises StatementError where there is nothing.
    """
    rows = [row for row in table.rows if any(cell.strip() for cell in row.cells)]
    if not rows:
        raise StatementError(say("This file holds no lines. Choose another."))
    if len(rows) > MAX_LINES:
        raise StatementError(TOO_LONG)
    columns, begins, bank = (chosen, 0, "") if chosen else _found(rows)
    if columns is None:
        return UnknownTable(rows=tuple(_cut(row.cells) for row in rows[:SHOWN]))
    return _read(table, rows[begins:], columns, bank=bank, skip_heading=chosen is not None)


def _found(rows: list[Row]) -> tuple[Columns | None, int, str]:
    """The columns by their heading, or by what the first row holds where a bank gives no heading."""
    for place, row in enumerate(rows[: layouts.HEADING_WITHIN]):
        found = layouts.columns(row.cells)
        if found is not None:
            return found, place + 1, layouts.bank(row.cells)
    return _bare(rows), 0, "HSBC"


def _bare(rows: list[Row]) -> Columns | None:
    """HSBC's download has three columns and no heading: day, text, amount."""
    bare = Columns(date=0, text=(1,), amount=2)
    for row in rows[:SHOWN]:
        if len(row.cells) != 3 or isinstance(_line(row, bare, Days([row.cells[0]]), harmless), Refused):
            return None
    return bare


def _read(table: Table, rows: list[Row], columns: Columns, *, bank: str, skip_heading: bool) -> BankStatement:
    days = Days(_cell(row.cells, columns.date) for row in rows)
    said = lru_cache(maxsize=1024)(harmless)  # of this file alone: a workbook can say one long text in each row
    lines: list[Line] = []
    refused = list(table.refused)
    for row in rows:
        found = _line(row, columns, days, said)
        if isinstance(found, Line):
            lines.append(found)
        elif found is not None and not (skip_heading and not lines):
            refused.append(found)  # before the first line it can be read, a row belongs to the heading
    return BankStatement(
        source=say("{source} from {bank}", source=table.source, bank=bank) if bank else table.source,
        lines=tuple(lines),
        refused=tuple(sorted(refused)),
        notes=tuple(filter(None, [days.note])),
    )


def _line(row: Row, columns: Columns, days: Days, said: Callable[[str], str]) -> Line | Refused | None:
    """One line; why it cannot be read; or None where no money moved."""
    cells = row.cells
    if columns.currency is not None and (money := _cell(cells, columns.currency).strip().upper()) not in _POUNDS:
        return Refused(row.number, say("it is in {harmless}, not in pounds", harmless=harmless(money[:_CODE])[:8]))
    if columns.state is not None and _cell(cells, columns.state).strip().upper() not in _DONE:
        return Refused(row.number, say("the bank had not completed it, or sent it back"))
    try:
        on = days.read(_cell(cells, columns.date))
        pence = _pence(cells, columns)
    except (DayError, PenceError) as error:
        return Refused(row.number, str(error))
    if not pence:
        return None
    return Line(row.number, on, pence, said(_text(cells, columns.text)))


def _pence(cells: Sequence[str], columns: Columns) -> int:
    if columns.amount is not None:
        text = _cell(cells, columns.amount)
        if not text.strip():
            raise PenceError(say("it has no amount"))
        return signed(text)
    # Some banks write money out with a minus in its own column, others without.
    paid_in, paid_out = _cell(cells, columns.paid_in).strip(), _cell(cells, columns.paid_out).strip()
    if not paid_in and not paid_out:
        raise PenceError(say("it has no amount"))
    return (abs(signed(paid_in)) if paid_in else 0) - (abs(signed(paid_out)) if paid_out else 0)


def _text(cells: Sequence[str], places: tuple[int, ...]) -> str:
    """The texts of a row, each said once: banks repeat a name in the description."""
    if len(places) == 1:
        return _cell(cells, places[0])
    found: list[str] = []
    for place in places:
        text = _cell(cells, place).strip()
        if text and text not in found:
            found.append(text)
    return " ".join(found)


def _cell(cells: Sequence[str], place: int | None) -> str:
    return cells[place] if place is not None and place < len(cells) else ""


def _cut(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(harmless(cell) for cell in cells[:MAX_WIDTH])
