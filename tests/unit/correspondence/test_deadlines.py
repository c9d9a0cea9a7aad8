"""The list of days to keep: what is on it, in which order, and what each card says."""

import datetime as dt
import uuid
from dataclasses import replace
from typing import Any

import pytest

from arrears.core.case_values import ClockKind, ClockResult, LetterStepKind
from cases.core.facts import Decision, Nation, StruckOut
from correspondence.core.clock_rules import Side
from correspondence.core.clocks import ClockEnding, ClockSeen
from correspondence.core.contacts import PromiseSeen
from correspondence.core.deadline_words import Card, card, left
from correspondence.core.deadlines import DeadlineList, Facts, Source, Standing, clock_of, listed, next_ones, past
from correspondence.core.sending import AwaitedReply, StepSeen, reply_due

CASE = uuid.UUID(int=7)
ON = dt.date(2026, 11, 23)  # a Monday
STRUCK = StruckOut(on=ON, reason="Typed twice")


def clock(kind: ClockKind = ClockKind.EXAMINER, **values: Any) -> ClockSeen:
    known = {"id": uuid.uuid4(), "case_id": CASE, "dated_on": None, "reached_on": None}
    return ClockSeen(kind=kind, **known | values)


def decision(told: dt.date, **values: Any) -> tuple[Decision, dt.date]:
    known = {"weekly": 1, "effective_on": told, "decided_on": told, "notified_on": told, "id": str(uuid.uuid4())}
    return Decision(**known | values), told


def promise(due_on: dt.date | None, **values: Any) -> PromiseSeen:
    known = {"id": uuid.uuid4(), "case_id": CASE, "contact_id": uuid.uuid4(), "made_on": ON, "party": "CMS"}
    return PromiseSeen(text="Ring back", due_on=due_on, **known | values)


def awaited(sent_on: dt.date, asked_by: dt.date | None = None) -> AwaitedReply:
    posting = StepSeen(id=uuid.uuid4(), letter_id=uuid.uuid4(), kind=LetterStepKind.POSTED, on=sent_on)
    return AwaitedReply(
        letter_id=posting.letter_id,
        title="Put a call in writing",
        dated_on=sent_on,
        posting=posting,
        due=reply_due(sent_on, kind=None, asked_by=asked_by, nation=Nation.ENGLAND),
    )


def of(*, on: dt.date = ON, **facts: Any) -> DeadlineList:
    return listed(Facts(nation=Nation.ENGLAND, **facts), case_id=CASE, on=on)


def only(found: DeadlineList) -> Card:
    every = (*found.open, *found.passed, *found.ended)
    assert len(every) == 1
    return card(every[0], sendable={})


class TestTheList:
    def test_is_empty_for_a_record_that_says_nothing(self) -> None:
        assert of().is_empty
        assert of().open == ()

    def test_puts_the_safest_day_first_whatever_it_comes_from(self) -> None:
        found = of(
            clocks=[
                clock(reached_on=dt.date(2026, 6, 1)),  # 1 December
                clock(ClockKind.TRIBUNAL, dated_on=dt.date(2026, 9, 1)),  # past
            ],
            promises=[promise(dt.date(2026, 11, 27))],
            replies=[awaited(dt.date(2026, 11, 20))],  # 11 December
            decisions=[decision(dt.date(2026, 11, 20))],  # 18 December
        )
        assert [one.act_on.isoformat() for one in found.open] == [
            "2026-10-01", "2026-11-27", "2026-12-01", "2026-12-11", "2026-12-18"
        ]  # fmt: skip
        assert [one.source for one in found.soon] == [Source.PROMISE, Source.CLOCK]
        assert [one.kind for one in found.overdue] == [ClockKind.TRIBUNAL]
        assert [one.source for one in found.later] == [Source.LETTER, Source.DECISION]
        assert not found.is_empty

    def test_counts_two_weeks_as_soon(self) -> None:
        [one] = of(promises=[promise(ON + dt.timedelta(days=14))]).soon
        assert one.left.days == 14
        assert of(promises=[promise(ON + dt.timedelta(days=15))]).soon == ()
        assert len(of(promises=[promise(ON)]).soon) == 1

    def test_leaves_out_what_is_struck_out_closed_or_without_a_day(self) -> None:
        told, entered = decision(dt.date(2026, 11, 20), struck_out=STRUCK)
        assert of(
            clocks=[clock(reached_on=ON, struck_out=STRUCK)],
            decisions=[(told, entered), decision(ON + dt.timedelta(days=1))],
            promises=[promise(None), promise(ON, struck_out=STRUCK)],
        ).is_empty

    def test_keeps_what_was_ended_apart(self) -> None:
        ending = ClockEnding(id=uuid.uuid4(), result=ClockResult.DONE, on=ON)
        found = of(clocks=[clock(reached_on=dt.date(2020, 1, 1), ending=ending)])
        assert (found.open, len(found.ended)) == ((), 1)
        assert not found.ended[0].is_open

    def test_names_each_deadline_by_its_source_and_fact(self) -> None:
        one = clock(reached_on=ON)
        assert of(clocks=[one]).open[0].key == f"clock:{one.id}"


