"""Claims, settlements, orders and money kept apart on the timeline."""

from dataclasses import replace

from arrears.core.other_facts import (
    Claim,
    ClaimKind,
    LiabilityOrder,
    OtherMoney,
    OtherMoneyKind,
    Settlement,
    Step,
    StepKind,
)
from arrears.core.transit_facts import Leg, LegKind, Way
from correspondence.core import money_timeline
from correspondence.core.claim_timeline import other_items
from correspondence.core.timeline import Place
from tests.unit.arrears.build import case, day, struck


def step(kind: StepKind, on: str, amount: int | None = None, *, out: str | None = None) -> Step:
    return Step(kind=kind, on=day(on), recorded_on=day("2025-06-01"), amount=amount, struck_out=struck(out), id=on)


CLAIM = Claim(
    kind=ClaimKind.DIRECT_PAYMENT, paid_on=day("2025-02-10"), amount=5000, recorded_on=day("2025-02-10"),
    what="The rent", steps=(step(StepKind.CONFIRMED, "2025-02-20"), step(StepKind.ACCEPTED, "2025-03-01", 4000)),
    id="claim",
)  # fmt: skip
DEAL = Settlement(
    offered_on=day("2025-03-01"), arrears=20000, amount=15000, recorded_on=day("2025-03-01"),
    pay_by=day("2025-05-01"), steps=(step(StepKind.AGREED, "2025-03-20", 5000, out="2025-04-01"),), id="deal",
)  # fmt: skip


class TestAClaim:
    def test_stands_on_its_day_and_each_step_on_its_own(self) -> None:
        found = list(other_items(replace(case(), claims=(CLAIM,))))
        assert [(one.on, one.title) for one in found] == [
            (day("2025-02-10"), "Claimed as paid: £50.00"),
            (day("2025-02-20"), "Claim of £50.00: The receiving parent confirmed it"),
            (day("2025-03-01"), "Claim of £50.00: CMS counts £40.00"),
        ]
        assert found[0].lines == ("The rent",)
        assert {(one.place, one.id) for one in found} == {(Place.CLAIM, "claim")}
        assert [one.added_on for one in found] == [None, day("2025-06-01"), day("2025-06-01")]

    def test_is_not_told_twice(self) -> None:
        assert list(money_timeline.figure_items(replace(case(), claims=(CLAIM,)), {})) == []

    def test_that_was_struck_out_takes_its_steps_with_it(self) -> None:
        gone = replace(CLAIM, struck_out=struck("2025-07-01"))
        assert all(one.struck_out for one in other_items(replace(case(), claims=(gone,))))


class TestASettlement:
    def test_says_what_is_paid_instead_of_what_and_what_was_struck_out(self) -> None:
        found = list(other_items(replace(case(), settlements=(DEAL, replace(DEAL, pay_by=None, steps=())))))
        assert [one.title for one in found] == [
            "Settlement offered: £150.00 instead of £200.00",
            "Settlement of £150.00: CMS confirmed it. £50.00 is given up",
            "Settlement offered: £150.00 instead of £200.00",
        ]
        assert [one.lines for one in found] == [("To be paid by 1 May 2025.",), (), ()]
        assert [bool(one.struck_out) for one in found] == [False, True, False]


class TestWhatIsKeptBeside:
    def test_has_its_sum_and_says_that_it_is_not_arrears(self) -> None:
        order = LiabilityOrder(
            granted_on=day("2025-05-01"), from_on=day("2024-01-01"), to_on=day("2024-12-31"), amount=90000,
            court="A court", id="order",
        )  # fmt: skip
        charge = OtherMoney(
            kind=OtherMoneyKind.ENFORCEMENT_CHARGE, on=day("2025-05-02"), amount=30000, recorded_on=day("2025-05-02"),
            reason="The order", id="charge",
        )  # fmt: skip
        found = list(other_items(replace(case(), orders=(order,), other_money=(charge,))))
        assert [(one.title, one.lines) for one in found] == [
            ("Liability order: £900.00", ("For 1 January 2024 to 31 December 2024.", "A court")),
            ("Enforcement charge: £300.00", ("Not part of the arrears.", "The order")),
        ]


class TestMoneyOnItsWay:
    def test_is_told_leg_by_leg_and_leads_to_its_sum(self) -> None:
        taken = Leg(
            number=2, kind=LegKind.DEDUCTED, way=Way.EARNINGS, on=day("2025-03-28"), recorded_on=day("2025-04-02"),
            gross=12000, reference="A1", id="leg",
        )  # fmt: skip
        paid_out = replace(taken, kind=LegKind.PAID_OUT, on=day("2025-05-02"), gross=None, net=9600, reference="")
        found = list(other_items(replace(case(), transits=(taken, paid_out))))
        assert [(one.on, one.title, one.place, one.id) for one in found] == [
            (day("2025-03-28"), "Money on its way: £120.00", Place.TRANSIT, "2"),
            (day("2025-05-02"), "Money on its way: £96.00", Place.TRANSIT, "2"),
        ]
        assert found[0].lines[1:] == ("A1",)
