"""What is asked about a second time, and never refused."""

import dataclasses

from arrears.core.facts import OpeningBalance
from arrears.core.previews import FirstLetter
from arrears.presenters import oddities
from cases.core.facts import ServicePeriod, ServiceType
from tests.unit.arrears.build import day, decision, schedule

ON = day("2026-01-15")
PLAIN = decision("60.00", "2025-01-06", told="2025-01-23")


class TestOfDecision:
    def test_says_nothing_about_an_ordinary_letter(self) -> None:
        assert oddities.of_decision(PLAIN, on=ON) == []

    def test_asks_about_a_letter_that_came_before_its_own_date(self) -> None:
        odd = dataclasses.replace(PLAIN, decided_on=day("2025-02-23"))
        assert "before the date that is on it" in oddities.of_decision(odd, on=ON)[0]

    def test_asks_about_an_amount_that_counts_from_more_than_two_years_before(self) -> None:
        odd = dataclasses.replace(PLAIN, effective_on=day("2023-01-22"))
        assert "more than two years" in oddities.of_decision(odd, on=ON)[0]
        assert oddities.of_decision(dataclasses.replace(PLAIN, effective_on=day("2023-01-23")), on=ON) == []

    def test_asks_about_more_than_500_pounds_a_week(self) -> None:
        assert "£500.01 a week" in oddities.of_decision(dataclasses.replace(PLAIN, weekly=50001), on=ON)[0]
        assert oddities.of_decision(dataclasses.replace(PLAIN, weekly=50000), on=ON) == []


class TestOfFirstLetter:
    def test_asks_whether_nothing_a_week_is_meant(self) -> None:
        letter = FirstLetter(
            decision=dataclasses.replace(PLAIN, weekly=0),
            service=ServicePeriod(type=ServiceType.DIRECT_PAY, from_on=PLAIN.effective_on),
            schedule=schedule("weekly", "2025-01-13"),
        )
        (sentence,) = oddities.of_first_letter(letter, on=ON)
        assert sentence.startswith("Is the amount really nothing?")

    def test_asks_about_payments_that_begin_before_the_liability_and_debts_that_begin_after_it(self) -> None:
        letter = FirstLetter(
            decision=PLAIN,
            service=ServicePeriod(type=ServiceType.DIRECT_PAY, from_on=PLAIN.effective_on),
            schedule=schedule("weekly", "2025-01-05"),
            opening=OpeningBalance(on=day("2025-01-07"), amount=100),
        )
        found = oddities.of_first_letter(letter, on=ON)
        assert len(found) == 2
        assert "first payment date" in found[0]
        assert "counted twice" in found[1]