class TestSomethingToDo:
    def test_is_called_what_was_pressed(self) -> None:
        pressed = [clock(ClockKind.OWN_STEP, dated_on=ON, called=title) for title in ("Offer CMS a plan", "")]
        assert {one.title for one in of(clocks=pressed).open} == {"Offer CMS a plan", "Something you decided to do"}


class TestADecision:
    def test_runs_by_itself_in_time(self) -> None:
        [one] = of(decisions=[decision(dt.date(2026, 11, 20))]).later
        assert (one.source, one.kind, one.side) == (Source.DECISION, ClockKind.RECONSIDERATION, Side.YOURS)
        assert one.entered_on == dt.date(2026, 11, 20)

    def test_is_not_held_against_anybody_once_its_time_is_over(self) -> None:
        found = of(decisions=[decision(dt.date(2026, 9, 1))])
        assert found.open == ()
        assert [one.standing for one in found.passed] == [Standing.PASSED]
        assert not found.passed[0].is_too_late

    def test_of_ten_years_ago_is_only_counted(self) -> None:
        found = of(decisions=[decision(dt.date(2016 + year, 1, 4)) for year in range(9)])
        assert (found.open, found.passed, found.older) == ((), (), 9)
        assert not found.is_empty

    def test_can_be_challenged_late_until_the_last_day_of_thirteen_months(self) -> None:
        told = decision(dt.date(2025, 10, 23))
        assert len(of(decisions=[told], on=dt.date(2026, 11, 23)).passed) == 1
        assert of(decisions=[told], on=dt.date(2026, 11, 24)).older == 1

    def test_leads_to_the_tribunal_where_it_answers_a_reconsideration(self) -> None:
        told, _ = decision(ON, reason="mandatory_reconsideration")
        assert clock_of(told) is ClockKind.TRIBUNAL
        assert of(decisions=[(told, ON)]).open[0].kind is ClockKind.TRIBUNAL

    def test_of_a_tribunal_starts_nothing(self) -> None:
        assert of(decisions=[decision(ON, reason="tribunal")]).is_empty

    def test_is_not_listed_twice_once_somebody_said_what_became_of_it(self) -> None:
        told, entered = decision(dt.date(2026, 11, 20))
        one = clock(
            ClockKind.RECONSIDERATION,
            dated_on=told.decided_on,
            decision_id=uuid.UUID(told.id),
            ending=ClockEnding(id=uuid.uuid4(), result=ClockResult.NOT_NEEDED, on=ON),
        )
        found = of(clocks=[one], decisions=[(told, entered)])
        assert (found.open, len(found.ended)) == ((), 1)


class TestALetter:
    def test_gives_up_its_own_day_to_the_clock_that_was_started_from_it(self) -> None:
        reply = awaited(dt.date(2026, 11, 20))
        started = clock(ClockKind.COMPLAINT_REPLY, dated_on=dt.date(2026, 11, 20), letter_id=reply.letter_id)
        assert [one.source for one in of(clocks=[started], replies=[reply]).open] == [Source.CLOCK]

    def test_waits_for_the_later_of_the_day_it_names_and_the_aim(self) -> None:
        [one] = of(replies=[awaited(dt.date(2026, 11, 20), dt.date(2026, 12, 13))]).later
        assert one.act_on == dt.date(2026, 12, 14)  # the thirteenth is a Sunday
        assert "asks for an answer by 13 December 2026" in one.started
        assert "asks for" not in of(replies=[awaited(dt.date(2026, 11, 20))]).open[0].started

    def test_that_names_its_own_day_is_not_measured_by_the_aim(self) -> None:
        reply = awaited(dt.date(2026, 11, 20), dt.date(2026, 12, 11))
        [one] = of(replies=[replace(reply, due=replace(reply.due, aimed_by=None))]).later
        assert one.act_on == dt.date(2026, 12, 11)
        assert "aim" not in one.started


class TestNextOnes:
    def test_are_the_first_few_without_promises(self) -> None:
        found = of(
            promises=[promise(ON)],
            clocks=[clock(reached_on=dt.date(2026, month, 1)) for month in (6, 7, 8)],
        )
        assert [one.act_on for one in next_ones(found, count=2)] == [dt.date(2026, 12, 1), dt.date(2026, 12, 31)]


class TestPast:
    def test_counts_what_is_past_its_day_without_promises(self) -> None:
        yesterday = dt.date(2026, 11, 22)
        late = clock(ClockKind.TRIBUNAL, dated_on=dt.date(2026, 9, 1))
        found = of(promises=[promise(yesterday)], clocks=[late], decisions=[decision(dt.date(2026, 9, 1))])
        assert past(found) == 1
        assert next_ones(found, count=2) == ()


