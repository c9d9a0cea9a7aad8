"""Where each ending stands in a case, by its facts."""

import datetime as dt

import pytest

from arrears.core.case_values import ClockKind
from arrears.core.event_values import EventKind
from arrears.core.facts import AdjustmentKind, OpeningBalance
from arrears.core.other_facts import StepKind
from cases.core.facts import Perspective, Scheme
from correspondence.core.ending_facts import EndingFacts, EndingStanding, EndingState
from correspondence.core.ending_notices import is_small
from correspondence.core.ending_states import standing_of
from correspondence.core.endings import EndingCode
from tests.unit.correspondence.endings.build import (
    ON,
    clock,
    decision,
    facts,
    happened,
    settlement,
    sorry,
    taken_off,
)

PAYING = Perspective.PAYING
OPEN, WAY, DONE, NOT_HERE = EndingState.OPEN, EndingState.UNDER_WAY, EndingState.DONE, EndingState.NOT_HERE
EARLY, LATE = dt.date(2026, 11, 2), dt.date(2026, 11, 16)


def stands(code: EndingCode, found: EndingFacts) -> EndingStanding:
    return standing_of(found, code)


class TestAPartPayment:
    def test_is_possible_while_something_is_owed(self) -> None:
        found = stands(EndingCode.PART_PAYMENT, facts())
        assert found.state is OPEN
        assert found.why == "Your record shows £500.00 on 23 November 2026. No part payment is in your record."

    def test_is_not_here_where_nothing_is_owed_or_the_parent_who_owes_has_died(self) -> None:
        assert stands(EndingCode.PART_PAYMENT, facts(owed=0)).why == "Your record shows no arrears on 23 November 2026."
        dead = facts(events=[happened(EventKind.OTHER_PARENT_DIED)])
        assert stands(EndingCode.PART_PAYMENT, dead).state is NOT_HERE
        assert "what they left" in stands(EndingCode.PART_PAYMENT, dead).why
        other = facts(PAYING, events=[happened(EventKind.OTHER_PARENT_DIED)])
        assert stands(EndingCode.PART_PAYMENT, other).state is OPEN

    @pytest.mark.parametrize(
        ("steps", "pay_by", "state", "words"),
        [
            ((), dt.date(2026, 12, 1), WAY, "Nothing is agreed yet"),
            ((StepKind.CONSENTED,), dt.date(2026, 12, 1), WAY, "Nothing is let go yet"),
            ((StepKind.AGREED,), dt.date(2026, 12, 1), WAY, "is to be paid by 1 December 2026"),
            ((StepKind.AGREED,), None, WAY, "no last day"),
            ((StepKind.AGREED,), dt.date(2026, 11, 22), WAY, "the arrears come back"),
            ((StepKind.AGREED,), dt.date(2026, 11, 23), WAY, "is to be paid by 23 November 2026"),
            ((StepKind.AGREED, StepKind.PAID), dt.date(2026, 11, 1), DONE, "not owed any more"),
            ((StepKind.REFUSED,), None, OPEN, "came to nothing"),
            ((StepKind.AGREED, StepKind.CANCELLED), dt.date(2026, 11, 1), OPEN, "came to nothing"),
        ],
    )
    def test_follows_what_came_of_the_offer(
        self, steps: tuple[StepKind, ...], pay_by: dt.date | None, state: EndingState, words: str
    ) -> None:
        one = settlement(*steps, pay_by=pay_by)
        found = stands(EndingCode.PART_PAYMENT, facts(money={"settlements": (one,)}))
        assert (found.state, words in found.why) == (state, True)

    def test_speaks_of_the_one_that_is_most_pressing(self) -> None:
        late = settlement(StepKind.AGREED, pay_by=dt.date(2026, 11, 1), key="late")
        offered = settlement(key="offered")
        found = stands(EndingCode.PART_PAYMENT, facts(money={"settlements": (offered, late)}))
        assert (found.settlement_id, found.amount, found.on) == ("late", 20000, dt.date(2026, 11, 1))


