"""The days that each clock gives: the days of real cases, and the rules at their edges."""

import datetime as dt
import uuid

import pytest

from arrears.core.case_values import ClockKind
from cases.core.facts import Nation, Perspective
from correspondence.core import clock_rules
from correspondence.core.clock_rules import Side, rules
from correspondence.core.clocks import ClockSeen, Days, days_of
from correspondence.core.letters import registry

ENGLAND, SCOTLAND, NORTH = Nation.ENGLAND, Nation.SCOTLAND, Nation.NORTHERN_IRELAND


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def days(kind: ClockKind, *, dated: str = "", reached: str = "", nation: Nation = ENGLAND) -> Days:
    return days_of(
        rules()[kind],
        dated_on=day(dated) if dated else None,
        reached_on=day(reached) if reached else None,
        nation=nation,
    )


def readings(found: Days) -> dict[str, str]:
    return {one.reading.says: one.on.isoformat() for one in found.readings}


class TestRealCases:
    def test_give_mrs_c_until_5_october_2022_and_by_the_leaflet_7_october(self) -> None:
        """P-002845: told on 5 September 2022."""
        found = days(ClockKind.RECONSIDERATION, dated="2022-09-05", reached="2022-09-05")
        assert found.safe_on == found.rule_on == found.act_on == day("2022-10-05")
        assert readings(found)["32 days of the date on the letter"] == "2022-10-07"
        assert readings(found)["30 days after you were told"] == "2022-10-05"

    def test_give_ms_a_until_10_august_2023_for_the_case_examiner(self) -> None:
        """P-002456: CMS's reply of 10 February 2023, if it was the final one; a later final one starts it again."""
        assert days(ClockKind.EXAMINER, reached="2023-02-10").rule_on == day("2023-08-10")
        assert days(ClockKind.EXAMINER, reached="2023-05-04").rule_on == day("2023-11-04")

    def test_give_miss_a_30_days_and_13_months_at_the_latest(self) -> None:
        """P-002559: reconsideration within 30 days, appeal at most 13 months."""
        for kind in (ClockKind.RECONSIDERATION, ClockKind.TRIBUNAL):
            found = days(kind, dated="2023-01-31")
            assert found.latest is not None
            assert found.latest.on == day("2024-02-29")
            assert not found.latest.reading.firm

    def test_give_60_days_with_the_day_it_came_as_day_1(self) -> None:
        """The write-off letter of 21 February 2019, received the next day."""
        found = days(ClockKind.CSA_WRITE_OFF, reached="2019-02-22")
        assert found.safe_on == found.rule_on == day("2019-04-22")
        # Easter Monday, after Good Friday and a weekend.
        assert found.act_on == day("2019-04-18")


class TestAReconsideration:
    def test_is_safest_by_the_date_on_the_letter(self) -> None:
        found = days(ClockKind.RECONSIDERATION, dated="2026-07-10", reached="2026-07-14")
        assert readings(found) == {
            "30 days after you were told": "2026-08-13",
            "32 days of the date on the letter": "2026-08-11",
            "one month of the decision": "2026-08-10",
            "30 days after the date on the letter, to be safe": "2026-08-09",
        }
        assert (found.safe_on, found.rule_on) == (day("2026-08-09"), day("2026-08-13"))
        assert found.act_on == day("2026-08-07")  # the ninth is a Sunday

    def test_takes_the_shorter_month_where_february_makes_it_so(self) -> None:
        found = days(ClockKind.RECONSIDERATION, dated="2026-01-30")
        assert found.safe_on == day("2026-02-28")
        assert found.rule_on == day("2026-03-01")

    def test_counts_from_the_day_that_is_known_where_only_one_is(self) -> None:
        assert days(ClockKind.RECONSIDERATION, reached="2026-07-10") == days(
            ClockKind.RECONSIDERATION, dated="2026-07-10"
        )

    def test_needs_a_day(self) -> None:
        with pytest.raises(ValueError, match="a day to count from"):
            days(ClockKind.RECONSIDERATION)


