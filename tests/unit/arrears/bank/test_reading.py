"""Every kind of statement is read to the same lines, and a bad line stops none of the others."""

import csv
import datetime as dt
from pathlib import Path

import pytest

from arrears.core.bank import comma_separated, ofx, qif
from arrears.core.bank import lines as limits
from arrears.core.bank.layouts import known_banks
from arrears.core.bank.lines import BankStatement, Columns, Line, StatementError, UnknownTable
from arrears.core.bank.reading import read

EXAMPLES = Path(__file__).parents[3] / "examples" / "bank"
KNOWN = sorted(path.name for path in EXAMPLES.iterdir() if path.suffix != ".md" and "unknown" not in path.name)
THE_FIVE = [
    (dt.date(2026, 7, 3), 11240, "J SMITH MAINTENANCE"),
    (dt.date(2026, 7, 5), -2399, "CORNER SHOP"),
    (dt.date(2026, 7, 10), 11239, "J SMITH MAINTENANCE"),
    (dt.date(2026, 7, 14), -125000, "GREEN LETTINGS RENT"),
    (dt.date(2026, 7, 17), 11240, "J SMITH MAINTENANCE"),
]
SOURCES = {
    "barclays.csv": "CSV from Barclays",
    "co-operative.csv": "CSV from Co-operative Bank",
    "first-direct.csv": "CSV from first direct",
    "hsbc.csv": "CSV from HSBC",
    "lloyds.csv": "CSV from Lloyds, Halifax, Bank of Scotland or TSB",
    "monzo.csv": "CSV from Monzo",
    "nationwide.csv": "CSV from Nationwide",
    "natwest.csv": "CSV from NatWest or Royal Bank of Scotland",
    "revolut.csv": "CSV from Revolut",
    "santander.csv": "CSV from Santander",
    "starling.csv": "CSV from Starling",
    "statement-1.ofx": "OFX",
    "statement-2.ofx": "OFX",
    "statement.qif": "QIF",
    "statement.xlsx": "Excel",
    "tsb.csv": "CSV from Lloyds, Halifax, Bank of Scotland or TSB",
    "virgin-money.csv": "CSV from Virgin Money or Clydesdale",
}


def statement(content: bytes | str, chosen: Columns | None = None) -> BankStatement:
    found = read(content.encode() if isinstance(content, str) else content, chosen=chosen)
    assert isinstance(found, BankStatement)
    return found


def values(found: BankStatement) -> list[tuple[dt.date, int, str]]:
    return [(line.on, line.pence, line.text) for line in found.lines]


class TestAnExample:
    def test_exists_for_every_kind(self) -> None:
        assert sorted(SOURCES) == KNOWN

    @pytest.mark.parametrize("name", KNOWN)
    def test_is_read_to_the_same_five_lines(self, name: str) -> None:
        found = statement((EXAMPLES / name).read_bytes())

        assert values(found) == THE_FIVE
        assert found.source == SOURCES[name]

    def test_names_the_rows_that_are_no_payment_in_pounds(self) -> None:
        found = statement((EXAMPLES / "revolut.csv").read_bytes())

        assert [(one.number, one.why) for one in found.refused] == [
            (7, "the bank had not completed it, or sent it back"),
            (8, "it is in EUR, not in pounds"),
        ]

    def test_of_an_unknown_bank_is_read_by_the_columns_that_a_person_chose(self) -> None:
        content = (EXAMPLES / "unknown-columns.csv").read_bytes()
        table = read(content)

        assert isinstance(table, UnknownTable)
        assert (table.width, table.rows[0]) == (3, ("Buchung", "Wer", "Wieviel"))
        assert values(statement(content, Columns(date=0, text=(1,), amount=2))) == THE_FIVE