class TestAnOffset:
    def test_is_asked_for_answered_and_then_in_the_figures(self) -> None:
        asked = happened(EventKind.OFFSET_ASKED, EARLY)
        accepted = happened(EventKind.OFFSET_ACCEPTED, LATE)
        assert stands(EndingCode.OFFSET, facts()).state is OPEN
        assert stands(EndingCode.OFFSET, facts(owed=0)).state is NOT_HERE
        assert "No answer" in stands(EndingCode.OFFSET, facts(events=[asked])).why
        waits = stands(EndingCode.OFFSET, facts(events=[asked, accepted]))
        assert (waits.state, "Record what CMS set off" in waits.why) == (WAY, True)
        money = {"adjustments": (taken_off(AdjustmentKind.OFFSET, LATE),)}
        done = stands(EndingCode.OFFSET, facts(events=[asked, accepted], money=money))
        assert (done.state, done.amount) == (DONE, 5000)
        assert done.why == "CMS set off £50.00 on 16 November 2026. £500.00 is still owed on 23 November 2026."

    def test_can_be_asked_for_again_after_a_no_and_no_appeal_lies(self) -> None:
        found = stands(EndingCode.OFFSET, facts(events=[happened(EventKind.OFFSET_REFUSED)]))
        assert (found.state, found.on) == (OPEN, EARLY)
        assert "No appeal lies" in found.why

    def test_that_is_asked_for_after_an_earlier_one_is_under_way(self) -> None:
        money = {"adjustments": (taken_off(AdjustmentKind.OFFSET, EARLY),)}
        assert (
            stands(EndingCode.OFFSET, facts(events=[happened(EventKind.OFFSET_ASKED, LATE)], money=money)).state is WAY
        )


class TestCompensation:
    @pytest.mark.parametrize(
        ("kind", "state", "words"),
        [
            (EventKind.COMPENSATION_ASKED, WAY, "No answer"),
            (EventKind.COMPENSATION_OFFERED, WAY, "The arrears stay, whatever you answer"),
            (EventKind.COMPENSATION_ACCEPTED, WAY, "not in your record yet"),
            (EventKind.COMPENSATION_REFUSED, OPEN, "The complaint can go on"),
        ],
    )
    def test_follows_what_was_said(self, kind: EventKind, state: EndingState, words: str) -> None:
        found = stands(EndingCode.COMPENSATION, facts(events=[happened(kind)]))
        assert (found.state, words in found.why) == (state, True)

    def test_is_possible_whatever_is_owed(self) -> None:
        assert stands(EndingCode.COMPENSATION, facts(owed=0)).state is OPEN

    def test_that_was_paid_takes_nothing_off(self) -> None:
        found = stands(EndingCode.COMPENSATION, facts(money={"other_money": (sorry(LATE),)}))
        assert found.why == "CMS paid £250.00 on 16 November 2026. It takes nothing off the arrears."
        accepted = [happened(EventKind.COMPENSATION_ACCEPTED, ON)]
        assert (
            stands(EndingCode.COMPENSATION, facts(events=accepted, money={"other_money": (sorry(LATE),)})).state is DONE
        )

    def test_that_is_asked_for_again_is_under_way_again(self) -> None:
        asked = [happened(EventKind.COMPENSATION_ASKED, LATE)]
        assert stands(EndingCode.COMPENSATION, facts(events=asked, money={"other_money": (sorry(EARLY),)})).state is WAY


