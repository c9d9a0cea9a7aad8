"""What a person reads about a plan."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrears.core import plans
from arrears.core.results import PlanVerdict
from arrears.presenters.plan_charts import chart
from arrears.presenters.plans import card, differences, headline, lede, span
from cases.core.facts import Frequency

FIRST = dt.date(2022, 4, 1)


def _check(*, arrears: int = 1239153, part: int | None = 12794, **terms: int | dt.date | None) -> PlanVerdict:
    given = {"first_payment_on": FIRST, "frequency": Frequency.MONTHLY, "instalment": part} | terms
    return plans.check(arrears=arrears, **given)


class TestCard:
    def test_calls_a_long_plan_what_cms_calls_it(self) -> None:
        found = card(_check(), title="Plan 1")

        assert found.tag.word == "Longer than two years"
        assert found.meaning == "Long repayment plan: longer than two years. CMS calls this an arrangement."

    def test_calls_a_short_plan_an_agreement(self) -> None:
        assert card(_check(part=51632), title="Plan 1").meaning == "Within two years: CMS calls this an agreement."

    def test_says_by_how_much_a_payment_is_short(self) -> None:
        found = card(_check(part=None, total=30000, ongoing=37206), title="Plan 1")

        assert found.tag.word == "Not enough"
        assert found.meaning == ("Each payment does not cover ongoing maintenance and any fee. It is short by £72.07.")
        assert (found.ask, found.ask_for) == ("Nothing", "left for the arrears")
        assert found.cleared is None

    def test_says_that_nothing_is_owed(self) -> None:
        assert card(_check(arrears=0), title="Plan 1").tag.word == "Nothing owed"

    def test_gives_the_figures_of_the_real_case(self) -> None:
        figures = dict(card(_check(), title="Plan 1").figures)

        assert figures["Payments"] == "97"
        assert figures["Ends on"] == "1 April 2030"
        assert figures["Last payment"] == "£109.29"
        assert figures["Two years would need"] == "£516.32"
        assert figures["Left at two years"] == "£9,320.97"

    def test_gives_the_share_of_income_of_the_whole_payment(self) -> None:
        found = card(_check(part=None, total=50000, ongoing=37206, net_income=150000), title="Plan 1")

        assert dict(found.figures)["Share of net income"] == "33%"

    def test_names_the_share_of_the_arrears_part_alone_where_no_more_is_known(self) -> None:
        found = card(_check(net_income=150000), title="Plan 1")

        assert dict(found.figures)["Arrears part, share of net income"] == "9%"

    def test_says_that_no_payment_falls_before_an_early_review(self) -> None:
        found = card(_check(review_on=dt.date(2022, 3, 1)), title="Plan 1")

        assert dict(found.figures)["To clear by 1 March 2022"] == "No payment falls by then"

    def test_outlives_the_calendar(self) -> None:
        found = card(_check(arrears=999_999_999, part=1), title="Plan 1")

        assert dict(found.figures)["Ends on"] == "After the year 9999"
        assert lede([found]) == "It would not end in the life of a calendar."
        assert chart([found]) is None


class TestHeadline:
    def test_gives_the_length_of_one_plan(self) -> None:
        assert headline([card(_check(), title="Plan 1")]) == "This plan takes 97 monthly payments"

    def test_counts_several(self) -> None:
        both = [card(_check(), title="Plan 1"), card(_check(part=51632), title="Plan 2")]

        assert headline(both) == "Two plans, side by side"
        assert lede(both) == (
            "Plan 1: longer than two years, 97 monthly payments. Plan 2: within two years, 24 monthly payments."
        )


class TestChart:
    @given(part=st.integers(1, 3_000_000), frequency=st.sampled_from(list(Frequency)))
    def test_keeps_every_bar_within_the_picture(self, part: int, frequency: Frequency) -> None:
        found = chart([card(_check(part=part, frequency=frequency), title="Plan 1")])

        if found is not None:
            assert 0 <= int(found.bars[0].width.rstrip("%").replace(".", "")) <= 10_000

    def test_ends_an_agreement_before_the_line_of_two_years(self) -> None:
        found = chart([card(_check(part=51632), title="Plan 1")])

        assert found is not None
        assert _hundredths(found.bars[0].width) < _hundredths(found.two_years)

    def test_carries_an_arrangement_beyond_it(self) -> None:
        found = chart([card(_check(part=47000), title="Plan 1")])

        assert found is not None
        assert _hundredths(found.bars[0].width) > _hundredths(found.two_years)


class TestSpan:
    @pytest.mark.parametrize(
        ("last", "words"),
        [
            ("2022-04-01", "0 days"),
            ("2022-04-02", "1 day"),
            ("2022-05-01", "1 month"),
            ("2023-04-01", "1 year"),
            ("2032-01-31", "9 years and 9 months"),
        ],
    )
    def test_writes_years_and_months(self, last: str, words: str) -> None:
        assert span(FIRST, dt.date.fromisoformat(last)) == words


def _hundredths(percent: str) -> int:
    return int(percent.rstrip("%").replace(".", ""))


class TestDifferences:
    def test_say_how_much_longer_the_plan_of_the_real_case_became(self) -> None:
        cards = [card(_check(arrears=1136801, part=part), title=name) for name, part in (("A", 12794), ("B", 8100))]

        assert differences(cards) == ["B is 52 payments longer than A."]
        assert differences(cards[::-1]) == ["A is 52 payments shorter than B."]

    def test_say_that_two_take_as_long(self) -> None:
        assert differences([card(_check(), title="A"), card(_check(), title="B")]) == ["B is as long as A."]

    def test_compare_no_plans_that_are_not_paid_equally_often_or_have_no_end(self) -> None:
        weekly, endless = _check(frequency=Frequency.WEEKLY), _check(part=0)

        assert differences([card(_check(), title="A"), card(weekly, title="B"), card(endless, title="C")]) == []
