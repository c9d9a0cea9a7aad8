"""Money on its way through CMS: where it is, what should come of it, what went missing, and when it is late."""

import datetime as dt
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arrears.core import transit
from arrears.core.case_values import CaseFileError
from arrears.core.facts import CaseFacts
from arrears.core.ledger import known
from arrears.core.position import position
from arrears.core.transit import Amounts
from arrears.core.transit_facts import Leg, LegKind, Way
from arrears.core.transit_file import check_payments, with_payments
from cases.core.calendar import is_working_day
from cases.core.facts import Nation, Perspective
from cms_tracker.money import parse_typed
from tests.unit.arrears.build import day, payment, struck
from tests.unit.arrears.histories import histories, views
from tests.unit.arrears.other_facts_strategies import legs as any_leg
from tests.unit.arrears.other_facts_strategies import with_other_facts

ON = day("2026-11-23")
quick = settings(max_examples=80, deadline=None)


def leg(
    kind: str,
    on: str,
    gross: str = "",
    *,
    fee: str = "",
    net: str = "",
    way: str = "earnings",
    number: int = 1,
    out: str | None = None,
    told: str = "",
) -> Leg:
    """A leg in pounds."""
    return Leg(
        number=number,
        kind=LegKind(kind),
        way=Way(way),
        on=day(on),
        recorded_on=day(told or on),
        gross=parse_typed(gross) if gross else None,
        fee=parse_typed(fee) if fee else None,
        net=parse_typed(net) if net else None,
        struck_out=struck(out),
        id=f"{kind} {on} {gross}{net}",
    )


def case(*legs: Leg, perspective: Perspective = Perspective.RECEIVING) -> CaseFacts:
    """A case that holds nothing but money on its way."""
    return CaseFacts(perspective=perspective, transits=legs)


def one(
    *legs: Leg, on: dt.date = ON, perspective: Perspective = Perspective.RECEIVING, nation: Nation = Nation.ENGLAND
) -> transit.Sum:
    """The only sum of these legs."""
    (found,) = transit.sums(known(case(*legs, perspective=perspective), on), on=on, nation=nation)
    return found


TAKEN = leg("deducted", "2026-10-28", "120")


class TestFees:
    def test_splits_a_sum_into_maintenance_and_the_fee_on_it(self) -> None:
        assert transit.collected(12000, ON) == Amounts(12000, 2000, 10000)

    def test_splits_a_deduction_from_a_benefit_to_the_penny(self) -> None:
        taken = transit.collected(840, ON)
        assert taken == Amounts(840, 140, 700)
        assert transit.passed_on(700, ON) == Amounts(700, 28, 672)

    @quick
    @given(gross=st.integers(1, 10_000_000))
    def test_loses_no_penny(self, gross: int) -> None:
        taken = transit.collected(gross, ON)
        given_on = transit.passed_on(taken.net or 0, ON)
        assert (taken.net or 0) + (taken.fee or 0) == gross
        assert (given_on.net or 0) + (given_on.fee or 0) == taken.net


