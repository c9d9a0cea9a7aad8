"""What Collect and Pay costs each parent, beside Direct Pay, and under what is only announced."""

from dataclasses import replace

from arrears.core import rates, service_fees
from arrears.core.facts import CaseFacts
from arrears.core.service_fees import Line, Span
from tests.unit.arrears.build import case, day, decision, schedule

ON = day("2026-11-23")
DUE = case(decision("50", "2026-01-05"), schedule("monthly", "2026-02-02"))


def lines(facts: CaseFacts) -> dict[Span, Line]:
    """The lines of today's comparison by their spans."""
    found = service_fees.compare(facts, on=ON)
    assert found is not None
    return {one.span: one for one in found.lines}


class TestCompare:
    def test_gives_the_official_example_for_a_week(self) -> None:
        week = lines(DUE)[Span.WEEK]
        assert (week.paid, week.added, week.reaches, week.kept) == (6000, 1000, 4800, 200)

    def test_spreads_a_year_in_twelve_parts(self) -> None:
        found = lines(DUE)
        assert found[Span.YEAR] == Line(Span.YEAR, 260000, 52000, 10400)
        assert found[Span.MONTH] == Line(Span.MONTH, 21667, 4333, 867)
        assert found[Span.PAYMENT].maintenance == 21667

    def test_takes_the_payment_that_the_letter_states(self) -> None:
        stated = case(decision("50", "2026-01-05", instalment="216.60"), schedule("monthly", "2026-02-02"))
        assert lines(stated)[Span.PAYMENT] == Line(Span.PAYMENT, 21660, 4332, 866)

    def test_leaves_the_payment_out_where_no_dates_are_known(self) -> None:
        assert list(lines(case(decision("50", "2026-01-05")))) == [Span.WEEK, Span.MONTH, Span.YEAR]

    def test_has_nothing_to_compare_where_nothing_is_due(self) -> None:
        assert service_fees.compare(case(), on=ON) is None
        assert service_fees.compare(case(decision("0", "2026-01-05")), on=ON) is None

    def test_keeps_what_is_announced_apart(self) -> None:
        found = service_fees.compare(DUE, on=ON)
        assert found is not None
        weeks = {one.who: next(line for line in one.lines if line.span is Span.WEEK) for one in found.planned}
        assert sorted((line.added, line.kept) for line in weeks.values()) == [(100, 100), (1000, 100)]
        assert all(one.change.from_on is None for one in found.planned)

    def test_shows_no_change_as_announced_once_it_has_begun(self) -> None:
        (change,) = rates.table().announced
        begun = replace(change, from_on=day("2026-10-05"))
        table = replace(rates.table(), announced=(begun,)).with_change(begun)
        with rates.using(table):
            found = service_fees.compare(DUE, on=ON)
        assert found is not None
        assert found.planned == ()
        assert found.paying.value == 2

    def test_knows_nothing_of_a_change_that_sets_no_fees(self) -> None:
        (change,) = rates.table().announced
        with rates.using(replace(rates.table(), announced=(replace(change, rates={}),))):
            found = service_fees.compare(DUE, on=ON)
        assert found is not None
        assert found.planned == ()
