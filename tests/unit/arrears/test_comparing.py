"""Two records of one case side by side."""

import datetime as dt
from dataclasses import replace

from hypothesis import given

from arrears.core.comparing import Comparison, Match, compare
from arrears.core.facts import CaseFacts
from arrears.core.position import position
from cases.core.facts import Perspective
from tests.unit.arrears.build import adjustment, case, day, decision, opening, payment, schedule, service
from tests.unit.arrears.histories import days, histories

FACTS = (decision("60", "2025-01-03", told="2025-01-01"), schedule("monthly", "2025-01-03"))
ON = day("2025-03-10")


def effects(found: Comparison) -> int:
    """What all the differences come to."""
    listed = (*found.payments, *found.openings, *found.adjustments, *found.rules, *found.fees)
    return sum(one.effect for one in listed) + found.rest_of_rules


def matches(found: Comparison) -> list[tuple[Match, int]]:
    """How the payments that are not alike stand, and what each does."""
    return [(one.match, one.effect) for one in found.payments]


class TestCompare:
    @given(histories(), histories(), days)
    def test_explains_the_whole_difference_between_any_two_records(
        self, mine: CaseFacts, theirs: CaseFacts, on: dt.date
    ) -> None:
        found = compare(mine, theirs, on=on)
        one, other = position(mine, on=on), position(theirs, on=on)
        assert (found.mine, found.theirs) == (one.net, other.net)
        assert found.difference == other.net - one.net == effects(found)
        if found.partings:
            assert found.partings[-1].difference == found.difference
        else:
            assert found.difference == 0

    @given(histories(), days)
    def test_finds_nothing_between_a_record_and_itself(self, facts: CaseFacts, on: dt.date) -> None:
        named = replace(facts, payments=tuple(replace(one, note="x", id=f"{one.id}'") for one in facts.payments))
        found = compare(facts, named, on=on)
        # What a file says about a fact is no part of it. (Fees may fall on another of two equal payments.)
        assert (found.openings, found.adjustments, found.rules, found.partings) == ((), (), (), ())
        assert found.difference == effects(found) == 0

    def test_is_empty_for_two_empty_records(self) -> None:
        found = compare(case(), case(), on=ON)
        assert (found.mine, found.theirs, found.partings, found.year_ends) == (0, 0, (), ())


class TestPayments:
    def test_that_one_record_lacks(self) -> None:
        mine = case(*FACTS, payment("100", "2025-01-03"), payment("40", "2025-02-03"))
        theirs = case(*FACTS, payment("100", "2025-01-03"), payment("70", "2025-03-03"))
        found = compare(mine, theirs, on=ON)
        assert matches(found) == [(Match.ONLY_MINE, 4_000), (Match.ONLY_THEIRS, -7_000)]
        assert found.same_payments == 1
        assert [one.on for one in found.payments] == [day("2025-02-03"), day("2025-03-03")]

    def test_a_few_days_apart_or_of_another_amount(self) -> None:
        mine = case(*FACTS, payment("100", "2025-01-03"), payment("40", "2025-02-03"), payment("55", "2025-03-01"))
        theirs = case(*FACTS, payment("100", "2025-01-10"), payment("50", "2025-02-03"), payment("55", "2025-03-09"))
        found = compare(mine, theirs, on=ON)
        assert matches(found) == [
            (Match.NEAR, 0), (Match.OTHER_AMOUNT, -1_000), (Match.ONLY_MINE, 5_500), (Match.ONLY_THEIRS, -5_500),
        ]  # fmt: skip

    def test_are_each_paired_once(self) -> None:
        mine = case(*FACTS, *(payment("100", "2025-01-03", name=name) for name in "ab"))
        theirs = case(*FACTS, payment("100", "2025-01-03"))
        found = compare(mine, theirs, on=ON)
        assert (found.same_payments, matches(found)) == (1, [(Match.ONLY_MINE, 10_000)])

    def test_count_alike_from_both_sides_of_cms(self) -> None:
        base = (
            decision("60", "2025-01-03"),
            schedule("weekly", "2025-01-03"),
            service("collect_and_pay", "2025-01-03"),
        )
        got = case(*base, payment("57.60", "2025-01-05", route="via_cms_received"))
        sent = case(*base, payment("72", "2025-01-03", route="via_cms_paid"), perspective="paying")
        found = compare(got, sent, on=day("2025-01-06"))
        assert matches(found) == [(Match.NEAR, 0)]
        assert (found.payments[0].mine, found.payments[0].theirs) == (
            (day("2025-01-05"), 6_000, 5_760), (day("2025-01-03"), 6_000, 7_200),
        )  # fmt: skip
        assert found.difference == 0

    def test_of_which_one_record_sets_a_part_against_a_fee_are_the_same_money(self) -> None:
        base = (
            decision("60", "2025-01-03"),
            schedule("weekly", "2025-01-03"),
            service("collect_and_pay", "2025-01-03"),
        )
        got = case(*base, payment("72", "2025-01-05"))
        sent = case(*base, payment("72", "2025-01-03"), perspective="paying")
        found = compare(got, sent, on=day("2025-01-06"))
        assert matches(found) == [(Match.FEE_TAKEN, 1_200)]
        on_one_day = compare(case(*base, payment("72", "2025-01-03")), sent, on=day("2025-01-06"))
        assert matches(on_one_day) == [(Match.FEE_TAKEN, 1_200)]

    def test_of_a_time_after_the_day_are_left_out(self) -> None:
        found = compare(case(*FACTS), case(*FACTS, payment("70", "2025-06-03")), on=ON)
        assert (found.payments, found.difference) == ((), 0)


