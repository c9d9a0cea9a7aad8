"""A chase of what CMS promised."""

from dataclasses import replace

import pytest

from arrears.core.case_values import PromiseResult
from cases.core.facts import StruckOut
from cms_tracker.refusal import Refusal
from correspondence.core.letters.asks import PickMany
from correspondence.core.letters.chase_promise import KIND
from tests.unit.correspondence.letters.build import first_answers, written
from tests.unit.correspondence.letters.collecting import ASKED, KEPT, ON, RANG, contact, owing

WRITE, SEND = ASKED.promises
RING = RANG.promises[0]


class TestAChase:
    def test_begins_with_every_promise_whose_day_has_passed(self) -> None:
        of = owing()
        letter = written(KIND, of, **first_answers(KIND, of))
        assert [(one.text, one.due_on) for one in letter.about.promises] == [
            (WRITE.text, WRITE.due_on),
            ("Ring me back about the plan", RING.due_on),
        ]
        assert letter.heading == "Two things that you said you would do"
        assert letter.about.promises[1].how == "you rang me and I spoke to Moira"

    def test_of_one_names_its_day_or_none(self) -> None:
        assert written(KIND, owing(), promises=(str(RING.id),)).heading == "What you said you would do by 20 June 2025"
        assert written(KIND, owing(), promises=(str(SEND.id),)).heading == "What you said you would do"

    def test_offers_one_without_a_day_and_one_noted_as_not_kept_but_ticks_neither(self) -> None:
        asked = KIND.asks(replace(owing(), contacts=(KEPT,)))[0]
        assert isinstance(asked, PickMany)
        assert [(one.label, one.is_ticked) for one in asked.options] == [
            ("Send me a breakdown (no date was given, told on 20 May 2025)", False)
        ]

    def test_leaves_out_what_was_kept_is_not_due_or_was_struck_out(self) -> None:
        later = contact(7, "2025-07-09", ("Ring me", "2025-08-01"))
        today = contact(8, "2025-07-10", ("Ring me", None))
        gone = replace(RANG, promises=(replace(RING, struck_out=StruckOut(on=ON, reason="Slip")),))
        kept = replace(RANG, promises=(replace(RING, outcome=PromiseResult.KEPT),))
        elsewhere = contact(9, "2025-06-01", ("Write to CMS", "2025-06-05"), party="MP")
        of = replace(owing(), contacts=(later, today, gone, kept, elsewhere))
        assert KIND.why_not(of).startswith("No promise of CMS in your log has passed its day.")
        assert KIND.why_not(owing()) == ""

    def test_needs_a_promise(self) -> None:
        with pytest.raises(Refusal) as refused:
            written(KIND, owing())
        assert refused.value.field == "promises"

    def test_asks_about_earlier_times_only_where_there_are_some(self) -> None:
        assert [one.name for one in KIND.asks(owing())] == ["promises", "earlier", "effect", "will_complain"]
        bare = replace(owing(), contacts=(), letters=())
        assert [one.name for one in KIND.asks(bare)] == ["promises", "effect", "will_complain"]
