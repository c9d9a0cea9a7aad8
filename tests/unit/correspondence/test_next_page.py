"""What next on a page: the first few, the rest, and a button that says what it makes."""

from cases.core.facts import Perspective
from correspondence.core.next_page import FIRST, page
from correspondence.core.next_steps import answer
from correspondence.core.steps import snapshot as s

FOUND = answer(
    s.Snapshot(
        ground=s.Ground(side=Perspective.RECEIVING, service=s.Service.DIRECT, is_owed=True, plan=s.PlanKept.KEPT),
        plan=s.Plan(length=s.Length.LONGER),
    )
)


class TestAPage:
    def test_has_the_same_actions_in_the_same_order(self) -> None:
        found = page(FOUND, sendable=(), waiting={})
        assert len(found.first) == FIRST
        assert [one.action for one in (*found.first, *found.rest)] == list(FOUND.actions)
        assert found.refusals == FOUND.refusals

    def test_names_what_a_button_makes_and_why_a_letter_has_to_wait(self) -> None:
        found = page(FOUND, sendable={"plan-too-long"}, waiting={"complaint": "Not yet."})
        shown = {one.action.rule.code: one for one in (*found.first, *found.rest)}
        assert shown["challenge-plan"].button == "Start this letter, and put it on your list"
        assert shown["challenge-plan"].number == FOUND.actions[1].rule.number
        assert (shown["complain"].button, shown["complain"].waits) == ("Put this on your list", "Not yet.")
        assert (shown["keep-record"].button, shown["keep-record"].has_letter) == ("", False)
