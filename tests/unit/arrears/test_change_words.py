"""A change as people read it: the drawing and the table hold the same lines, and every line leads somewhere."""

import datetime as dt
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrears.core.cause_groups import MOST_LINES, grouped
from arrears.core.changes import explain
from arrears.core.derived import adjustments_of
from arrears.core.facts import CaseFacts
from arrears.core.other_facts import Claim, ClaimKind, Settlement, Step, StepKind
from arrears.core.results import CauseKind
from arrears.presenters import changes as presenter
from arrears.presenters import words
from arrears.presenters.changes import Explained, View
from arrears.presenters.fact_links import Addresses, FactLinks
from tests.unit.arrears.build import adjustment, case, day, decision, opening, payment, schedule
from tests.unit.arrears.histories import LAST, days, histories, struck_outs, views

PAGES = Addresses("/payments/{}/", "/changes/{}/", "/payments/", "/details/", "/claims/{}/", "/settlements/{}/")
WEEKLY = (decision("60", "2024-01-05"), schedule("weekly", "2024-01-05"))


steps = st.builds(
    Step,
    kind=st.sampled_from(StepKind),
    on=days,
    recorded_on=days,
    amount=st.none() | st.integers(1, 60_000),
    struck_out=struck_outs(),
    id=st.uuids().map(str),
)
some_steps = st.lists(steps, max_size=3, unique_by=lambda step: step.id).map(tuple)
claims = st.builds(
    Claim, kind=st.sampled_from(ClaimKind), paid_on=days, amount=st.just(1000), recorded_on=days,
    what=st.sampled_from(["", "Shoes"]), steps=some_steps, struck_out=struck_outs(), id=st.uuids().map(str),
)  # fmt: skip
settlements = st.builds(
    Settlement, offered_on=days, arrears=st.just(9000), amount=st.just(1000), recorded_on=days,
    steps=some_steps, struck_out=struck_outs(), id=st.uuids().map(str),
)  # fmt: skip


@st.composite
def richer(draw: st.DrawFn) -> CaseFacts:
    """A history in which CMS may also accept claims and settlements, and take them back."""
    return replace(
        draw(histories()),
        claims=tuple(draw(st.lists(claims, max_size=2))),
        settlements=tuple(draw(st.lists(settlements, max_size=2))),
    )


def explained(
    facts: CaseFacts, first: tuple[dt.date, dt.date], second: tuple[dt.date, dt.date], *, is_own: bool = True
) -> Explained:
    change = explain(facts, before=first, after=second)
    view = View(first, second, LAST, is_own)
    return presenter.explained(change, facts, view=view, links=FactLinks(facts, PAGES))


def by_today(facts: CaseFacts, first: str, second: str, *, is_own: bool = True) -> Explained:
    return explained(facts, (day(first), LAST), (day(second), LAST), is_own=is_own)


def titles(facts: CaseFacts, first: str, second: str, *, is_own: bool = True) -> list[str]:
    return [row.title for row in by_today(facts, first, second, is_own=is_own).rows]


class TestEveryChange:
    @given(facts=richer(), first=views, second=views, is_own=st.booleans())
    def test_is_drawn_line_by_line_as_it_stands_in_the_table(
        self, facts: CaseFacts, first: tuple[dt.date, dt.date], second: tuple[dt.date, dt.date], is_own: bool
    ) -> None:
        said = explained(facts, first, second, is_own=is_own)
        bars = said.chart.bars
        assert [(bar.label, bar.figure) for bar in bars[1:-1]] == [(row.title, row.amount) for row in said.rows]
        assert (bars[0].label, bars[-1].label) == said.names
        assert (bars[0].figure, bars[-1].figure) == (said.before, said.after)
        assert not said.rows or said.rows[-1].after == said.after

    @given(facts=richer(), first=views, second=views)
    def test_has_causes_that_add_up_and_name_a_fact_in_plain_words(
        self, facts: CaseFacts, first: tuple[dt.date, dt.date], second: tuple[dt.date, dt.date]
    ) -> None:
        change = explain(facts, before=first, after=second)
        ids = {one.id for one in (*facts.decisions, *facts.schedules, *facts.openings, *facts.payments)}
        ids |= {one.id for one in adjustments_of(facts)}
        assert change.before + sum(cause.amount for cause in change.causes) == change.after
        for cause in change.causes:
            assert cause.fact_id in ids
            assert re.match(r"[A-Z£].*\.$", cause.text)
            assert not re.search(r"[-−]£|recalculat|None|\b1 payments|_|\.\.|  ", cause.text)

    @given(facts=richer(), first=views, second=views)
    def test_leads_from_every_cause_to_a_page(
        self, facts: CaseFacts, first: tuple[dt.date, dt.date], second: tuple[dt.date, dt.date]
    ) -> None:
        links = FactLinks(facts, PAGES)
        for cause in explain(facts, before=first, after=second).causes:
            link = links.of(cause)
            assert re.match(
                r"/payments/payment-|/changes/decision-|/payments/\?due=|/details/#fact-.|/(claims|settlements)/.",
                link.url,
            )
            assert link.words


