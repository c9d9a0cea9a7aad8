"""What was said and written before, as a letter goes back to it."""

from dataclasses import replace

import pytest

from arrears.core.case_values import ContactKind, Direction
from correspondence.core.letters import earlier
from correspondence.core.letters.asks import Answers
from tests.unit.correspondence.letters.build import record
from tests.unit.correspondence.letters.collecting import ASKED, ON, RANG, REPORT, UNSENT, WROTE, contact, owing


class TestWhatIsOffered:
    def test_holds_contacts_with_cms_and_letters_that_were_sent_the_latest_first(self) -> None:
        of = owing()
        elsewhere = contact(9, "2025-07-01", party="MP")
        found = earlier.pick(
            replace(of, contacts=(elsewhere, *of.contacts)), label="Which?", kinds=("missed-payments",)
        )
        assert found is not None
        assert [one.value for one in found.options] == [
            f"contact-{WROTE.id}", f"contact-{RANG.id}", f"contact-{ASKED.id}", f"letter-{REPORT.id}",
        ]  # fmt: skip
        assert [one.label for one in found.options] == [
            "30 June 2025: Letter to CMS",
            "12 June 2025: Call from CMS, Moira",
            "20 May 2025: Call to CMS, Daniel",
            "15 April 2025: your letter “Report of a missed payment”",
        ]
        assert [one.is_ticked for one in found.options] == [False, False, False, True]
        assert found.back_to == REPORT.posted_on

    def test_folds_the_older_ones_away(self) -> None:
        of = replace(owing(), contacts=tuple(contact(place, "2025-05-20") for place in range(1, 12)))
        found = earlier.pick(of, label="Which?")
        assert found is not None
        assert [one.is_older for one in found.options].count(True) == 4

    def test_is_not_asked_where_there_is_nothing(self) -> None:
        assert earlier.pick(record(owing().facts, ON, letters=(UNSENT,)), label="Which?") is None


class TestWhatWasChosen:
    def test_stands_in_the_order_of_the_days(self) -> None:
        keys = (f"contact-{WROTE.id}", f"contact-{ASKED.id}", f"letter-{REPORT.id}")
        found = earlier.chosen(owing(), Answers({"earlier": keys}))
        assert [one.sentence for one in found] == [
            "I wrote to you, “Report of a missed payment”",
            "I rang you and spoke to Daniel (reference C-1)",
            "I wrote to you (reference L-9)",
        ]
        assert earlier.chosen(owing(), Answers({})) == ()

    @pytest.mark.parametrize(
        ("kind", "direction", "words"),
        [
            (ContactKind.CALL, Direction.IN, "you rang me and I spoke to Dan"),
            (ContactKind.TEXT, Direction.OUT, "I sent you a text message (Dan)"),
            (ContactKind.MEETING, Direction.OUT, "I met you and spoke to Dan"),
        ],
    )
    def test_says_who_did_what(self, kind: ContactKind, direction: Direction, words: str) -> None:
        one = earlier.Earlier(on=ON, kind=kind, direction=direction, spoke_to="Dan")
        assert one.sentence == words
        assert all(earlier.how(each, way) for each in ContactKind for way in Direction)
