"""What falls due, by hand (rules section 2)."""

import datetime as dt
from fractions import Fraction

import pytest

from arrears.core.facts import CaseFacts
from arrears.core.position import next_due, position, upcoming, working
from arrears.core.results import Due, Kind
from arrears.core.schedule import UNITS, nth_due, nth_month, round_units
from cases.core.facts import Frequency
from tests.unit.arrears.build import adjustment, case, day, decision, opening, schedule, service


def dues(facts: CaseFacts, on: str) -> list[tuple[str, int]]:
    """The instalments due by a day."""
    return [(one.due_on.isoformat(), one.amount) for one in position(facts, on=day(on)).instalments]


def others(facts: CaseFacts, on: str) -> list[tuple[str, str, int]]:
    """The other entries posted by a day."""
    return [(one.kind.value, one.on.isoformat(), one.amount) for one in position(facts, on=day(on)).others]


class TestDueDates:
    def test_count_from_the_first_date_and_never_from_the_one_before(self) -> None:
        facts = case(decision("60", "2025-01-31"), schedule("monthly", "2025-01-31"))
        assert [on for on, _ in dues(facts, "2025-05-31")] == [
            "2025-01-31", "2025-02-28", "2025-03-31", "2025-04-30", "2025-05-31",
        ]  # fmt: skip

    def test_reach_a_leap_day(self) -> None:
        assert nth_month(dt.date(2024, 1, 30), 1) == dt.date(2024, 2, 29)
        assert nth_month(dt.date(2024, 2, 29), 24) == dt.date(2026, 2, 28)
        assert nth_due(dt.date(2024, 12, 30), Frequency.FORTNIGHTLY, 2) == dt.date(2025, 1, 27)

    def test_of_a_later_schedule_replace_those_of_the_earlier_one(self) -> None:
        facts = case(
            decision("70", "2025-01-03"), schedule("four_weekly", "2025-01-24"), schedule("weekly", "2025-01-03")
        )
        # Three full weeks, then four-weekly from 24 January.
        assert dues(facts, "2025-02-21") == [
            ("2025-01-03", 7000), ("2025-01-10", 7000), ("2025-01-17", 7000), ("2025-01-24", 28000),
            ("2025-02-21", 28000),
        ]  # fmt: skip

    def test_of_a_replaced_schedule_leave_a_part_instalment(self) -> None:
        facts = case(decision("70", "2025-01-03"), schedule("weekly", "2025-01-03"), schedule("monthly", "2025-01-13"))
        # From 10 to 12 January: 3 of 7 days of £70.
        assert dues(facts, "2025-01-12") == [("2025-01-03", 7000), ("2025-01-10", 3000)]

    def test_of_a_schedule_that_was_struck_out_hold_until_it_was(self) -> None:
        facts = case(
            decision("70", "2025-01-03"),
            schedule("weekly", "2025-01-03"),
            schedule("fortnightly", "2025-01-03", out="2025-02-01"),
        )
        on = day("2025-01-03")
        amounts = [position(facts, on=on, known_on=day(known)).due for known in ("2025-01-31", "2025-02-01")]
        assert amounts == [14000, 7000]


class TestAmountOfOneInstalment:
    @pytest.mark.parametrize(
        ("frequency", "pence"),
        [("weekly", 8500), ("fortnightly", 17000), ("four_weekly", 34000), ("monthly", 36833)],
    )
    def test_is_the_weekly_amount_times_the_weeks(self, frequency: str, pence: int) -> None:
        facts = case(decision("85", "2025-01-01"), schedule(frequency, "2025-01-01"))
        assert dues(facts, "2025-01-01") == [("2025-01-01", pence)]

    def test_is_what_the_letter_states_where_it_does(self) -> None:
        facts = case(decision("73.74", "2025-01-01", instalment="319.53"), schedule("monthly", "2025-01-01"))
        assert dues(facts, "2025-01-01") == [("2025-01-01", 31953)]

    def test_is_nothing_where_the_weekly_amount_is_nil_whatever_is_stated(self) -> None:
        facts = case(decision("0", "2025-01-01", instalment="10"), schedule("weekly", "2025-01-01"))
        assert dues(facts, "2025-02-01") == []

    def test_is_shared_by_days_where_two_decisions_are_in_force(self) -> None:
        facts = case(
            decision("60", "2025-01-01"),
            decision("90", "2025-01-20", told="2024-12-30"),
            schedule("monthly", "2025-01-01"),
        )
        # 19 of 31 days of £260.00 and 12 of 31 days of £390.00: £310.3225...
        assert dues(facts, "2025-01-01") == [("2025-01-01", 31032)]

    def test_begins_within_an_instalment_where_liability_does(self) -> None:
        facts = case(decision("70", "2025-01-06", told="2025-01-01"), schedule("weekly", "2025-01-03"))
        assert dues(facts, "2025-01-03") == [("2025-01-03", 4000)]
        assert position(facts, on=day("2025-01-03")).instalments[0].fact_id == "decision 70 2025-01-06"


