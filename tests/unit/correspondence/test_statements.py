"""What a statement says, and the tables it is taken away in: the engine's figures, each with its day."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrears.core.account import Account, account
from arrears.core.cells import cell_text
from arrears.core.facts import Adjustment, AdjustmentKind, CaseFacts, Observation, Plan, Statement
from arrears.core.other_facts import Claim, ClaimKind, OtherMoney, OtherMoneyKind, Settlement, Step, StepKind
from arrears.core.position import position
from cases.core.facts import Frequency, Nation
from cms_tracker.money import pounds
from correspondence.core.statement_options import Chosen, Part, Span, days_of
from correspondence.core.statement_tables import ACCOUNT_HEADS, Money, Sheet, account_sheet, money, sheets
from correspondence.core.statement_words import Paper, balance, paper, shown_note
from tests.unit.arrears.build import adjustment, case, day, decision, opening, payment, schedule, service
from tests.unit.arrears.histories import FIRST, LAST, histories

EVERY = frozenset(Part)
RECEIVING = case(
    decision("60", "2025-01-03", told="2025-01-01", name="first"),
    decision("50", "2025-01-17", told="2025-02-20", name="second"),
    schedule("weekly", "2025-01-03"),
    service("direct_pay", "2025-01-03"),
    opening("100", "2024-12-01"),
    payment("60", "2025-01-03", name="on the day"),
    payment("150", "2025-01-20", name="shared"),
    adjustment("write_off", "25", "2025-02-01"),
)
PAYING = case(
    decision("60", "2025-01-03"),
    schedule("weekly", "2025-01-03"),
    service("collect_and_pay", "2025-01-03"),
    payment("72", "2025-01-03", route="via_cms_paid", name="with its fee"),
    payment("20", "2025-01-10", name="direct"),
    payment("500", "2025-02-07", route="via_cms_paid", name="ahead"),
    perspective="paying",
)


def of(facts: CaseFacts, until: str = "2025-03-01", *, since: str | None = None) -> Account:
    first = day(since) if since else None
    return account(facts, since=first, until=day(until), known_on=day(until), nation=Nation.ENGLAND)


def chosen(found: Account, parts: Iterable[Part] = EVERY) -> Chosen:
    return Chosen(since=found.since, until=found.until, known_on=found.known_on, parts=frozenset(parts))


def words(found: Account, parts: Iterable[Part] = EVERY) -> Paper:
    return paper(found, chosen(found, parts), made_on=found.until, reference="120000000002")


def sheet(found: Account, name: str) -> Sheet:
    return next(one for one in sheets(found, chosen(found)) if one.name == name)


class TestTheDays:
    def test_are_those_of_the_span(self) -> None:
        today = dt.date(2024, 2, 29)
        assert days_of(Span.ALL, today=today) == (None, today)
        assert days_of(Span.THIS_YEAR, today=today) == (dt.date(2024, 1, 1), today)
        assert days_of(Span.LAST_12_MONTHS, today=today) == (dt.date(2023, 3, 1), today)
        assert days_of(Span.LAST_12_MONTHS, today=dt.date(2025, 6, 5))[0] == dt.date(2024, 6, 6)


class TestTheWords:
    @given(histories(), st.dates(FIRST, LAST), st.dates(FIRST, LAST))
    def test_show_the_engines_figures(self, facts: CaseFacts, one: dt.date, other: dt.date) -> None:
        since, until = sorted((one, other))
        found = words(account(facts, since=since, until=until, known_on=LAST, nation=Nation.WALES))
        at = position(facts, on=until, known_on=LAST)
        assert found.balance == balance(at.net)
        assert f"£{found.left}" == pounds(at.outstanding)
        assert pounds(abs(at.net)) in found.sums[-1].amount
        assert {row.amount for row in found.made_of} >= {pounds(at.outstanding)}
        rows = [row for year in found.years for row in year.rows]
        due = [one for one in at.entries if (one.amount or one.fee) and one.on >= since]
        assert [row.due for row in rows] == [pounds(one.amount).replace("£", "") if one.amount else "" for one in due]

    def test_say_what_came_and_what_is_left(self) -> None:
        rows = {(row.day, row.detail): row for year in words(of(RECEIVING)).years for row in year.rows}
        assert rows["3 January", ""].came == "60.00 on 3 January"
        assert rows["17 January", ""].came == "60.00 of the 150.00 of 20 January"
        assert rows["28 February", ""].left == "Still owed 50.00"
        assert rows["28 February", ""].came == "Nothing logged"
        assert "10.00 taken off" in rows["1 December", "Carried over"].came
        assert rows["20 February", "CMS decision on earlier amounts"].due == "\N{MINUS SIGN}50.00"

    def test_say_that_somebody_noted_the_silence(self) -> None:
        noted = replace(RECEIVING, observations=(Observation(due_on=day("2025-02-28"), noted_on=day("2025-03-01")),))
        assert words(of(noted)).years[-1].rows[-1].came == "Nothing, noted 1 March 2025"

    def test_call_a_payment_of_the_last_day_due_that_day(self) -> None:
        assert words(of(RECEIVING, "2025-02-28")).years[-1].rows[-1].came == "Due that day"

    def test_name_the_route_once_where_it_is_always_the_same(self) -> None:
        assert words(of(RECEIVING)).route == "direct"
        mixed = words(of(PAYING))
        assert mixed.route == ""
        assert mixed.payments[1].route == "direct"

    def test_keep_fees_apart(self) -> None:
        found = words(of(PAYING, "2025-02-01"))
        rows = [row for year in found.years for row in year.rows]
        assert (rows[0].came, rows[0].fee) == ("72.00 on 3 January, fee included", "12.00")
        assert (rows[1].came, rows[1].left) == ("20.00 on 10 January, direct", "Still owed 40.00 and 12.00 fee")
        assert found.fee_left == "48.00"
        assert found.apart[0].text.startswith("By 1 February 2025 CMS had charged £60.00. £12.00 of that was paid")
        assert any("never in the balance" in line for line in found.how)
        assert ("Of that, went to collection fees", "+£12.00") in [one[:2] for one in found.sums]

    def test_say_what_is_left_of_a_fee(self) -> None:
        facts = case(
            *PAYING.decisions, *PAYING.schedules, *PAYING.services,
            payment("65", "2025-01-03", route="via_cms_paid"), perspective="paying",
        )  # fmt: skip
        row = words(of(facts, "2025-01-05")).years[0].rows[0]
        assert (row.came, row.left) == ("65.00 on 3 January, fee included", "Still owed 7.00 of the fee")

    def test_list_each_payment_or_those_that_no_date_shows(self) -> None:
        assert len(words(of(PAYING)).payments) == 3
        few = words(of(PAYING), {Part.CAUSES})
        assert (len(few.payments), few.is_every_payment) == (1, False)
        assert "fee of 7 February 2025" in few.payments[0].went
        assert words(of(PAYING, "2025-02-07"), ()).apart == ()

    def test_say_what_waits_and_what_older_amounts_took(self) -> None:
        ahead = case(opening("100", "2024-12-01"), payment("130", "2025-01-20"))
        found = words(of(ahead))
        assert found.payments[0].went == "100.00 for Carried over, 1 December 2024; 30.00 not used yet"
        assert found.balance == "30.00 in credit"
        assert [one[:2] for one in found.made_of][-1] == ("Balance on 1 March 2025", "£30.00 in credit")

    def test_say_what_money_through_cms_counts_for(self) -> None:
        facts = case(
            decision("60", "2025-01-03"), schedule("weekly", "2025-01-03"), service("collect_and_pay", "2025-01-03"),
            payment("57.60", "2025-01-06", route="via_cms_received", cms="2025-01-05"),
        )  # fmt: skip
        found = words(of(facts, "2025-01-08"))
        assert (found.payments[0].counted, found.payments[0].day) == (
            "60.00",
            "6 January 2025, with CMS 5 January 2025",
        )
        assert found.apart[0].text.startswith("By 8 January 2025 CMS had kept £2.40")
        assert any("before CMS kept its fee" in line for line in found.how)

    def test_say_why_it_changed_and_what_was_in_force(self) -> None:
        found = words(of(RECEIVING))
        assert any(text.startswith("CMS wrote off £25.00") for text in found.causes)
        assert [one.name for one in found.terms] == ["CMS decision", "CMS decision", "Payment dates", "Service"]
        assert words(of(RECEIVING), ()).causes == ()

    def test_name_a_plan_with_its_end(self) -> None:
        plan = Plan(
            agreed_on=day("2025-02-01"),
            first_payment_on=day("2025-02-10"),
            frequency=Frequency.MONTHLY,
            total=30000,
            arrears_part=4000,
        )
        text = words(of(replace(RECEIVING, plans=(plan,)))).terms[-1].text
        assert text.startswith(
            "Agreed on 1 February 2025: £40.00 a month for the arrears from 10 February 2025, the last"
        )
        endless = words(of(replace(RECEIVING, plans=(replace(plan, arrears_part=0),)))).terms[-1].text
        assert endless.endswith("from 10 February 2025")

    def test_name_a_service_dates_and_decisions_only_where_there_are_any(self) -> None:
        assert words(of(case(payment("5", "2025-01-02")))).terms == ()
        bare = case(replace(decision("60", "2025-01-03"), reason="A tribunal"), schedule("weekly", "2025-01-03"))
        assert words(of(bare)).terms[0].text.endswith("told on 3 January 2025. A tribunal")

    def test_name_what_was_brought_back_by_its_own_name(self) -> None:
        def step(kind: StepKind, on: str, amount: int) -> Step:
            return Step(kind=kind, on=day(on), recorded_on=day(on), amount=amount, id=kind.value)

        settled = Settlement(
            offered_on=day("2025-01-04"), arrears=5000, amount=1000, recorded_on=day("2025-01-04"), id="settlement",
            steps=(step(StepKind.AGREED, "2025-01-05", 4000), step(StepKind.CANCELLED, "2025-02-02", 4000)),
        )  # fmt: skip
        claim = Claim(
            kind=ClaimKind.VOLUNTARY_PAYMENT, paid_on=day("2025-01-01"), amount=500, recorded_on=day("2025-01-04"),
            id="claim",
            steps=(step(StepKind.ACCEPTED, "2025-01-05", 500), step(StepKind.WITHDRAWN, "2025-02-03", 500)),
        )  # fmt: skip
        found = words(of(replace(RECEIVING, settlements=(settled,), claims=(claim,))))
        details = {row.detail for year in found.years for row in year.rows}
        assert {"A settlement, cancelled by CMS", "A claim, no longer counted by CMS", "Settled"} <= details

    def test_count_like_causes_where_there_are_many(self) -> None:
        on = day("2025-02-01")
        many = [
            Adjustment(kind=AdjustmentKind.OFFSET, on=on, amount=100, recorded_on=on, id=str(number))
            for number in range(20)
        ]
        found = words(of(replace(RECEIVING, adjustments=tuple(many))))
        assert ("Set off against other money, 20 times", "\N{MINUS SIGN}£20.00") in [one[:2] for one in found.sums]

    def test_keep_charges_and_consolatory_payments_apart(self) -> None:
        def other(kind: OtherMoneyKind) -> OtherMoney:
            return OtherMoney(kind=kind, on=day("2025-01-05"), amount=300, recorded_on=day("2025-01-05"), id=kind.value)

        kinds = (OtherMoneyKind.ENFORCEMENT_CHARGE, OtherMoneyKind.CONSOLATORY_PAYMENT)
        found = words(of(replace(RECEIVING, other_money=tuple(other(kind) for kind in kinds))))
        assert [one.name for one in found.apart] == ["Enforcement charges", "Consolatory payments"]

    def test_say_that_fees_came_back(self) -> None:
        facts = case(
            decision("60", "2025-01-03"), decision("30", "2025-01-03", told="2025-01-20"),
            schedule("weekly", "2025-01-03"), service("collect_and_pay", "2025-01-03"),
            payment("72", "2025-01-03", route="via_cms_paid"), payment("72", "2025-01-10", route="via_cms_paid"),
            payment("72", "2025-01-17", route="via_cms_paid"), perspective="paying",
        )  # fmt: skip
        found = words(of(facts, "2025-02-20", since="2025-01-18"))
        assert "Came back from collection fees" in {one.name for one in found.sums}
        text = str([row.came for year in found.years for row in year.rows])
        assert "of fees given back" in text

    @pytest.mark.parametrize(
        ("note", "shown"),
        [
            ("Ref 20-00-00 12345678 from P", "Ref *** from P"),
            ("12345678", "***"),
            ("Paid on 3-4-25, £60", "Paid on 3-4-25, £60"),
            ("5 - late", "5 - late"),
            ("", ""),
        ],
    )
    def test_mask_the_numbers_of_an_account(self, note: str, shown: str) -> None:
        assert shown_note(note) == shown

    def test_hold_notes_only_where_they_were_chosen(self) -> None:
        facts = case(replace(payment("5", "2025-01-02"), note="=x 12345678"))
        assert words(of(facts)).payments[0].note == "=x ***"
        assert words(of(facts), {Part.PAYMENTS}).payments[0].note == ""
        assert sheet(of(facts), "Payments").rows[0][-1] == "'=x ***"


class TestTheTables:
    @given(histories(), st.dates(FIRST, LAST), st.dates(FIRST, LAST))
    def test_add_up_without_a_sign(self, facts: CaseFacts, one: dt.date, other: dt.date) -> None:
        since, until = sorted((one, other))
        found = account(facts, since=since, until=until, known_on=LAST, nation=Nation.ENGLAND)
        rows = account_sheet(found).rows
        net = {"owed": 1, "in credit": -1, "nil": 0}

        def pence(cell: object) -> int:
            return cell.pence if isinstance(cell, Money) else 0

        running = pence(rows[0][4]) * net[str(rows[0][5])]
        for row in rows[1:]:
            running += pence(row[2]) - pence(row[3])
            assert running == pence(row[4]) * net[str(row[5])]
        assert running == position(facts, on=until, known_on=LAST).net
        for table in sheets(found, chosen(found)):
            assert all(len(row) == len(table.heads) for row in table.rows)
            assert all(cell.pence >= 0 for row in table.rows for cell in row if isinstance(cell, Money))
            texts = [cell for row in table.rows for cell in row if isinstance(cell, str)]
            assert all(cell_text(text) == text or text.startswith("'") for text in texts)

    @pytest.mark.parametrize("typed", ["=HYPERLINK(1)", "+44", "-1", "@SUM", "\t=1", "\uff1d1+1"])
    def test_hold_no_formula_that_somebody_typed(self, typed: str) -> None:
        facts = case(replace(opening("100", "2024-12-01"), source=typed))
        cell = account_sheet(of(facts)).rows[1][-1]
        assert isinstance(cell, str)
        assert cell.startswith("'")

    def test_are_as_many_as_were_chosen(self) -> None:
        found = of(PAYING)
        names = [[one.name for one in sheets(found, chosen(found, parts))] for parts in (EVERY, ())]
        assert names == [
            ["Sums", "Dates", "Payments", "Account", "Why it changed", "Not arrears", "In force", "How to read this"],
            ["Sums", "Dates", "Account", "How to read this"],
        ]
        assert len(sheet(found, "Payments").heads) == 8
        without = next(one for one in sheets(found, chosen(found, {Part.PAYMENTS})) if one.name == "Payments")
        assert len(without.heads) == len(without.rows[0]) == 7

    def test_name_each_movement(self) -> None:
        rows = account_sheet(of(PAYING, "2025-01-10")).rows
        assert [row[1] for row in rows] == [
            "Balance before 3 January 2025", "Payment due", "Payment", "Went to a collection fee", "Payment due",
            "Payment",
        ]  # fmt: skip
        assert rows[1][8] == "Paid on time"
        assert dict(zip(ACCOUNT_HEADS, rows[-1], strict=True))["How it travelled"] == "direct"

    def test_say_when_a_fee_came_back(self) -> None:
        facts = case(
            decision("60", "2025-01-03"), decision("30", "2025-01-03", told="2025-01-20"),
            schedule("weekly", "2025-01-03"), service("collect_and_pay", "2025-01-03"),
            payment("72", "2025-01-03", route="via_cms_paid"), payment("72", "2025-01-10", route="via_cms_paid"),
            perspective="paying",
        )  # fmt: skip
        found = of(facts, "2025-01-21")
        assert "Came back from a collection fee" in [row[1] for row in account_sheet(found).rows]
        dates = sheet(found, "Dates").rows
        assert [row[3] for row in dates if row[3]] == [Money(9000)]

    def test_say_how_late_a_payment_was(self) -> None:
        stood = {row[0]: row[8] for row in sheet(of(RECEIVING), "Dates").rows}
        assert stood[day("2025-01-17")] == "Paid late, 3 days"
        assert stood[day("2024-12-01")] == ""

    def test_take_no_amount_below_nothing(self) -> None:
        with pytest.raises(ValueError, match="without a sign"):
            money(-1)

    def test_hold_no_figure_that_cms_gave(self) -> None:
        stated = Statement(stated_on=day("2025-02-02"), as_at=day("2025-02-01"), amount=99999)
        found = of(replace(RECEIVING, statements=(stated,)))
        assert "999.99" not in str(sheets(found, chosen(found)))
