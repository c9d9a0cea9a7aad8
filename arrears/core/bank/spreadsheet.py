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
import struct
import zipfile
import zlib
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from xml.parsers import expat

from arrears.core.bank.lines import MAX_LINES, MOST_CELLS, TOO_LONG, TOO_WIDE, StatementError
from arrears.core.bank.tables import MAX_WIDTH, Row, Table
from arrears.core.bank.texts import MAX_FIELD, cut
from cms_tracker.language import mark, say

MOST_PARTS = 100
MOST_BYTES = 40 * 1024 * 1024  # of all the parts that are read, decompressed
MOST_TEXT = 16_000_000  # characters of all the texts that are kept, each cut
MOST_TAGS = 2 * MOST_CELLS + 2 * MAX_LINES  # a cell and its value, a row, a shared text
MOST_DEEP = 64  # tags within tags; a cell has five around it
MOST_NAMES = 1000  # different names of tags and attributes: the parser keeps each to the end
MOST_FORMATS, MOST_STYLES = 1000, 65_536  # more than the program that writes most of them allows
_LONGEST_TAG, _PIECE = 256 * 1024, 64 * 1024  # bytes
_LONGEST_FORMAT = 255  # characters
_LAST_ROW = 1_048_576
_ENTRY = b"PK\x01\x02"  # before each entry of an archive's list of parts
_SQUEEZED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # the others decompress without a limit

_DAMAGED = mark("This spreadsheet is damaged, or is not what it says it is. Save it as CSV and choose that.")
_TOO_LARGE = mark("This spreadsheet is far larger inside than a statement. Save the one sheet as CSV and choose that.")
_DATE_FORMATS = {*range(14, 23), *range(45, 48)}  # the built-in number formats that are dates and times
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_PLAIN = re.compile(r"(-?(?:0|[1-9][0-9]{0,6}))(?:\.([0-9]{1,2}))?")
_EPOCHS = {"1": dt.date(1904, 1, 1), "0": dt.date(1899, 12, 30)}
_LAST_DAY = 73_050  # days after the epoch: the year 2099
_PENCE, _MOST = Decimal("0.01"), 10**12

_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, NotImplementedError, RuntimeError,
    expat.ExpatError, LookupError, ValueError, OverflowError,
)  # fmt: skip

Start = Callable[[str, dict[str, str]], None]


def table(content: bytes) -> Table:
    """The rows of the first sheet. Raises StatementError for anything that is no workbook, or too large a one."""
    if content.count(_ENTRY) > MOST_PARTS:  # counted before the list is read: 10 MB hold 200,000 of them
        raise StatementError(say(_TOO_LARGE))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return Table(say("Excel"), _Workbook(archive).rows(), [])
    except StatementError:
        raise
    except _BROKEN as error:
        raise StatementError(say(_DAMAGED)) from error