class TestWhereItIs:
    def test_waits_for_cms_by_the_nineteenth_of_the_next_month(self) -> None:
        found = one(TAKEN)
        assert found.at.kind is LegKind.DEDUCTED
        assert found.next is not None
        assert (found.next.kind, found.next.by) == (LegKind.RECEIVED, day("2026-11-19"))
        assert (found.next.days_late, found.next.working_days_late, found.is_late) == (4, 2, True)
        assert found.coming == Amounts(12000, 0, 12000)

    def test_does_not_call_a_day_firm_that_nobody_could_check(self) -> None:
        found = one(TAKEN).next
        assert found is not None
        assert not found.firm
        ours = one(leg("received", "2026-11-18", "120")).next
        assert ours is not None
        assert not ours.firm

    def test_is_firm_where_the_law_gives_the_day(self) -> None:
        found = one(TAKEN).next
        assert found is not None
        law = replace(found, rule=transit.rates.on(ON).protected_earnings_share)
        assert law.firm

    def test_counts_december_into_the_new_year(self) -> None:
        found = one(leg("deducted", "2026-12-31", "120"), on=day("2026-12-31")).next
        assert found is not None
        assert (found.by, found.days_late) == (day("2027-01-19"), 0)

    @pytest.mark.parametrize(
        ("taken", "nation", "last_day"),
        [
            ("2026-08-28", Nation.ENGLAND, "2026-09-21"),  # the 19th is a Saturday
            ("2027-02-26", Nation.SCOTLAND, "2027-03-19"),
        ],
    )
    def test_is_not_late_before_the_next_working_day_is_over(self, taken: str, nation: Nation, last_day: str) -> None:
        last = day(last_day)
        assert not one(leg("deducted", taken, "120"), on=last, nation=nation).is_late
        assert one(leg("deducted", taken, "120"), on=last + dt.timedelta(days=1), nation=nation).is_late

    @pytest.mark.parametrize(
        ("nation", "by"),
        [
            (Nation.ENGLAND, "2026-12-11"),
            (Nation.WALES, "2026-12-11"),
            (Nation.SCOTLAND, "2026-12-14"),  # 30 November is Saint Andrew's Day
            (Nation.NORTHERN_IRELAND, "2026-12-11"),
        ],
    )
    def test_counts_working_days_by_nation(self, nation: Nation, by: str) -> None:
        found = one(leg("received", "2026-11-27", "120"), on=day("2026-11-30"), nation=nation)
        assert found.next is not None
        assert found.next.by == day(by)

    def test_moves_a_deduction_from_a_bank_account_to_the_next_working_day(self) -> None:
        assert transit.deduction_day(day("2026-11-30"), nation=Nation.SCOTLAND) == day("2026-12-01")
        assert transit.deduction_day(day("2026-11-30"), nation=Nation.ENGLAND) == day("2026-11-30")
        assert transit.deduction_day(day("2026-11-29"), nation=Nation.ENGLAND) == day("2026-11-30")

    def test_waits_for_the_money_on_the_receiving_side(self) -> None:
        found = one(TAKEN, leg("received", "2026-11-18", "120"))
        assert found.next is not None
        assert found.next.kind is LegKind.PAID_OUT
        assert found.coming == Amounts(10000, 400, 9600)
        assert not found.is_late

    def test_waits_for_what_it_was_counted_for_on_the_paying_side(self) -> None:
        found = one(TAKEN, leg("received", "2026-11-18", "120"), perspective=Perspective.PAYING)
        assert found.next is not None
        assert found.next.kind is LegKind.ALLOCATED
        assert found.coming == Amounts(12000, 2000, 10000)

    @pytest.mark.parametrize(
        ("kind", "perspective"), [("allocated", Perspective.PAYING), ("paid_out", Perspective.RECEIVING),
                                  ("paid_out", Perspective.PAYING)],
    )  # fmt: skip
    def test_waits_for_nothing_at_the_end(self, kind: str, perspective: Perspective) -> None:
        found = one(TAKEN, leg(kind, "2026-11-19", "120"), perspective=perspective)
        assert (found.next, found.coming, found.is_late) == (None, None, False)

    def test_knows_nothing_of_a_leg_before_its_day_or_struck_out(self) -> None:
        facts = case(
            leg("received", "2026-11-24", "120", told="2026-11-20"),
            leg("deducted", "2026-10-28", "120", out="2026-11-01"),
        )
        assert transit.sums(known(facts, ON), on=ON, nation=Nation.WALES) == ()

    def test_puts_the_longest_wait_first_in_the_list_of_late_ones(self) -> None:
        facts = case(
            TAKEN, leg("deducted", "2026-09-28", "90", number=2), leg("received", "2026-11-20", "70", number=3)
        )
        assert [found.number for found in transit.late(known(facts, ON), on=ON, nation=Nation.WALES)] == [2, 1]
        assert [found.number for found in transit.sums(known(facts, ON), on=ON, nation=Nation.WALES)] == [3, 1, 2]