class TestAWriteOff:
    def test_is_nothing_to_answer_without_a_notice(self) -> None:
        assert "Nothing has to be answered" in stands(EndingCode.WRITE_OFF, facts()).why
        assert stands(EndingCode.WRITE_OFF, facts(owed=0)).state is NOT_HERE

    def test_has_days_to_answer_in_while_its_clock_runs(self) -> None:
        found = stands(EndingCode.WRITE_OFF, facts(clocks=[clock(ClockKind.WRITE_OFF, EARLY)]))
        assert found.act_by is not None
        assert (found.act_by.safe_on, found.act_by.rule_on) == (dt.date(2026, 12, 1), dt.date(2026, 12, 2))
        assert found.why == "A notice came. Answer it by 1 December 2026, to be safe."

    def test_is_late_from_the_day_after_the_safe_one(self) -> None:
        notice = [clock(ClockKind.WRITE_OFF, EARLY)]
        on = dt.date(2026, 12, 1)
        assert "to be safe" in stands(EndingCode.WRITE_OFF, facts(clocks=notice, on=on)).why
        assert "it is late" in stands(EndingCode.WRITE_OFF, facts(clocks=notice, on=on + dt.timedelta(days=1))).why

    def test_follows_what_was_said_after_its_clock_ended(self) -> None:
        ended = [clock(ClockKind.WRITE_OFF, EARLY - dt.timedelta(days=9), ended=True)]
        steps = [
            (EventKind.WRITE_OFF_NOTICE, WAY, "count the days"),
            (EventKind.WRITE_OFF_ANSWERED, WAY, "No decision"),
            (EventKind.WRITTEN_OFF, WAY, "Record what CMS wrote off"),
            (EventKind.WRITE_OFF_DROPPED, OPEN, "does not write the arrears off"),
        ]
        for kind, state, words in steps:
            found = stands(EndingCode.WRITE_OFF, facts(clocks=ended, events=[happened(kind)]))
            assert (found.state, words in found.why) == (state, True)

    def test_is_not_asked_to_be_counted_again_once_its_time_was_closed(self) -> None:
        said = [happened(EventKind.WRITE_OFF_NOTICE, EARLY)]
        closed = facts(clocks=[clock(ClockKind.WRITE_OFF, EARLY, ended=True)], events=said)
        assert "its time is closed. No decision" in stands(EndingCode.WRITE_OFF, closed).why
        earlier = clock(ClockKind.WRITE_OFF, EARLY - dt.timedelta(days=1), ended=True)
        for before in ([], [earlier], [clock(ClockKind.CSA_WRITE_OFF, EARLY, ended=True)]):
            assert "count the days" in stands(EndingCode.WRITE_OFF, facts(clocks=before, events=said)).why

    def test_has_happened_once_the_figures_have_it(self) -> None:
        money = {"adjustments": (taken_off(AdjustmentKind.WRITE_OFF, LATE, 31825),)}
        said = [happened(EventKind.WRITTEN_OFF, EARLY)]
        found = stands(EndingCode.WRITE_OFF, facts(events=said, owed=0, money=money))
        assert (found.state, found.amount, found.why) == (DONE, 31825, "CMS wrote off £318.25 on 16 November 2026.")

    def test_that_was_dropped_after_an_earlier_one_leaves_what_is_owed(self) -> None:
        money = {"adjustments": (taken_off(AdjustmentKind.WRITE_OFF, EARLY),)}
        found = stands(EndingCode.WRITE_OFF, facts(events=[happened(EventKind.WRITE_OFF_DROPPED, LATE)], money=money))
        assert (found.state, found.on) == (OPEN, LATE)

    @pytest.mark.parametrize(
        ("owed", "on", "scheme", "is_one"),
        [
            (699, ON, Scheme.CMS_2012, True),
            (700, ON, Scheme.CMS_2012, False),
            (0, ON, Scheme.CMS_2012, False),
            (1, dt.date(2024, 2, 26), Scheme.CMS_2012, True),
            (1, dt.date(2024, 2, 25), Scheme.CMS_2012, False),
            (1, ON, Scheme.CSA_2003, False),
        ],
    )
    def test_needs_no_notice_below_seven_pounds_of_the_2012_scheme(
        self, owed: int, on: dt.date, scheme: Scheme, is_one: bool
    ) -> None:
        assert is_small(facts(owed=owed, on=on, scheme=scheme)) is is_one

    def test_of_a_small_debt_can_come_only_once_the_calculation_has_ended(self) -> None:
        ended = [happened(EventKind.CALCULATION_ENDED)]
        assert "without a notice" in stands(EndingCode.WRITE_OFF, facts(owed=699, events=ended)).why
        assert "without a notice" not in stands(EndingCode.WRITE_OFF, facts(owed=699)).why
        assert "without a notice" not in stands(EndingCode.WRITE_OFF, facts(owed=700, events=ended)).why


class TestArrearsNotWanted:
    def test_is_for_the_receiving_parent_alone(self) -> None:
        assert stands(EndingCode.NOT_WANTED, facts()).state is OPEN
        assert stands(EndingCode.NOT_WANTED, facts(owed=0)).state is NOT_HERE
        paying = stands(EndingCode.NOT_WANTED, facts(PAYING))
        assert (paying.state, "Nobody may press them" in paying.why) == (NOT_HERE, True)

    def test_is_under_way_until_a_write_off_is_in_the_figures(self) -> None:
        asked = [happened(EventKind.ARREARS_NOT_WANTED, EARLY)]
        assert stands(EndingCode.NOT_WANTED, facts(events=asked)).state is WAY
        before = {"adjustments": (taken_off(AdjustmentKind.WRITE_OFF, EARLY - dt.timedelta(days=1)),)}
        assert stands(EndingCode.NOT_WANTED, facts(events=asked, money=before)).state is WAY
        after = {"adjustments": (taken_off(AdjustmentKind.WRITE_OFF, EARLY),)}
        assert stands(EndingCode.NOT_WANTED, facts(events=asked, money=after)).state is DONE


