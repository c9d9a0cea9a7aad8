"""CSV, with commas, semicolons or tabs: as a table."""

import csv
import io

from arrears.core.bank import layouts
from arrears.core.bank.lines import MAX_LINES, MOST_CELLS, TOO_LONG, TOO_WIDE, Refused, StatementError
from arrears.core.bank.tables import MAX_WIDTH, Row, Table
from arrears.core.bank.texts import cut
from cms_tracker.language import say

_SEPARATORS = (",", ";", "\t", "|")


def table(text: str) -> Table:
    """The rows of a CSV file. A row that is none is named, and the rest is read."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    rows: list[Row] = []
    refused: list[Refused] = []
    began, held = 1, 0
    while True:
        try:
            for cells in reader:
                rows.append(Row(began, [cut(cell) for cell in cells[:MAX_WIDTH]]))
                held += len(rows[-1].cells)
                began = reader.line_num + 1
                if len(rows) > 2 * MAX_LINES:
                    raise StatementError(TOO_LONG)
                if held > MOST_CELLS:
                    raise StatementError(TOO_WIDE)
        except csv.Error:
            refused.append(Refused(began, say("a field of it is far too long, or a quotation mark is never closed")))
            began = reader.line_num + 1
        else:
            return Table("CSV", rows, refused)


def _separator(text: str) -> str:
    """The sign under which a known heading appears; failing that, the one that the first lines hold most of."""
    head = text[:20_000].splitlines()[: layouts.HEADING_WITHIN]
    for sign in _SEPARATORS:
        for line in head:
            if sign in line and layouts.columns(line.replace('"', "").split(sign)):
                return sign
    return max(_SEPARATORS, key=lambda sign: sum(line.count(sign) for line in head))
