"""A grid of letters and payments: what each row gives, beside which cell it is wrong, and that nothing is lost."""

import datetime as dt
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrears.core import facts
from arrears.core.case_values import ContactKind, Direction
from cases.core.facts import Decision, Frequency, Perspective, Schedule, ServicePeriod, ServiceType, StruckOut
from cms_tracker.pages.core.grid import Read, doubt, from_lines, read, recorded, said, to_lines, understood
from cms_tracker.pages.core.grid_rows import Column, Row, Said, Value, What
from tests.unit.arrears.build import case, day, payment, service

ON = day("2026-03-02")
BATCH = uuid.UUID(int=7)


def one(*cells: str, side: Perspective = Perspective.RECEIVING) -> Read:
    (found,) = read([Row(*cells)], on=ON, side=side, batch=BATCH)
    return found


def value(*cells: str, side: Perspective = Perspective.RECEIVING) -> Value:
    found = one(*cells, side=side)
    assert found.value is not None, found.problems
    return found.value


GIVES: list[tuple[tuple[str, ...], tuple[object, ...]]] = [
    (("payment", "3/4/2024", "£60.00"), ("payment", day("2024-04-03"), 6000, facts.Route.DIRECT)),
    (("Paid", "3 April 2024", "60", "", "Cash"), ("payment", day("2024-04-03"), 6000, facts.Route.DIRECT)),
    (("cms payment", "3/4/24", "57.60"), ("payment", day("2024-04-03"), 5760, facts.Route.VIA_CMS_RECEIVED)),
    (("missed", "2024-04-03"), ("nothing", day("2024-04-03"))),
    (("decision", "1/5/2024", "85", "1/4/2024"), ("decision", day("2024-05-01"), day("2024-04-01"), 8500)),
    (("decision", "1/5/2024", "0", "1/5/2024"), ("decision", day("2024-05-01"), day("2024-05-01"), 0)),
    (("payment dates", "1/5/2027", "", "", "Every 4 weeks"), ("dates", day("2027-05-01"), Frequency.FOUR_WEEKLY)),
    (("service", "1/5/2024", "", "", "collect & pay"), ("service", day("2024-05-01"), ServiceType.COLLECT_AND_PAY)),
    (("CMS figure", "1/6/2024", "500", "31/5/2024", "By"), ("figure", day("2024-06-01"), day("2024-05-31"), 50000)),
    (("opening balance", "1/6/2020", "12391.53", "", "Order"), ("carried over", day("2020-06-01"), 1239153)),
    (("write off", "1/6/2020", "5", "", "By letter"), ("adjustment", "write_off", day("2020-06-01"), 500)),
    (("correction up", "1/6/2020", "5", "", "x"), ("adjustment", "correction_up", day("2020-06-01"), 500)),
    (
        ("letter", "1/6/2020", "", "", "They wrote"),
        ("said", day("2020-06-01"), ContactKind.LETTER, Direction.IN, "They wrote"),
    ),
    (("call", "1/6/2020", "", "", "Rang"), ("said", day("2020-06-01"), ContactKind.CALL, Direction.OUT, "Rang")),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "means"), GIVES)
def test_a_row_gives_what_it_says(cells: tuple[str, ...], means: tuple[object, ...]) -> None:
    assert said(value(*cells)) == means


def test_every_kind_of_row_can_be_read() -> None:
    words = {What.DATES: "weekly", What.SERVICE: "Direct Pay"}
    money = {What.PAYMENT, What.CMS_PAYMENT, What.DECISION, What.FIGURE, What.CARRIED_OVER}
    money |= {What[kind.name] for kind in facts.AdjustmentKind if kind.name in What.__members__}
    for what in What:
        assert value(
            what.value, "1/6/2020", "5" if what in money else "", "1/6/2020" if what is What.DECISION else "",
            words.get(what, "Words"),
        )  # fmt: skip


def test_money_through_cms_is_what_that_side_sees_of_it() -> None:
    paid = value("cms payment", "3/4/2024", "60", "5/4/2024", side=Perspective.PAYING)
    assert isinstance(paid, facts.Payment)
    assert (paid.route, paid.paid_to_cms_on) == (facts.Route.VIA_CMS_PAID, day("2024-04-05"))
    assert paid.recorded_on == ON


def test_values_carry_their_words() -> None:
    decided = value("decision", "1/5/2024", "85", "1/5/2024", "annual_review")
    dates = value("payment dates", "1/5/2024", "", "", "monthly")
    service = value("service", "1/5/2024", "", "", "direct pay")
    assert isinstance(decided, Decision)
    assert isinstance(dates, Schedule)
    assert isinstance(service, ServicePeriod)
    assert (decided.reason, dates.frequency, service.type) == (
        "annual_review",
        Frequency.MONTHLY,
        ServiceType.DIRECT_PAY,
    )


