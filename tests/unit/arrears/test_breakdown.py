"""Every line of the account, and the questions that it leaves."""

import datetime as dt
from dataclasses import replace

from hypothesis import given

from arrears.core.breakdown import breakdown, departure, questions, questions_about, stages
from arrears.core.facts import CaseFacts, Statement
from arrears.core.position import position
from arrears.core.results import CauseKind
from tests.unit.arrears.build import case, day, decision, payment, schedule, service
from tests.unit.arrears.histories import histories, views

FACTS = (decision("60", "2025-01-03", told="2025-01-01"), schedule("monthly", "2025-01-03"))


def figure(amount: int, on: str) -> Statement:
    """A figure that CMS gave for a day."""
    return Statement(stated_on=day(on), as_at=day(on), amount=amount, id=f"figure {on}")


class TestBreakdown:
    @given(histories(), views)
    def test_adds_up_line_by_line_to_the_position(self, facts: CaseFacts, view: tuple[dt.date, dt.date]) -> None:
        on, known_on = view
        found = breakdown(facts, on=on, known_on=known_on)
        at = position(facts, on=on, known_on=known_on)
        assert found.due - found.paid == found.balance == at.outstanding - at.credit
        assert (found.outstanding, found.credit) == (at.outstanding, at.credit)
        balance = 0
        for line in found.lines:
            balance += line.due - line.paid
            assert line.balance == balance
            assert not (line.due and line.paid)
        assert sum(year.due for year in found.years) == found.due
        assert sum(month.paid for year in found.years for month in year.months) == found.paid

    def test_is_grouped_by_month_and_year(self) -> None:
        facts = case(*FACTS, payment("100", "2025-01-05"), payment("30", "2026-01-02"))
        found = breakdown(facts, on=day("2026-01-02"), known_on=day("2026-01-02"))
        assert [(year.year, len(year.months)) for year in found.years] == [(2025, 12), (2026, 1)]
        january = found.years[0].months[0]
        assert (january.first, january.due, january.paid, january.balance) == (
            day("2025-01-01"),
            26_000,
            10_000,
            16_000,
        )
        assert [line.fact_id for line in january.lines] == ["decision 60 2025-01-03", "payment 100 2025-01-05"]

    def test_takes_what_went_to_a_fee_off_what_was_paid(self) -> None:
        facts = case(
            decision("60", "2025-01-03"), schedule("weekly", "2025-01-03"), service("collect_and_pay", "2025-01-03"),
            payment("72", "2025-01-03", route="via_cms_paid"), perspective="paying",
        )  # fmt: skip
        found = breakdown(facts, on=day("2025-01-03"), known_on=day("2025-01-03"))
        assert [(line.kind, line.due, line.paid) for line in found.lines] == [
            (CauseKind.INSTALMENT, 6_000, 0), (CauseKind.PAYMENT, 0, 7_200), (CauseKind.FEE, 0, -1_200),
        ]  # fmt: skip

    def test_is_empty_where_nothing_happened(self) -> None:
        found = breakdown(case(), on=day("2025-01-03"), known_on=day("2025-01-03"))
        assert (found.years, found.balance) == ((), 0)