class TestDecisionInForce:
    def test_is_of_two_from_one_day_the_one_told_later(self) -> None:
        facts = case(
            decision("60", "2025-01-01", sequence=1),
            decision("90", "2025-01-01", sequence=0),
            schedule("weekly", "2025-01-01"),
        )
        assert dues(facts, "2025-01-01") == [("2025-01-01", 6000)]

    def test_without_a_sequence_is_the_one_with_the_larger_amount(self) -> None:
        facts = case(decision("60", "2025-01-01"), decision("90", "2025-01-01"), schedule("weekly", "2025-01-01"))
        assert dues(facts, "2025-01-01") == [("2025-01-01", 9000)]

    def test_of_those_that_start_together_after_the_due_date_is_the_latest_told(self) -> None:
        ended = decision("0", "2025-01-11", told="2025-01-10", name="a")
        goes_on = decision("70", "2025-01-11", told="2025-01-10", name="b")
        for told in ((ended, goes_on), (goes_on, ended)):
            facts = case(*told, schedule("weekly", "2025-01-10"))
            (only,) = position(facts, on=day("2025-01-10")).instalments
            assert (only.amount, only.fact_id) == (6000, goes_on.id)


class TestInitialEntry:
    def test_is_for_the_days_before_the_first_due_date(self) -> None:
        facts = case(decision("60", "2025-01-06", told="2025-01-29"), schedule("monthly", "2025-02-03"))
        assert others(facts, "2025-02-02") == []
        assert others(facts, "2025-02-03") == [("initial", "2025-02-03", 24000)]

    def test_takes_in_the_instalments_due_before_the_decision_was_told(self) -> None:
        facts = case(decision("70", "2025-01-01", told="2025-01-17"), schedule("weekly", "2025-01-03"))
        # Two days before the first due date, and the weeks of 3 and 10 January; that of 17 January is asked for.
        assert others(facts, "2025-01-17") == [("initial", "2025-01-17", 2000 + 14000)]
        assert dues(facts, "2025-01-17") == [("2025-01-17", 7000)]

    def test_is_not_posted_where_there_are_no_payment_dates(self) -> None:
        assert others(case(decision("70", "2025-01-01")), "2025-06-01") == []


