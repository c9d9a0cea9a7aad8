"""The calendar as people read it, and as a file: the same payments, in neutral words."""

import pytest

from arrears.core import patterns
from arrears.core.facts import CaseFacts, Observation
from arrears.core.position import position
from arrears.presenters import patterns as presenter
from arrears.presenters.fact_links import Addresses, FactLinks
from cases.core.facts import Perspective
from tests.unit.arrears.build import adjustment, case, day, decision, payment, schedule

PAGES = Addresses("/payments/{}/", "/changes/{}/", "/payments/", "/details/", "/claims/{}/", "/settlements/{}/")
FACTS = case(
    decision("60", "2024-12-06"),
    schedule("weekly", "2024-12-06"),
    payment("60", "2024-12-06"),
    payment("60", "2024-12-14", parts=(("2024-12-13", "60"),)),
    payment("20", "2024-12-20", parts=(("2024-12-20", "20"),)),
    Observation(due_on=day("2024-12-27"), noted_on=day("2024-12-28"), id="observation"),
)


def pattern(facts: CaseFacts, on: str) -> patterns.Pattern:
    return patterns.read(position(facts, on=day(on)), noted={one.due_on for one in facts.observations})


def shown(on: str, *, perspective: Perspective = Perspective.RECEIVING) -> presenter.Shown:
    return presenter.shown(pattern(FACTS, on), perspective=perspective, links=FactLinks(FACTS, PAGES))


class TestACreditThatIsUsedFirst:
    START = (decision("60", "2024-11-29", told="2024-12-01"), schedule("weekly", "2024-12-06"))
    CREDIT = adjustment("voluntary_payment", "20", "2024-12-02")

    def of(self, *facts: object, on: str = "2024-12-09") -> tuple[presenter.Shown, CaseFacts]:
        found = case(*self.START, self.CREDIT, *facts)
        return presenter.shown(pattern(found, on), perspective=Perspective.PAYING, links=FactLinks(found, PAGES)), found

    def test_leaves_a_payment_made_on_the_day_to_be_told_as_on_time(self) -> None:
        page, facts = self.of(payment("60", "2024-12-06"))
        assert page.years[0].lines[0].tag.word == "£20.00 covered by a credit, the rest on time"
        assert page.credits.startswith("For 1 payment, a credit covered a part and the rest was paid on time.")
        assert pattern(facts, "2024-12-09").cells[0].credit == 2000

    def test_is_told_of_as_many_payments_as_it_touched(self) -> None:
        more = adjustment("voluntary_payment", "10", "2024-12-12")
        oldest = adjustment("offset", "60", "2024-12-11")
        page, _ = self.of(payment("60", "2024-12-06"), oldest, more, payment("60", "2024-12-13"), on="2024-12-14")
        assert page.credits.startswith("For 2 payments,")

    def test_says_no_more_where_the_rest_came_late_or_not_at_all(self) -> None:
        late, _ = self.of(payment("60", "2024-12-08"))
        assert (late.credits, late.years[0].lines[0].tag.word) == ("", "covered by a credit")
        alone, _ = self.of(adjustment("write_off", "200", "2024-12-06"))
        assert (alone.credits, alone.years[0].lines[0].tag.word) == ("", "covered by a credit")


class TestShown:
    def test_puts_the_newest_year_first_and_each_year_in_order(self) -> None:
        page = shown("2025-01-12")
        assert [(year.name, [month.name for month in year.months]) for year in page.years] == [
            ("2025", ["January"]), ("2024", ["December"]),
        ]  # fmt: skip
        assert [one.number for one in page.years[1].months[0].squares] == [6, 13, 20, 27]
        assert page.years[1].summary == "1 on time, 1 late, 1 short, 1 noted that nothing came"

    def test_says_each_square_in_words_and_leads_to_its_date(self) -> None:
        squares = shown("2025-01-12").years[1].months[0].squares
        assert [one.words for one in squares] == [
            "6 December 2024, £60.00: on time",
            "13 December 2024, £60.00: 1 day late",
            "20 December 2024, £60.00: £40.00 short",
            "27 December 2024, £60.00: noted that nothing came",
        ]
        assert [one.small for one in squares] == ["", "+1", "", ""]
        assert squares[0].url == "/payments/?due=2024-12-06#due-2024-12-06"

    def test_has_a_shape_of_its_own_for_each_way(self) -> None:
        shapes = [shape for shape, _ in presenter._SHAPES.values()]
        assert set(presenter._SHAPES) == set(patterns.Mark)
        assert len(set(shapes)) == len(shapes)

    def test_says_that_few_payments_show_no_pattern(self) -> None:
        assert shown("2024-12-08").lede == (
            "One payment fell due, on 6 December 2024. That is too few to show a pattern."
        )
        page = shown("2025-01-08")
        assert page.lede.startswith("5 payments fell due, from 6 December 2024 to 3 January 2025. That is too few")
        assert page.late == ()

    def test_draws_the_days_late_to_one_scale(self) -> None:
        page = shown("2025-01-12")
        assert [(bar.title, bar.number, bar.width) for bar in page.late][:2] == [
            ("1 to 3 days", "1", "100%"), ("4 to 7 days", "0", "0%"),
        ]  # fmt: skip
        assert page.late[-1].title == "91 days or more"
        assert page.most_late == "1 day"

    def test_names_the_longest_row_of_a_kind(self) -> None:
        rows = {one.tag.word: one.row for one in shown("2025-01-12").counts}
        assert rows["Nothing logged"] == "2, 3 January 2025 to 10 January 2025"
        assert rows["On time"] == ""

    @pytest.mark.parametrize(
        ("perspective", "words"),
        [(Perspective.RECEIVING, "Noted that nothing came"), (Perspective.PAYING, "Noted that nothing was paid")],
    )
    def test_speaks_of_neither_parent(self, perspective: Perspective, words: str) -> None:
        assert words in {one.tag.word for one in shown("2025-01-12", perspective=perspective).counts}


class TestTable:
    def test_holds_every_payment_as_plain_days_and_amounts(self) -> None:
        rows = list(presenter.table(pattern(FACTS, "2024-12-28"), perspective=Perspective.RECEIVING))
        assert rows == [
            ("Fell due", "Amount", "How it came", "Days late", "Last money on", "Still owed"),
            ("2024-12-06", "60.00", "On time", "", "2024-12-06", "0.00"),
            ("2024-12-13", "60.00", "Late", "1", "2024-12-14", "0.00"),
            ("2024-12-20", "60.00", "Short", "", "2024-12-20", "40.00"),
            ("2024-12-27", "60.00", "Noted that nothing came", "", "", "60.00"),
        ]

    def test_has_no_cell_that_a_spreadsheet_would_run(self) -> None:
        found = pattern(FACTS, "2025-04-01")
        cells = [
            cell
            for perspective in Perspective
            for row in presenter.table(found, perspective=perspective)
            for cell in row
        ]
        assert not [cell for cell in cells if cell[:1] in {"=", "+", "-", "@", "\t", "\r"}]


def test_every_day_late_has_its_bucket() -> None:
    steps = patterns._STEPS
    assert [most + 1 for _, most in steps[:-1] if most] == [least for least, _ in steps[1:]]
    assert steps[0][0] == 1