class TestStages:
    def test_say_in_which_interval_the_difference_arose(self) -> None:
        figures = (figure(78_000, "2025-03-10"), figure(26_000, "2025-01-10"), figure(104_000, "2025-05-10"))
        facts = replace(case(*FACTS), statements=figures)
        found = stages(facts, known_on=day("2025-06-01"))
        assert [(one.since, one.as_at, one.difference, one.change) for one in found] == [
            (None, day("2025-01-10"), 0, 0),
            (day("2025-01-10"), day("2025-03-10"), 0, 0),
            (day("2025-03-10"), day("2025-05-10"), 26_000, 26_000),
        ]
        assert departure(found) == found[2]
        assert questions(found)[0] == (
            "You gave £1,040.00 for 10 May 2025. My record has £1,300.00. The two agreed on 10 March 2025. "
            "Please give a full breakdown of the account from 10 March 2025 to 10 May 2025."
        )

    def test_ask_from_the_start_where_the_first_figure_already_differs_and_name_later_changes(self) -> None:
        facts = replace(case(*FACTS), statements=(figure(20_000, "2025-01-10"), figure(40_000, "2025-02-10")))
        asked = questions(stages(facts, known_on=day("2025-06-01")))
        assert asked[0].endswith("Please give a full breakdown of the account from its start to 10 January 2025.")
        assert asked[1] == (
            "You gave £400.00 for 10 February 2025. My record has £520.00. "
            "On 10 January 2025 your figure was £60.00 less than mine. "
            "On 10 February 2025 it was £120.00 less than mine. "
            "Please break that period down as well."
        )
        assert len(asked) == 5

    def test_name_a_time_in_which_the_two_agreed_again(self) -> None:
        figures = (figure(20_000, "2025-01-10"), figure(52_000, "2025-02-10"), figure(70_000, "2025-03-10"))
        asked = questions(stages(replace(case(*FACTS), statements=figures), known_on=day("2025-06-01")))
        assert asked[1].endswith("On 10 February 2025 it was the same as mine. Please break that period down as well.")
        assert "On 10 February 2025 your figure was the same as mine. On 10 March 2025 it was £80.00 less" in asked[2]

    def test_leave_nothing_to_ask_where_every_figure_agrees(self) -> None:
        facts = replace(case(*FACTS), statements=(figure(26_000, "2025-01-10"),))
        found = stages(facts, known_on=day("2025-06-01"))
        assert (departure(found), questions(found)) == (None, ())

    def test_two_figures_for_one_day_are_both_named(self) -> None:
        twice = (replace(figure(21_000, "2025-01-10"), id="again"), figure(20_000, "2025-01-10"))
        asked = questions(stages(replace(case(*FACTS), statements=twice), known_on=day("2025-06-01")))
        assert asked[0] == (
            "You gave £200.00 for 10 January 2025. My record has £260.00. "
            "Please give a full breakdown of the account from its start to 10 January 2025."
        )
        assert asked[1] == (
            "For 10 January 2025 you gave £200.00 and £210.00. My record has £260.00. "
            "Please say which of your figures is right."
        )
        assert len(asked) == 5

    def test_two_figures_for_one_day_of_which_one_agrees_ask_from_an_earlier_day(self) -> None:
        figures = (figure(26_000, "2025-01-10"), figure(52_000, "2025-02-10"), replace(
            figure(52_100, "2025-02-10"), id="again"
        ))  # fmt: skip
        asked = questions(stages(replace(case(*FACTS), statements=figures), known_on=day("2025-06-01")))
        assert asked[0] == (
            "You gave £521.00 for 10 February 2025. My record has £520.00. The two agreed on 10 January 2025. "
            "Please give a full breakdown of the account from 10 January 2025 to 10 February 2025."
        )
        assert asked[1].startswith("For 10 February 2025 you gave £520.00 and £521.00.")

    def test_one_day_with_one_figure_that_agrees_and_none_before_asks_from_the_start(self) -> None:
        twice = (figure(26_000, "2025-01-10"), replace(figure(26_100, "2025-01-10"), id="again"))
        asked = questions(stages(replace(case(*FACTS), statements=twice), known_on=day("2025-06-01")))
        assert asked[0].endswith("from its start to 10 January 2025.")

    def test_three_figures_for_a_later_day_are_one_question(self) -> None:
        figures = (
            figure(20_000, "2025-01-10"),
            *(replace(figure(amount, "2025-02-10"), id=str(amount)) for amount in (41_000, 46_000, 44_000)),
        )
        asked = questions(stages(replace(case(*FACTS), statements=figures), known_on=day("2025-06-01")))
        assert asked[1] == (
            "For 10 February 2025 you gave £410.00, £440.00 and £460.00. My record has £520.00. "
            "Please say which of your figures is right."
        )
        assert len(asked) == 5

    def test_the_time_after_a_day_with_two_figures_is_asked_about_without_a_change_of_either(self) -> None:
        twice = (figure(20_000, "2025-01-10"), replace(figure(21_000, "2025-01-10"), id="again"))
        after = (figure(40_000, "2025-02-10"), replace(figure(47_000, "2025-02-10"), as_at=day("2025-02-11"), id="x"))
        known_on = day("2025-06-01")
        asked = questions(stages(replace(case(*FACTS), statements=(*twice, *after[:1])), known_on=known_on))
        assert asked[2] == (
            "You gave £400.00 for 10 February 2025. My record has £520.00. "
            "Please break down the time from 10 January 2025 to 10 February 2025 as well."
        )
        as_before = questions(stages(replace(case(*FACTS), statements=(*twice, after[1])), known_on=known_on))
        assert len(as_before) == 5

    def test_the_same_figure_given_twice_for_a_day_is_asked_about_once(self) -> None:
        twice = (figure(20_000, "2025-01-10"), replace(figure(20_000, "2025-01-10"), id="again"))
        asked = questions(stages(replace(case(*FACTS), statements=twice), known_on=day("2025-06-01")))
        assert len(asked) == 4

    def test_figures_for_one_day_stand_in_one_order_whatever_their_ids(self) -> None:
        one, other = figure(20_000, "2025-01-10"), figure(21_000, "2025-01-10")
        pairs = [(replace(one, id=a), replace(other, id=b)) for a, b in (("a", "b"), ("b", "a"))]
        found = [stages(replace(case(*FACTS), statements=pair), known_on=day("2025-06-01")) for pair in pairs]
        assert [[each.theirs for each in some] for some in found] == [[20_000, 21_000]] * 2
        assert [each.change for each in found[0]] == [6_000, -1_000]


