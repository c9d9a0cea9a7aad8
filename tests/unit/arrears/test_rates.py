"""Rates are dated and cited, and neither overlap nor leave a gap."""

import dataclasses
import datetime as dt
from fractions import Fraction
from itertools import pairwise

import pytest

from arrears.core import postings, rates
from cases.core.facts import Perspective
from tests.unit.arrears.build import case, day, service


class TestTheFile:
    @pytest.mark.parametrize("name", sorted(rates.every()))
    def test_gives_every_value_a_source_and_the_day_it_was_checked(self, name: str) -> None:
        for rate in rates.every()[name]:
            assert rate.source
            assert rate.url.startswith("http")
            assert rate.from_on <= rate.checked
            assert rate.value > 0
            assert rate.unit

    @pytest.mark.parametrize("name", sorted(rates.every()))
    def test_has_no_gap_and_no_overlap(self, name: str) -> None:
        found = rates.every()[name]
        assert found[-1].until is None
        for earlier, later in pairwise(found):
            assert earlier.until is not None
            assert later.from_on - earlier.until == dt.timedelta(days=1)


class TestOn:
    def test_answers_with_the_rate_in_force(self) -> None:
        today = rates.on(day("2026-11-22"))
        assert today.collection_fee_paying_parent.share == Fraction(1, 5)
        assert today.collection_fee_receiving_parent.share == Fraction(1, 25)
        assert today.agreement_limit_years.value == 2

    def test_answers_with_the_first_rate_for_a_day_before_it(self) -> None:
        assert rates.on(day("1993-04-05")).collection_fee_paying_parent.value == 20

    def test_knows_no_other_name(self) -> None:
        with pytest.raises(AttributeError, match="no rate 'interest'"):
            _ = rates.on(day("2026-11-22")).interest

    def test_knows_when_one_value_ends(self, monkeypatch: pytest.MonkeyPatch) -> None:
        first = rates.on(day("2026-11-22")).collection_fee_paying_parent
        old = dataclasses.replace(first, until=day("2027-03-31"))
        new = dataclasses.replace(first, value=Fraction(2), from_on=day("2027-04-01"))
        monkeypatch.setattr(rates, "every", lambda: {"collection_fee_paying_parent": (old, new)})
        assert rates.on(day("2027-03-31")).collection_fee_paying_parent is old
        assert rates.on(day("2027-04-01")).collection_fee_paying_parent is new


class TestFeeSteps:
    def test_follow_the_service_and_the_rate(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(
            rates,
            "collection_fee_steps",
            lambda: ((day("2014-08-11").toordinal(), 2000), (day("2027-04-01").toordinal(), 200)),
        )
        facts = case(
            service("collect_and_pay", "2027-01-01"), service("direct_pay", "2027-06-01"), perspective="paying"
        )
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
