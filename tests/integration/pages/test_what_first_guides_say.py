"""What a reader must find in the guides up to 11, where a rule is easily told wrong."""

import dataclasses
import datetime as dt
import re
from fractions import Fraction

import pytest
from django.test import Client

from arrears.core import rates
from arrears.core.rate_values import Rate
from cases.core.facts import Nation
from cms_tracker.pages import help_lines
from cms_tracker.pages.core import reading
from cms_tracker.pages.ways_to_collect import Listing, ways
from correspondence.core import powers
from correspondence.core.events import POWERS
from tests.pages import words

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 23)
MINE = [number for number in reading.guides() if number <= 11]


def told(number: int) -> str:
    return words(Client().get(f"/reading/{number}/"))


def part(number: int, start: str, end: str) -> str:
    """The words of a guide between two headings; the jump links at its top name some of them too."""
    page = told(number)
    first = page.rindex(start)
    return page[first : page.index(end, first)]


class TestEveryOneOfThese:
    @pytest.mark.parametrize("number", MINE)
    def test_says_the_risk_after_the_facts_and_before_what_each_reader_can_do(self, number: int) -> None:
        page = told(number)
        places = [
            page.rindex(f" {one} ") for one in ("The risk", "If you help somebody", "What you can do on this site")
        ]
        assert places == sorted(places)

    @pytest.mark.parametrize("number", MINE)
    def test_gives_no_opinion_on_the_age_of_a_debt(self, number: int) -> None:
        assert not re.search(r"statute.barred|time.barred|limitation", told(number))

    @pytest.mark.parametrize("number", MINE)
    def test_quotes_no_law_of_1998(self, number: int) -> None:
        assert "1998" not in told(number)


class TestHowArrearsComeAbout:
    def test_names_a_decision_that_reaches_back_and_the_first_weeks_beside_a_missed_payment(self) -> None:
        page = told(2)
        assert "There are arrears, though every payment was made on time." in page
        assert "There are arrears from the first day" in page
        assert "They are not maintenance, and no parent gets them." in page

    def test_leaves_open_from_which_day_a_change_counts(self) -> None:
        assert (
            "is not clear to us. Sources disagree. Go by the day on the decision letter. Not verified by us." in told(2)
        )


class TestAMissingPayment:
    def test_says_that_cms_does_not_act_on_direct_pay(self) -> None:
        assert "CMS cannot take the money by itself while you stay on Direct Pay." in told(3)

    def test_keeps_the_two_notices_apart_with_their_times(self) -> None:
        found = part(3, "Two letters that look alike", "On Collect and Pay CMS sees")
        assert "after 12 weeks of payments on time" in found
        assert "in the 12 months before" in found

    def test_marks_the_time_to_answer_as_not_verified(self) -> None:
        assert "About 14 days (not verified by us)" in told(3)


class TestPlans:
    def test_keep_the_three_limits_apart(self) -> None:
        found = part(4, "three different limits", "If a payment is missed, short or late Then")
        assert "up to 40% of what a person takes home. This is a policy." in found
        assert "At least 60% of the pay after tax must be left. That is a rule of law." in found
        assert "up to 40% of the weekly income before tax" in found
        assert "the most is £80 a week" in found

    def test_call_two_years_a_policy_and_the_two_words_unverified(self) -> None:
        page = told(4)
        assert "within 2 years. It calls this aim the debt steer. It is a policy of CMS, and not a law." in page
        found = page[page.index("CMS may use two words") :]
        assert found.index("We could not check them") < found.index("Not verified by us.")