class TestTheLines:
    def test_stand_like_with_like_where_they_would_be_too_many(self) -> None:
        told = [decision(str(61 + n), f"2024-01-{6 + n:02}", told=f"2024-06-{1 + n:02}") for n in range(20)]
        change = explain(case(*WEEKLY, *told), before=(day("2024-05-31"), LAST), after=(day("2024-07-05"), LAST))
        kinds = [(group.kind, len(group.causes)) for group in grouped(change)]
        assert len(kinds) <= MOST_LINES
        assert (CauseKind.RECALCULATION, 20) in kinds
        assert titles(case(*WEEKLY, *told), "2024-05-31", "2024-07-05")[0] == "20 later decisions"

    def test_are_folded_away_year_by_year_where_they_are_long(self) -> None:
        said = by_today(case(*WEEKLY), "2024-01-01", "2025-03-01")
        assert [fold.title for fold in said.rows[0].folds] == [
            "2024: 52, together +£3,120.00", "2025: 9, together +£540.00",
        ]  # fmt: skip
        assert said.rows[0].folds[0].causes[0].link.url == "/payments/?due=2024-01-05#due-2024-01-05"

    def test_say_how_many_more_there_are_than_a_page_holds(self) -> None:
        paid = [payment("0.01", "2024-03-01", name=f"p{number:03}") for number in range(70)]
        fold = by_today(case(*WEEKLY, *paid), "2024-02-29", "2024-03-01").rows[1].folds[0]
        assert (len(fold.causes), fold.left_out) == (60, 10)


class TestTheTitles:
    @pytest.mark.parametrize(
        ("perspective", "is_own", "once", "twice"),
        [
            ("paying", True, "You paid once", "You paid 2 times"),
            ("paying", False, "A payment made", "2 payments made"),
            ("receiving", True, "A payment came", "2 payments came"),
        ],
    )
    def test_say_who_paid_to_the_one_who_did(self, perspective: str, is_own: bool, once: str, twice: str) -> None:
        facts = case(
            opening("9", "2023-12-01"), payment("1", "2024-01-02"), payment("2", "2024-01-04"), perspective=perspective
        )
        assert titles(facts, "2024-01-01", "2024-01-03", is_own=is_own) == [once]
        assert titles(facts, "2024-01-01", "2024-01-05", is_own=is_own) == [twice]

    def test_say_that_going_back_is_not_yet(self) -> None:
        facts = case(*WEEKLY, payment("1", "2024-01-06"), payment("2", "2024-01-07"))
        assert titles(facts, "2024-01-06", "2024-01-01") == ["A payment not due yet", "A payment not made yet"]
        assert titles(facts, "2024-01-12", "2024-01-01") == ["2 payments not due yet", "2 payments not made yet"]

    def test_name_one_decision_by_its_day(self) -> None:
        late = decision("70", "2024-01-05", told="2024-02-01")
        assert titles(case(*WEEKLY, late), "2024-01-31", "2024-02-01") == ["Decision of 1 February 2024"]

    def test_name_a_decision_that_was_told_after_the_first_view_and_lead_to_its_working(self) -> None:
        told = [decision("70", "2024-01-05", told="2024-02-01"), decision("65", "2024-01-12", told="2024-02-08")]
        late = payment("5", "2024-01-05", recorded="2024-02-02")
        then, now = (day("2024-02-10"), day("2024-01-31")), (day("2024-02-10"), LAST)
        rows = explained(case(*WEEKLY, *told, late), then, now).rows
        assert [(row.title, row.link.url if row.link else "") for row in rows] == [
            ("Decision of 1 February 2024", "/changes/decision 70 2024-01-05/"),
            ("Recorded later", "/payments/payment 5 2024-01-05/"),
            ("Decision of 8 February 2024", "/changes/decision 65 2024-01-12/"),
        ]

    def test_fit_beside_their_figure_on_a_phone(self) -> None:
        every = [title.format("999") for pair in presenter._TITLES.values() for title in pair]
        assert set(presenter._TITLES) == set(CauseKind) - {CauseKind.INSTALMENT, CauseKind.PAYMENT, CauseKind.FEE}
        assert max(map(len, [*every, *words.BACK.values(), "999 sums that CMS added"])) <= 30

    def test_never_call_old_arrears_that_came_back_a_correction(self) -> None:
        def deal(number: int) -> Settlement:
            on = day(f"2024-01-{number:02}")
            steps = (StepKind.AGREED, StepKind.CANCELLED)
            return Settlement(
                offered_on=on, arrears=9000, amount=8000, recorded_on=on, id=f"deal {number}",
                steps=tuple(
                    Step(kind=kind, on=on, recorded_on=on, amount=900, id=f"{kind} {number}") for kind in steps
                ),
            )  # fmt: skip

        facts = case(opening("900", "2023-12-01"), adjustment("correction_up", "1", "2024-01-20"))
        one = replace(facts, settlements=(deal(2),))
        assert sorted(titles(one, "2024-01-01", "2024-01-31")) == [
            "A correction, added", "A settlement", "A settlement, cancelled",
        ]  # fmt: skip
        many = replace(facts, settlements=tuple(deal(number) for number in range(2, 10)))
        assert sorted(titles(many, "2024-01-01", "2024-01-31")) == ["8 settlements", "9 sums that CMS added"]


