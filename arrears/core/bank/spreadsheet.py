"""XLSX: the first sheet of a workbook, as a table.

A workbook is a compressed archive of XML, and both can be bombs. So every part is read through a
limit of its own, whatever size the archive claims; a document type, which is where entities are
declared, is refused; and a cell may stand no further out than a statement reaches: a sheet of two
cells, in the first and the last corner, is a table of 17 thousand million.

Source: ECMA-376, part 1, sections 18.2 (workbook), 18.3 (sheets), 18.4 (shared strings), 18.8 (styles).
"""

import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from xml.parsers import expat

from arrears.core.bank.lines import MAX_LINES, TOO_LONG, StatementError
from arrears.core.bank.tables import MAX_WIDTH, Row, Table

MOST_PARTS = 100
MOST_BYTES = 64 * 1024 * 1024  # of all the parts that are read, decompressed
MOST_TAGS = 2_000_000  # a statement of 50,000 lines has about half as many

_DAMAGED = "This spreadsheet is damaged, or is not what it says it is. Save it as CSV and choose that."
_TOO_LARGE = "This spreadsheet is far larger inside than a statement. Save the one sheet as CSV and choose that."
_DATE_FORMATS = {*range(14, 23), *range(45, 48)}  # the built-in number formats that are dates and times
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_EPOCHS = {"1": dt.date(1904, 1, 1), "0": dt.date(1899, 12, 30)}
_LAST_DAY = 73_050  # days after the epoch: the year 2099
_PENCE, _MOST = Decimal("0.01"), 10**12

Start = Callable[[str, dict[str, str]], None]