class TestTheOthers:
    @pytest.mark.parametrize(("sent", "due"), [("2023-01-31", "2023-02-28"), ("2024-01-31", "2024-02-29")])
    def test_end_an_access_request_with_the_month(self, sent: str, due: str) -> None:
        assert days(ClockKind.ACCESS_REQUEST, reached=sent).rule_on == day(due)

    def test_count_an_extended_access_request_from_its_start_and_not_in_steps(self) -> None:
        found = days(ClockKind.ACCESS_REQUEST, reached="2025-01-31")
        assert found.latest is not None
        assert found.latest.on == day("2025-04-30")
        assert days(ClockKind.ACCESS_REQUEST, reached="2024-11-30").latest.on == day("2025-02-28")  # type: ignore[union-attr]

    def test_give_somebody_else_until_the_next_working_day(self) -> None:
        found = days(ClockKind.ACCESS_REQUEST, reached="2026-10-28")
        assert (found.safe_on, found.act_on) == (day("2026-11-28"), day("2026-11-30"))

    def test_count_15_working_days_for_a_complaint_with_each_nations_holidays(self) -> None:
        sent = "2026-12-21"
        assert days(ClockKind.COMPLAINT_REPLY, dated=sent).safe_on == day("2027-01-14")
        assert days(ClockKind.COMPLAINT_REPLY, dated=sent, nation=SCOTLAND).safe_on == day("2027-01-15")
        summer = days(ClockKind.COMPLAINT_REPLY, dated="2026-07-03", nation=NORTH).safe_on
        assert summer == day("2026-07-27")
        assert days(ClockKind.COMPLAINT_REPLY, dated="2026-07-03").safe_on == day("2026-07-24")

    def test_tell_of_the_two_days_for_a_complaint_beside_the_day_that_counts(self) -> None:
        found = days(ClockKind.COMPLAINT_REPLY, dated="2026-11-20")
        assert [one.on for one in found.asides] == [day("2026-11-24")]
        assert found.rule_on is None

    def test_count_the_day_of_receipt_to_be_safe_for_a_write_off(self) -> None:
        found = days(ClockKind.WRITE_OFF, reached="2026-03-03")
        assert (found.safe_on, found.rule_on) == (day("2026-04-01"), day("2026-04-02"))

    def test_give_14_days_for_a_deduction_order_and_21_or_28_for_a_liability_order(self) -> None:
        assert days(ClockKind.DEDUCTION_ORDER, reached="2026-06-01").rule_on == day("2026-06-15")
        found = days(ClockKind.LIABILITY_ORDER_OBJECTION, reached="2026-06-01", nation=SCOTLAND)
        assert sorted(readings(found).values()) == ["2026-06-22", "2026-06-29"]
        assert found.rule_on == day("2026-06-22")

    def test_give_twelve_months_for_the_ombudsman_without_calling_it_certain(self) -> None:
        found = days(ClockKind.OMBUDSMAN, dated="2024-02-29")
        assert found.safe_on == day("2025-02-28")
        assert found.rule_on is None
        assert not found.readings[0].reading.firm

    def test_give_one_month_for_the_tribunal(self) -> None:
        assert days(ClockKind.TRIBUNAL, dated="2026-08-31").rule_on == day("2026-09-30")


class TestTheData:
    def test_has_a_rule_for_every_kind(self) -> None:
        assert set(rules()) == set(ClockKind)

    def test_names_a_source_and_the_day_it_was_checked_for_every_reading(self) -> None:
        for rule in rules().values():
            for one in (*rule.readings, *([rule.latest] if rule.latest else [])):
                assert one.source
                assert one.checked <= day("2026-11-22")
                assert one.url.startswith("https://") or (not one.url and not one.law)
        assert clock_rules.version() == "2026-11-22"

    def test_asks_for_a_day_of_every_clock(self) -> None:
        for rule in rules().values():
            assert rule.asks_dated or rule.asks_reached
            assert rule.readings
            assert rule.next
            assert rule.late

    def test_calls_no_reading_both_the_rule_and_unverified(self) -> None:
        assert not [one for rule in rules().values() for one in rule.readings if one.law and not one.firm]

    def test_offers_a_person_what_fits_their_side_and_nation(self) -> None:
        receiving = clock_rules.fitting(perspective=Perspective.RECEIVING, nation=ENGLAND)
        paying = clock_rules.fitting(perspective=Perspective.PAYING, nation=SCOTLAND)
        assert ClockKind.DEDUCTION_ORDER not in {one.kind for one in receiving}
        assert {one.kind for one in paying} == set(ClockKind)

    def test_gives_each_kind_a_number_of_its_own_for_the_address(self) -> None:
        assert len({one.number for one in rules().values()}) == len(ClockKind)
        assert [clock_rules.numbered(one.number) for one in rules().values()] == list(rules().values())
        assert clock_rules.numbered(0) is None

    def test_starts_a_clock_with_a_letter_of_a_known_kind_only(self) -> None:
        started = clock_rules.started_by_letter("complaint")
        assert started is not None
        assert (started.kind, started.side) == (ClockKind.COMPLAINT_REPLY, Side.THEIRS)
        assert clock_rules.started_by_letter("call-follow-up") is None

    def test_names_only_letters_that_can_be_made(self) -> None:
        named = {code for rule in rules().values() for code in (*rule.letters, *rule.starts_with)}
        assert [code for code in named if registry.kind_of(code) is None] == []


class TestAClock:
    def test_knows_its_rule(self) -> None:
        clock = ClockSeen(
            id=uuid.uuid4(), case_id=uuid.uuid4(), kind=ClockKind.TRIBUNAL, dated_on=day("2026-01-01"), reached_on=None
        )
        assert clock.rule is rules()[ClockKind.TRIBUNAL]
