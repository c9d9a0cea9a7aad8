"""Money that is not arrears, each kind in a pot of its own."""

from dataclasses import replace

from arrears.core import pots
from arrears.core.other_facts import OtherMoney, OtherMoneyKind
from arrears.core.position import position
from cases.core.facts import Perspective, Scheme
from tests.unit.arrears.build import case, day, decision, opening, payment, schedule, service

ON = day("2025-01-20")


def money(kind: OtherMoneyKind, amount: int, on: str = "2025-01-10") -> OtherMoney:
    return OtherMoney(kind=kind, on=day(on), amount=amount, recorded_on=day(on), id=f"{kind} {on}")


COLLECTED = case(
    decision("100", "2025-01-06"), schedule("weekly", "2025-01-06"), service("collect_and_pay", "2025-01-06"),
    perspective=Perspective.PAYING,
)  # fmt: skip


class TestTheFees:
    def test_of_a_paying_parent_are_what_cms_charged_year_by_year(self) -> None:
        facts = case(
            decision("100", "2024-12-30"), schedule("weekly", "2024-12-30"), service("collect_and_pay", "2024-12-30"),
            payment("120", "2024-12-30", route="via_cms_paid"), opening("5", "2025-01-01"),
            perspective=Perspective.PAYING,
        )  # fmt: skip
        fees = pots.pots(facts, position(facts, on=ON)).fees
        assert (fees.charged, fees.paid, fees.outstanding) == (8000, 2000, 6000)
        assert fees.years == (pots.Year(2024, 1, 2000), pots.Year(2025, 3, 6000))
        assert fees.rate.number == "20"

    def test_of_a_receiving_parent_are_what_cms_kept_of_what_came(self) -> None:
        facts = case(
            decision("100", "2025-01-06"), schedule("weekly", "2025-01-06"), service("collect_and_pay", "2025-01-06"),
            payment("96", "2025-01-13", route="via_cms_received"), payment("50", "2025-01-07"),
            payment("96", "2025-02-01", route="via_cms_received"),
        )  # fmt: skip
        fees = pots.pots(facts, position(facts, on=ON)).fees
        assert (fees.charged, fees.outstanding, fees.rate.number) == (400, 0, "4")
        assert [(one.came, one.counted, one.amount) for one in fees.taken] == [(9600, 10000, 400)]
        assert fees.years == ()


class TestTheCharges:
    def test_are_charged_paid_and_taken_back(self) -> None:
        entries = (
            money(OtherMoneyKind.ENFORCEMENT_CHARGE, 30000),
            money(OtherMoneyKind.ENFORCEMENT_CHARGE_PAID, 10000, "2025-01-11"),
            money(OtherMoneyKind.ENFORCEMENT_CHARGE_WAIVED, 5000, "2025-01-12"),
            money(OtherMoneyKind.ENFORCEMENT_CHARGE, 5000, "2025-01-21"),
        )
        charges = pots.pots(replace(COLLECTED, other_money=entries), position(COLLECTED, on=ON)).charges
        assert (charges.charged, charges.paid, charges.waived, charges.left) == (30000, 10000, 5000, 15000)
        assert [one.on.day for one in charges.entries] == [10, 11, 12]

    def test_usually_cost_what_the_rates_say(self) -> None:
        scale, rows = pots.usual_charges(ON)
        assert {row.key: int(row.values[0]) for row in rows} == {
            "deduction_from_earnings_order": 50, "regular_deduction_order": 50, "lump_sum_deduction_order": 200,
            "liability_order": 300,
        }  # fmt: skip
        assert scale.source


class TestAConsolatoryPayment:
    def test_takes_nothing_off_the_arrears(self) -> None:
        # RC-3: CMS paid £250.
        facts = replace(COLLECTED, other_money=(money(OtherMoneyKind.CONSOLATORY_PAYMENT, 25000),))
        found = pots.pots(facts, position(facts, on=ON))
        assert found.consolatory == 25000
        assert [one.amount for one in found.consolatory_entries] == [25000]
        assert position(facts, on=ON) == position(COLLECTED, on=ON)


class TestTheAnswerToAWriteOffNotice:
    def test_is_due_in_sixty_days_for_an_old_debt_the_day_it_came_counted(self) -> None:
        # RC-10: received on 22 February 2019, to be answered by 22 April.
        answer_by, rule = pots.answer_write_off_by(day("2019-02-22"), scheme=Scheme.CSA_2003)
        assert (answer_by, rule.number) == (day("2019-04-22"), "60")

    def test_is_due_in_thirty_days_otherwise(self) -> None:
        answer_by, rule = pots.answer_write_off_by(day("2025-01-01"), scheme=Scheme.CMS_2012)
        assert (answer_by, rule.number) == (day("2025-01-30"), "30")