def table(content: bytes) -> Table:
    """The rows of the first sheet. Raises StatementError for anything that is no workbook, or too large a one."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return Table("Excel", _Workbook(archive).rows(), [])
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError, OSError) as error:
        raise StatementError(_DAMAGED) from error
    except (expat.ExpatError, ValueError, OverflowError) as error:
        if isinstance(error, StatementError):
            raise
        raise StatementError(_DAMAGED) from error


class _Workbook:
    """One workbook, of which at most ``MOST_BYTES`` are ever decompressed."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._left, self._tags = MOST_BYTES, 0
        if len(archive.infolist()) > MOST_PARTS:
            raise StatementError(_TOO_LARGE)
        self._names = set(archive.namelist())

    def rows(self) -> list[Row]:
        """The rows of the first sheet, each cell as the text that a person sees in it."""
        sheet, epoch = self._first_sheet()
        reader = _Sheet(strings=self._strings(), dates=self._date_styles(), epoch=epoch)
        self._parse(sheet, reader.start, reader.end, reader.text)
        return reader.rows

    def _part(self, name: str) -> bytes:
        """One part, decompressed up to what is left of the limit: the sizes in the archive are only claims."""
        with self._archive.open(name) as part:
            data = part.read(self._left + 1)
        self._left -= len(data)
        if self._left < 0:
            raise StatementError(_TOO_LARGE)
        return data

    def _parse(
        self,
        name: str,
        start: Start,
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        """Read one part tag by tag, by the names without their prefixes."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_doctype

        def counted(tag: str, attributes: dict[str, str]) -> None:
            self._tags += 1
            if self._tags > MOST_TAGS:
                raise StatementError(_TOO_LARGE)
            start(tag.rpartition(":")[2], attributes)

        parser.StartElementHandler = counted
        if end is not None:
            parser.EndElementHandler = lambda tag: end(tag.rpartition(":")[2])
        if text is not None:
            parser.CharacterDataHandler = text
        is_whole = True
        parser.Parse(self._part(name), is_whole)

    def _first_sheet(self) -> tuple[str, dt.date]:
        """The part that holds the first sheet, and the day from which this workbook counts."""
        wanted: list[str] = []
        epoch = ["0"]

        def of_workbook(tag: str, attributes: dict[str, str]) -> None:
            if tag == "workbookPr" and attributes.get("date1904") in {"1", "true"}:
                epoch[0] = "1"
            elif tag == "sheet":
                wanted.extend(value for name, value in attributes.items() if name.rpartition(":")[2] == "id")

        targets: dict[str, str] = {}

        def of_relations(tag: str, attributes: dict[str, str]) -> None:
            if tag == "Relationship":
                targets[attributes["Id"]] = attributes["Target"]

        self._parse("xl/workbook.xml", of_workbook)
        self._parse("xl/_rels/workbook.xml.rels", of_relations)
        target = targets[wanted[0]] if wanted else ""
        return (target[1:] if target.startswith("/") else f"xl/{target}"), _EPOCHS[epoch[0]]

    def _strings(self) -> list[str]:
        """The texts that cells share, by number; the reading aids of East Asian ones left out."""
        found: list[str] = []
        pieces: list[str] = []
        state = {"kept": False, "aid": False}

        def start(tag: str, _: dict[str, str]) -> None:
            if tag == "rPh":
                state["aid"] = True
            state["kept"] = tag == "t" and not state["aid"]

        def end(tag: str) -> None:
            state["kept"] = False
            if tag == "rPh":
                state["aid"] = False
            elif tag == "si":
                found.append("".join(pieces))
                pieces.clear()

        def text(data: str) -> None:
            if state["kept"]:
                pieces.append(data)

        if "xl/sharedStrings.xml" in self._names:
            self._parse("xl/sharedStrings.xml", start, end, text)
        return found

    def _date_styles(self) -> set[str]:
        """The styles, by number, that show a number as a date."""
        formats: dict[str, str] = {}
        styles: list[str] = []
        inside = {"cellXfs": False}

        def start(tag: str, attributes: dict[str, str]) -> None:
            if tag == "numFmt":
                formats[attributes["numFmtId"]] = attributes.get("formatCode", "")
            elif tag in {"cellXfs", "cellStyleXfs"}:
                inside["cellXfs"] = tag == "cellXfs"
            elif tag == "xf" and inside["cellXfs"]:
                styles.append(attributes.get("numFmtId", "0"))

        if "xl/styles.xml" in self._names:
            self._parse("xl/styles.xml", start)
        return {
            str(place)
            for place, number in enumerate(styles)
            if (int(number) in _DATE_FORMATS if number not in formats else _shows_a_date(formats[number]))
        }


class _Sheet:
    """Takes the tags of a sheet and makes rows of them."""

    def __init__(self, *, strings: list[str], dates: set[str], epoch: dt.date) -> None:
        self.rows: list[Row] = []
        self._strings, self._dates, self._epoch = strings, dates, epoch
        self._cells: list[str] = []
        self._number = self._column = 0
        self._kind = self._style = ""
        self._value: list[str] | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A row, a cell or its value begins."""
        if tag == "row":
            self._number = int(attributes.get("r", self._number + 1))
            self._cells, self._column = [], 0
        elif tag == "c":
            self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
            self._column = _column(attributes["r"]) if "r" in attributes else self._column + 1
            self._value = None
        elif tag in {"v", "t"}:
            self._value = self._value if tag == "t" and self._value is not None else []

    def text(self, data: str) -> None:
        """A piece of a value."""
        if self._value is not None:
            self._value.append(data)

    def end(self, tag: str) -> None:
        """A cell or a row ends."""
        if tag == "c" and self._value is not None:
            if 0 < self._column <= MAX_WIDTH:
                self._cells.extend([""] * (self._column - len(self._cells)))
                self._cells[self._column - 1] = self._shown("".join(self._value))
            self._value = None
        elif tag == "row" and self._cells:
            if len(self.rows) > 2 * MAX_LINES:
                raise StatementError(TOO_LONG)
            self.rows.append(Row(self._number, self._cells))
            self._cells = []

    def _shown(self, value: str) -> str:
        """What a person sees in the cell: a text, a day as year, month and day, or an amount to the penny."""
        if self._kind == "s":
            place = int(value)
            return self._strings[place] if 0 <= place < len(self._strings) else ""
        if self._kind != "n":
            return value
        try:
            number = Decimal(value)
        except InvalidOperation:
            return value
        if not number.is_finite() or abs(number) > _MOST:
            return value
        if self._style in self._dates and 0 < number < _LAST_DAY:
            return (self._epoch + dt.timedelta(days=int(number))).isoformat()
        pence = number.quantize(_PENCE)
        return f"{pence:f}" if abs(number - pence) < Decimal("0.000001") else value  # 12.300000000000001 is 12.30


def _column(place: str) -> int:
    """``C7`` stands in the third column."""
    match = _CELL.fullmatch(place)
    number = 0
    for letter in match[1] if match else "":
        number = number * 26 + ord(letter) - 64
    return number


def _shows_a_date(code: str) -> bool:
    return any(letter in "dmyh" for letter in _LITERAL.sub("", code).lower())


def _refuse_doctype(*_: object) -> None:
    raise StatementError(_DAMAGED)
