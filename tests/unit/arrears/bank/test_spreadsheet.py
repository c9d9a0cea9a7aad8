"""A workbook is read as a person sees it, and can neither grow without end nor reach out."""

import io
import zipfile
from collections import Counter
from typing import Any

import pytest

from arrears.core.bank import spreadsheet, tables
from arrears.core.bank.lines import StatementError
from arrears.core.bank.reading import read
from arrears.core.bank.spreadsheet import table
from arrears.core.bank.texts import MAX_FIELD

WORKBOOK = (
    '<workbook xmlns:r="r"><sheets><sheet name="One" r:id="rId1"/><sheet name="Two" r:id="rId2"/></sheets></workbook>'
)
RELATIONS = (
    '<Relationships><Relationship Id="rId1" Target="worksheets/one.xml"/>'
    '<Relationship Id="rId2" Target="/xl/worksheets/two.xml"/></Relationships>'
)
STYLES = (
    '<styleSheet><numFmts><numFmt numFmtId="200" formatCode="dd/mm/yyyy"/><numFmt numFmtId="202"/>'
    '<numFmt numFmtId="201" formatCode="[Red]&quot;day&quot;0.00"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>'
    '<xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="200"/><xf numFmtId="201"/><xf/><xf numFmtId="202"/></cellXfs>'
    "</styleSheet>"
)


def sheet(*rows: str) -> str:
    return f"<worksheet><sheetData>{''.join(rows)}</sheetData></worksheet>"


def workbook(rows: str, **parts: Any) -> bytes:
    """A workbook of these parts; a part of None is left out."""
    usual = {"workbook": WORKBOOK, "_rels/workbook.xml.rels": RELATIONS, "worksheets/one": rows, "styles": STYLES}
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (usual | parts).items():
            if text is not None:
                archive.writestr(f"xl/{name}" if name.endswith(".rels") else f"xl/{name}.xml", text)
    return kept.getvalue()


def cells(content: bytes) -> list[list[str]]:
    return [list(row.cells) for row in table(content).rows]


def squeezed(method: int) -> bytes:
    """A workbook that is whole, in another compression: one whose reader knows no limit."""
    kept = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(sheet("<row><c><v>1</v></c></row>")))) as whole,
        zipfile.ZipFile(kept, "w", method) as archive,
    ):
        for name in whole.namelist():
            archive.writestr(name, whole.read(name))
    return kept.getvalue()


def pointed_past_its_end() -> bytes:
    """A workbook whose list says that its first part begins where nothing is left."""
    content = bytearray(workbook(sheet()))
    place = content.index(b"PK\x01\x02")
    content[place + 42 : place + 46] = (len(content) - 10).to_bytes(4, "little")
    return bytes(content)


