"""Tables as files: comma-separated text, and a workbook whose cells are dates, amounts and texts.

The same tables always give the same bytes: the workbook says of itself only the day it is about.
"""

import codecs
import csv
import datetime as dt
import io
from collections.abc import Sequence
from decimal import Decimal

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from cms_tracker.money import plain
from correspondence.core.statement_tables import Cell, Money, Sheet

_NEVER_A_FORMULA = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip
_WIDTHS = {"Date": 14, "What": 34, "Day": 14, "Side": 12, "Balance is": 12}
_WIDE, _USUAL = 60, 18


def comma_separated(sheet: Sheet) -> bytes:
    """One table: days as 2025-04-03, amounts as 260.00."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(sheet.heads)
    writer.writerows([_plain(cell) for cell in row] for row in sheet.rows)
    # With this mark a spreadsheet reads the file as UTF-8; without it some take it for something older.
    return codecs.BOM_UTF8 + text.getvalue().encode()


def workbook(sheets: Sequence[Sheet], *, about: dt.date) -> bytes:
    """A workbook of these tables; ``about`` is the day that it gives as its own."""
    file = io.BytesIO()
    with Workbook(file, _NEVER_A_FORMULA) as book:
        book.set_properties({"created": dt.datetime(about.year, about.month, about.day)})  # noqa: DTZ001 - a day
        styles = _Styles(book)
        for sheet in sheets:
            _fill(book.add_worksheet(sheet.name), sheet, styles)
    return file.getvalue()


class _Styles:
    """How the cells of one workbook look."""

    def __init__(self, book: Workbook) -> None:
        self.head: Format = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self.day: Format = book.add_format({"num_format": "d mmm yyyy", "align": "left", "valign": "top"})
        self.money: Format = book.add_format({"num_format": "£#,##0.00", "valign": "top"})
        self.text: Format = book.add_format({"text_wrap": True, "valign": "top"})


def _fill(page: Worksheet, sheet: Sheet, styles: _Styles) -> None:
    for column, head in enumerate(sheet.heads):
        width = _USUAL if "£" in head else _WIDTHS.get(head, _WIDE if _is_long(sheet, column) else _USUAL)
        page.set_column(column, column, width)
        page.write_string(0, column, head, styles.head)
    for line, row in enumerate(sheet.rows, start=1):
        for column, cell in enumerate(row):
            _write(page, line, column, cell, styles)
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _write(page: Worksheet, line: int, column: int, cell: Cell, styles: _Styles) -> None:
    match cell:
        case None | "":
            return
        case Money(pence):
            page.write_number(line, column, Decimal(pence) / 100, styles.money)
        case dt.date():
            page.write_datetime(line, column, cell, styles.day)
        case str():
            page.write_string(line, column, cell, styles.text)


def _is_long(sheet: Sheet, column: int) -> bool:
    return any(isinstance(row[column], str) and len(str(row[column])) > _USUAL for row in sheet.rows)


def _plain(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case Money(pence):
            return plain(pence)
        case dt.date():
            return cell.isoformat()
        case str():
            return cell
