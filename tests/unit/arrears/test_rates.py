"""Rates are dated and cited, and neither overlap nor leave a gap."""

import dataclasses
import datetime as dt
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

import pytest

from arrears.core import postings, rate_file, rates
from arrears.core.rate_values import Basis, Certainty, Rate, Scale, Table, Theme, figures
from cases.core.facts import Perspective
from tests.unit.arrears.build import case, day, service

TODAY = day("2026-11-23")
SMALL = """
[sources.act]
says = "An Act"
url = "https://example.org/act"
checked = 2026-01-31

[[late_fee]]
theme = "fees"
value = "20.00"
unit = "percent"
source = "act"
"""
CHANGE = """
[soon]
title = "A change"
about = "Less."
announced = 2026-01-01
expected = "one day"
needs = "A law."
standing = "good"
says = "A page"
url = "https://example.org/page"
checked = 2026-01-31

[soon.rates]
late_fee = { value = "2.00", unit = "percent" }
"""


def with_fee(*values: Rate) -> Table:
    """The table of today with other values for the paying parent's fee."""
    return Table({**rates.every(), "collection_fee_paying_parent": values})


@pytest.fixture
def two_fees() -> Iterator[tuple[Rate, Rate]]:
    """A fee of a fifth until the end of March 2027 and of a fiftieth after it, in use."""
    first = rates.on(TODAY).collection_fee_paying_parent
    old = dataclasses.replace(first, until=day("2027-03-31"))
    new = dataclasses.replace(first, value=Fraction(2), from_on=day("2027-04-01"))
    with rates.using(with_fee(old, new)):
        yield old, new


class TestTheFile:
    @pytest.mark.parametrize("name", sorted(rates.every()))
    def test_gives_every_value_a_source_a_unit_and_the_day_it_was_checked(self, name: str) -> None:
        for rate in rates.every()[name]:
            assert rate.name == name
            assert rate.source
            assert rate.url.startswith("http")
            assert rate.from_on is None or rate.from_on <= rate.checked
            assert rate.checked <= TODAY
            assert rate.unit

    @pytest.mark.parametrize("name", sorted(rates.every()))
    def test_has_no_gap_and_no_overlap(self, name: str) -> None:
        found = rates.every()[name]
        assert found[-1].until is None
        for earlier, later in pairwise(found):
            assert earlier.until is not None
            assert later.from_on is not None
            assert later.from_on - earlier.until == dt.timedelta(days=1)
            assert type(later) is type(earlier)
            assert later.theme is earlier.theme

    @pytest.mark.parametrize("name", sorted(rates.every()))
    def test_holds_no_value_below_nought(self, name: str) -> None:
        for rate in rates.every()[name]:
            numbers = [rate.value] if isinstance(rate, Rate) else [n for row in rate.rows for n in row.values]
            assert numbers
            assert min(numbers) >= 0

    def test_says_which_values_nobody_could_verify_and_which_are_not_law(self) -> None:
        every = {name: found[-1] for name, found in rates.every().items()}
        unverified = {name for name, one in every.items() if one.certainty is Certainty.UNVERIFIED}
        assert {"ombudsman_months", "judicial_review_months", "data_request_months"} <= unverified
        assert not {"collection_fee_paying_parent", "reduced_rate", "default_decision"} & unverified
        assert every["agreement_limit_years"].basis is Basis.POLICY
        assert every["plan_grace_working_days"].basis is Basis.OURS
        assert every["shared_care"].basis is Basis.LAW

    @pytest.mark.parametrize(
        "name",
        ["agreement_limit_years", "usual_share_of_net_income", "plan_grace_working_days",
         "collection_fee_paying_parent", "collection_fee_receiving_parent"],
    )  # fmt: skip
    def test_gives_no_first_day_that_no_source_says(self, name: str) -> None:
        (one,) = rates.every()[name]
        assert one.from_on is None
        assert "SI 2014/612" not in one.source

    def test_has_a_rate_on_every_theme(self) -> None:
        assert {one.theme for found in rates.every().values() for one in found} == set(Theme)


