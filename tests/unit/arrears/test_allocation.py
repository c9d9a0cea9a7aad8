"""Which money covers which amount, by hand (rules section 3)."""

import dataclasses

import pytest

from arrears.core.allocation import counted
from arrears.core.facts import CaseFacts, Observation
from arrears.core.position import nearest_unpaid, payment_uses, position
from arrears.core.results import CoverKind, Position, Status, Use
from tests.unit.arrears.build import adjustment, case, day, decision, opening, payment, schedule, service

MONTHLY = (decision("60", "2025-01-03"), schedule("monthly", "2025-01-03"))  # £260.00 each
WEEKLY = (decision("60", "2025-01-03"), schedule("weekly", "2025-01-03"))
COLLECTED = (*WEEKLY, service("collect_and_pay", "2025-01-03"))


def at(facts: CaseFacts, on: str, known_on: str | None = None) -> Position:
    """The position on a day."""
    return position(facts, on=day(on), known_on=day(known_on) if known_on else None)


def left(facts: CaseFacts, on: str) -> list[int]:
    """What is outstanding of each instalment due by a day."""
    return [one.outstanding for one in at(facts, on).instalments]


class TestCounted:
    @pytest.mark.parametrize(
        ("reached", "counts"), [("96.00", 10000), ("57.60", 6000), ("0.01", 1), ("0.12", 12), ("0.13", 14)]
    )
    def test_is_the_smallest_amount_that_leaves_what_came_after_the_four_percent(
        self, reached: str, counts: int
    ) -> None:
        assert counted(payment(reached, "2025-01-03", route="via_cms_received")) == counts

    def test_is_the_whole_amount_by_any_other_route(self) -> None:
        assert (
            counted(payment("96", "2025-01-03")) == counted(payment("96", "2025-01-03", route="via_cms_paid")) == 9600
        )


class TestOngoingFirst:
    def test_pays_the_nearest_instalment_within_a_week_even_ahead_of_it(self) -> None:
        facts = case(*MONTHLY, payment("260", "2025-02-27"))
        assert left(facts, "2025-03-03") == [26000, 26000, 0]
        assert at(facts, "2025-03-03").instalments[2].status is Status.PAID_ON_TIME
        before = at(facts, "2025-02-28")
        assert (before.credit, before.paid_ahead, before.outstanding) == (26000, 26000, 52000)
        assert [one.status for one in before.upcoming_covered] == [Status.PAID_ON_TIME]

    def test_reaches_three_days_for_a_weekly_schedule(self) -> None:
        assert left(case(*WEEKLY, payment("60", "2025-01-07")), "2025-01-10") == [6000, 0]  # three days before
        assert left(case(*WEEKLY, payment("60", "2025-01-06")), "2025-01-10") == [0, 6000]  # three days after
        two = case(*WEEKLY, payment("60", "2025-01-07"), payment("60", "2025-01-07", name="again"))
        assert left(two, "2025-01-10") == [0, 0]  # the second finds none in reach: the latest due

    def test_goes_to_the_latest_that_is_still_unpaid_once_later_ones_were_covered(self) -> None:
        facts = case(
            decision("60", "2025-01-03"),
            decision("0", "2025-01-31", name="end"),
            schedule("weekly", "2025-01-03"),
            payment("60", "2025-02-10", name="a"),
            payment("60", "2025-02-11", name="b"),
            payment("60", "2025-02-12", name="c"),
        )
        assert left(facts, "2025-02-12") == [6000, 0, 0, 0]

    def test_takes_the_earlier_of_two_equally_near(self) -> None:
        facts = case(decision("60", "2025-01-03"), schedule("fortnightly", "2025-01-03"), payment("10", "2025-01-10"))
        assert left(facts, "2025-01-17") == [11000, 12000]

    def test_failing_that_pays_the_latest_instalment_due(self) -> None:
        facts = case(*MONTHLY, payment("260", "2025-03-20"))
        assert left(facts, "2025-03-31") == [26000, 26000, 0]

    def test_passes_over_an_instalment_that_is_covered(self) -> None:
        facts = case(*MONTHLY, payment("260", "2025-03-03"), payment("100", "2025-03-04"))
        assert left(facts, "2025-03-31") == [26000, 16000, 0]

    def test_then_pays_that_instalments_fee_even_ahead_of_it(self) -> None:
        facts = case(*COLLECTED, payment("72", "2025-01-09", route="via_cms_paid"), perspective="paying")
        before, after = at(facts, "2025-01-09"), at(facts, "2025-01-10")
        assert (before.paid_ahead, before.outstanding, before.fees_outstanding) == (7200, 6000, 1200)
        assert (after.paid_ahead, after.outstanding, after.fees_outstanding) == (0, 6000, 1200)
        assert after.instalments[1].fee_outstanding == 0

    def test_then_the_oldest_amounts_of_whatever_kind_then_the_oldest_fees(self) -> None:
        facts = case(
            *COLLECTED,
            opening("20", "2025-01-10"),
            payment("200", "2025-01-17", route="via_cms_paid"),
            perspective="paying",
        )
        now = at(facts, "2025-01-17")
        # 60 + 12 for 17 January; 60 of 3 January; 20 opening before 48 of 10 January.
        assert left(facts, "2025-01-17") == [0, 1200, 0]
        assert (now.outstanding, now.fees_outstanding, now.credit) == (1200, 2400, 0)

    def test_can_be_used_up_by_the_oldest_fees(self) -> None:
        facts = case(
            *COLLECTED,
            payment("60", "2025-01-03", parts=(("2025-01-03", "60"),)),
            payment("5", "2025-01-04", route="via_cms_paid"),
            perspective="paying",
        )
        now = at(facts, "2025-01-04")
        assert (now.outstanding, now.fees_outstanding, now.credit) == (0, 700, 0)

    def test_leaves_credit_for_the_next_amount_and_then_its_fee(self) -> None:
        facts = case(*COLLECTED, payment("100", "2025-01-03", route="via_cms_paid"), perspective="paying")
        first, second = at(facts, "2025-01-03"), at(facts, "2025-01-10")
        assert first.credit_from_payments == 2800
        assert (second.outstanding, second.fees_outstanding, second.credit) == (3200, 1200, 0)
        assert second.instalments[1].covers[0].on == day("2025-01-10")

    def test_draws_on_one_credit_after_another_until_the_fee_is_paid(self) -> None:
        facts = case(
            decision("60", "2025-01-10"), schedule("weekly", "2025-01-10"), service("collect_and_pay", "2025-01-01"),
            payment("63", "2025-01-03", route="via_cms_paid"), payment("5", "2025-01-04", route="via_cms_paid"),
            perspective="paying",
        )  # fmt: skip
        (first,) = at(facts, "2025-01-10").instalments
        assert (first.outstanding, first.fee_outstanding) == (0, 400)


