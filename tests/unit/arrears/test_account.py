"""The account of a span of days: it runs from the engine's figure before it to the engine's figure at its end."""

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from arrears.core.account import Account, Came, account
from arrears.core.facts import CaseFacts, Plan, Route
from arrears.core.position import position
from arrears.core.results import CoverKind, Kind, Status
from cases.core.facts import Frequency, Nation, Perspective
from tests.unit.arrears.build import adjustment, case, day, decision, opening, payment, schedule, service
from tests.unit.arrears.histories import FIRST, LAST, histories

ENGLAND = Nation.ENGLAND
FACTS = case(
    decision("60", "2025-01-03", told="2025-01-01", name="first"),
    decision("70", "2025-03-14", told="2025-04-10", name="second"),
    schedule("weekly", "2025-01-03"),
    service("direct_pay", "2025-01-03"),
    payment("60", "2025-01-03", name="on the day"),
    payment("150", "2025-01-20", name="shared"),
    adjustment("write_off", "25", "2025-02-01"),
)


def of(facts: CaseFacts, since: str | None, until: str, known: str = "") -> Account:
    first = day(since) if since else None
    return account(facts, since=first, until=day(until), known_on=day(known or until), nation=ENGLAND)


class TestAnAccount:
    @given(histories(), st.dates(FIRST, LAST), st.dates(FIRST, LAST), st.dates(FIRST, LAST))
    def test_runs_from_one_position_to_the_other(
        self, facts: CaseFacts, one: dt.date, other: dt.date, known_on: dt.date
    ) -> None:
        since, until = sorted((one, other))
        found = account(facts, since=since, until=until, known_on=known_on, nation=ENGLAND)
        at = position(facts, on=until, known_on=known_on)
        assert found.at == at
        assert found.opening == position(facts, on=since - dt.timedelta(days=1), known_on=known_on).net
        assert found.opening + sum(line.added - line.taken_off for line in found.lines) == at.net
        assert found.opening + sum(group.amount for group in found.groups) == at.net
        assert found.left_before + sum(row.left for row in found.rows) == at.outstanding
        assert not found.lines or found.lines[-1].balance == found.closing
        for row in found.rows:
            assert row.balance == position(facts, on=row.on, known_on=known_on).net
        for one_paid in found.payments:
            assert sum(use.amount for use in one_paid.uses) == one_paid.counted

    @given(histories(), st.dates(FIRST, LAST))
    def test_begins_with_nothing_where_no_first_day_is_given(self, facts: CaseFacts, until: dt.date) -> None:
        found = account(facts, since=None, until=until, known_on=until, nation=ENGLAND)
        assert found.opening == 0
        assert sum(row.amount for row in found.rows) == found.at.due
        assert sum(one.counted for one in found.payments) == found.at.paid

    def test_holds_nothing_from_outside_its_days(self) -> None:
        found = of(FACTS, "2025-01-11", "2025-01-31")
        assert {row.on for row in found.rows} == {day("2025-01-17"), day("2025-01-24"), day("2025-01-31")}
        assert [one.payment.id for one in found.payments] == ["shared"]
        assert (found.opening, found.left_before) == (6000, 0)

    def test_is_empty_on_an_empty_record(self) -> None:
        found = of(case(), None, "2025-01-31")
        assert (found.since, found.rows, found.lines, found.payments, found.groups) == (
            day("2025-01-31"), (), (), (), (),
        )  # fmt: skip
        assert (found.opening, found.closing, found.decisions, found.schedule) == (0, 0, (), None)
        assert not found.has_fees
        assert found.routes == frozenset()

    def test_says_what_came_for_each_date_with_the_day_it_was_paid(self) -> None:
        row = next(row for row in of(FACTS, None, "2025-01-31").rows if row.on == day("2025-01-17"))
        assert row.came == (
            Came(6000, day("2025-01-20"), CoverKind.PAYMENT, Route.DIRECT, 15000, "shared"),
        )  # fmt: skip
        assert (row.status, row.days_late) == (Status.PAID_LATE, 3)

    def test_says_what_else_took_off(self) -> None:
        rows = of(FACTS, None, "2025-02-01").rows
        off = next(row for row in rows if row.kind is Kind.WRITE_OFF)
        assert (off.amount, off.left, off.status) == (-2500, 0, None)
        came = [one for row in rows for one in row.came if one.kind is CoverKind.CREDIT]
        assert [(one.amount, one.route) for one in came] == [(2500, None)]

    def test_names_the_decisions_in_force_on_its_days(self) -> None:
        ids = [[one.id for one in of(FACTS, since, "2025-06-01").decisions] for since in ("2025-02-01", "2025-05-01")]
        assert ids == [["first", "second"], ["second"]]
        assert [one.id for one in of(FACTS, "2025-02-01", "2025-04-01").decisions] == ["first"]

    def test_knows_only_what_was_known_then(self) -> None:
        then, now = of(FACTS, None, "2025-04-01"), of(FACTS, None, "2025-04-01", "2025-06-01")
        assert (len(then.decisions), len(now.decisions)) == (1, 2)
        assert then.closing == now.closing  # the letter came on 10 April
        assert of(FACTS, None, "2025-05-01", "2025-04-01").closing < of(FACTS, None, "2025-05-01").closing

    def test_names_the_plans_in_force_at_its_end(self) -> None:
        plan = Plan(
            agreed_on=day("2025-02-01"),
            first_payment_on=day("2025-02-10"),
            frequency=Frequency.MONTHLY,
            total=30000,
            arrears_part=4000,
            id="plan",
        )
        facts = replace(FACTS, plans=(plan,))
        assert [one.plan.id for one in of(facts, None, "2025-03-01").plans] == ["plan"]
        assert of(facts, None, "2025-01-31").plans == ()


class TestAPayment:
    def test_is_shared_where_no_one_date_shows_it(self) -> None:
        facts = case(
            decision("60", "2025-01-03"),
            schedule("weekly", "2025-01-03"),
            service("collect_and_pay", "2025-01-03"),
            payment("72", "2025-01-03", route="via_cms_paid", name="with its fee"),
            payment("200", "2025-01-10", route="via_cms_paid", name="ahead"),
            perspective="paying",
        )
        found = of(facts, None, "2025-01-12")
        assert found.has_fees
        assert {one.payment.id: one.is_shared for one in found.payments} == {"with its fee": False, "ahead": True}
        assert found.facts.perspective is Perspective.PAYING

    def test_counts_from_the_day_cms_had_it(self) -> None:
        facts = case(*_facts(FACTS), payment("10", "2025-02-09", cms="2025-02-05", name="held"))
        assert "held" in {one.payment.id for one in of(facts, "2025-02-01", "2025-02-06", "2025-03-01").payments}

    def test_can_be_all_that_there_is(self) -> None:
        found = of(case(payment("10", "2025-02-09")), None, "2025-03-01")
        assert (found.since, found.closing, found.payments[0].is_shared) == (day("2025-02-09"), -1000, True)


class TestARow:
    def test_is_left_out_where_it_is_nil(self) -> None:
        facts = case(opening("100", "2025-01-01"), decision("0", "2025-01-03"), schedule("weekly", "2025-01-03"))
        assert [row.kind for row in of(facts, None, "2025-02-01").rows] == [Kind.OPENING]


def _facts(found: CaseFacts) -> tuple[object, ...]:
    """The facts of a record one by one, to build another from."""
    return (*found.decisions, *found.schedules, *found.services, *found.payments, *found.adjustments)