class TestOn:
    def test_answers_with_the_rate_in_force(self) -> None:
        today = rates.on(TODAY)
        assert today.collection_fee_paying_parent.share == Fraction(1, 5)
        assert today.collection_fee_receiving_parent.share == Fraction(1, 25)
        assert today.agreement_limit_years.value == 2
        assert today.plan_grace_working_days.value == 3

    def test_answers_with_the_first_rate_for_a_day_before_it(self) -> None:
        assert rates.on(day("1993-04-05")).collection_fee_paying_parent.value == 20

    def test_knows_no_other_name(self) -> None:
        with pytest.raises(AttributeError, match="no rate 'interest'"):
            _ = rates.on(TODAY).interest
        with pytest.raises(AttributeError, match="no scale 'interest'"):
            rates.on(TODAY).scale("interest")

    def test_does_not_take_a_scale_for_a_rate_nor_a_rate_for_a_scale(self) -> None:
        with pytest.raises(AttributeError, match="no rate 'basic_rate'"):
            _ = rates.on(TODAY).basic_rate
        with pytest.raises(AttributeError, match="no scale 'flat_rate'"):
            rates.on(TODAY).scale("flat_rate")

    def test_knows_when_one_value_ends(self, two_fees: tuple[Rate, Rate]) -> None:
        old, new = two_fees
        assert rates.on(day("2027-03-31")).collection_fee_paying_parent is old
        assert rates.on(day("2027-04-01")).collection_fee_paying_parent is new

    def test_knows_none_after_the_last_one_has_ended(self) -> None:
        ended = dataclasses.replace(rates.on(TODAY).collection_fee_paying_parent, until=day("2027-03-31"))
        with rates.using(with_fee(ended)), pytest.raises(AttributeError):
            _ = rates.on(day("2027-04-01")).collection_fee_paying_parent

    def test_answers_from_the_files_again_after_a_rehearsal(self) -> None:
        with rates.using(with_fee()):
            assert rates.collection_fee_steps() == ()
        assert rates.collection_fee_steps() == ((rates.EARLIEST.toordinal(), 2000),)

    @pytest.mark.parametrize(
        ("on", "pounds", "percent"), [("2024-02-25", 20, 25), ("2024-02-26", 0, 25), ("2025-04-30", 0, 15)]
    )
    def test_knows_what_changed_on_a_day(self, on: str, pounds: int, percent: int) -> None:
        assert rates.on(day(on)).application_fee.value == pounds
        assert rates.on(day(on)).universal_credit_deductions.value == percent


class TestAScale:
    def test_answers_by_its_key(self) -> None:
        charges = rates.on(TODAY).scale("enforcement_charge")
        assert charges.of("liability_order") == 300
        with pytest.raises(KeyError):
            charges.of("bailiff")

    def test_takes_the_last_row_and_column_for_or_more(self) -> None:
        reduced = rates.on(TODAY).scale("reduced_rate")
        assert reduced.by_count(1) == 17
        assert reduced.by_count(2, column=1) == Fraction(212, 10)
        assert reduced.by_count(9, column=9) == Fraction(238, 10)

    @pytest.mark.parametrize(
        ("nights", "share"), [(51, None), (52, "1/7"), (103, "1/7"), (104, "2/7"), (156, "3/7"), (175, "1/2")]
    )
    def test_answers_with_the_last_step_reached(self, nights: int, share: str | None) -> None:
        row = rates.on(TODAY).scale("shared_care").reached(nights)
        assert (row.values[0] if row else None) == (Fraction(share) if share else None)


class TestFigures:
    @pytest.mark.parametrize(
        ("value", "text"),
        [("20.00", "20"), ("14.10", "14.1"), ("8.40", "8.4"), ("1000", "1,000"), ("31250", "31,250"), ("2/7", "2/7"),
         ("1/2", "0.5"), ("0", "0")],
    )  # fmt: skip
    def test_leave_out_noughts_that_say_nothing(self, value: str, text: str) -> None:
        assert figures(Fraction(value)) == text

    def test_of_a_percentage_have_its_sign(self) -> None:
        assert rates.on(TODAY).collection_fee_paying_parent.percent == "20%"


