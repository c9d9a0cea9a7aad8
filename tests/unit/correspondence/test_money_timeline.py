"""Figures, adjustments, decisions and plans on the timeline."""

import datetime as dt

from arrears.core import statements
from arrears.core.facts import CaseFacts, Observation, Payment, Plan, Statement
from arrears.core.position import position
from cases.core.facts import Frequency, Perspective
from correspondence.core import money_timeline
from correspondence.core.timeline import Item
from tests.unit.arrears.build import adjustment, case, day, decision, payment, schedule

D = dt.date


def items(facts: CaseFacts) -> list[Item]:
    besides = {one.id: statements.beside(facts, one, known_on=D(2025, 12, 1)) for one in facts.statements}
    return [*money_timeline.decision_items(facts), *money_timeline.figure_items(facts, besides)]


def with_statement(amount: int, *, as_at: str, stated_on: str) -> CaseFacts:
    figure = Statement(as_at=day(as_at), stated_on=day(stated_on), amount=amount, id="figure")
    return CaseFacts(perspective=Perspective.RECEIVING, statements=(figure,))


class TestAFigure:
    def test_that_agrees_says_so(self) -> None:
        (item,) = items(with_statement(0, as_at="2025-05-01", stated_on="2025-05-01"))

        assert (item.title, item.by) == ("CMS gave a figure: £0.00", "")
        assert item.lines == ("Your record for that day says £0.00. They agree.",)

    def test_for_another_day_names_that_day_and_the_difference(self) -> None:
        (item,) = items(with_statement(5000, as_at="2025-05-01", stated_on="2025-06-01"))

        assert item.by == "for 1 May 2025"
        assert item.lines == ("Your record for that day says £0.00. The difference is £50.00.",)


class TestAnAdjustment:
    def test_stands_with_its_amount_on_its_own_day(self) -> None:
        (item,) = items(case(adjustment("write_off", "25", "2025-05-01")))

        assert (item.on, item.title) == (D(2025, 5, 1), "Write-off: £25.00")


class TestADecision:
    def test_of_nothing_says_so(self) -> None:
        titles = [item.title for item in items(case(decision("60", "2025-01-06"), decision("0", "2025-06-02")))]

        assert titles == ["Weekly amount set at £60.00", "Nothing to be paid from this decision on"]

    def test_that_was_struck_out_is_not_what_the_next_one_changes(self) -> None:
        facts = case(decision("70", "2025-01-06", out="2025-02-01"), decision("60", "2025-03-03"))

        assert [item.title for item in items(facts)][1] == "Weekly amount set at £60.00"


class TestANoteThatNothingCame:
    def test_stays_when_the_money_came_later(self) -> None:
        facts = case(
            decision("60", "2025-01-06"), schedule("monthly", "2025-01-06"), payment("260", "2025-01-20"),
            Observation(due_on=D(2025, 1, 6), noted_on=D(2025, 1, 9), id="note"),
        )  # fmt: skip
        on = D(2025, 1, 25)

        found = list(money_timeline.payment_items(facts, position(facts, on=on, known_on=on)))

        assert [item.title for item in found if item.is_minor] == ["You noted that nothing had come for 6 January 2025"]


class TestPaymentDates:
    def test_are_told_in_the_words_of_every_other_page(self) -> None:
        (item,) = items(case(schedule("fortnightly", "2025-01-06")))

        assert item.title == "Payments due every 2 weeks from this day"


class TestAPlan:
    def test_says_what_goes_to_the_arrears_when_it_begins_and_what_cms_calls_it(self) -> None:
        plan = Plan(
            agreed_on=D(2025, 5, 1), first_payment_on=D(2025, 6, 2), frequency=Frequency.MONTHLY, total=31000,
            arrears_part=5000, cms_word="arrangement",
        )  # fmt: skip
        (item,) = items(CaseFacts(perspective=Perspective.RECEIVING, plans=(plan,)))

        assert item.title == "Repayment plan: £50.00 a month to the arrears"
        assert item.lines[0] == ("Each payment is £310.00 in all. First paid 2 June 2025. CMS calls it an arrangement.")


class TestAPayment:
    def test_of_a_day_to_come_does_not_stand_yet(self) -> None:
        facts = case(decision("60", "2025-01-06"), payment("60", "2025-05-01"), payment("60", "2025-06-01"))
        on = D(2025, 5, 20)

        found = list(money_timeline.payment_items(facts, position(facts, on=on, known_on=on)))

        assert [item.on for item in found] == [D(2025, 5, 1)]

    def test_says_what_most_of_it_was_for_where_a_little_went_to_an_older_date(self) -> None:
        (item,) = towards(
            payment("249.17", "2025-04-03"), payment("260.00", "2025-05-03"), payment("270.83", "2025-06-03")
        )

        assert item == "Most of it was for 3 June 2025. £10.83 was for 3 April 2025, 61 days late."

    def test_says_each_amount_where_none_is_most_of_it(self) -> None:
        (item,) = towards(payment("520.00", "2025-05-10"))

        assert item == "£260.00 was for 3 April 2025, 37 days late. £260.00 was for 3 May 2025, 7 days late."

    def test_names_three_dates_and_counts_the_others(self) -> None:
        (four,) = towards(payment("900.00", "2025-07-10"))
        (five,) = towards(payment("1300.00", "2025-08-10"))

        assert four.endswith("£260.00 was for 3 July 2025, 7 days late. £120.00 was for 3 June 2025, 37 days late.")
        assert five.endswith("£260.00 was for 3 June 2025, 68 days late. £520.00 was for 2 other dates.")

    def test_for_one_date_says_how_late_it_was(self) -> None:
        assert towards(payment("100.00", "2025-04-10")) == ("7 days late, for 3 April 2025.",)


def towards(*payments: Payment) -> tuple[str, ...]:
    """What is said of the last payment of a case of £260.00 a month from 3 April 2025."""
    facts = case(decision("60", "2025-04-03"), schedule("monthly", "2025-04-03"), *payments)
    on = payments[-1].paid_on
    return list(money_timeline.payment_items(facts, position(facts, on=on, known_on=on)))[len(payments) - 1].lines