class TestOldestFirst:
    def test_skips_the_instalment_it_came_with(self) -> None:
        facts = case(*MONTHLY, payment("300", "2025-03-03"), rule="oldest_first")
        assert left(facts, "2025-03-31") == [0, 22000, 26000]

    def test_takes_money_that_came_just_before_a_date_for_what_is_owed_already(self) -> None:
        early = payment("260", "2025-03-30")
        kept, used = (at(case(*MONTHLY, early, rule=rule), "2025-03-31") for rule in ("ongoing_first", "oldest_first"))
        assert (kept.outstanding, kept.paid_ahead) == (78000, 26000)
        assert (used.outstanding, used.paid_ahead) == (52000, 0)

    def test_covers_equally_old_amounts_by_kind(self) -> None:
        facts = case(
            decision("70", "2025-01-01", told="2025-01-02"),
            schedule("weekly", "2025-01-08"),
            opening("10", "2025-01-08"),
            adjustment("correction_up", "5", "2025-01-08"),
            payment("150", "2025-01-08"),
            rule="oldest_first",
        )
        # 10 opening, 70 instalment, 70 initial; the correction of 5 is left.
        assert at(facts, "2025-01-08").by_cause == {"correction_up": 500}


class TestAllocation:
    def test_goes_where_it_was_said_to_and_never_to_a_fee(self) -> None:
        facts = case(
            *COLLECTED,
            payment("72", "2025-01-17", route="via_cms_paid", parts=(("2025-01-10", "72"),)),
            perspective="paying",
        )
        now = at(facts, "2025-01-17")
        # 60 for 10 January; what the part cannot use goes to the oldest amount, not to a fee.
        assert [one.outstanding for one in now.instalments] == [4800, 0, 6000]
        assert now.fees_outstanding == 3600

    def test_can_name_an_instalment_that_is_not_due_yet(self) -> None:
        facts = case(*MONTHLY, payment("260", "2025-01-03", parts=(("2025-06-03", "260"),)))
        now = at(facts, "2025-01-31")
        assert (now.outstanding, now.paid_ahead) == (26000, 26000)
        assert now.upcoming_covered[0].due_on == day("2025-06-03")
        assert at(facts, "2025-06-03").instalments[5].status is Status.PAID_ON_TIME

    def test_names_other_amounts_only_where_no_instalment_has_that_date(self) -> None:
        both = case(*MONTHLY, opening("50", "2025-02-03"), payment("50", "2025-02-10", parts=(("2025-02-03", "50"),)))
        assert at(both, "2025-02-10").by_cause == {"instalment": 47000, "opening": 5000}
        alone = case(*MONTHLY, opening("50", "2025-02-05"), payment("50", "2025-02-10", parts=(("2025-02-05", "50"),)))
        assert at(alone, "2025-02-10").by_cause == {"instalment": 52000}

    def test_for_an_amount_not_due_yet_becomes_credit_where_nothing_is_owed(self) -> None:
        facts = case(opening("50", "2025-02-05"), payment("50", "2025-02-01", parts=(("2025-02-05", "50"),)))
        assert at(facts, "2025-02-01").credit_from_payments == 5000
        assert at(facts, "2025-02-05").outstanding == 0

    def test_comes_first_of_two_equal_payments_of_one_day(self) -> None:
        facts = case(
            *MONTHLY,
            payment("260", "2025-02-03", name="plain"),
            payment("260", "2025-02-03", name="said", parts=(("2025-02-03", "260"),)),
        )
        uses = {
            one.payment_id: one.uses for one in payment_uses(facts, on=day("2025-02-03"), known_on=day("2025-02-03"))
        }
        assert uses["said"] == (Use("instalment", day("2025-02-03"), 26000),)
        assert uses["plain"] == (Use("instalment", day("2025-01-03"), 26000),)