class TestACell:
    def test_is_cut_and_no_amount_where_it_is_too_long(self) -> None:
        content = workbook(
            sheet(
                '<row><c t="s"><v>0</v></c><c t="str"><v>' + "x\n" * 5000 + "</v></c>"
                "<c><v>" + "0" * MAX_FIELD + "5</v></c></row>"
            ),
            sharedStrings=f"<sst><si><t>{'a ' * 5000}</t></si></sst>",
        )

        ((shared, own, number),) = cells(content)
        assert shared == ("a " * 5000)[:MAX_FIELD] + "…"
        assert own == ("x\n" * 5000)[:MAX_FIELD] + "…"
        assert number == "0" * MAX_FIELD + "…"

    @pytest.mark.parametrize(
        ("written", "shown"),
        [
            ("7", "7.00"),
            ("7.5", "7.50"),
            ("-0.25", "-0.25"),
            ("007", "7.00"),
            ("12345678", "12345678.00"),
            ("+7", "7.00"),
        ],
    )
    def test_of_a_number_is_shown_to_the_penny(self, written: str, shown: str) -> None:
        assert cells(workbook(sheet(f"<row><c><v>{written}</v></c></row>"))) == [[shown]]

    def test_is_read_as_a_person_sees_it(self) -> None:
        content = workbook(
            sheet(
                '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="D1" t="inlineStr"><is>'
                '<t>In</t><r><t>line</t></r></is></c><c r="E1" t="s"><v>9</v></c></row>',
                '<row r="2"><c r="A2" s="1"><v>45719</v></c><c r="B2" s="2"><v>45719.5</v></c><c s="3"><v>7.5</v></c>'
                '<c s="4"><v>12.300000000000001</v></c><c s="5"><v>-4</v></c><c t="str"><f>A1</f><v>text</v></c></row>',
                '<row><c r="A3"><v>NaN</v></c><c r="B3"><v>1E400</v></c><c r="C3"><v>0.123</v></c>'
                '<c r="D3"><v>x</v></c>'
                '<c r="E3"/><c r="F3" s="1"><v>99999</v></c></row>',
                "<row/>",
            ),
            sharedStrings="<sst><si><t>Date</t></si>"
            "<si><r><t>Rich </t></r><r><t>text</t></r><rPh><t>aid</t></rPh></si></sst>",
        )

        assert cells(content) == [
            ["Date", "Rich text", "", "Inline", ""],
            ["2025-03-03", "2025-03-03", "7.50", "12.30", "-4.00", "text"],
            ["NaN", "1E400", "0.123", "x", "", "99999.00"],
        ]
        assert [row.number for row in table(content).rows] == [1, 2, 3]

    def test_counts_its_days_from_1904_where_the_workbook_does(self) -> None:
        turned = WORKBOOK.replace("<sheets>", '<workbookPr date1904="1"/><sheets>')

        assert cells(workbook(sheet('<row><c s="1"><v>44257</v></c></row>'), workbook=turned)) == [["2025-03-03"]]

    def test_too_far_out_is_left_out(self) -> None:
        far = sheet(
            '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row>',
            '<row r="1048576"><c r="A9"><v>3</v></c></row>',
        )

        assert cells(workbook(far)) == [["1.00"], ["3.00"]]

    def test_may_stand_in_a_sheet_named_from_the_root_and_without_styles(self) -> None:
        swapped = RELATIONS.replace("rId1", "rId0").replace("rId2", "rId1")
        content = workbook(
            "",
            **{
                "_rels/workbook.xml.rels": swapped,
                "worksheets/two": sheet("<row><c><v>1</v></c></row>"),
                "styles": None,
            },
        )

        assert cells(content) == [["1.00"]]