class TestCollecting:
    @pytest.mark.parametrize("nation", Nation)
    def test_names_every_power_of_the_nation_once_and_how_to_answer_it(self, nation: Nation) -> None:
        own = {
            Nation.SCOTLAND: Listing.SCOTLAND,
            Nation.NORTHERN_IRELAND: Listing.NORTHERN_IRELAND,
        }.get(nation, Listing.ENGLAND_AND_WALES)
        lists = [Listing.FIRST, Listing.ANY_TIME, Listing.LAST_RESORT, own]
        listed = [way for one in lists for way in ways(one, on=TODAY)]
        assert sorted(way.title for way in listed) == sorted(POWERS[one] for one in powers.powers_of(nation))
        page = told(5)
        for way in listed:
            assert f" {way.title} {way.what} " in page
            assert way.answers
            assert all(said.says in page for said in way.answers + way.facts)

    def test_gives_each_charge_from_the_dated_data(self) -> None:
        charges = {way.title: way.charge for way in ways(Listing.FIRST, on=TODAY)}
        assert list(charges.values()) == ["", "£50", "£50", "£200", "£300"]
        assert told(5).count("CMS adds £50 for the paying parent.") == 2

    def test_marks_what_sources_disagree_on(self) -> None:
        page = told(5)
        for said in (
            "it may not be in force.",
            "Advisers in Scotland name it for Scotland too.",
            "We do not know if that has begun.",
        ):
            assert f"{said} Not verified by us." in page

    def test_does_not_say_whether_a_debt_can_be_too_old(self) -> None:
        assert "So we do not say that it is, or that it is not." in told(5)

    def test_says_what_a_kept_plan_means(self) -> None:
        assert "While a plan is kept, CMS says that it will not take these steps." in told(5)


class TestDisagreeing:
    def test_keeps_the_two_roads_apart_and_says_kindly_what_is_left(self) -> None:
        page = told(6)
        assert "You cannot appeal to a tribunal about how CMS collects" in page
        assert "That is hard to hear. A complaint, and your MP, are the way to be heard." in page
        assert "One letter can do both." in page

    def test_shows_every_reading_of_a_time_limit(self) -> None:
        page = told(6)
        for said in (
            "30 days after you were told.", "32 days of the date on the letter.", "One month of the decision.",
            "One month from the date on the notice.", "15 working days, CMS’s own aim.",
            "6 months from the day you got the final answer.", "12 months from the day you knew (not verified by us).",
        ):  # fmt: skip
            assert said in page
        assert "Act by the first day, and follow your own letter if it gives one." in page


class TestSettling:
    def test_says_that_it_cannot_be_undone_and_who_must_agree(self) -> None:
        page = told(7)
        assert "If you agree, you cannot go back on it. Once it is paid, the rest is gone for good." in page
        assert "The receiving parent must say yes in writing." in page
        assert "It is for arrears alone." in page

    def test_gives_the_days_to_answer_a_notice_and_no_appeal(self) -> None:
        page = told(7)
        assert "30 days of receiving the notice." in page
        assert "You cannot appeal against it. You can complain." in page
        assert "less than £7" in page
        assert "on or after 25 January 2010" in page

    def test_never_counts_money_for_bad_service_as_arrears(self) -> None:
        assert "It is never counted as maintenance, so what is owed stays the same. Not verified by us." in told(7)


class TestFees:
    def test_follow_the_dated_rates(self) -> None:
        before = told(8)
        assert "pays 20% on top" in before
        assert "gets 4% less" in before
        table = rates.table()
        fee = table.entries["collection_fee_paying_parent"][-1]
        assert isinstance(fee, Rate)
        entries = {**table.entries, "collection_fee_paying_parent": (dataclasses.replace(fee, value=Fraction(7)),)}
        with rates.using(dataclasses.replace(table, entries=entries)):
            assert "pays 7% on top" in told(8)

    def test_say_that_the_announced_change_is_not_in_force(self) -> None:
        page = told(8)
        assert "It is not in force." in page
        assert "2% for the receiving parent" in page
        assert "One who does not would pay 20%." in page

    def test_are_owed_to_cms_and_never_to_a_parent(self) -> None:
        assert "They are not arrears, and the receiving parent never gets them." in told(8)

    def test_leave_open_whether_they_fall_on_arrears(self) -> None:
        assert "We are not sure, so ask CMS." in told(8)


class TestMovingService:
    def test_marks_the_months_of_good_payments_and_the_new_law_as_unverified(self) -> None:
        page = told(9)
        assert "about six months (not verified by us) of good payments first" in page
        assert "We could not check that it holds yet." in page

    def test_says_what_is_carried_over(self) -> None:
        assert "The arrears. They move with the case." in told(9)


class TestCheckingAFigure:
    def test_asks_for_ones_own_data_under_the_law_of_today(self) -> None:
        page = told(10)
        assert "one month from the day they got it" in page
        assert "It is free." in page
        assert "A year has 52 weeks of payments in it" in page


class TestMoneyIsShort:
    def test_names_free_help_and_blames_nobody(self) -> None:
        page = told(11)
        assert "Being behind does not make you a bad parent." in page
        for name in ("StepChange Debt Charity", "National Debtline", "Samaritans"):
            assert help_lines.named(name).telephone in page