class TestCreditOfTheSecondKind:
    def test_follows_the_oldest_amounts_and_is_no_evidence_of_paying(self) -> None:
        facts = case(*MONTHLY, adjustment("write_off", "300", "2025-02-10"))
        now = at(facts, "2025-02-10")
        assert [(one.outstanding, one.status) for one in now.instalments] == [
            (0, Status.CLEARED), (22000, Status.PART_PAID),
        ]  # fmt: skip
        assert now.instalments[0].covers[0].kind is CoverKind.CREDIT

    def test_is_drawn_after_the_first_and_never_by_fees(self) -> None:
        facts = case(
            *COLLECTED,
            adjustment("offset", "500", "2025-01-03"),
            payment("50", "2025-01-04", route="via_cms_paid", parts=(("2025-01-04", "50"),)),
            perspective="paying",
        )
        before, after = at(facts, "2025-01-04"), at(facts, "2025-01-10")
        # The payment meets no amount, so it pays the fee of 12 and leaves 38.
        assert (before.credit_from_payments, before.credit_from_changes) == (3800, 44000)
        assert (after.credit_from_payments, after.credit_from_changes) == (0, 44000 - 2200)
        assert after.fees_outstanding == 1200
        assert after.instalments[1].status is Status.CLEARED

    def test_goes_largest_first_within_a_day_and_before_payments(self) -> None:
        facts = case(
            *MONTHLY,
            adjustment("offset", "10", "2025-01-03"),
            adjustment("write_off", "250", "2025-01-03"),
            payment("20", "2025-01-03"),
        )
        now = at(facts, "2025-01-03")
        assert [cover.amount for cover in now.instalments[0].covers] == [25000, 1000]
        assert now.credit_from_payments == 2000


class TestFeesTakenBack:
    LOWERED = (
        decision("60", "2025-01-03"),
        decision("0", "2025-01-03", told="2025-01-11"),
        schedule("weekly", "2025-01-03"),
        service("collect_and_pay", "2025-01-03"),
    )

    def test_reduce_the_oldest_fees_due(self) -> None:
        now = at(case(*self.LOWERED, perspective="paying"), "2025-01-11")
        assert (now.fees_due, now.fees_outstanding, now.outstanding, now.credit) == (0, 0, 0, 0)

    def test_are_credit_of_the_first_kind_that_pays_nothing_already_due(self) -> None:
        paid = payment("72", "2025-01-03", route="via_cms_paid")
        facts = case(*self.LOWERED, paid, opening("500", "2025-01-01"), perspective="paying")
        now = at(facts, "2025-01-11")
        assert (now.fees_due, now.fees_outstanding) == (0, 0)
        assert now.credit_from_payments == 1200
        assert now.outstanding == 50000 - 6000
        later = at(
            case(*self.LOWERED, paid, opening("500", "2025-01-01"), opening("8", "2025-01-20"), perspective="paying"),
            "2025-01-20",
        )
        assert later.credit_from_payments == 400
        assert later.others[-1].covers[0].kind is CoverKind.FEE_RETURNED

    def test_can_pay_a_later_fee(self) -> None:
        facts = case(
            *self.LOWERED,
            payment("132", "2025-01-03", route="via_cms_paid"),
            decision("5", "2025-01-24", told="2025-01-12"),
            adjustment("write_off", "50", "2025-01-20"),
            perspective="paying",
        )
        now = at(facts, "2025-01-24")
        assert (now.outstanding, now.fees_outstanding) == (0, 0)


