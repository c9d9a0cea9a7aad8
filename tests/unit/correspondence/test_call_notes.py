"""What a letter takes from a call, and from the data about CMS."""

import datetime as dt
import uuid
from dataclasses import replace

import pytest

from arrears.core.case_values import ContactKind, Direction
from cases.core.facts import StruckOut
from correspondence.core import contact_data, timeline
from correspondence.core.contacts import ContactSeen, PromiseSeen
from correspondence.core.letters.call_follow_up import KIND, call_note, can_be_followed_up
from correspondence.core.letters.missed_payments import direct_pay_since
from correspondence.core.letters.registry import title_of
from correspondence.core.timeline import LetterSeen
from tests.unit.arrears.build import case, service

DAY = dt.date(2025, 7, 10)
KEY = uuid.uuid4()
GONE = StruckOut(on=DAY, reason="Typed twice")
PROMISE = PromiseSeen(
    id=KEY, case_id=KEY, contact_id=KEY, made_on=DAY, party="CMS", text="Ring\tback", due_on=dt.date(2025, 7, 20)
)
CALL = ContactSeen(
    id=KEY, case_id=KEY, at_date=DAY, at_time=dt.time(9, 32), kind=ContactKind.CALL, direction=Direction.OUT,
    party="CMS", spoke_to="Jo\nBloggs", reference=" C-1 ", summary=" They said so. ", promises=(PROMISE,),
)  # fmt: skip


class TestFollowingUp:
    def test_takes_a_call_with_cms_that_says_something(self) -> None:
        assert can_be_followed_up(CALL)
        assert can_be_followed_up(replace(CALL, summary=""))

    @pytest.mark.parametrize(
        "change",
        [
            {"kind": ContactKind.MEETING},
            {"party": "Other parent"},
            {"struck_out": GONE},
            {"summary": " ", "promises": ()},
            {"summary": " ", "promises": (replace(PROMISE, struck_out=GONE),)},
        ],
    )
    def test_takes_nothing_else(self, change: dict[str, object]) -> None:
        assert not can_be_followed_up(replace(CALL, **change))


class TestACallNote:
    def test_is_the_persons_own_words_in_print(self) -> None:
        note = call_note(CALL)

        assert (note.clock, note.spoke_to, note.reference, note.summary) == (
            "9:32am",
            "Jo Bloggs",
            "C-1",
            "They said so.",
        )
        assert [(one.text, one.due_on) for one in note.promises] == [("Ring back", dt.date(2025, 7, 20))]

    def test_leaves_out_what_was_struck_out_and_a_time_that_nobody_knows(self) -> None:
        note = call_note(replace(CALL, at_time=None, promises=(replace(PROMISE, struck_out=GONE),)))

        assert (note.clock, note.promises) == ("", ())


class TestTheHeading:
    def test_names_the_day_of_the_call(self) -> None:
        assert KIND.heading(call_note(CALL)) == "My note of our call on 10 July 2025"


class TestDirectPaySince:
    def test_is_the_first_day_of_its_last_run_by_then(self) -> None:
        facts = case(
            service("direct_pay", "2025-01-01"), service("direct_pay", "2025-02-01"),
            service("collect_and_pay", "2025-06-01"),
        )  # fmt: skip

        assert direct_pay_since(facts, on=dt.date(2025, 5, 31), known_on=DAY) == dt.date(2025, 1, 1)
        assert direct_pay_since(facts, on=DAY, known_on=DAY) is None


class TestAPromise:
    def test_is_open_until_somebody_says_what_became_of_it_or_takes_it_back(self) -> None:
        assert PROMISE.is_open
        assert not replace(PROMISE, struck_out=GONE).is_open


class TestTheTimeline:
    def test_shows_a_promise_that_is_open_with_its_call_alone(self) -> None:
        assert [item.on for item in timeline.contact_items([CALL])] == [DAY]

    def test_shows_a_letter_that_was_not_sent_once(self) -> None:
        letter = LetterSeen(id=KEY, title="Put a call in writing", dated_on=DAY)

        assert [item.title for item in timeline.letter_items([letter])] == ["Letter made: Put a call in writing"]


class TestTitles:
    def test_call_a_letter_of_a_kind_from_elsewhere_a_letter(self) -> None:
        assert title_of(KIND.code) == "Put a call in writing"
        assert title_of("of another kind") == "Letter"


class TestContactData:
    def test_has_a_version_and_a_rule_with_its_source(self) -> None:
        assert dt.date.fromisoformat(contact_data.version())
        rule = contact_data.direct_pay_rule()
        assert rule.text.endswith(".")
        assert rule.source
        assert rule.checked <= dt.date(2026, 11, 22)