class TestACard:
    def test_says_that_a_day_without_work_is_kept_on_the_working_day_before(self) -> None:
        shown = only(of(clocks=[clock(reached_on=dt.date(2026, 6, 6))]))
        assert shown.when == "Act by Friday 4 December 2026"
        assert "Sunday 6 December 2026 is not a working day, so the last working day before it counts." in shown.lines
        assert shown.left == "in 9 working days"
        assert shown.mark.word == "Soon"

    def test_gives_somebody_else_until_the_working_day_after(self) -> None:
        started = clock(ClockKind.ACCESS_REQUEST, dated_on=dt.date(2026, 10, 27), reached_on=dt.date(2026, 10, 28))
        shown = only(of(clocks=[started]))
        assert shown.when == "Ask where it is from Monday 30 November 2026"
        assert any("give it until the next one" in line for line in shown.lines)
        assert shown.lines[0] == ("A request for your own data, sent 27 October 2026, they got it on 28 October 2026.")

    def test_shows_the_rule_first_and_every_source_with_its_day(self) -> None:
        shown = only(of(decisions=[decision(dt.date(2026, 11, 20))]))
        assert [said.label for said in shown.said] == [
            "By the rule", "Another reading", "Another reading", "Another reading", "At the latest"
        ]  # fmt: skip
        assert [said.is_firm for said in shown.said] == [True, True, True, False, False]
        assert all(said.source and said.checked for said in shown.said)
        assert shown.lines[0] == (
            "A CMS decision about the amount, dated 20 November 2026, it reached you on 20 November 2026."
        )

    def test_shows_both_days_where_they_differ_and_asserts_neither(self) -> None:
        differing = only(of(clocks=[clock(ClockKind.WRITE_OFF, reached_on=ON)]))
        assert (
            "The earliest day that a source gives is 22 December 2026. By the rule, the last day is 23 December 2026."
        ) in differing.lines
        alike = only(of(clocks=[clock(ClockKind.TRIBUNAL, dated_on=ON)]))
        assert "By the rule, the last day is 23 December 2026. No source gives an earlier one." in alike.lines
        unsure = only(of(clocks=[clock(ClockKind.OMBUDSMAN, dated_on=ON)]))
        assert "23 November 2027 is not verified: we found no rule that gives this time." in unsure.lines

    def test_tells_of_steps_on_the_way(self) -> None:
        shown = only(of(clocks=[clock(ClockKind.COMPLAINT_REPLY, dated_on=ON)]))
        assert "On the way" in [said.label for said in shown.said]

    def test_says_what_can_be_done_when_it_is_late_and_when_it_is_too_late(self) -> None:
        late = only(of(clocks=[clock(ClockKind.TRIBUNAL, dated_on=dt.date(2026, 9, 1))]))
        assert any("late appeal needs reasons" in line for line in late.lines)
        assert not any("last day of all" in line for line in late.lines)
        too_late = only(of(clocks=[clock(ClockKind.TRIBUNAL, dated_on=dt.date(2025, 9, 1))]))
        assert any("last day of all, as reported, has passed too" in line for line in too_late.lines)

    def test_says_what_became_of_it(self) -> None:
        ending = ClockEnding(id=uuid.uuid4(), result=ClockResult.DONE, on=ON, note="Sent by post")
        shown = only(of(clocks=[clock(reached_on=ON, ending=ending)]))
        assert (shown.mark.word, shown.when, shown.left) == ("Done", "Done on 23 November 2026", "")
        assert shown.lines[-1] == "Sent by post"
        quiet = ClockEnding(id=uuid.uuid4(), result=ClockResult.NOT_NEEDED, on=ON)
        shown = only(of(clocks=[clock(reached_on=ON, ending=quiet)]))
        assert (shown.when, len(shown.lines)) == ("Set aside on 23 November 2026", 1)

    def test_of_a_promise_says_the_promised_day(self) -> None:
        shown = only(of(promises=[promise(dt.date(2026, 11, 27))]))
        assert shown.when == "Promised for Friday 27 November 2026"
        assert (shown.said, shown.letters) == ((), ())

    def test_offers_the_letters_that_this_person_can_make(self) -> None:
        found = of(clocks=[clock(ClockKind.ALLEGED_MISS, reached_on=ON)])
        offered = {"proof-of-payment": "Proof of payment"}
        assert card(found.open[0], sendable=offered).letters == (("proof-of-payment", "Proof of payment"),)
        assert card(found.open[0], sendable={}).letters == ()


class TestLeft:
    @pytest.mark.parametrize(
        ("due", "said"),
        [
            (dt.date(2026, 11, 23), "today"),
            (dt.date(2026, 11, 24), "in 1 working day"),
            (dt.date(2026, 11, 30), "in 5 working days"),
            (dt.date(2026, 11, 20), "1 working day ago"),
            (dt.date(2026, 11, 13), "6 working days ago"),
            (dt.date(2027, 6, 30), "in 219 days"),
        ],
    )
    def test_is_counted_in_working_days_while_it_is_near(self, due: dt.date, said: str) -> None:
        assert left(of(promises=[promise(due)]).open[0]) == said

    def test_is_counted_in_days_where_no_working_day_lies_between(self) -> None:
        saturday, sunday = dt.date(2026, 11, 21), dt.date(2026, 11, 22)
        assert left(of(promises=[promise(sunday)], on=saturday).open[0]) == "in 1 day"