class TestARow:
    def test_that_is_wrong_is_named_by_its_line_and_stops_nothing(self) -> None:
        found = statement(
            "Date,Description,Amount,Balance\n"
            "03/03/2025,Good,1.00,1.00\n"
            "31/02/2025,No such day,1.00,1.00\n"
            ",No day,1.00,1.00\n"
            "03/03/1992,Before the schemes,1.00,1.00\n"
            "some day,No day at all,1.00,1.00\n"
            "12 Foo 2025,No such month,1.00,1.00\n"
            "04/03/2025,Brackets,(1.00),1.00\n"
            "04/03/2025,Three decimals,1.234,1.00\n"
            "04/03/2025,Too much,123456789.00,1.00\n"
            "04/03/2025,Nothing said,,1.00\n"
            "04/03/2025,Nought,0.00,1.00\n"
            "04/03/2025\n"
            "05/03/2025,Good again,-2.00,1.00\n"
        )

        assert [(line.number, line.pence) for line in found.lines] == [(2, 100), (14, -200)]
        assert [(one.number, one.why) for one in found.refused] == [
            (3, "its date does not exist"),
            (4, "it has no date"),
            (5, "its date is before 5 April 1993, when the first scheme began"),
            (6, "its date cannot be read"),
            (7, "its date cannot be read"),
            (8, "its amount cannot be read"),
            (9, "its amount cannot be read"),
            (10, "its amount is over £9,999,999.99"),
            (11, "it has no amount"),
            (13, "it has no amount"),
        ]

    def test_may_have_money_in_and_out_in_two_columns_with_or_without_a_minus(self) -> None:
        found = statement(
            "Date,Description,Paid out,Paid in,Balance\n"
            "03/03/2025,Out,-5.00,,1.00\n04/03/2025,In,,£6.00,1.00\n05/03/2025,Neither,,,1.00\n"
        )

        assert [line.pence for line in found.lines] == [-500, 600]
        assert [one.why for one in found.refused] == ["it has no amount"]

    @pytest.mark.parametrize(
        ("written", "pence"),
        [
            ("1.5", 150), ("-12", -1200), ("£1,234.56", 123456), ("-£7.00", -700), ("£-7.00", -700), ("7.00-", -700),
            ("7.00 DR", -700), ("7.00 CR", 700), ("+7.00", 700), ("\N{MINUS SIGN}7.00", -700), ("GBP 7", 700),
            ("7.100", 710),
        ],
    )  # fmt: skip
    def test_may_write_its_amount_in_many_ways(self, written: str, pence: int) -> None:
        (line,) = statement(f'Date;Description;Amount\n03/03/2025;Text;"{written}"\n').lines

        assert line.pence == pence

    @pytest.mark.parametrize(
        ("written", "day"),
        [
            ("2025-03-14", 14), ("14/03/2025", 14), ("14-03-25", 14), ("14.3.2025", 14), ("14 Mar 2025", 14),
            ("14-Mar-25", 14), ("14 March 2025", 14), ("20250314", 14), ("2025-03-14T09:10:11Z", 14),
            ("14/03/2025 09:10", 14), ("14/03'25", 14),
        ],
    )  # fmt: skip
    def test_may_write_its_day_in_many_ways(self, written: str, day: int) -> None:
        (line,) = statement(f"Date,Description,Amount\n{written},Text,1.00\n").lines

        assert line.on == dt.date(2025, 3, day)

    def test_of_a_year_in_two_figures_lies_after_the_first_scheme_began(self) -> None:
        found = statement("Date,Description,Amount\n01/05/93,Old,1.00\n01/05/92,New,1.00\n")

        assert [line.on.year for line in found.lines] == [1993, 2092]

    def test_says_a_repeated_text_once(self) -> None:
        (line,) = statement("Date,Name,Description,Amount\n03/03/2025,A PAYER,A PAYER,1.00\n").lines

        assert line.text == "A PAYER"

    def test_with_a_field_without_end_is_named(self) -> None:
        found = statement(
            "Date,Description,Amount\n03/03/2025,Good,1.00\n04/03/2025,"
            + "x" * (csv.field_size_limit() + 1)
            + ",1.00\n"
            "05/03/2025,Good,1.00\n"
        )

        assert [line.number for line in found.lines] == [2, 4]
        assert [one.number for one in found.refused] == [3]


class TestTheOrderOfDayAndMonth:
    def test_is_the_uks_where_it_can_be_read_both_ways_and_the_person_is_told(self) -> None:
        found = statement("Date,Description,Amount\n03/04/2025,One,1.00\n05/05/2025,Two,1.00\n")

        assert found.lines[0].on == dt.date(2025, 4, 3)
        assert found.notes == (
            (
                "The dates of this file can be read in two ways. "
                "We took the day first, as in the UK: 03/04/2025 is 3 April 2025."
            ),
        )

    def test_is_turned_for_the_whole_file_by_a_day_above_twelve(self) -> None:
        found = statement("!Type:Bank\nD03/04/2025\nT1.00\n^\nD03/14/2025\nT1.00\n^\n")

        assert [line.on for line in found.lines] == [dt.date(2025, 3, 4), dt.date(2025, 3, 14)]
        assert found.notes == (
            "The dates of this file have the month first, as in the United States. We read them so.",
        )

    def test_needs_no_word_where_a_day_above_twelve_settles_it(self) -> None:
        found = statement("Date,Description,Amount\n03/04/2025,One,1.00\n14/04/2025,Two,1.00\n")

        assert found.lines[0].on == dt.date(2025, 4, 3)
        assert found.notes == ()