class TestADeath:
    def test_is_asked_about_from_the_first_day_that_the_law_covers(self) -> None:
        day = dt.date(2010, 1, 25)
        covered = facts(events=[happened(EventKind.OTHER_PARENT_DIED, day)], owed_at_death=50000)
        assert stands(EndingCode.DIED, covered).state is OPEN
        before = [happened(EventKind.OTHER_PARENT_DIED, day - dt.timedelta(days=1))]
        earlier = stands(EndingCode.DIED, facts(events=before, owed_at_death=50000))
        assert (earlier.state, "25 January 2010" in earlier.why) == (NOT_HERE, True)

    def test_is_not_here_unless_the_record_says_so_and_something_was_owed(self) -> None:
        assert "does not say" in stands(EndingCode.DIED, facts()).why
        died = [happened(EventKind.OTHER_PARENT_DIED)]
        assert "no arrears on 2 November 2026" in stands(EndingCode.DIED, facts(events=died)).why

    def test_follows_what_was_asked_of_cms(self) -> None:
        died = happened(EventKind.OTHER_PARENT_DIED, EARLY)
        asked = happened(EventKind.ESTATE_CLAIM_ASKED, LATE)
        found = stands(EndingCode.DIED, facts(events=[died, asked], owed_at_death=40000))
        assert (found.state, "to claim £400.00" in found.why) == (WAY, True)
        refused = happened(EventKind.ESTATE_CLAIM_REFUSED, LATE)
        found = stands(EndingCode.DIED, facts(events=[died, asked, refused], owed_at_death=40000))
        assert (found.state, "You can complain" in found.why) == (OPEN, True)

    def test_of_the_receiving_parent_is_told_to_cms(self) -> None:
        found = stands(EndingCode.DIED, facts(PAYING, events=[happened(EventKind.OTHER_PARENT_DIED)]))
        assert (found.state, "Tell CMS" in found.why) == (WAY, True)


class TestAnOldDebt:
    def test_is_not_here_in_a_case_of_the_2012_scheme_without_an_older_balance(self) -> None:
        assert stands(EndingCode.OLD_DEBT, facts()).state is NOT_HERE
        opening = {"openings": (OpeningBalance(on=EARLY, amount=50000),)}
        found = stands(EndingCode.OLD_DEBT, facts(money=opening))
        assert (found.state, "If it comes from the Child Support Agency" in found.why) == (OPEN, True)
        assert stands(EndingCode.OLD_DEBT, facts(money=opening, owed=0)).state is NOT_HERE

    @pytest.mark.parametrize(
        ("owed", "words"),
        [
            (1331824, "over £1,000.00"),
            (100001, "over £1,000.00"),
            (100000, "under 10 years"),
            (50001, "under 10 years"),
            (50000, "not over £500.00"),
        ],
    )
    def test_says_what_the_guidance_was_for_its_size(self, owed: int, words: str) -> None:
        found = stands(EndingCode.OLD_DEBT, facts(scheme=Scheme.CSA_2003, owed=owed))
        assert (found.state, words in found.why) == (OPEN, True)

    def test_counts_sixty_days_with_the_day_it_came_as_the_first(self) -> None:
        came = [clock(ClockKind.CSA_WRITE_OFF, dt.date(2019, 2, 22))]
        found = stands(EndingCode.OLD_DEBT, facts(scheme=Scheme.CSA_2003, clocks=came, on=dt.date(2019, 3, 1)))
        assert found.act_by is not None
        assert found.act_by.safe_on == found.act_by.rule_on == dt.date(2019, 4, 22)

    def test_of_a_file_of_the_2012_scheme_is_under_way_while_its_clock_runs(self) -> None:
        assert stands(EndingCode.OLD_DEBT, facts(clocks=[clock(ClockKind.CSA_WRITE_OFF, EARLY)])).state is WAY

    def test_that_is_paid_is_not_here(self) -> None:
        assert stands(EndingCode.OLD_DEBT, facts(scheme=Scheme.CSA_1993, owed=0)).state is NOT_HERE

    def test_that_was_written_off_has_happened(self) -> None:
        money = {"adjustments": (taken_off(AdjustmentKind.WRITE_OFF, EARLY),)}
        assert stands(EndingCode.OLD_DEBT, facts(scheme=Scheme.CSA_1993, owed=0, money=money)).state is DONE