def asked_about(on: str, *figures: Statement) -> tuple[str, ...]:
    """The questions about the figure for one day; £260.00 falls due on the 3rd of each month of 2025."""
    found = stages(replace(case(*FACTS), statements=figures), known_on=day("2025-06-01"))
    return questions_about(found, f"figure {on}")


class TestTheQuestionsAboutOneFigure:
    def test_are_about_that_figure_and_say_on_which_side_each_was(self) -> None:
        asked = asked_about("2025-02-10", figure(20_000, "2025-01-10"), figure(57_000, "2025-02-10"))
        assert asked[0] == (
            "You gave £570.00 for 10 February 2025. My record has £520.00. "
            "On 10 January 2025 your figure was £60.00 less than mine. "
            "On 10 February 2025 it was £50.00 more than mine. "
            "Please give a full breakdown of the account from 10 January 2025 to 10 February 2025."
        )
        assert len(asked) == 4

    def test_of_the_earlier_figure_name_no_later_one(self) -> None:
        asked = asked_about("2025-01-10", figure(20_000, "2025-01-10"), figure(57_000, "2025-02-10"))
        assert asked[0] == (
            "You gave £200.00 for 10 January 2025. My record has £260.00. "
            "Please give a full breakdown of the account from its start to 10 January 2025."
        )
        assert "February" not in "".join(asked)

    def test_begin_where_the_two_agreed(self) -> None:
        asked = asked_about("2025-02-10", figure(26_000, "2025-01-10"), figure(57_000, "2025-02-10"))
        assert "The two agreed on 10 January 2025. Please give a full breakdown" in asked[0]

    def test_begin_there_also_where_the_figure_before_lay_as_far_off(self) -> None:
        figures = (figure(26_000, "2025-01-10"), figure(50_000, "2025-02-10"), figure(76_000, "2025-03-10"))
        assert "from 10 January 2025 to 10 March 2025." in asked_about("2025-03-10", *figures)[0]

    def test_name_every_figure_of_that_day(self) -> None:
        twice = (figure(20_000, "2025-01-10"), replace(figure(21_000, "2025-01-10"), id="again"))
        assert "Please say which of your figures is right." in asked_about("2025-01-10", *twice)[1]

    def test_are_none_where_it_agrees_or_is_not_there(self) -> None:
        agrees = (figure(26_000, "2025-01-10"), figure(57_000, "2025-02-10"))
        assert asked_about("2025-01-10", *agrees) == ()
        assert asked_about("2025-03-10", *agrees) == ()