class TestOfx:
    def test_takes_a_comma_before_the_pence_and_several_accounts(self) -> None:
        found = statement(
            "OFXHEADER:100\n<OFX><CURDEF>GBP<BANKTRANLIST><STMTTRN><DTPOSTED>20250303<TRNAMT>-12,50<NAME>A &amp; B\n"
            "</BANKTRANLIST><CURDEF>EUR<BANKTRANLIST>\n<STMTTRN><DTPOSTED>20250304<TRNAMT>1.00<MEMO>C</BANKTRANLIST>\n"
            "<CURDEF></CURDEF><CURDEF>GBP<STMTTRN><DTPOSTED>20250305<TRNAMT>nothing<STMTTRN><DTPOSTED>20250306<TRNAMT>0"
        )

        assert values(found) == [(dt.date(2025, 3, 3), -1250, "A & B")]
        assert [(one.number, one.why) for one in found.refused] == [
            (4, "it is in EUR, not in pounds"),
            (5, "its amount cannot be read"),
        ]

    def test_expands_no_entity_that_a_file_declares(self) -> None:
        found = statement(
            '<?xml version="1.0"?><!DOCTYPE OFX [<!ENTITY a "boom">]><OFX><STMTTRN><DTPOSTED>20250303</DTPOSTED>'
            "<TRNAMT>1.00</TRNAMT><NAME>&a;</NAME></STMTTRN></OFX>"
        )

        assert found.lines[0].text == "&a;"

    def test_cuts_a_field_before_it_is_read(self) -> None:
        entity = "&#" + "9" * 5000 + ";"
        found = statement(f"<OFX><STMTTRN><DTPOSTED>20250303<TRNAMT>1.00<NAME>{entity}<STMTTRN><TRNAMT>{entity}")

        assert values(found) == [(dt.date(2025, 3, 3), 100, "\N{REPLACEMENT CHARACTER}\N{HORIZONTAL ELLIPSIS}")]
        assert [one.why for one in found.refused] == ["it has no date"]

    def test_keeps_only_the_fields_that_it_reads(self) -> None:
        ((_, record),) = ofx._records("<STMTTRN><DTPOSTED>1" + "".join(f"<A{number}>1" for number in range(1000)))

        assert record == {"CURDEF": "", "DTPOSTED": "1"}

    def test_without_transactions_is_refused(self) -> None:
        with pytest.raises(StatementError, match="This OFX file holds no payments"):
            read(b"<OFX></OFX>")


class TestQif:
    def test_leaves_out_what_is_no_account_of_money(self) -> None:
        found = statement(
            "!Option:AutoSwitch\n!Account\nNMy account\n^\n!Type:Bank\nD1/5'25\nU1,000.00\nPPayer\nMMemo\n^\n^\n"
            "D2/5/2025\nTnot much\n^\nD3/5/2025\nT0.00\n^\n!Type:Invst\nD4/5/2025\nT1.00\n^\n"
            "!Type:Cash\nD5/5/2025\nT2.00\n"
        )

        assert values(found) == [(dt.date(2025, 5, 1), 100000, "Payer Memo"), (dt.date(2025, 5, 5), 200, "")]
        assert [(one.number, one.why) for one in found.refused] == [(12, "its amount cannot be read")]

    def test_cuts_a_field_and_takes_no_part_of_an_amount(self) -> None:
        found = statement("!Type:Bank\nD3/5/2025\nT" + "0" * 900 + "5.00\nLfood\n^\nD4/5/2025\nT1.00\nP" + "x " * 900)

        assert [one.why for one in found.refused] == ["its amount cannot be read"]
        assert values(found) == [(dt.date(2025, 5, 4), 100, "x " * 100)]

    def test_keeps_only_the_fields_that_it_reads(self) -> None:
        fields = "".join(f"{chr(number)}x\n" for number in range(0x4E00, 0x5E00))
        ((_, record),) = qif._records("!Type:Bank\n\nD1\n" + fields)

        assert record == {"D": "1", "": "x"}

    def test_without_transactions_is_refused(self) -> None:
        with pytest.raises(StatementError, match="This QIF file holds no payments"):
            read(b"!Type:Invst\nD4/5/2025\nT1.00\n^\n")