class TestPaymentsThatCount:
    def test_count_from_the_day_cms_had_them(self) -> None:
        facts = case(*WEEKLY, payment("57.60", "2025-01-20", route="via_cms_received", cms="2025-01-03"))
        assert at(facts, "2025-01-05", "2025-01-20").instalments[0].status is Status.PAID_ON_TIME
        assert at(facts, "2025-01-05").instalments[0].status is Status.MISSED

    def test_count_by_what_is_known(self) -> None:
        facts = case(*WEEKLY, payment("60", "2025-01-03", recorded="2025-03-01", out="2025-04-01"))
        known = [at(facts, "2025-01-05", known_on).paid for known_on in ("2025-02-28", "2025-03-01", "2025-04-01")]
        assert known == [0, 6000, 0]


class TestStatus:
    def test_says_when_it_was_covered(self) -> None:
        facts = case(*MONTHLY, payment("100", "2025-01-03"), payment("160", "2025-01-05"))
        assert [(one.status, one.days_late) for one in at(facts, "2025-01-03").instalments] == [(Status.DUE, 0)]
        assert [(one.status, one.days_late) for one in at(facts, "2025-01-04").instalments] == [(Status.PART_PAID, 1)]
        assert [(one.status, one.days_late) for one in at(facts, "2025-02-01").instalments] == [(Status.PAID_LATE, 2)]
        assert [(one.status, one.days_late) for one in at(case(*MONTHLY), "2025-02-01").instalments] == [
            (Status.MISSED, 29)
        ]


class TestAgeing:
    @pytest.mark.parametrize(
        ("days", "age"),
        [(0, "0-30"), (30, "0-30"), (31, "31-90"), (90, "31-90"), (91, "91-180"), (180, "91-180"),
         (181, "181-365"), (365, "181-365"), (366, "366+")],
    )  # fmt: skip
    def test_counts_the_days_since_an_amount_fell_due(self, days: int, age: str) -> None:
        facts = case(opening("1", "2023-01-01"))
        on = day("2023-01-01").fromordinal(day("2023-01-01").toordinal() + days)
        ages = position(facts, on=on).ageing
        assert {label for label, amount in ages.items() if amount} == {age}


class TestNearestUnpaid:
    def test_is_the_latest_due_that_nobody_has_logged(self) -> None:
        facts = case(*MONTHLY, payment("260", "2025-03-03"))
        one = nearest_unpaid(facts, on=day("2025-03-20"), known_on=day("2025-03-20"))
        assert one is not None
        assert one.due_on == day("2025-02-03")

    def test_passes_over_one_noted_as_missed_for_one_due_within_three_days(self) -> None:
        noted = Observation(due_on=day("2025-01-03"), noted_on=day("2025-01-05"))
        facts = dataclasses.replace(case(*MONTHLY), observations=(noted,))
        soon = nearest_unpaid(facts, on=day("2025-02-01"), known_on=day("2025-02-01"))
        assert soon is not None
        assert (soon.due_on, soon.status) == (day("2025-02-03"), Status.NOT_DUE)
        far = nearest_unpaid(facts, on=day("2025-01-20"), known_on=day("2025-01-20"))
        assert far is not None
        assert far.due_on == day("2025-01-03")

    def test_passes_over_one_that_was_paid_ahead(self) -> None:
        facts = case(*MONTHLY, payment("260", "2025-01-03"), payment("260", "2025-01-30"))
        one = nearest_unpaid(facts, on=day("2025-02-01"), known_on=day("2025-02-01"))
        assert one is not None
        assert one.due_on == day("2025-03-03")

    def test_is_none_where_nothing_falls_due(self) -> None:
        assert nearest_unpaid(case(), on=day("2025-02-01"), known_on=day("2025-02-01")) is None


class TestWhatAPaymentWasSaidToBeFor:
    def test_goes_on_to_the_rest_of_that_day_where_one_amount_is_covered(self) -> None:
        facts = case(
            opening("50", "2025-01-07"),
            adjustment("correction_up", "30", "2025-01-07"),
            payment("50", "2025-01-07", name="first"),
            payment("20", "2025-01-08", parts=(("2025-01-07", "20"),), name="said"),
        )
        uses = {
            one.payment_id: one.uses for one in payment_uses(facts, on=day("2025-01-08"), known_on=day("2025-01-08"))
        }
        assert uses["said"] == (Use("correction_up", day("2025-01-07"), 2000),)