class TestTheRest:
    def test_decisions_and_payment_dates_each_by_what_they_move(self) -> None:
        mine = case(*FACTS, decision("90", "2025-02-03"))
        theirs = case(decision("60", "2025-01-03", told="2025-01-01"), schedule("monthly", "2025-01-10"))
        found = compare(mine, theirs, on=ON)
        assert [(type(one.mine or one.theirs).__name__, one.match, one.effect) for one in found.rules] == [
            ("Schedule", Match.ONLY_MINE, -91_000),
            ("Schedule", Match.ONLY_THEIRS, 101_714),
            ("Decision", Match.ONLY_MINE, -21_786),
        ] or sum(one.effect for one in found.rules) == found.difference
        assert {one.match for one in found.rules} == {Match.ONLY_MINE, Match.ONLY_THEIRS}

    def test_one_decision_that_the_letters_told_on_two_days_is_one_difference(self) -> None:
        theirs = case(decision("60", "2025-01-03", told="2025-01-20", name="later"), FACTS[1])
        found = compare(case(*FACTS), theirs, on=ON)
        assert [(one.match, one.effect) for one in found.rules] == [(Match.OTHER_AMOUNT, 0)]
        assert [one.on for one in found.partings] == [day("2025-01-03"), day("2025-01-20")]

    def test_beyond_the_limit_is_one_figure(self) -> None:
        many = [decision(f"{60 + n}", f"2025-01-{1 + n % 28:02}", told=f"2025-02-{1 + n % 20:02}") for n in range(70)]
        found = compare(case(*FACTS), case(*many, FACTS[1]), on=ON)
        assert len(found.rules) == 60
        assert found.difference == sum(one.effect for one in found.rules) + found.rest_of_rules

    def test_amounts_carried_over_and_adjustments_within_their_kind(self) -> None:
        mine = case(*FACTS, opening("500", "2024-12-01"), adjustment("write_off", "30", "2025-01-05"))
        theirs = case(*FACTS, opening("510", "2024-12-01"), adjustment("correction_up", "30", "2025-01-05"))
        found = compare(mine, theirs, on=ON)
        assert [(one.match, one.effect) for one in found.openings] == [(Match.OTHER_AMOUNT, 1_000)]
        assert sorted((one.word, one.match, one.effect) for one in found.adjustments) == [
            ("correction_up", Match.ONLY_THEIRS, 3_000), ("write_off", Match.ONLY_MINE, 3_000),
        ]  # fmt: skip
        to_come = adjustment("offset", "30", "2025-06-05", recorded="2025-01-05")
        later = case(*FACTS, opening("9", "2025-06-01"), to_come)
        assert compare(case(*FACTS), later, on=ON).difference == 0

    def test_balances_stand_beside_each_other_at_each_year_end(self) -> None:
        mine = case(opening("500", "2023-06-01"))
        theirs = case(opening("500", "2023-06-01"), payment("120", "2024-04-01"), perspective="paying")
        found = compare(mine, theirs, on=ON)
        assert [(one.on, one.mine, one.theirs, one.difference) for one in found.year_ends] == [
            (day("2023-12-31"), 50_000, 50_000, 0),
            (day("2024-12-31"), 50_000, 38_000, -12_000),
            (ON, 50_000, 38_000, -12_000),
        ]
        assert [(one.on, one.difference) for one in found.partings] == [(day("2024-04-01"), -12_000)]

    def test_money_back_from_fees_is_a_line_of_the_decision_that_brought_it(self) -> None:
        base = (
            decision("60", "2025-01-03"), schedule("weekly", "2025-01-03"), service("collect_and_pay", "2025-01-03"),
            decision("20", "2025-01-03", told="2025-02-10", name="lower"), opening("10", "2024-12-01"),
        )  # fmt: skip
        paid = payment("1000", "2025-01-04", route="via_cms_paid")
        mine, theirs = case(*base, paid), replace(case(*base, paid), perspective=Perspective.PAYING)
        found = compare(mine, theirs, on=ON)
        # Six payments of £60.00 had a fee of £12.00 each, of which £4.00 is left: £8.00 came back, six times.
        assert [(one.source.weekly, one.mine, one.theirs, one.mine_id, one.effect) for one in found.fees] == [
            (2_000, 0, 4_800, "lower", -4_800)
        ]
        assert found.difference == effects(found)
        turned = compare(theirs, mine, on=ON)
        assert [(one.mine, one.theirs, one.effect) for one in turned.fees] == [(4_800, 0, 4_800)]

    def test_money_back_from_fees_that_both_have_alike_is_no_line(self) -> None:
        base = (
            decision("60", "2025-01-03"), schedule("weekly", "2025-01-03"), service("collect_and_pay", "2025-01-03"),
            decision("20", "2025-01-03", told="2025-02-10"), payment("1000", "2025-01-04", route="via_cms_paid"),
        )  # fmt: skip
        mine = case(*base, perspective="paying")
        assert compare(mine, mine, on=ON).fees == ()

    def test_money_back_from_fees_by_a_decision_of_the_file_alone_has_no_id_of_mine(self) -> None:
        base = (
            decision("60", "2025-01-03"), schedule("weekly", "2025-01-03"), service("collect_and_pay", "2025-01-03"),
            payment("1000", "2025-01-04", route="via_cms_paid"),
        )  # fmt: skip
        theirs = case(*base, decision("20", "2025-01-03", told="2025-02-10", name="lower"), perspective="paying")
        found = compare(case(*base, perspective="paying"), theirs, on=ON)
        assert [(one.source.weekly, one.mine, one.mine_id) for one in found.fees] == [(2_000, 0, "")]
        assert found.difference == effects(found)