class TestReading:
    def test_takes_a_source_by_name_or_in_place(self) -> None:
        own = SMALL.replace('source = "act"', 'says = "A"\nurl = "https://example.org/a"\nchecked = 2026-02-01')
        assert rate_file.read(SMALL).entries["late_fee"][0].source == "An Act"
        assert rate_file.read(own).entries["late_fee"][0].checked == day("2026-02-01")

    @pytest.mark.parametrize(
        ("old", "new", "says"),
        [
            ("[[late_fee]]", "[late_fee]", r"late_fee: must be written \[\[late_fee\]\]"),
            ("[[late_fee]]", "[[late_fee]]\nform = 1", "late_fee: form is not a field of a rate"),
            ('theme = "fees"', 'theme = "taxes"', "late_fee: theme must be one of fees"),
            ('value = "20.00"', "value = 20.0", "late_fee: value is missing or not of type str"),
            ('value = "20.00"', 'value = "twenty"', 'late_fee: value must be a number as text, such as "20.00"'),
            ('value = "20.00"', 'value = "1/0"', "late_fee: value must be a number"),
            ('value = "20.00"', "", "late_fee: values is missing"),
            ('value = "20.00"', "values = [7]", "late_fee: must be a table"),
            ('value = "20.00"', 'values = [{ key = "a", label = "A", values = [] }]', "a has 0 values for 1"),
            ('value = "20.00"', 'values = [{ key = "a", label = "A", values = [1] }]', "late_fee: a must be a number"),
            ('value = "20.00"', 'values = [{ key = "a", label = "A", values = ["1"], x = 1 }]', "x is not a field"),
            ('unit = "percent"', "", "late_fee: unit is missing"),
            ('source = "act"', 'source = "acts"', "late_fee: acts is not one of the sources"),
            ('source = "act"', "", "late_fee: says is missing"),
            ('says = "An Act"', 'says = "An Act"\npage = 1', "sources.act: page is not a field"),
            ("[sources.act]", "[sources.act", "Expected"),
        ],
    )  # fmt: skip
    def test_refuses_by_name_what_it_does_not_know(self, old: str, new: str, says: str) -> None:
        with pytest.raises(rate_file.RatesError, match=says):
            rate_file.read(SMALL.replace(old, new))

    def test_leaves_an_announced_change_without_a_day_out(self) -> None:
        table = rate_file.read(SMALL, CHANGE)
        assert [one.value for one in table.entries["late_fee"] if isinstance(one, Rate)] == [20]
        assert [one.title for one in table.announced] == ["A change"]
        with pytest.raises(ValueError, match="soon has no day"):
            table.with_change(table.announced[0])

    def test_begins_a_change_on_its_day(self) -> None:
        table = rate_file.read(SMALL, CHANGE.replace("[soon]", "[soon]\nfrom = 2027-04-01"))
        old, new = table.entries["late_fee"]
        assert (old.until, new.from_on, new.until) == (day("2027-03-31"), day("2027-04-01"), None)
        assert table.withdrawn == ()

    def test_lets_a_change_take_the_place_of_a_value_that_was_to_begin_later(self) -> None:
        later = SMALL + SMALL[SMALL.index("[[late_fee]]") :].replace("[[late_fee]]", "[[late_fee]]\nfrom = 2028-01-01")
        table = rate_file.read(later, CHANGE.replace("[soon]", "[soon]\nfrom = 2027-04-01"))
        assert [one.from_on for one in table.entries["late_fee"]] == [None, day("2027-04-01")]

    def test_refuses_a_change_to_a_rate_that_there_is_not(self) -> None:
        with pytest.raises(rate_file.RatesError, match="soon: there is no rate early_fee for it to follow"):
            rate_file.read(SMALL, CHANGE.replace("late_fee", "early_fee"))

    def test_refuses_a_field_of_a_change_that_it_does_not_know(self) -> None:
        with pytest.raises(rate_file.RatesError, match="soon: start is not a field"):
            rate_file.read(SMALL, CHANGE.replace("[soon]", "[soon]\nstart = 2027-04-01"))


class TestFeeSteps:
    def test_follow_the_service_and_the_rate(self, two_fees: tuple[Rate, Rate]) -> None:
        facts = case(
            service("collect_and_pay", "2027-01-01"), service("direct_pay", "2027-06-01"), perspective="paying"
        )
        assert two_fees[1].value == 2
        assert [(dt.date.fromordinal(start).isoformat(), rate) for start, rate in postings.fee_steps(facts)] == [
            ("2027-01-01", 2000),
            ("2027-04-01", 200),
            ("2027-06-01", 0),
        ]

    def test_are_none_without_collect_and_pay(self) -> None:
        assert postings.fee_steps(case(service("direct_pay", "2027-01-01"), perspective="paying")) == []
        facts = case(service("collect_and_pay", "2013-01-01"), perspective="paying")
        assert facts.perspective is Perspective.PAYING
        assert postings.fee_steps(facts)[0][1] == 2000

    def test_leave_out_what_is_no_single_rate(self) -> None:
        scale = rates.on(TODAY).scale("basic_rate")
        assert isinstance(scale, Scale)
        with rates.using(Table({"collection_fee_paying_parent": (scale,)})):
            assert rates.collection_fee_steps() == ()