class TestAWorkbook:
    @pytest.mark.parametrize(
        "content",
        [
            b"PK\x03\x04",
            workbook(sheet(), **{"_rels/workbook.xml.rels": None}),
            workbook(sheet(), **{"_rels/workbook.xml.rels": "<Relationships/>"}),
            workbook(sheet(), workbook="<workbook/>"),
            workbook("<worksheet>"),
            workbook(sheet('<row r="x"><c><v>1</v></c></row>')),
            workbook(sheet('<row><c t="s"><v>x</v></c></row>')),
            workbook(sheet(f'<row r="{"9" * 5000}"/>')),
            workbook('<!DOCTYPE x [<!ENTITY a "b">]>' + sheet()),
            workbook('<!DOCTYPE x SYSTEM "file:///etc/passwd"><worksheet/>'),
            workbook(sheet())[:-30],
            workbook(sheet(), styles="<styleSheet><numFmts><numFmt/></numFmts></styleSheet>"),
            workbook(sheet(), styles='<styleSheet><cellXfs><xf numFmtId="x"/></cellXfs></styleSheet>'),
            workbook('<?xml version="1.0" encoding="nonsuch"?>' + sheet()),
            workbook('<?xml version="1.0" encoding="zlib"?>' + sheet()),
            workbook(sheet('<row r="0"><c><v>1</v></c></row>')),
            workbook(sheet('<row r="1048577"><c><v>1</v></c></row>')),
            squeezed(zipfile.ZIP_BZIP2),
            squeezed(zipfile.ZIP_LZMA),
            pointed_past_its_end(),
        ],
        ids=[
            "no archive", "no relations", "unknown relation", "no sheet", "not closed", "no number", "no place",
            "digits without end", "an entity", "another file", "cut short", "no id", "no style", "no encoding",
            "no text encoding", "no row", "past the last row", "bzip2", "lzma", "no header",
        ],
    )  # fmt: skip
    def test_that_is_damaged_or_hostile_is_refused(self, content: bytes) -> None:
        with pytest.raises(StatementError, match="damaged"):
            table(content)

    def test_of_too_many_parts_is_refused(self) -> None:
        parts = {f"part{number}": "<x/>" for number in range(spreadsheet.MOST_PARTS)}

        with pytest.raises(StatementError, match="far larger inside"):
            table(workbook(sheet(), **parts))

    def test_of_a_hundred_thousand_parts_is_refused_before_they_are_listed(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        opened: list[object] = []
        monkeypatch.setattr(spreadsheet.zipfile, "ZipFile", opened.append)
        with pytest.raises(StatementError, match="far larger inside"):
            table(b"PK\x03\x04" + b"PK\x01\x02" * 100_000)

        assert opened == []

    def test_says_one_long_text_in_every_row_at_the_price_of_one(self, monkeypatch: pytest.MonkeyPatch) -> None:
        asked: Counter[str] = Counter()
        lengths: list[int] = []
        monkeypatch.setattr(tables, "harmless", lambda text: asked.update([text]) or text[:200])
        monkeypatch.setattr(tables.layouts, "heading", lambda cell: lengths.append(len(cell)) or cell.casefold())
        line = '<row><c t="str"><v>2025-03-03</v></c><c t="s"><v>0</v></c><c><v>5</v></c></row>'
        head = (
            "<row>" + "".join(f'<c t="str"><v>{name}</v></c>' for name in ("Date", "Description", "Amount")) + "</row>"
        )
        content = workbook(
            sheet('<row><c t="s"><v>0</v></c></row>' * 5, head, line * 1000),
            sharedStrings=f"<sst><si><t>{'é ' * 500_000}</t></si></sst>",
        )
        found = read(content)

        assert len(content) < 20_000
        assert isinstance(found, tables.BankStatement)
        assert len(found.lines) == 1000
        assert list(asked.values()) == [1]
        assert max(lengths) == MAX_FIELD + 1

    @pytest.mark.parametrize(
        "parts",
        [
            {"worksheets/one": "<worksheet>" + "<a>" * 65},
            {"worksheets/one": "<worksheet>" + "".join(f"<a{number}/>" for number in range(1001))},
            {"worksheets/one": "<worksheet " + " ".join(f'a{number}=""' for number in range(1001)) + "/>"},
            {"worksheets/one": f'<worksheet a="{"x" * 400_000}"/>'},
            {"styles": "<s>" + "".join(f'<numFmt numFmtId="{number}"/>' for number in range(1001)) + "</s>"},
            {"styles": "<s><cellXfs>" + "<xf/>" * 65_537 + "</cellXfs></s>"},
        ],
        ids=["deep", "names of tags", "names of attributes", "one tag", "formats", "styles"],
    )
    def test_that_makes_the_parser_hold_more_and_more_is_refused(self, parts: dict[str, str]) -> None:
        with pytest.raises(StatementError, match="far larger inside"):
            table(workbook(sheet(), **parts))

    def test_of_too_much_text_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(spreadsheet, "MOST_TEXT", 1000)
        row = f'<row><c t="str"><v>{"x" * 500}</v></c></row>'

        assert len(cells(workbook(sheet(row * 2)))) == 2
        with pytest.raises(StatementError, match="far larger inside"):
            table(workbook(sheet(row * 2), sharedStrings="<sst><si><t>x</t></si></sst>"))

    def test_of_too_many_cells_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(spreadsheet, "MOST_CELLS", 640)
        row = '<row><c r="BL1"><v>1</v></c></row>'

        assert len(cells(workbook(sheet(row * 10)))) == 10
        with pytest.raises(StatementError, match="far more cells than a statement"):
            table(workbook(sheet(row * 11)))

    def test_that_inflates_without_end_is_refused_before_it_has(self) -> None:
        content = workbook(sheet() + " " * (spreadsheet.MOST_BYTES + 1))

        assert len(content) < 200_000
        with pytest.raises(StatementError, match="far larger inside"):
            table(content)

    def test_of_too_many_tags_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(spreadsheet, "MOST_TAGS", 1000)

        with pytest.raises(StatementError, match="far larger inside"):
            table(workbook(sheet("<row/>" * 1000)))

    def test_of_too_many_rows_is_refused(self) -> None:
        with pytest.raises(StatementError, match="more than 50,000 lines"):
            table(workbook(sheet("<row><c><v>1</v></c></row>" * 100_002)))

    def test_whose_archive_lies_about_a_size_is_read_no_further_than_it_says(self) -> None:
        content = bytearray(workbook(sheet("<row><c><v>1</v></c></row>" * 100)))
        place = content.rindex(b"PK\x01\x02", 0, content.rindex(b"one.xml"))
        content[place + 24 : place + 28] = (10).to_bytes(4, "little")

        with pytest.raises(StatementError, match="damaged"):
            table(bytes(content))
