"""A workbook is read as a person sees it, and can neither grow without end nor reach out."""

import io
import zipfile
from typing import Any

import pytest

from arrears.core.bank import spreadsheet
from arrears.core.bank.lines import StatementError
from arrears.core.bank.spreadsheet import table

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


class TestACell:
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
        ],
        ids=[
            "no archive", "no relations", "unknown relation", "no sheet", "not closed", "no number", "no place",
            "digits without end", "an entity", "another file", "cut short", "no id",
        ],
    )  # fmt: skip
    def test_that_is_damaged_or_hostile_is_refused(self, content: bytes) -> None:
        with pytest.raises(StatementError, match="damaged"):
            table(content)

    def test_of_too_many_parts_is_refused(self) -> None:
        parts = {f"part{number}": "<x/>" for number in range(spreadsheet.MOST_PARTS)}

        with pytest.raises(StatementError, match="far larger inside"):
            table(workbook(sheet(), **parts))

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
