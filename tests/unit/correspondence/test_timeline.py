"""Everything in one record in order: each thing once, on its own day."""

import datetime as dt
import uuid
from dataclasses import replace
from pathlib import Path

import pytest

from arrears.core import case_file, statements
from arrears.core.case_values import ContactKind, Direction, LetterStepKind, PostedHow, PromiseResult
from arrears.core.facts import CaseFacts, Observation
from arrears.core.position import position
from cases.core.facts import Perspective, ServicePeriod, ServiceType, StruckOut
from correspondence.core import money_timeline, timeline
from correspondence.core.contacts import ContactSeen, PromiseSeen
from correspondence.core.sending import Sending, StepSeen
from correspondence.core.timeline import Item, LetterSeen, Topic, by_year, shown

EXAMPLES = Path(__file__).parents[2] / "examples"
D = dt.date


def facts_of(name: str) -> CaseFacts:
    return case_file.parse((EXAMPLES / f"{name}.json").read_text(encoding="utf-8")).facts


def payments(facts: CaseFacts, on: dt.date) -> list[Item]:
    return timeline.with_runs(money_timeline.payment_items(facts, position(facts, on=on, known_on=on)))


class TestPayments:
    def test_fold_a_run_of_equal_ones_on_time(self) -> None:
        runs = [item for item in payments(facts_of("p-002456"), D(2024, 2, 21)) if item.since]
        assert [(item.title, item.since, item.on) for item in runs] == [
            ("8 payments of £437.99, all on time", D(2022, 4, 1), D(2022, 11, 1)),
            ("15 payments of £400.53, all on time", D(2022, 12, 1), D(2024, 2, 1)),
        ]

    def test_show_what_did_not_come_and_what_came_short(self) -> None:
        titles = [item.title for item in payments(facts_of("direct-pay-missed"), D(2025, 6, 10))]
        assert "£260.00 was due and is £60.00 short" in titles
        assert titles.count("£260.00 was due and nothing is logged yet") == 2

    def test_say_which_day_a_late_one_was_towards(self) -> None:
        (late,) = [
            item for item in payments(facts_of("direct-pay-missed"), D(2025, 6, 10)) if item.on == D(2025, 4, 22)
        ]
        assert late.lines == ("19 days late, for 3 April 2025.",)

    def test_do_not_fold_over_a_missed_one(self) -> None:
        facts = facts_of("p-002456")
        without = tuple(one for one in facts.payments if one.paid_on != D(2023, 6, 1))
        runs = [item.title for item in payments(replace(facts, payments=without), D(2023, 12, 21)) if item.since]
        assert runs == [
            "8 payments of £437.99, all on time",
            "6 payments of £400.53, all on time",
            "6 payments of £400.53, all on time",
        ]

    def test_show_a_struck_out_one_apart_and_struck_out(self) -> None:
        facts = facts_of("p-002456")
        gone = StruckOut(on=D(2022, 5, 2), reason="Typed twice")
        changed = replace(facts, payments=(replace(facts.payments[0], struck_out=gone), *facts.payments[1:]))
        (struck,) = [item for item in payments(changed, D(2024, 2, 21)) if item.struck_out]
        assert (struck.on, struck.title, struck.since) == (D(2022, 4, 1), "£437.99 came", None)

    def test_say_when_someone_noted_that_nothing_came(self) -> None:
        noted = Observation(due_on=D(2025, 5, 3), noted_on=D(2025, 5, 5))
        facts = replace(facts_of("direct-pay-missed"), observations=(noted,))
        (missed,) = [item for item in payments(facts, D(2025, 5, 20)) if item.on == D(2025, 5, 3)]
        assert missed.title == "£260.00 was due and nothing has come"
        assert missed.lines == ("You noted this on 5 May 2025.",)

    def test_keep_the_note_after_the_money_came_at_last(self) -> None:
        noted = Observation(due_on=D(2025, 4, 3), noted_on=D(2025, 4, 5))
        facts = replace(facts_of("direct-pay-missed"), observations=(noted,))
        titles = [item.title for item in payments(facts, D(2025, 7, 10))]
        april_is_open = any("short" in title for title in titles)
        assert ("You noted that nothing had come for 3 April 2025" in titles) is not april_is_open

    def test_are_told_from_the_paying_side_too(self) -> None:
        noted = Observation(due_on=D(2025, 5, 3), noted_on=D(2025, 5, 5))
        facts = replace(facts_of("direct-pay-missed"), perspective=Perspective.PAYING, observations=(noted,))
        titles = {item.title for item in payments(facts, D(2025, 6, 10))}
        assert {"You paid £200.00", "£260.00 was due and you have not paid it"} <= titles


