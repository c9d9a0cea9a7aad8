"""The estimate: the published cases to the penny, every boundary, and what must always hold."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arrears.core import rates
from arrears.core.estimate import reading
from arrears.core.estimate.beside import beside, can_be_illustrated, decision_in_force, reconsider_by
from arrears.core.estimate.calculation import estimate
from arrears.core.estimate.income import changes_the_income
from arrears.core.estimate.values import (
    Child,
    Estimate,
    EstimateError,
    Every,
    Income,
    Question,
    RateKind,
    Step,
    StepKind,
)
from cases.core.facts import Scheme
from cms_tracker.money import parse_typed, plain, round_half_up
from tests.unit.arrears.build import case, day, decision
from tests.unit.arrears.plain_estimate import plain_estimate

TODAY = day("2026-11-22")
FILE = json.loads((Path(__file__).parents[2] / "examples" / "calculator_cases.json").read_text(encoding="utf-8"))


def asked(income: str | None, /, *nights: int, **more: Any) -> Estimate:
    """The estimate on a weekly income in pounds, for children with these nights."""
    given = Income(amount=parse_typed(income), every=Every.WEEK) if income else None
    children = tuple(Child(nights=one) for one in nights or (0,))
    return estimate(Question(**{"on": TODAY, "income": given, "children": children} | more))


def brief(found: Estimate) -> tuple[str | None, str]:
    """The rate and the weekly amount."""
    return found.rate and found.rate.value, plain(found.weekly)


def step(found: Estimate, kind: StepKind) -> Step:
    """The only step of a kind."""
    (one,) = [one for one in found.steps if one.kind is kind]
    return one


class TestThePublishedCases:
    @pytest.mark.parametrize("one", FILE["cases"], ids=lambda one: one["id"])
    def test_are_exact(self, one: dict[str, Any]) -> None:
        answer = reading.answers(json.dumps(one["inputs"]), on=TODAY)
        assert isinstance(answer, dict)
        assert (answer["rate"], answer["weekly"]) == (one["expected_rate"], one["expected_weekly"])

    @pytest.mark.parametrize("one", FILE["multi_receiving_parent_cases"], ids=lambda one: one["id"])
    def test_with_several_receiving_parents_are_exact(self, one: dict[str, Any]) -> None:
        answer = reading.answers(json.dumps(one["inputs"]), on=TODAY)
        expected = one["expected_exact"]
        assert isinstance(answer, dict)
        for share in answer["shares"]:
            assert share["weekly"] == expected[share["with"]]
        assert answer["weekly"] == expected.get("total", "60.00")

    def test_agree_with_every_step_that_the_leaflet_prints(self) -> None:
        inputs, expected = (FILE["multi_receiving_parent_cases"][1][key] for key in ("inputs", "expected_exact"))
        answer = reading.answers(json.dumps(inputs), on=TODAY)
        assert isinstance(answer, dict)
        results = {one["kind"]: one["result"] for one in answer["steps"]}
        assert results["income_used"] == expected["weekly_gross"]
        assert results["other_children"] == expected["after_roc"]
        assert results["amount"] == expected["before_shared_care"]

    def test_know_when_a_change_of_income_counts(self) -> None:
        one = FILE["tolerance_cases"][0]
        held, most, least = (
            Fraction(one[key])
            for key in ("held_weekly", "changes_if_new_weekly_at_least", "changes_if_new_weekly_at_most")
        )
        on = rates.on(TODAY)
        assert changes_the_income(held, most, on)
        assert changes_the_income(held, least, on)
        assert not changes_the_income(held, most - Fraction(1, 100), on)
        assert not changes_the_income(held, least + Fraction(1, 100), on)

    def test_agree_with_the_default_decision_and_the_fees(self) -> None:
        default, on = rates.on(TODAY).scale("default_decision"), rates.on(TODAY)
        assert [str(default.by_count(count)) for count in (1, 2, 3)] == [
            FILE["default_decision"][n] for n in ("1", "2", "3+")
        ]
        for one in FILE["fee_cases"]:
            weekly = Fraction(one["weekly"])
            assert weekly * on.collection_fee_paying_parent.share == Fraction(one["paying_fee_20pc"])
            assert weekly * on.collection_fee_receiving_parent.share == Fraction(one["receiving_fee_4pc"])
        pay = FILE["employer_deduction_cases"][0]
        assert Fraction(pay["net_pay"]) * on.protected_earnings_share.share == Fraction(pay["protected_60pc"])
        assert FILE["schedule_cases"][0]["weekly"] == plain(int(on.benefit_deduction.value * 100))


class TestABoundary:
    @pytest.mark.parametrize(
        ("income", "rate", "weekly"),
        [
            ("0", "nil", "0.00"),
            ("6.99", "nil", "0.00"),
            ("7", "flat", "7.00"),
            ("100", "flat", "7.00"),
            ("100.01", "reduced", "7.00"),
            ("199.99", "reduced", "24.00"),
            ("200", "basic", "24.00"),
            ("800", "basic", "96.00"),
            ("800.01", "basic_plus", "96.00"),
            ("801", "basic_plus", "96.09"),
            ("3000", "basic_plus", "294.00"),
            ("3000.01", "basic_plus", "294.00"),
            ("9999999.99", "basic_plus", "294.00"),
        ],
    )
    def test_of_income_falls_on_the_right_side(self, income: str, rate: str, weekly: str) -> None:
        assert brief(asked(income)) == (rate, weekly)

    @pytest.mark.parametrize(
        ("nights", "weekly"),
        [
            (0, "72.00"), (51, "72.00"), (52, "61.71"), (103, "61.71"), (104, "51.43"), (155, "51.43"),
            (156, "41.14"), (174, "41.14"), (175, "29.00"), (366, "29.00"),
        ],
    )  # fmt: skip
    def test_of_nights_falls_on_the_right_side(self, nights: int, weekly: str) -> None:
        assert brief(asked("600", nights)) == ("basic", weekly)

    def test_of_800_is_judged_after_the_reduction_and_of_200_before_it(self) -> None:
        assert brief(asked("850", other_children=1)) == ("basic", "90.78")
        assert brief(asked("200", other_children=3)) == ("basic", "20.16")
        assert brief(asked("952.38", other_children=3)) == ("basic", "96.00")
        assert brief(asked("953", other_children=3)) == ("basic_plus", "96.05")

    def test_of_3000_is_applied_before_the_reduction(self) -> None:
        assert asked("4000", other_children=1).weekly == asked("3000", other_children=1).weekly == 26_430

    @pytest.mark.parametrize(("children", "most"), [(1, "294.00"), (2, "392.00"), (3, "482.00"), (7, "482.00")])
    def test_of_the_most_that_can_be_due_is_reached_and_not_passed(self, children: int, most: str) -> None:
        assert plain(asked("3000", *[0] * children).weekly) == most
        assert plain(asked("50000", *[0] * children).weekly) == most

    def test_of_the_least_that_can_be_due_holds_after_nights(self) -> None:
        assert brief(asked("110", 175)) == ("reduced", "7.00")
        assert brief(asked("200", 175)) == ("basic", "7.00")
        assert [one.kind for one in asked("200", 175).steps][-1] is StepKind.LEAST

    @pytest.mark.parametrize(("others", "weekly"), [(0, "22.50"), (1, "20.00")])
    def test_of_other_children_takes_the_reduced_rate_too(self, others: int, weekly: str) -> None:
        percent = rates.on(TODAY).scale("reduced_rate").by_count(2, column=others)
        assert brief(asked("162", 0, 0, other_children=others)) == ("reduced", weekly if not others else "20.14")
        assert 7 + 62 * percent / 100 == Fraction("22.50" if not others else "20.144")


class TestBenefits:
    def test_make_the_flat_rate_whatever_the_income(self) -> None:
        assert brief(asked(None, on_benefit=True)) == ("flat", "7.00")
        assert brief(asked("5", on_benefit=True)) == ("flat", "7.00")
        assert brief(asked("900", on_benefit=True)) == ("flat", "7.00")

    def test_with_52_nights_make_the_household_of_that_child_nothing(self) -> None:
        assert brief(asked(None, 51, on_benefit=True)) == ("flat", "7.00")
        assert brief(asked(None, 52, 0, on_benefit=True)) == ("nil", "0.00")
        two = (Child(nights=52, parent="A"), Child(parent="A"), Child(parent="B"), Child(parent="B"))
        found = asked(None, on_benefit=True, children=two)
        assert brief(found) == ("flat", "3.50")
        assert [(one.parent, one.weekly) for one in found.shares] == [("A", 0), ("B", 350)]

    def test_do_not_count_where_the_flat_rate_comes_from_income(self) -> None:
        assert brief(asked("60", 180)) == ("flat", "7.00")

    def test_cite_the_list_of_benefits(self) -> None:
        found = step(asked(None, on_benefit=True), StepKind.AMOUNT)
        assert found.rate is not None
        assert "SI 2013/630" in found.rate.source
        assert rates.on(TODAY).flat_rate_on_benefit.value == rates.on(TODAY).flat_rate.value


class TestNightsInWords:
    def test_name_each_child_by_its_place_in_the_question(self) -> None:
        children = (Child(equal_care=True), Child(nights=52), Child(equal_care=True), Child())
        says = [line.says for line in step(asked("600", children=children), StepKind.SHARED_CARE).lines]
        assert says == [
            "Child 2: £48.00 less 1/7 (52 to 103 nights a year)",
            "Child 4: £48.00 (fewer than 52 nights a year)",
        ]

    def test_write_half_in_words_so_that_it_is_not_read_as_money(self) -> None:
        (line,) = step(asked("600", 180), StepKind.SHARED_CARE).lines
        assert line.says == "Child 1: £72.00 less half and £7.00 (175 nights or more a year)"

    def test_say_where_the_parents_do_not_agree(self) -> None:
        (line,) = step(asked("600", children=(Child(nights=52, not_agreed=True),)), StepKind.SHARED_CARE).lines
        assert line.says == "Child 1: £72.00 less 1/7 (nights not agreed, so counted as 52 to 103 nights a year)"


class TestOtherCases:
    def test_equal_care_makes_a_child_cost_nothing(self) -> None:
        assert brief(asked("600", children=(Child(equal_care=True),))) == ("nil", "0.00")
        found = asked("600", children=(Child(equal_care=True), Child()))
        assert brief(found) == ("basic", "72.00")
        assert step(found, StepKind.CHILDREN).says == (
            "Both parents share the day-to-day care of 1 child equally. Nothing is due for them."
        )

    def test_a_group_that_pays_nothing_pays_nothing(self) -> None:
        assert brief(asked("600", pays_nothing=True)) == ("nil", "0.00")

    def test_children_of_other_arrangements_count_and_their_part_is_taken_out(self) -> None:
        assert brief(asked("600", other_arrangements=1)) == ("basic", "48.00")
        assert brief(asked("600", 0, 0, other_arrangements=1)) == ("basic", "76.00")
        assert brief(asked("600", 52, other_arrangements=1)) == ("basic", "41.14")
        assert brief(asked("60", other_arrangements=2)) == ("flat", "7.00")
        assert brief(asked("110", other_arrangements=1)) == ("reduced", "7.00")

    def test_income_may_be_for_a_month_or_a_year(self) -> None:
        def of(amount: str, every: Every, pension: str = "0") -> Estimate:
            return asked(None, income=Income(amount=parse_typed(amount), every=every, pension=parse_typed(pension)))

        yearly = of("21000", Every.YEAR)
        assert round_half_up(yearly.income or Fraction(0)) == 40_274
        assert yearly.income == Fraction(2_100_000 * 7, 365)
        assert of("1750", Every.MONTH).income == yearly.income
        assert of("22000", Every.YEAR, "1000").income == yearly.income
        assert of("100", Every.WEEK, "200").income == 0

    @pytest.mark.parametrize(
        ("now", "used"), [("312.50", "312.50"), ("312.49", "250.00"), ("187.50", "187.50"), ("187.51", "250.00")]
    )
    def test_the_income_that_cms_holds_is_kept_unless_it_differs_by_a_quarter(self, now: str, used: str) -> None:
        income = Income(amount=parse_typed(now), every=Every.WEEK, held=25_000)
        assert asked(None, income=income).income == parse_typed(used)

    def test_no_part_goes_below_nothing(self) -> None:
        children = (Child(nights=175, parent="A"), Child(parent="B"), Child(parent="B"))
        found = asked("130", children=children)
        exact = (7 + 30 * Fraction(31, 100)) / 3
        assert exact / 2 < 7
        assert [(one.parent, one.weekly) for one in found.shares] == [("A", 0), ("B", 1087)]
        assert found.weekly == round_half_up(2 * exact * 100)

    @pytest.mark.parametrize(
        ("field", "more"),
        [("income", {"income": None}), ("children", {"children": ()}), ("on", {"on": day("2012-12-09")})],
    )
    def test_a_question_that_lacks_something_is_refused_by_name(self, field: str, more: dict[str, Any]) -> None:
        with pytest.raises(EstimateError) as refused:
            asked("600", **more)
        assert refused.value.field == field
        assert asked("600", on=day("2012-12-10")).weekly == 7_200


pence = st.integers(min_value=0, max_value=500_000)
nights = st.lists(st.sampled_from([0, 51, 52, 103, 104, 155, 156, 174, 175, 366]), min_size=1, max_size=5)
few = st.integers(min_value=0, max_value=4)
parents = st.lists(st.sampled_from("ABC"), min_size=5, max_size=5)


def of(income: int, nights: list[int], others: int, elsewhere: int, who: list[str], benefit: bool = False) -> Estimate:
    """An estimate with children of several receiving parents."""
    children = tuple(Child(nights=one, parent=parent) for one, parent in zip(nights, who, strict=False))
    return estimate(
        Question(
            on=TODAY,
            income=Income(amount=income, every=Every.WEEK),
            children=children,
            other_children=others,
            other_arrangements=elsewhere,
            on_benefit=benefit,
        )
    )


class TestWhatMustHold:
    @settings(max_examples=500)
    @given(pence, nights, few, few, st.booleans())
    def test_agrees_with_a_second_reading(
        self, income: int, nights: list[int], others: int, elsewhere: int, benefit: bool
    ) -> None:
        rate, exact = plain_estimate(Fraction(income, 100), nights, others, elsewhere, benefit=benefit)
        found = of(income, nights, others, elsewhere, ["A"] * 5, benefit)
        assert (found.rate, found.weekly) == (rate, round_half_up(exact * 100))

    @settings(max_examples=300)
    @given(pence, nights, few, few, parents, st.booleans())
    def test_steps_add_up_and_lead_to_the_result(
        self, income: int, nights: list[int], others: int, elsewhere: int, who: list[str], benefit: bool
    ) -> None:
        found = of(income, nights, others, elsewhere, who, benefit)
        for one in found.steps:
            assert not one.lines or sum(line.amount for line in one.lines) == one.result
        assert found.steps[-1].result == found.weekly

    @settings(max_examples=300)
    @given(pence, nights, few, few, parents, st.booleans())
    def test_shares_sum_to_the_total_and_none_is_below_nothing(
        self, income: int, nights: list[int], others: int, elsewhere: int, who: list[str], benefit: bool
    ) -> None:
        found = of(income, nights, others, elsewhere, who, benefit)
        assert sum(one.weekly for one in found.shares) == found.weekly
        assert min(one.weekly for one in found.shares) >= 0

    @settings(max_examples=300)
    @given(pence, pence, nights, few, few, parents)
    def test_grows_with_income_within_a_rate(
        self, one: int, other: int, nights: list[int], others: int, elsewhere: int, who: list[str]
    ) -> None:
        low, high = (of(income, nights, others, elsewhere, who) for income in sorted((one, other)))
        if low.rate is high.rate:
            assert low.weekly <= high.weekly

    @settings(max_examples=300)
    @given(pence, nights, few, few, parents)
    def test_stays_between_the_least_and_the_most(
        self, income: int, nights: list[int], others: int, elsewhere: int, who: list[str]
    ) -> None:
        found = of(income, nights, others, elsewhere, who)
        if found.rate is RateKind.NIL:
            assert found.weekly == 0
        else:
            assert 700 <= found.weekly <= 48_200


class TestBeside:
    def test_gives_the_difference_for_the_parent_of_the_case(self) -> None:
        facts = case(decision("80.00", "2026-01-05"), decision("90.00", "2026-11-01", told="2026-12-01"))
        standing = decision_in_force(facts, on=TODAY)
        assert standing is not None
        found = asked("600", children=(Child(parent="here"), Child(parent="elsewhere")))
        told = beside(standing, found, parent="here", children=2)
        assert (told.illustrated, told.difference, told.agrees) == (4_800, 3_200, False)
        assert beside(standing, found, parent="nobody", children=2).illustrated == 0

    def test_takes_a_penny_for_rounding(self) -> None:
        assert beside(decision("72.01", "2026-01-05"), asked("600"), parent="", children=1).agrees
        assert not beside(decision("72.02", "2026-01-05"), asked("600"), parent="", children=1).agrees

    @pytest.mark.parametrize(
        ("weekly", "children", "is_default"),
        [("39.00", 1, True), ("51.00", 2, True), ("64.00", 5, True), ("39.00", 2, False), ("39.01", 1, False)],
    )
    def test_knows_the_amount_of_a_default_decision(self, weekly: str, children: int, is_default: bool) -> None:
        told = beside(decision(weekly, "2026-01-05"), asked("600"), parent="", children=children)
        assert (told.default is not None) is is_default

    def test_has_nothing_to_compare_before_the_first_decision(self) -> None:
        assert decision_in_force(case(decision("80.00", "2027-01-05")), on=TODAY) is None

    def test_gives_thirty_days_from_being_told_for_reconsideration(self) -> None:
        assert reconsider_by(decision("80.00", "2026-01-05", told="2026-02-04")) == day("2026-03-06")

    def test_knows_the_2012_scheme_alone(self) -> None:
        assert [one for one in Scheme if can_be_illustrated(one)] == [Scheme.CMS_2012]
