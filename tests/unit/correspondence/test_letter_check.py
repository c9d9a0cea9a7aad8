"""What is said beside a report before it is made: nothing is conceded, and nothing is claimed unseen."""

from arrears.core.facts import CaseFacts
from arrears.core.position import position
from correspondence.core.letter_check import Beside, beside
from correspondence.core.letters import missed_payments as drafting
from tests.unit.arrears.build import case, day, decision, opening, schedule, service

ON = day("2025-03-20")
MONTHLY = (service("direct_pay", "2025-01-01"), schedule("monthly", "2025-01-10"))


def checked(facts: CaseFacts, *chosen: str) -> Beside:
    """What stands beside a report of these dates."""
    at = position(facts, on=ON, known_on=ON)
    rows = drafting.reportable(facts, at)
    since = drafting.direct_pay_since(facts, on=ON, known_on=ON)
    assert since is not None
    days = {day(one) for one in chosen}
    missed = drafting.MissedPayments(
        direct_pay_since=since, rows=tuple(one.row for one in rows if one.row.due_on in days), ask_collect=False
    )
    return beside(facts, at, missed)


class TestBeside:
    def test_shares_what_is_owed_among_what_is_reported_and_what_is_not(self) -> None:
        facts = case(*MONTHLY, decision("60", "2025-01-10"), opening("100", "2025-01-02"))

        found = checked(facts, "2025-01-10", "2025-02-10")

        assert (found.owed, found.no_payment, found.left_out) == (3 * 26000 + 10000, 10000, 26000)

    def test_names_each_amount_that_no_decision_stated_once(self) -> None:
        worked_out = case(*MONTHLY, decision("60", "2025-01-10"))
        stated = case(*MONTHLY, decision("60", "2025-01-10", instalment="260"))

        assert checked(worked_out, "2025-01-10", "2025-02-10").worked_out == (26000,)
        assert checked(stated, "2025-01-10", "2025-02-10").worked_out == ()

    def test_says_where_direct_pay_is_only_dated_by_the_decision(self) -> None:
        same_day = case(
            service("direct_pay", "2025-01-10"), schedule("monthly", "2025-01-10"), decision("60", "2025-01-10")
        )

        assert checked(same_day, "2025-01-10").is_from_decision
        assert not checked(case(*MONTHLY, decision("60", "2025-01-10")), "2025-01-10").is_from_decision