class TestRecalculation:
    def test_reaches_back_to_the_effective_date_and_no_further_than_the_next_decision(self) -> None:
        facts = case(
            decision("70", "2025-01-03"),
            decision("140", "2025-01-24", told="2025-01-20"),
            decision("77", "2025-01-10", told="2025-02-03"),
            schedule("weekly", "2025-01-03"),
        )
        # 10 and 17 January only: £7 more each. From 24 January the second decision still holds.
        assert others(facts, "2025-02-07") == [("recalculation", "2025-02-03", 1400)]

    def test_of_a_lower_amount_is_negative(self) -> None:
        facts = case(
            decision("70", "2025-01-03"),
            decision("63", "2025-01-03", told="2025-01-11"),
            schedule("weekly", "2025-01-03"),
        )
        assert others(facts, "2025-01-11") == [("recalculation", "2025-01-11", -1400)]

    def test_leaves_an_instalment_due_on_the_day_it_was_told_to_be_asked_for_anew(self) -> None:
        facts = case(
            decision("70", "2025-01-03"),
            decision("63", "2025-01-03", told="2025-01-10"),
            schedule("weekly", "2025-01-03"),
        )
        assert others(facts, "2025-01-10") == [("recalculation", "2025-01-10", -700)]
        assert dues(facts, "2025-01-10")[-1] == ("2025-01-10", 6300)

    def test_that_changes_nothing_is_not_listed(self) -> None:
        facts = case(
            decision("70", "2025-01-03"),
            decision("63", "2025-03-07", told="2025-01-15"),
            schedule("weekly", "2025-01-03"),
        )
        assert others(facts, "2025-02-01") == []

    def test_before_the_first_due_date_waits_for_it(self) -> None:
        facts = case(
            decision("70", "2025-01-01", told="2025-01-02"),
            decision("77", "2025-01-01", told="2025-01-08"),
            schedule("weekly", "2025-01-15"),
        )
        assert others(facts, "2025-01-15") == [
            ("initial", "2025-01-15", 14000),
            ("recalculation", "2025-01-15", 1400),
        ]

    def test_shows_a_working_that_adds_up(self) -> None:
        facts = case(
            decision("85", "2024-07-01", told="2024-06-20"),
            decision("112.40", "2024-07-15", told="2024-09-10"),
            schedule("monthly", "2024-07-04"),
        )
        on = day("2024-09-10")
        entry = position(facts, on=on).recalculations[0]
        parts = working(facts, entry, on=on, known_on=on)
        assert [(one.days, one.natural_days) for one in parts] == [(20, 31), (31, 31), (30, 30)]
        assert parts[0].from_on == day("2024-07-15")
        assert parts[0].to_on == day("2024-08-03")
        assert (parts[0].old_weekly, parts[0].new_weekly) == (8500, 11240)
        assert parts[0].change == (parts[0].new - parts[0].old) * Fraction(20, 31)
        assert round(sum(one.change for one in parts)) == entry.amount
        initial = position(facts, on=on).others[0]
        before = working(facts, initial, on=on, known_on=on)
        assert [(one.due_on, one.days, one.natural_days, one.change) for one in before] == [
            (None, 3, 7, Fraction(8500 * 3, 7))
        ]
        assert working(facts, position(facts, on=on).entries[0], on=on, known_on=on) == ()


class TestRestatedDue:
    def test_is_what_would_have_fallen_due_had_all_been_known(self) -> None:
        facts = case(
            decision("85", "2024-03-04", told="2024-02-28"),
            decision("112.40", "2024-07-15", told="2024-11-25"),
            schedule("monthly", "2024-03-04"),
            opening("100", "2024-03-01"),
            adjustment("write_off", "10", "2024-03-01"),
            adjustment("correction_up", "5", "2024-03-01"),
        )
        by_then = position(facts, on=day("2024-11-24"), known_on=day("2024-11-25"))
        assert by_then.restated_due == position(facts, on=day("2024-11-25")).restated_due == 386654 + 9500

    def test_leaves_out_the_days_before_the_first_due_date_until_it_comes(self) -> None:
        facts = case(decision("70", "2025-01-01"), schedule("weekly", "2025-01-08"))
        assert position(facts, on=day("2025-01-07")).restated_due == 0
        assert position(facts, on=day("2025-01-08")).restated_due == 14000


