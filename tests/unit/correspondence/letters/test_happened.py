"""What a letter tells of the log: one sentence for each entry, right for its reader."""

import uuid
from dataclasses import replace

import pytest

from arrears.core.case_values import ContactKind, Direction, PromiseResult
from cases.core.facts import StruckOut
from correspondence.core.contacts import ContactSeen
from correspondence.core.letters import happened
from correspondence.core.letters.asks import Answers, PickMany
from correspondence.core.letters.kind import Record, SentLetter, To
from tests.unit.arrears.build import day
from tests.unit.correspondence.letters.complaints import bare, contact, promise


def told(of: Record, *, to: To = To.COMPLAINTS) -> list[str]:
    """Every entry of the record, as a letter to this reader tells it."""
    (ask,) = happened.ask(of)
    assert isinstance(ask, PickMany)
    every = Answers({"events": tuple(one.value for one in ask.options)})
    return [f"{one.on:%m-%d} {one.text}" for one in happened.chosen(of, every, to=to)]


def logged(*contacts: ContactSeen) -> Record:
    return replace(bare(), contacts=contacts)


class TestAContact:
    @pytest.mark.parametrize(
        ("changes", "to_cms", "to_others"),
        [
            ({}, "I rang you.", "I rang CMS."),
            ({"direction": Direction.IN}, "You rang me.", "CMS rang me."),
            ({"kind": ContactKind.LETTER, "direction": Direction.IN}, "You wrote to me.", "CMS wrote to me."),
            ({"kind": ContactKind.ONLINE}, "I sent you an online message.", "I sent CMS an online message."),
            (
                {"kind": ContactKind.TEXT, "direction": Direction.IN},
                "You sent me a text message.",
                "CMS sent me a text message.",
            ),
            ({"kind": ContactKind.MEETING, "direction": Direction.IN}, "I met you.", "I met CMS."),
            ({"kind": ContactKind.LETTER, "party": "MP"}, "I wrote to my MP.", "I wrote to my MP."),
            ({"party": "my MP", "direction": Direction.IN}, "My MP rang me.", "My MP rang me."),
            ({"party": "DWP"}, "I rang DWP.", "I rang DWP."),
            ({"spoke_to": "Sam J."}, "I rang you. I spoke to Sam J.", "I rang CMS. I spoke to Sam J."),
            ({"kind": ContactKind.LETTER, "spoke_to": "Sam"}, "I wrote to you.", "I wrote to CMS."),
            ({"reference": "R 1"}, "I rang you. The reference is R 1.", "I rang CMS. The reference is R 1."),
        ],
    )  # fmt: skip
    def test_is_one_sentence_for_its_reader(self, changes: dict[str, object], to_cms: str, to_others: str) -> None:
        of = logged(contact("2025-06-01", **changes))
        assert told(of) == [f"06-01 {to_cms}"]
        assert told(of, to=To.MP) == [f"06-01 {to_others}"]

    def test_that_was_struck_out_is_not_told(self) -> None:
        gone = contact("2025-06-01", struck_out=StruckOut(on=day("2025-06-02"), reason="Slip"))
        assert happened.ask(logged(gone)) == []

    def test_keeps_what_was_noted_and_shows_its_beginning_in_the_list(self) -> None:
        short, long = contact("2025-06-02", summary="Short"), contact("2025-06-01", summary="word\n" * 60)
        of = logged(short, long)
        (ask,) = happened.ask(of)
        assert isinstance(ask, PickMany)
        assert ask.options[0].label == "2 June 2025: I rang CMS. Short"
        assert ask.options[1].label.endswith("…")
        assert ask.back_to == day("2025-06-01")
        (event,) = happened.chosen(of, Answers({"events": (ask.options[0].value,)}), to=To.CMS)
        assert (event.on, event.said) == (day("2025-06-02"), "Short")


class TestAPromise:
    def test_is_told_on_its_day_where_it_was_not_kept(self) -> None:
        promises = (
            promise("Ring back.", due_on=day("2025-06-10")),
            promise("Write", outcome=PromiseResult.NOT_KEPT),
            promise("Kept", outcome=PromiseResult.KEPT),
            promise("Later", due_on=day("2026-01-01")),
            replace(
                promise("Gone", due_on=day("2025-06-11")),
                struck_out=StruckOut(on=day("2025-06-12"), reason="Slip"),
            ),
        )
        of = logged(contact("2025-06-01", promises=promises))
        assert told(of)[1:] == [
            "06-10 On 1 June 2025 you told me what would be done by 10 June 2025: “Ring back”. It was not done.",
            "06-15 On 1 June 2025 you told me what would be done: “Write”. It was not done.",
        ]
        assert "I was told by CMS what would be done" in told(of, to=To.ICE)[1]

    def test_is_chosen_at_first_where_the_person_said_that_it_was_not_kept(self) -> None:
        promises = (promise("Open", due_on=day("2025-06-10")), promise("Write", outcome=PromiseResult.NOT_KEPT))
        (ask,) = happened.ask(logged(contact("2025-06-01", promises=promises)))
        assert isinstance(ask, PickMany)
        assert [one.is_ticked for one in ask.options] == [True, False, False]


def test_a_letter_is_told_on_the_day_it_was_sent() -> None:
    sent = SentLetter(
        id=uuid.UUID(int=1), kind="complaint", heading="Complaint", dated_on=day("2025-06-01"),
        posted_on=day("2025-06-02"),
    )  # fmt: skip
    letters = (sent, replace(sent, id=uuid.UUID(int=2), posted_on=day("2025-06-01")), replace(sent, posted_on=None))
    assert told(replace(bare(), letters=letters)) == [
        "06-01 I sent my letter, “Complaint”.",
        "06-02 I sent my letter of 1 June 2025, “Complaint”.",
    ]