class TestTheLede:
    FACTS = case(*WEEKLY, payment("60", "2024-01-05", recorded="2024-02-01"), perspective="paying")

    def test_says_what_was_known_where_that_differs(self) -> None:
        then = (day("2024-01-05"), day("2024-01-05"))
        said = explained(self.FACTS, then, (day("2024-01-05"), LAST))
        assert said.lede == (
            "On 5 January 2024, by what was known then, you owed £60.00. "
            "On 5 January 2024, by what is known today, nothing was owed."
        )
        assert said.names == ("Known on 5 January 2024", "Known on 10 April 2025")
        other = explained(self.FACTS, (day("2024-01-06"), day("2024-01-05")), then).lede
        assert other.startswith("On 6 January 2024, by what was known on 5 January 2024, you owed £60.00.")

    def test_calls_a_day_on_which_too_much_was_paid_by_its_date_alone(self) -> None:
        facts = case(payment("5", "2024-01-05"))
        assert by_today(facts, "2024-01-04", "2024-01-05").names == ("Owed on 4 January 2024", "On 5 January 2024")

    def test_gives_what_is_owed_and_what_is_in_credit_where_there_are_both(self) -> None:
        ahead = case(*WEEKLY, payment("60", "2024-01-15"), payment("60", "2024-01-17"), opening("300", "2024-01-18"))
        assert by_today(ahead, "2024-01-16", "2024-01-18").lede.endswith(
            "On 18 January 2024 you were owed £300.00: £360.00 owed, less £60.00 in credit."
        )

    def test_says_that_nothing_changed(self) -> None:
        assert by_today(self.FACTS, "2024-01-06", "2024-01-07").lede == (
            "Between 6 January 2024 and 7 January 2024 the balance did not change. On both days nothing was owed."
        )
        assert "ended where it began" in by_today(self.FACTS, "2024-01-01", "2024-01-07").lede


class TestAdjustments:
    def test_that_cms_took_back_are_told_in_its_own_sentence(self) -> None:
        back = adjustment("correction_up", "50", "2024-01-09", reason="CMS cancelled a settlement. ")
        said = by_today(case(back), "2024-01-08", "2024-01-09")
        assert said.rows[0].detail == "CMS cancelled a settlement. That added £50.00 on 9 January 2024."


class TestDefaultDays:
    def test_go_back_to_the_eve_of_the_first_entry(self) -> None:
        facts = case(*WEEKLY)
        assert presenter.default_days(facts, today=day("2024-02-01"), first=day("2024-01-05"))[0] == day("2024-01-04")
