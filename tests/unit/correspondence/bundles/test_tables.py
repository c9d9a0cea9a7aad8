"""The generated parts say what the engine says, in the first person, within the period."""

import datetime as dt
import uuid
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from arrears.core import case_file, plan_review, statements
from arrears.core.case_values import ContactKind, Direction, PromiseResult
from arrears.core.facts import CaseFacts, Plan
from arrears.core.ledger import known
from arrears.core.other_facts import Step, StepKind
from arrears.core.position import position
from arrears.core.results import Instalment, PlanState, Status
from cases.core.facts import Frequency, Nation, StruckOut
from cms_tracker.money import pounds
from correspondence.core import claim_timeline, money_timeline, timeline
from correspondence.core.bundles import tables
from correspondence.core.bundles.choices import Choices, begin
from correspondence.core.bundles.purposes import Purpose
from correspondence.core.contacts import ContactSeen, PromiseSeen
from correspondence.core.timeline import Item, Topic

EXAMPLES = Path(__file__).parents[3] / "examples"
NAMES = ["direct-pay-missed", "p-002456", "backdated-change", "collect-and-pay-fees", "weekly-catch-up"]
D = dt.date
ON = D(2026, 11, 22)
SLIP = StruckOut(on=ON, reason="Slip")


def facts_of(name: str) -> CaseFacts:
    return case_file.parse((EXAMPLES / f"{name}.json").read_text(encoding="utf-8")).facts


def chosen(**more: Any) -> Choices:
    return replace(begin(Purpose.ADVISER, until=ON, letters=[], exhibits=[]), **more)


def items_of(facts: CaseFacts) -> list[Item]:
    at = position(facts, on=ON, known_on=ON)
    besides = {one.id: statements.beside(facts, one, known_on=ON) for one in known(facts, ON).statements}
    return [
        *timeline.with_runs(money_timeline.payment_items(facts, at)),
        *money_timeline.decision_items(facts),
        *money_timeline.figure_items(facts, besides),
        *claim_timeline.other_items(facts),
    ]


@pytest.mark.parametrize("name", NAMES)
class TestAnyRecord:
    def test_has_a_chronology_that_addresses_nobody(self, name: str) -> None:
        said = tables.chronology(items_of(facts_of(name)), chosen())
        words = " ".join([line.title for line in said])
        assert said
        assert not {"you", "your"} & set(words.lower().replace(",", "").split())

    def test_has_a_schedule_with_every_instalment_and_the_engines_sums(self, name: str) -> None:
        at = position(facts_of(name), on=ON, known_on=ON)
        sums = tables.sums(at, before=None)
        assert len(tables.schedule(at, chosen())) == len(at.instalments)
        assert len(tables.other_entries(at, chosen())) == len([one for one in at.others if one.amount])
        assert (sums.due, sums.paid, sums.outstanding) == tuple(map(pounds, (at.due, at.paid, at.outstanding)))


class TestTheChronology:
    def test_leaves_out_slips_other_days_and_contacts_that_stay_out(self) -> None:
        items = [
            Item(topic=Topic.CONTACTS, on=D(2026, 1, 3), title="You rang CMS", id="one", by="at noon"),
            Item(topic=Topic.CONTACTS, on=D(2026, 1, 2), title="CMS rang you", id="two", lines=("Said you would",)),
            Item(topic=Topic.CONTACTS, on=D(2026, 1, 2), title="CMS met you", id="three"),
            Item(topic=Topic.CONTACTS, on=D(2026, 1, 2), title="Slip", id="four", struck_out=SLIP),
            Item(topic=Topic.CONTACTS, on=D(2025, 1, 2), title="Before", id="five"),
        ]
        said = tables.chronology(items, chosen(since=D(2026, 1, 1), left_out=frozenset({"three"})))
        assert said == [
            tables.Line("2 January 2026", "CMS rang me", ("Said you would",)),
            tables.Line("3 January 2026", "I rang CMS, at noon", ()),
        ]

    def test_says_what_was_promised_and_when_it_was_added(self) -> None:
        promises = (promise(due_on=D(2026, 2, 1)), promise(text="Write"))
        item = Item(
            topic=Topic.CONTACTS, on=D(2026, 1, 3), since=D(2026, 1, 1), title="Calls", promises=promises,
            added_on=D(2026, 1, 9), lines=("You noted this on 3 January 2026.",),
        )  # fmt: skip
        assert tables.chronology([item], chosen())[0] == tables.Line(
            "1 January 2026 to 3 January 2026", "Calls",
            ("I noted this on 3 January 2026.", "Promised: Ring back, by 1 February 2026", "Promised: Write",
             "Added to the record on 9 January 2026."),
        )  # fmt: skip


class TestTheSchedule:
    def test_says_how_each_instalment_stands(self) -> None:
        at = position(facts_of("direct-pay-missed"), on=D(2025, 6, 3), known_on=D(2025, 6, 10))
        one = at.instalments[0]
        said = {status: row(one, status) for status in Status}
        assert said == {
            Status.PAID_ON_TIME: "Paid on time", Status.PAID_LATE: "2 days late", Status.PART_PAID: "Part paid",
            Status.CLEARED: "Cleared, not all by payments", Status.MISSED: "Not paid", Status.DUE: "Due that day",
            Status.NOT_DUE: "Due that day",
        }  # fmt: skip

    def test_tells_money_from_credit(self) -> None:
        found = [row for name in NAMES for row in schedule_of(name)]
        assert any("credited" in one for row in found for one in row.came)
        assert any(" on " in one for row in found for one in row.came)
        assert any(row.came == ("Nothing",) and row.short for row in found)

    def test_keeps_to_the_period_and_says_what_was_owed_before_it(self) -> None:
        facts = facts_of("direct-pay-missed")
        at, before = (position(facts, on=on, known_on=ON) for on in (ON, D(2025, 4, 30)))
        rows = tables.schedule(at, chosen(since=D(2025, 5, 1)))
        assert 0 < len(rows) < len(at.instalments)
        assert tables.sums(at, before=before).before == pounds(before.outstanding)

    def test_shows_credit_where_there_is_any(self) -> None:
        at = replace(position(facts_of("p-002456"), on=ON, known_on=ON), credit=500)
        assert tables.sums(at, before=None).credit == "£5.00"


