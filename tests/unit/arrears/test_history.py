"""The running balance and where payments went, by hand."""

from arrears.core.history import read
from arrears.core.ledger import Ledger, movements
from arrears.core.position import payment_uses
from arrears.core.results import BalancePoint, CauseKind, Happening, Use
from tests.unit.arrears.build import adjustment, case, day, decision, payment, schedule, service

COLLECTED = (decision("60", "2025-01-03"), schedule("weekly", "2025-01-03"), service("collect_and_pay", "2025-01-03"))


class TestBalanceHistory:
    def test_is_empty_where_nothing_happened(self) -> None:
        assert read(Ledger(case(), on=day("2025-01-10"), known_on=day("2025-01-10"))) == ()

    def test_ends_each_day_with_what_was_owed(self) -> None:
        facts = case(*COLLECTED, payment("100", "2025-01-09", route="via_cms_paid", name="p"), perspective="paying")
        points = read(Ledger(facts, on=day("2025-01-10"), known_on=day("2025-01-10")))
        # 72 goes to the instalment of 10 January and its fee, 28 to that of 3 January.
        assert points == (
            BalancePoint(day("2025-01-03"), 6000, (Happening(CauseKind.INSTALMENT, 6000, "decision 60 2025-01-03"),)),
            BalancePoint(day("2025-01-09"), -4000, (Happening(CauseKind.PAYMENT, -10000, "p"),)),
            BalancePoint(
                day("2025-01-10"),
                3200,
                (
                    Happening(CauseKind.INSTALMENT, 6000, "decision 60 2025-01-03"),
                    Happening(CauseKind.FEE, 1200, "p"),
                ),
            ),
        )

    def test_leaves_out_an_entry_that_only_posts_a_fee(self) -> None:
        facts = case(
            decision("7", "2025-01-03", told="2025-01-01", name="first"),
            schedule("weekly", "2025-01-10"),
            decision("14", "2025-01-03", told="2025-01-18", name="second"),
            service("collect_and_pay", "2025-01-01"),
            decision("0", "2025-01-03", told="2025-01-18", name="third"),
            perspective="paying",
        )
        ledger = Ledger(facts, on=day("2025-01-20"), known_on=day("2025-01-20"))
        assert all(one.amount for one in movements(ledger) if one.post is not None)


class TestPaymentUses:
    def test_say_what_each_payment_covered(self) -> None:
        facts = case(
            *COLLECTED,
            payment("84", "2025-01-03", route="via_cms_paid", name="p"),
            adjustment("write_off", "5", "2025-01-01"),
            perspective="paying",
        )
        one = payment_uses(facts, on=day("2025-01-03"), known_on=day("2025-01-03"))[0]
        assert one.uses == (
            Use("instalment", day("2025-01-03"), 5500),
            Use("fee", day("2025-01-03"), 1200),
            Use("credit", None, 1700),
        )

    def test_leave_out_fees_that_came_back(self) -> None:
        facts = case(
            *COLLECTED,
            decision("0", "2025-01-03", told="2025-01-04"),
            payment("72", "2025-01-03", route="via_cms_paid", name="p"),
            decision("5", "2025-01-24", told="2025-01-12"),
            perspective="paying",
        )
        found = payment_uses(facts, on=day("2025-01-24"), known_on=day("2025-01-24"))
        assert [(one.payment_id, sum(use.amount for use in one.uses)) for one in found] == [("p", 7200)]