class TestDecisions:
    def test_stand_on_the_day_they_were_told(self) -> None:
        items = list(money_timeline.decision_items(facts_of("p-002456")))
        changed = next(item for item in items if item.title == "Weekly amount changed to £73.74")
        assert changed.on == D(2022, 11, 21)
        assert changed.lines == ("It counts from 1 December 2022.",)
        titles = [item.title for item in items]
        assert "Repayment plan: £81.00 a month to the arrears" in titles
        assert "Carried over: £12,391.53" in titles
        assert "Moved to Collect and Pay" in titles

    def test_begin_with_the_first_service_that_stands(self) -> None:
        gone = StruckOut(on=D(2025, 2, 1), reason="It was never so")
        periods = (
            ServicePeriod(type=ServiceType.COLLECT_AND_PAY, from_on=D(2025, 1, 6), struck_out=gone),
            ServicePeriod(type=ServiceType.DIRECT_PAY, from_on=D(2025, 1, 7)),
            ServicePeriod(type=ServiceType.COLLECT_AND_PAY, from_on=D(2025, 6, 1)),
        )
        facts = CaseFacts(perspective=Perspective.RECEIVING, services=periods)
        assert [(item.title, bool(item.struck_out)) for item in money_timeline.decision_items(facts)] == [
            ("Collect and Pay began", True),
            ("Direct Pay began", False),
            ("Moved to Collect and Pay", False),
        ]


class TestFigures:
    def test_stand_beside_the_record_of_that_day(self) -> None:
        facts = facts_of("p-002456")
        besides = {one.id: statements.beside(facts, one, known_on=D(2024, 2, 26)) for one in facts.statements}
        (item,) = money_timeline.figure_items(facts, besides)
        assert item.title == "CMS gave a figure: £9,532.99"
        assert item.lines[1] == "Your record for that day says £10,153.01. The difference is £620.02."


def contact(**changes: object) -> ContactSeen:
    key = uuid.uuid4()
    given: dict[str, object] = {
        "id": key, "case_id": key, "at_date": D(2025, 7, 8), "at_time": dt.time(10, 30), "kind": ContactKind.CALL,
        "direction": Direction.OUT, "party": "CMS", "spoke_to": "Sarah", "recorded_on": D(2025, 7, 10),
    }  # fmt: skip
    return ContactSeen(**(given | changes))


class TestContacts:
    def test_say_when_they_were_and_when_they_were_added(self) -> None:
        (item,) = timeline.contact_items([contact()])
        assert (item.title, item.by, item.added_on) == ("Call to CMS", "at 10:30am, spoke to Sarah", D(2025, 7, 10))

    def test_say_nothing_of_a_day_that_is_the_same(self) -> None:
        (item,) = timeline.contact_items([contact(recorded_on=D(2025, 7, 8), at_time=None, spoke_to="")])
        assert (item.by, item.added_on) == ("", None)

    def test_show_what_became_of_a_promise_on_its_own_day(self) -> None:
        key = uuid.uuid4()
        promise = PromiseSeen(
            id=key, case_id=key, contact_id=key, made_on=D(2025, 7, 8), party="CMS", text="Ring back",
            due_on=D(2025, 7, 9), outcome=PromiseResult.NOT_KEPT, outcome_on=D(2025, 7, 10),
        )  # fmt: skip
        items = list(timeline.contact_items([contact(promises=(promise,))]))
        assert [(item.on, item.title) for item in items] == [
            (D(2025, 7, 8), "Call to CMS"),
            (D(2025, 7, 10), "A promise was not kept"),
        ]


def item(on: dt.date, topic: Topic = Topic.PAYMENTS, title: str = "x") -> Item:
    return Item(topic=topic, on=on, title=title)


class TestYears:
    def test_run_backwards_and_so_does_a_day(self) -> None:
        key = uuid.uuid4()
        step = StepSeen(id=key, letter_id=key, kind=LetterStepKind.POSTED, on=D(2025, 7, 10))
        letter = LetterSeen(id=key, title="L", dated_on=D(2025, 7, 10), sending=Sending(steps=(step,)))
        years = by_year([item(D(2024, 1, 1)), *timeline.letter_items([letter]), item(D(2025, 8, 1))])
        assert [year.year for year in years] == [2025, 2024]
        assert [one.title for one in years[0].items] == ["x", "Letter sent: L", "Letter made: L"]

    def test_show_each_step_of_a_letter_with_its_number_and_its_note(self) -> None:
        key = uuid.uuid4()
        slip = StruckOut(on=D(2025, 7, 12), reason="Wrong number")
        steps = (
            StepSeen(
                id=key, letter_id=key, kind=LetterStepKind.POSTED, on=D(2025, 7, 11), how=PostedHow.TRACKED,
                number="A1", struck_out=slip,
            ),
            StepSeen(id=key, letter_id=key, kind=LetterStepKind.RETURNED, on=D(2025, 7, 14), note="Gone away"),
        )  # fmt: skip
        made, sent, back = timeline.letter_items(
            [LetterSeen(id=key, title="L", dated_on=D(2025, 7, 10), sending=Sending(steps=steps))]
        )
        assert (made.title, made.struck_out) == ("Letter made: L", None)
        assert (sent.lines, sent.struck_out) == (("Tracking number A1.",), slip)
        assert (back.title, back.lines) == ("Letter came back: L", ("Gone away",))

    @pytest.mark.parametrize(("count", "together"), [(5, 10), (20, 3), (100, 1)])
    def test_come_as_many_at_a_time_as_make_a_page(self, count: int, together: int) -> None:
        years = by_year(item(D(year, 6, 1)) for year in range(2016, 2026) for _ in range(count))
        assert len(shown(years, year=None)) == together
        assert [one.year for one in shown(years, year=2017)] == [2017]
        assert shown(years, year=1999) == []