class TestPlans:
    def test_say_what_was_agreed_and_how_it_went(self) -> None:
        rows = plans_of(plan(cms_word="agreement", steps=(step("They said so"), step("Slip", struck_out=SLIP))))
        facts = dict(rows[0].facts)
        assert rows[0].title == "£50.00 a month to the arrears"
        assert facts["Each payment"] == "£310.00, of which £50.00 is for arrears"
        assert facts["CMS’s word for it"] == "agreement"
        assert facts["On 1 July 2025"] == "They said so"
        assert any(name.startswith("At its start") for name in facts)

    def test_leave_out_those_agreed_after_the_period(self) -> None:
        assert plans_of(plan(), until=D(2025, 1, 1)) == []

    def test_say_when_they_ended_and_when_nothing_was_logged(self) -> None:
        (review,) = reviews_of(plan())
        ended = replace(review, standing=replace(review.standing, ended_on=D(2025, 9, 9), state=PlanState.VARIED))
        endless = replace(review, is_silent=True, verdict=replace(review.verdict, payments=None))
        assert ("Ended", "9 September 2025") in tables.plans([ended], chosen())[0].facts
        said = dict(tables.plans([endless], chosen())[0].facts)
        assert "At its start" not in said
        assert "No payment is logged since it began" in said.values()


class TestContacts:
    def test_come_oldest_first_with_what_became_of_each_promise(self) -> None:
        kept = promise(due_on=D(2026, 2, 1), outcome=PromiseResult.KEPT, outcome_on=D(2026, 1, 30), outcome_note="Rang")
        broken = promise(text="Write", outcome=PromiseResult.NOT_KEPT)
        overdue, open_one = promise(due_on=D(2026, 2, 1)), promise(text="Look", due_on=D(2027, 1, 1))
        slip = promise(text="Slip", struck_out=SLIP)
        late = contact(
            D(2026, 1, 5), at_time=dt.time(9, 32), spoke_to="Priya", reference="R1", recorded_on=D(2026, 1, 6),
            promises=(kept, broken, overdue, open_one, slip),
        )  # fmt: skip
        rows = tables.contacts([late, contact(D(2026, 1, 1))], chosen(), on=ON)
        assert [row.on for row in rows] == ["1 January 2026", "5 January 2026"]
        assert rows[0].by == ()
        assert rows[1].by == ("At 9:32am", "Spoke to Priya", "Reference R1", "Written down on 6 January 2026")
        assert rows[1].promises == (
            "Ring back, by 1 February 2026. Kept on 30 January 2026. Rang", "Write, no date given. Not kept.",
            "Ring back, by 1 February 2026. Nothing noted by 22 November 2026.", "Look, by 1 January 2027.",
        )  # fmt: skip

    def test_leave_out_slips_other_days_and_those_that_stay_out(self) -> None:
        out = contact(D(2026, 1, 2))
        every = [contact(D(2027, 1, 1)), contact(D(2026, 1, 3), struck_out=SLIP), out]
        assert tables.contacts(every, chosen(left_out=frozenset({str(out.id)})), on=ON) == []


def row(one: Instalment, status: Status) -> str:
    at = position(facts_of("direct-pay-missed"), on=ON, known_on=ON)
    only = replace(at, instalments=(one._replace(status=status, days_late=2),))
    return tables.schedule(only, chosen())[0].status


def schedule_of(name: str) -> list[tables.DueRow]:
    return tables.schedule(position(facts_of(name), on=ON, known_on=ON), chosen())


def plan(**more: Any) -> Plan:
    values: dict[str, Any] = {
        "agreed_on": D(2025, 6, 1), "first_payment_on": D(2025, 6, 3), "frequency": Frequency.MONTHLY, "total": 31000,
        "arrears_part": 5000, "id": "plan",
    }  # fmt: skip
    return Plan(**(values | more))


def step(note: str, **more: Any) -> Step:
    return Step(kind=StepKind.VARIED, on=D(2025, 7, 1), recorded_on=D(2025, 7, 1), note=note, id=note, **more)


def reviews_of(one: Plan) -> tuple[plan_review.PlanReview, ...]:
    facts = replace(facts_of("direct-pay-missed"), plans=(one,))
    return plan_review.review(facts, on=ON, known_on=ON, nation=Nation.ENGLAND)


def plans_of(one: Plan, **more: Any) -> list[tables.PlanRow]:
    return tables.plans(reviews_of(one), chosen(**more))


def promise(**more: Any) -> PromiseSeen:
    values: dict[str, Any] = {
        "id": uuid.uuid4(), "case_id": uuid.uuid4(), "contact_id": uuid.uuid4(), "made_on": D(2026, 1, 3),
        "party": "CMS", "text": "Ring back", "due_on": None,
    }  # fmt: skip
    return PromiseSeen(**(values | more))


def contact(on: dt.date, **more: Any) -> ContactSeen:
    values: dict[str, Any] = {
        "id": uuid.uuid4(), "case_id": uuid.uuid4(), "at_date": on, "at_time": None, "kind": ContactKind.CALL,
        "direction": Direction.OUT, "party": "CMS",
    }  # fmt: skip
    return ContactSeen(**(values | more))