class _Workbook:
    """One workbook, of which at most ``MOST_BYTES`` are ever decompressed."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._left, self._tags = MOST_BYTES, 0
        self._parts = set(archive.namelist())
        self._room = _Room()

    def rows(self) -> list[Row]:
        """The rows of the first sheet, each cell as the text that a person sees in it."""
        sheet, epoch = self._first_sheet()
        reader = _Sheet(strings=self._strings(), dates=self._date_styles(), epoch=epoch, room=self._room)
        self._parse(sheet, reader.start, reader.end, reader.text)
        return reader.rows

    def _feed(self, parser: expat.XMLParserType, name: str) -> None:
        """Decompress one part piece by piece, up to what is left of the limit: the sizes in the archive are claims."""
        fed, is_last = 0, False
        if self._archive.getinfo(name).compress_type not in _SQUEEZED:
            raise StatementError(say(_DAMAGED))
        with self._archive.open(name) as part:
            while piece := part.read(_PIECE):
                fed += len(piece)
                self._left -= len(piece)
                parser.Parse(piece, is_last)
                if self._left < 0 or fed - parser.CurrentByteIndex > _LONGEST_TAG:
                    raise StatementError(say(_TOO_LARGE))
        is_last = True
        parser.Parse(b"", is_last)

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
        names: set[str] = set()
        deep = 0

        def opened(tag: str, attributes: dict[str, str]) -> None:
            nonlocal deep
            self._tags += 1
            deep += 1
            names.add(tag)
            names.update(attributes)
            if self._tags > MOST_TAGS or deep > MOST_DEEP or len(names) > MOST_NAMES:
                raise StatementError(say(_TOO_LARGE))
            start(tag.rpartition(":")[2], attributes)

        def closed(tag: str) -> None:
            nonlocal deep
            deep -= 1
            if end is not None:
                end(tag.rpartition(":")[2])

        parser.StartElementHandler = opened
        parser.EndElementHandler = closed
        if text is not None:
            parser.CharacterDataHandler = text
        self._feed(parser, name)

    def _first_sheet(self) -> tuple[str, dt.date]:
        """The part that holds the first sheet, and the day from which this workbook counts."""
        wanted: list[str] = []
        epoch = ["0"]

        def of_workbook(tag: str, attributes: dict[str, str]) -> None:
            if tag == "workbookPr" and attributes.get("date1904") in {"1", "true"}:
                epoch[0] = "1"
            elif tag == "sheet":
                found = (value for name, value in attributes.items() if name.rpartition(":")[2] == "id")
                wanted.extend(found if not wanted else ())

        targets: dict[str, str] = {}

        def of_relations(tag: str, attributes: dict[str, str]) -> None:
            if tag == "Relationship" and len(targets) < MOST_PARTS:
                targets[attributes["Id"]] = attributes["Target"]

        self._parse("xl/workbook.xml", of_workbook)
        self._parse("xl/_rels/workbook.xml.rels", of_relations)
        target = targets[wanted[0]] if wanted else ""
        return (target[1:] if target.startswith("/") else f"xl/{target}"), _EPOCHS[epoch[0]]

    def _strings(self) -> list[str]:
        """The texts that cells share, by number; the reading aids of East Asian ones left out."""
        found: list[str] = []
        shared = _Text()
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
                found.append(self._room.take(shared.whole()))
                shared.clear()

        def text(data: str) -> None:
            if state["kept"]:
                shared.add(data)

        if "xl/sharedStrings.xml" in self._parts:
            self._parse("xl/sharedStrings.xml", start, end, text)
        return found

    def _date_styles(self) -> set[str]:
        """The styles, by number, that show a number as a date."""
        formats: dict[str, bool] = {}
        styles: list[str] = []
        inside = {"cellXfs": False}

        def start(tag: str, attributes: dict[str, str]) -> None:
            if tag == "numFmt":
                formats[attributes["numFmtId"]] = _shows_a_date(attributes.get("formatCode", "")[:_LONGEST_FORMAT])
            elif tag in {"cellXfs", "cellStyleXfs"}:
                inside["cellXfs"] = tag == "cellXfs"
            elif tag == "xf" and inside["cellXfs"]:
                styles.append(attributes.get("numFmtId", "0")[:_LONGEST_FORMAT])
            if len(formats) > MOST_FORMATS or len(styles) > MOST_STYLES:
                raise StatementError(say(_TOO_LARGE))

        if "xl/styles.xml" in self._parts:
            self._parse("xl/styles.xml", start)
        return {
            str(place)
            for place, number in enumerate(styles)
            if (int(number) in _DATE_FORMATS if number not in formats else formats[number])
        }


class _Text:
    """A text that comes in pieces: no more of it is held than of any field."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0

    def add(self, piece: str) -> None:
        """The next piece; nothing once there is more than will be kept."""
        if self._length <= MAX_FIELD:
            self._pieces.append(piece)
            self._length += len(piece)

    def whole(self) -> str:
        """What has come, cut as any field is."""
        return cut("".join(self._pieces))

    def clear(self) -> None:
        """Begin anew."""
        self._pieces.clear()
        self._length = 0


class _Room:
    """The room that all kept texts share."""

    def __init__(self) -> None:
        self._left = MOST_TEXT

    def take(self, text: str) -> str:
        """The text, where there is room for it."""
        self._left -= len(text)
        if self._left < 0:
            raise StatementError(say(_TOO_LARGE))
        return text


class _Sheet:
    """Takes the tags of a sheet and makes rows of them."""

    def __init__(self, *, strings: list[str], dates: set[str], epoch: dt.date, room: _Room) -> None:
        self.rows: list[Row] = []
        self._strings, self._dates, self._epoch, self._room = strings, dates, epoch, room
        self._cells: list[str] = []
        self._held = 0
        self._number = self._column = 0
        self._kind = self._style = ""
        self._value: _Text | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A row, a cell or its value begins."""
        if tag == "row":
            self._number = int(attributes.get("r", self._number + 1))
            if not 0 < self._number <= _LAST_ROW:
                raise StatementError(say(_DAMAGED))
            self._cells, self._column = [], 0
        elif tag == "c":
            self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
            self._column = _column(attributes["r"]) if "r" in attributes else self._column + 1
            self._value = None
        elif tag in {"v", "t"}:
            self._value = self._value if tag == "t" and self._value is not None else _Text()

    def text(self, data: str) -> None:
        """A piece of a value."""
        if self._value is not None:
            self._value.add(data)

    def end(self, tag: str) -> None:
        """A cell or a row ends."""
        if tag == "c" and self._value is not None:
            if 0 < self._column <= MAX_WIDTH:
                self._cells.extend([""] * (self._column - len(self._cells)))
                self._cells[self._column - 1] = self._shown(self._value.whole())
            self._value = None
        elif tag == "row" and self._cells:
            self._held += len(self._cells)
            if len(self.rows) > 2 * MAX_LINES:
                raise StatementError(TOO_LONG)
            if self._held > MOST_CELLS:
                raise StatementError(TOO_WIDE)
            self.rows.append(Row(self._number, self._cells))
            self._cells = []

    def _shown(self, value: str) -> str:
        """What a person sees in the cell: a text, a day as year, month and day, or an amount to the penny."""
        if self._kind == "s":
            place = int(value)
            return self._strings[place] if 0 <= place < len(self._strings) else ""
        return self._room.take(value if self._kind != "n" else self._number_shown(value))

    def _number_shown(self, value: str) -> str:
        if self._style not in self._dates and (plain := _PLAIN.fullmatch(value)):
            return f"{plain[1]}.{plain[2] or '':0<2}"  # what most cells hold, read at once
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
    raise StatementError(say(_DAMAGED))