class TestFees:
    COLLECTED = (decision("42.35", "2025-01-03"), schedule("weekly", "2025-01-03"))

    def test_are_a_fifth_of_each_instalment_under_collect_and_pay(self) -> None:
        facts = case(
            *self.COLLECTED,
            service("direct_pay", "2025-01-03"),
            service("collect_and_pay", "2025-01-10"),
            perspective="paying",
        )
        at = position(facts, on=day("2025-01-17"))
        assert [one.fee for one in at.instalments] == [0, 847, 847]
        assert (at.fees_due, at.fees_outstanding, at.outstanding) == (1694, 1694, 12705)

    def test_are_not_posted_on_a_receiving_parents_file(self) -> None:
        facts = case(*self.COLLECTED, service("collect_and_pay", "2025-01-03"))
        assert position(facts, on=day("2025-01-17")).fees_due == 0

    def test_follow_a_recalculation_but_not_the_days_before_the_first_due_date(self) -> None:
        facts = case(
            decision("70", "2025-01-01"),
            decision("63", "2025-01-01", told="2025-01-11"),
            schedule("weekly", "2025-01-03"),
            service("collect_and_pay", "2025-01-01"),
            perspective="paying",
        )
        at = position(facts, on=day("2025-01-11"))
        entry = at.recalculations[0]
        assert (entry.amount, entry.fee) == (-200 - 1400, -280)

    def test_can_be_posted_by_a_recalculation_that_is_nil(self) -> None:
        facts = case(
            decision("70", "2025-01-10", told="2025-01-01", name="first"),
            decision("35", "2025-01-03", told="2025-01-02", name="second"),
            decision("0", "2025-01-17", told="2025-01-03", name="third"),
            schedule("weekly", "2025-01-10"),
            service("collect_and_pay", "2025-01-01"),
            perspective="paying",
        )
        at = position(facts, on=day("2025-01-10"))
        # Seven days before the first due date at £35: an entry, but no fee.
        assert [(one.kind, one.amount, one.fee) for one in at.others] == [(Kind.RECALCULATION, 3500, 0)]

    def test_of_two_changes_that_cancel_are_still_posted(self) -> None:
        facts = case(
            decision("70", "2024-12-27", told="2024-12-27", name="first"),
            decision("140", "2025-01-03", told="2025-01-11", name="second"),
            decision("0", "2024-12-27", told="2025-01-12", name="third"),
            schedule("weekly", "2025-01-03"),
            service("collect_and_pay", "2025-01-03"),
            perspective="paying",
        )
        at = position(facts, on=day("2025-01-12"))
        assert [(one.kind, one.amount, one.fee) for one in at.others] == [
            (Kind.INITIAL, 7000, 0),
            (Kind.RECALCULATION, 14000, 2800),
            (Kind.RECALCULATION, -7000, 0),
        ]


class TestWhatComes:
    def test_is_none_without_payment_dates_or_after_liability_ended(self) -> None:
        assert next_due(case(), after=day("2025-01-01"), known_on=day("2025-01-01")) is None
        ended = case(
            decision("70", "2025-01-03"),
            decision("0", "2025-01-17", told="2025-01-04"),
            schedule("weekly", "2025-01-03"),
        )
        assert upcoming(ended, after=day("2025-01-04"), known_on=day("2025-01-04"), count=5) == (
            Due(day("2025-01-10"), 7000),
        )

    def test_is_found_however_far_ahead_it_begins(self) -> None:
        facts = case(decision("70", "2027-06-01", told="2025-01-01"), schedule("monthly", "2025-01-15"))
        assert next_due(facts, after=day("2025-01-02"), known_on=day("2025-01-02")) == Due(day("2027-05-15"), 13699)

    def test_names_the_fee_on_top(self) -> None:
        facts = case(
            decision("50", "2025-01-03"), schedule("weekly", "2025-01-03"), service("collect_and_pay", "2025-01-03"),
            perspective="paying",
        )  # fmt: skip
        assert next_due(facts, after=day("2025-01-03"), known_on=day("2025-01-03")) == Due(
            day("2025-01-10"), 5000, 1000
        )


class TestRounding:
    @pytest.mark.parametrize(("twice", "pence"), [(1, 1), (-1, -1), (3, 2), (-3, -2), (2, 1), (0, 0)])
    def test_is_half_away_from_zero(self, twice: int, pence: int) -> None:
        assert round_units(twice * UNITS // 2) == pence

    def test_holds_every_interval_exactly(self) -> None:
        assert all(UNITS % (3 * length) == 0 for length in (7, 14, 28, 29, 30, 31))


class TestADecisionAboutLaterDatesOnly:
    def test_touches_no_instalment_of_the_dates_before(self) -> None:
        facts = case(
            decision("60", "2025-01-03", name="first"),
            schedule("weekly", "2025-01-03"),
            schedule("fortnightly", "2025-03-05"),  # cuts the weekly payment of 28 February short
            decision("80", "2025-03-06", told="2025-05-01", name="later"),
        )
        at = position(facts, on=day("2025-05-01"))
        (entry,) = at.recalculations
        parts = working(facts, entry, on=day("2025-05-01"), known_on=day("2025-05-01"))
        days = [(str(part.due_on), part.days) for part in parts]
        assert days == [("2025-03-05", 13), *((f"2025-{on}", 14) for on in ("03-19", "04-02", "04-16", "04-30"))]
        assert entry.amount == 4 * 4000 + 3714