class TestAFile:
    @pytest.mark.parametrize(
        ("content", "why"),
        [
            (b"", "holds no lines"),
            (b"\n \n,,\n", "holds no lines"),
            (b"%PDF-1.7", "This is a PDF"),
            (b"\xd0\xcf\x11\xe0\xa1", "old Excel file"),
            (b"\x89PNG\r\n", "This is a picture"),
            (b"\xff\xd8\xff\xe0", "This is a picture"),
            (b"  <html><table>", "web page"),
            (b"MZ\x00\x03" + bytes(100) + b"x" * 400, "not a statement that we can read"),
            (b"PK\x03\x04nothing", "damaged"),
        ],
    )
    def test_that_is_no_statement_is_refused_in_a_sentence(self, content: bytes, why: str) -> None:
        with pytest.raises(StatementError, match=why):
            read(content)

    def test_that_is_too_large_is_refused(self) -> None:
        with pytest.raises(StatementError, match="larger than 10 MB"):
            read(b"x" * (limits.MAX_BYTES + 1))

    @pytest.mark.parametrize(
        "content",
        [
            "Date,Description,Amount\n" + "03/03/2025,Text,1.00\n" * 50_001,
            "x\n" * 100_001,
            "!Type:Bank\n" + "D03/03/2025\nT1\n^\n" * 50_001,
            "<OFX>" + "<STMTTRN><TRNAMT>1" * 50_001,
        ],
        ids=["csv", "no table", "qif", "ofx"],
    )
    def test_with_too_many_lines_is_refused(self, content: str) -> None:
        with pytest.raises(StatementError, match="more than 50,000 lines"):
            read(content.encode())

    def test_of_commas_is_cut_and_refused_where_it_is_wider_than_a_statement(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(comma_separated, "MOST_CELLS", 640)
        row = "x" * 900 + "," * 100 + "\n"
        found = read((row * 10).encode())

        assert isinstance(found, UnknownTable)
        assert comma_separated.table(row).rows[0].cells[0] == "x" * 800 + "…"
        with pytest.raises(StatementError, match="far more cells than a statement"):
            read((row * 11).encode())

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
    def test_may_come_in_any_common_encoding(self, encoding: str) -> None:
        found = statement("Date,Description,Amount\n03/03/2025,Café £,£1.00\n".encode(encoding))

        assert values(found) == [(dt.date(2025, 3, 3), 100, "Café £")]

    @pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
    def test_may_be_separated_by_any_common_sign(self, sign: str) -> None:
        content = "\n".join(sign.join(row) for row in [("Wann", "Wer", "Wieviel"), ("03/03/2025", "A", "1.00")])

        assert values(statement(content, Columns(date=0, text=(1,), amount=2))) == [(dt.date(2025, 3, 3), 100, "A")]

    def test_without_a_heading_is_hsbcs_only_if_its_rows_are(self) -> None:
        assert isinstance(read(b"03/03/2025,A,1.00\nnonsense,B,2.00\n"), UnknownTable)
        assert isinstance(read(b"03/03/2025,A,1.00,2.00\n"), UnknownTable)
        assert statement("03/03/2025,A,1.00\n").lines == (Line(1, dt.date(2025, 3, 3), 100, "A"),)

    def test_whose_columns_were_chosen_wrongly_has_no_lines(self) -> None:
        found = statement("03/03/2025,A,1.00\n", Columns(date=1, text=(0,), amount=2))

        assert (found.lines, found.refused) == ((), ())


class TestTheBanksThatAreKnown:
    def test_are_named_once_each_by_their_brand(self) -> None:
        found = known_banks()

        assert list(found) == sorted(set(found), key=str.casefold)
        assert {"Halifax", "first direct", "Royal Bank of Scotland", "Clydesdale"} <= set(found)
        assert not [name for name in found if " or " in name or "," in name]

    def test_stand_in_the_written_guide(self) -> None:
        guide = (EXAMPLES.parents[2] / "docs" / "guides" / "import-and-export.md").read_text(encoding="utf-8")

        assert f"| CSV | {', '.join(known_banks())};" in guide