class TestWhatIsMissing:
    def test_is_what_set_out_and_did_not_come(self) -> None:
        found = one(TAKEN, leg("received", "2026-11-18", "100"))
        assert found.at.lost == 2000
        assert found.lost == 2000

    def test_adds_the_parts_that_came_apart(self) -> None:
        found = one(TAKEN, leg("received", "2026-11-18", "70"), leg("received", "2026-11-20", "50"))
        assert (found.at.lost, found.at.on) == (0, day("2026-11-20"))
        assert len(found.legs) == 3

    def test_takes_the_fee_off_what_was_paid_out(self) -> None:
        whole = (TAKEN, leg("received", "2026-11-18", "120"), leg("allocated", "2026-11-18", "120", net="100"))
        assert one(*whole, leg("paid_out", "2026-11-23", net="96")).at.lost == 0
        assert one(*whole, leg("paid_out", "2026-11-23", net="90")).at.lost == 600
        assert one(*whole, leg("paid_out", "2026-11-23", fee="4", net="96")).at.lost == 0

    def test_is_told_by_nobody_where_a_leg_between_is_not_known(self) -> None:
        found = one(TAKEN, leg("paid_out", "2026-11-23", net="96"))
        assert found.at.lost is None
        assert found.lost == 0
        assert found.at.expected == Amounts(10000, 400, 9600)

    def test_is_not_made_up_where_a_letter_does_not_say(self) -> None:
        found = one(
            TAKEN, leg("received", "2026-11-17", "120"), leg("allocated", "2026-11-18", net="100"),
            leg("paid_out", "2026-11-23", "100"),
        )  # fmt: skip
        allocated, paid = found.seen[2], found.seen[3]
        assert (allocated.lost, allocated.said) == (None, Amounts(None, None, 10000))
        assert paid.lost == 0
        later = one(leg("allocated", "2026-11-18", "120"), leg("paid_out", "2026-11-23", net="96"))
        assert later.at.lost is None
        assert later.at.expected is None
        assert one(leg("allocated", "2026-11-18", "120")).coming is None

    def test_reads_a_net_sum_that_only_arrives_as_the_whole(self) -> None:
        assert one(leg("received", "2026-11-18", net="8.40", way="benefit")).at.said == Amounts(840, 0, 840)
        assert one(leg("received", "2026-11-18", "9", net="8.40")).at.said == Amounts(900, 60, 840)

    def test_expects_what_should_have_come_where_a_leg_gives_no_net(self) -> None:
        found = one(
            TAKEN, leg("received", "2026-11-17", "120"), leg("allocated", "2026-11-18", "120"),
            leg("paid_out", "2026-11-23", net="96"),
        )  # fmt: skip
        assert found.at.expected == Amounts(10000, 400, 9600)

    @quick
    @given(sizes=st.tuples(*[st.integers(1, 100_000)] * 4), fees=st.tuples(*[st.integers(0, 5_000)] * 2))
    def test_adds_up_exactly_from_the_first_leg_to_the_last(
        self, sizes: tuple[int, int, int, int], fees: tuple[int, int]
    ) -> None:
        kinds = [
            (LegKind.DEDUCTED, 0),
            (LegKind.RECEIVED, 0),
            (LegKind.ALLOCATED, fees[0]),
            (LegKind.PAID_OUT, fees[1]),
        ]
        made = [
            replace(TAKEN, kind=kind, on=ON, gross=size + fee, fee=fee, net=size, id=kind)
            for size, (kind, fee) in zip(sizes, kinds, strict=True)
        ]
        assert sizes[0] - sizes[3] == one(*made).lost + sum(fees)


class TestTheNamesOfPayments:
    def test_are_those_that_payments_have_now(self) -> None:
        bound = replace(TAKEN, payment_id="payments[0]")
        renamed = with_payments(case(bound, TAKEN), {"payments[0]": "a key"})
        assert [found.payment_id for found in renamed.transits] == ["a key", ""]

    def test_must_be_in_the_file(self) -> None:
        paid = payment("100", "2026-11-10", name="payments[0]")
        check_payments((replace(TAKEN, payment_id="payments[0]"),), (paid,))
        with pytest.raises(CaseFileError, match="is not the place of a payment"):
            check_payments((replace(TAKEN, payment_id="payments[1]"),), (paid,))


class TestTheDeductionLimit:
    @pytest.mark.parametrize(("order", "taken", "short"), [(15000, 15000, 0), (60000, 48000, 12000)])
    def test_leaves_sixty_percent_of_net_pay(self, order: int, taken: int, short: int) -> None:
        found = transit.deduction_limit(120000, order, ON)
        assert (found.protected, found.taken, found.short) == (72000, taken, short)

    def test_rounds_in_favour_of_the_person_paid(self) -> None:
        assert transit.deduction_limit(1, 1, ON).protected == 1
        assert transit.deduction_limit(0, 100, ON).taken == 0


@quick
@given(data=st.data(), perspective=st.sampled_from(Perspective), nation=st.sampled_from(Nation))
def test_the_order_of_telling_changes_nothing(data: st.DataObject, perspective: Perspective, nation: Nation) -> None:
    legs = [data.draw(any_leg(number)) for number in range(data.draw(st.integers(0, 6)))]
    mixed = data.draw(st.permutations(legs))
    on = day("2025-04-01")
    states = [
        transit.sums(known(case(*order, perspective=perspective), on), on=on, nation=nation) for order in (legs, mixed)
    ]
    assert states[0] == states[1]
    for found in states[0]:
        places = [transit.ORDER.index(seen.kind) for seen in found.seen]
        assert all(earlier < later for earlier, later in pairwise(places))
        assert found.next is None or is_working_day(found.next.late_after, nation=nation)


@quick
@given(facts=with_other_facts(histories()), view=views)
def test_money_on_its_way_moves_no_figure_of_the_record(facts: CaseFacts, view: tuple[dt.date, dt.date]) -> None:
    on, known_on = view
    without = replace(facts, transits=())
    assert position(facts, on=on, known_on=known_on) == position(without, on=on, known_on=known_on)