WRONG: list[tuple[tuple[str, ...], Column, str]] = [
    (("", "1/6/2020", "5"), Column.WHAT, "Say what this row is."),
    (("zzz", "1/6/2020", "5"), Column.WHAT, "from the list"),
    (("payments", "1/6/2020", "5"), Column.WHAT, "Did you mean payment?"),
    (("desision", "1/6/2020", "5"), Column.WHAT, "Did you mean decision?"),
    (("decision", "1/6/2020", "5"), Column.OTHER_DAY, "counts from"),
    (("payment", "", "5"), Column.DAY, "Enter the day"),
    (("payment", "soon", "5"), Column.DAY, "Write the day like"),
    (("payment", "31/2/2020", "5"), Column.DAY, "no such day"),
    (("payment", "1/6/1990", "5"), Column.DAY, "from 5 April 1993"),
    (("payment", "3/3/2026", "5"), Column.DAY, "not come yet"),
    (("decision", "1/1/2026", "5", "1/1/2199"), Column.OTHER_DAY, "up to 2099"),
    (("payment", "1/6/2020", ""), Column.AMOUNT, "Enter an amount"),
    (("payment", "1/6/2020", "0"), Column.AMOUNT, "above nothing"),
    (("payment", "1/6/2020", "6O"), Column.AMOUNT, "letter O"),
    (("payment", "1/6/2020", "5", "1/6/2020"), Column.OTHER_DAY, "Leave this empty"),
    (("nothing came", "1/6/2020", "5"), Column.AMOUNT, "Leave this empty"),
    (("payment dates", "1/6/2020", "", "", "daily"), Column.WORDS, "how often"),
    (("payment dates", "1/6/2020"), Column.WORDS, "how often"),
    (("service", "1/6/2020", "", "", "post"), Column.WORDS, "Direct Pay, or"),
    (("letter in", "1/6/2020"), Column.WORDS, "what was said"),
    (("offset", "1/6/2020", "5"), Column.WORDS, "Say why"),
    (("carried over", "1/6/2020", "5"), Column.WORDS, "where it comes from"),
    (("payment", "1/6/2020", "5", "", "x" * 501), Column.WORDS, "501"),
    (("payment", "1/6/2020", "5", "", "x" * 2001), Column.WORDS, "too much text"),
]


@pytest.mark.parametrize(("cells", "column", "why"), WRONG)
def test_a_row_that_cannot_be_read_says_beside_which_cell(cells: tuple[str, ...], column: Column, why: str) -> None:
    (problem,) = one(*cells).problems
    assert problem.column is column
    assert why in problem.text


def test_a_row_says_everything_that_is_wrong_with_it() -> None:
    wrong = one("decision", "31/2/2020", "6O", "soon", "x" * 61).problems
    assert {problem.column for problem in wrong} == set(Column) - {Column.WHAT}


def test_an_empty_first_cell_means_the_same_as_above() -> None:
    rows = [Row("payment", "1/6/2020", "5"), Row(), Row("", "8/6/2020", "6")]
    found = read(rows, on=ON, side=Perspective.PAYING, batch=BATCH)
    assert [said(row.value)[2] for row in found if row.value] == [500, 600]


def test_a_fact_that_is_there_already_is_marked() -> None:
    known = recorded(case(payment("5", "2020-06-01"), payment("6", "2020-06-08", out="2020-07-01")))
    rows = [Row("payment", "1/6/2020", "5"), Row("payment", "8/6/2020", "6"), Row("payment", "8/6/2020", "6.00")]
    found = read(rows, on=ON, side=Perspective.RECEIVING, batch=BATCH, known=known)
    assert [row.is_again for row in found] == [True, False, True]


def test_the_same_rows_of_one_form_have_the_same_keys_and_of_another_form_others() -> None:
    rows = [Row("payment", "1/6/2020", "5"), Row("payment", "1/6/2020", "5")]

    def keys(batch: uuid.UUID) -> list[str]:
        return [row.value.id for row in read(rows, on=ON, side=Perspective.PAYING, batch=batch) if row.value]

    assert keys(BATCH) == keys(BATCH)
    assert len({*keys(BATCH), *keys(uuid.UUID(int=8))}) == 4