class TestAChildWhoLeaves:
    def test_is_decided_by_a_decision_from_that_day_or_by_an_end(self) -> None:
        left = happened(EventKind.CHILD_LEFT, EARLY)
        assert stands(EndingCode.CHILD_LEFT, facts()).state is OPEN
        assert stands(EndingCode.CHILD_LEFT, facts(events=[left])).state is WAY
        before = {"decisions": (decision(EARLY - dt.timedelta(days=1)),)}
        assert stands(EndingCode.CHILD_LEFT, facts(events=[left], money=before)).state is WAY
        same_day = {"decisions": (decision(EARLY),)}
        assert stands(EndingCode.CHILD_LEFT, facts(events=[left], money=same_day)).state is DONE
        ended = [left, happened(EventKind.CALCULATION_ENDED, LATE)]
        assert stands(EndingCode.CHILD_LEFT, facts(events=ended)).state is DONE
        ended_before = [happened(EventKind.CASE_CLOSED, EARLY - dt.timedelta(days=9)), left]
        assert stands(EndingCode.CHILD_LEFT, facts(events=ended_before)).state is WAY


class TestACaseThatCloses:
    def test_leaves_the_arrears_where_they_are(self) -> None:
        closed = [happened(EventKind.CASE_CLOSED)]
        assert stands(EndingCode.CASE_CLOSED, facts()).state is NOT_HERE
        found = stands(EndingCode.CASE_CLOSED, facts(events=closed))
        assert found.state is WAY
        assert found.why == "It ended on 2 November 2026. £500.00 is still owed on 23 November 2026."
        assert stands(EndingCode.CASE_CLOSED, facts(events=closed, owed=0)).state is DONE


class TestAPrivateArrangement:
    def test_is_collected_by_cms_only_from_its_own_first_day(self) -> None:
        made, broke = (
            happened(EventKind.PRIVATE_ARRANGEMENT_MADE, EARLY),
            happened(EventKind.PRIVATE_ARRANGEMENT_BROKE, LATE),
        )
        code = EndingCode.PRIVATE_ARRANGEMENT
        assert stands(code, facts()).state is OPEN
        assert stands(code, facts(money={"decisions": (decision(EARLY),)})).state is NOT_HERE
        assert stands(code, facts(events=[made])).state is WAY
        assert "only for days after somebody applies" in stands(code, facts(events=[made, broke])).why
        later = {"decisions": (decision(LATE),)}
        found = stands(code, facts(events=[made, broke], money=later))
        assert (found.state, "collects nothing that was agreed for days before that" in found.why) == (DONE, True)

    def test_that_was_made_after_the_last_decision_is_under_way(self) -> None:
        made = [happened(EventKind.PRIVATE_ARRANGEMENT_MADE, LATE)]
        assert (
            stands(EndingCode.PRIVATE_ARRANGEMENT, facts(events=made, money={"decisions": (decision(EARLY),)})).state
            is WAY
        )


class TestTheFacts:
    def test_leave_out_what_has_not_happened_yet(self) -> None:
        ahead = ON + dt.timedelta(days=1)
        found = facts(
            events=[happened(EventKind.CASE_CLOSED, ahead)],
            money={
                "adjustments": (taken_off(AdjustmentKind.WRITE_OFF, ahead),),
                "other_money": (sorry(ahead),),
            },
        )
        assert stands(EndingCode.CASE_CLOSED, found).state is NOT_HERE
        assert stands(EndingCode.WRITE_OFF, found).state is OPEN
        assert stands(EndingCode.COMPENSATION, found).state is OPEN

    def test_take_what_follows_of_two_on_one_day_in_any_order(self) -> None:
        events = [happened(EventKind.OFFSET_ASKED), happened(EventKind.OFFSET_REFUSED)]
        assert stands(EndingCode.OFFSET, facts(events=events)).state is OPEN
        assert stands(EndingCode.OFFSET, facts(events=events[::-1])).state is OPEN