UNDERSTOOD: list[tuple[tuple[str, ...], tuple[str, str, str]]] = [
    (("payment", "3/4/19", "2310.55"), ("3 April 2019", "£2,310.55", "")),
    (("CMS payment", "3/4/2019", "48", "1/4/2019"), ("3 April 2019", "£48.00", "CMS had it on 1 April 2019")),
    (("missed", "3/4/2019"), ("3 April 2019", "", "for the payment due that day")),
    (
        ("decision", "12/3/2019", "95.50", "1/2/2019"),
        ("12 March 2019", "£95.50 a week", "counts from 1 February 2019"),
    ),
    (("schedule", "3/4/2019", "", "", "monthly"), ("3 April 2019", "", "every month from this day")),
    (("service", "3/4/2019", "", "", "direct pay"), ("3 April 2019", "", "Direct Pay from this day")),
    (("figure", "3/4/2019", "5", "1/4/2019"), ("3 April 2019", "£5.00", "owed on 1 April 2019")),
    (("carried over", "3/4/2019", "5", "", "Order"), ("3 April 2019", "£5.00", "")),
    (("call", "3/4/2019", "", "", "Rang"), ("3 April 2019", "", "")),
]


@pytest.mark.parametrize(("cells", "shown"), UNDERSTOOD)
def test_a_row_is_shown_as_it_was_understood(cells: tuple[str, ...], shown: tuple[str, str, str]) -> None:
    assert understood(value(*cells)) == shown


class TestADoubt:
    direct, collect = service("direct_pay", "2019-01-01"), service("collect_and_pay", "2020-01-01")

    def test_is_raised_by_money_through_cms_on_direct_pay(self) -> None:
        received = value("cms payment", "3/4/2019", "48")
        paid = value("cms payment", "3/4/2019", "60", side=Perspective.PAYING)
        assert "counts as £50.00, before its fee" in doubt(received, [self.direct, self.collect])
        assert doubt(paid, [self.direct]) == "The record says Direct Pay for this day."

    def test_is_not_raised_otherwise(self) -> None:
        later = value("cms payment", "3/4/2020", "48")
        assert doubt(later, [self.direct, self.collect]) == ""
        assert doubt(later, []) == ""
        assert doubt(value("payment", "3/4/2020", "48"), [self.direct]) == ""


def test_what_needs_a_page_of_its_own_is_sent_there() -> None:
    for what in ("settlement", "Voluntary payment", "direct_payment_accepted"):
        (problem,) = one(what, "1/6/2020", "5", "", "x").problems
        assert "is entered by itself" in problem.text


class TestPasting:
    def test_cuts_a_cell_that_is_too_long_to_be_right_before_it_is_handed_on(self) -> None:
        rows = from_lines("w" * 300_000 + "\t1/1/2020\t5\t\t" + "x" * 300_000 + "\n\t2/1/2020\t5" * 50)
        found = read(rows, on=ON, side=Perspective.PAYING, batch=BATCH)
        assert len(found) == 51
        assert sum(len(cell) for row in found for cell in row.row) < 10_000

    def test_takes_a_line_that_no_reader_of_commas_takes(self) -> None:
        (row,) = from_lines('"' + "x" * 200_000)
        assert len(row.what) <= 60

    def test_reads_a_spreadsheet_and_leaves_its_headings_out(self) -> None:
        text = "What\tDay\tAmount\nPayment\t1/6/2020\t5\n\npayment\t8/6/2020\t6\t\tBy\tbank"
        assert from_lines(text) == [Row("Payment", "1/6/2020", "5"), Row("payment", "8/6/2020", "6", "", "By bank")]

    def test_reads_commas_too(self) -> None:
        assert from_lines('payment,1/6/2020,"1,000.00",,"Cash, by hand"') == [
            Row("payment", "1/6/2020", "1,000.00", "", "Cash, by hand")
        ]

    cells = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=8)

    @given(rows=st.lists(st.builds(Row, cells, cells, cells, cells, cells).filter(any), max_size=6))
    def test_gives_back_what_it_was_given(self, rows: list[Row]) -> None:
        headings = {"day", "date"}
        kept = [row for row in rows if row.day.casefold() not in headings and row.amount.casefold() != "amount"]
        assert from_lines(to_lines(kept)) == kept

    @given(text=st.text(max_size=80))
    def test_never_fails_on_any_text(self, text: str) -> None:
        found = read(from_lines(text), on=ON, side=Perspective.PAYING, batch=BATCH)
        assert all((row.value is None) == bool(row.problems) for row in found)


def test_struck_out_facts_are_not_there() -> None:
    gone = payment("5", "2020-06-01", out="2020-07-01")
    assert isinstance(gone.struck_out, StruckOut)
    assert recorded(case(gone)) == []


def test_what_was_said_is_kept_as_it_was_written() -> None:
    found = value("meeting", "1/6/2020", "", "", "  We   met ")
    assert found == Said(
        on=dt.date(2020, 6, 1), kind=ContactKind.MEETING, direction=Direction.OUT, summary="We met", id=found.id
    )
