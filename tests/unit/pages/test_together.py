"""Separate debts of one paying parent: which go on, and what sharing by children gives."""

import uuid

from cms_tracker.pages.core.together import Debt, can_share, going_on, share, split


def debt(weekly: int | None, children: int = 1) -> Debt:
    """A debt with this weekly amount."""
    return Debt(
        case_id=uuid.uuid4(),
        name="Parent",
        reference="",
        children=children,
        weekly=weekly,
        owed=500,
        ahead=0,
        next_due=None,
    )


ENDED, UNDECIDED = debt(0), debt(None)


class TestGoingOn:
    def test_leaves_out_what_was_decided_to_be_nothing_and_keeps_what_is_not_decided(self) -> None:
        paid = debt(4000)
        assert going_on([paid, ENDED, UNDECIDED]) == [paid, UNDECIDED]


class TestSplit:
    def test_compares_the_debts_that_go_on(self) -> None:
        found = split([debt(4000, 2), ENDED, debt(2000, 1)])
        assert found is not None
        assert (found.total, found.children, found.is_by_children) == (6000, 3, True)
        assert [one.amount for one in found.shares] == [4000, 2000]

    def test_takes_a_penny_for_rounding(self) -> None:
        for weekly, fits in ((3001, True), (3004, False)):
            found = split([debt(weekly), debt(3000)])
            assert found is not None
            assert found.is_by_children is fits

    def test_waits_for_a_decision_that_is_not_there(self) -> None:
        assert split([debt(4000), debt(2000), UNDECIDED]) is None


class TestSharing:
    def test_needs_two_debts_that_go_on_and_their_children(self) -> None:
        assert can_share([debt(4000), debt(2000), debt(0, children=0)])
        assert not can_share([debt(4000), ENDED])
        assert not can_share([debt(4000), debt(2000, children=0)])

    def test_gives_nothing_to_a_debt_that_has_ended(self) -> None:
        first, last = debt(4000, 2), debt(None)
        assert [(one.debt, one.amount) for one in share(301, [first, ENDED, last])] == [(first, 201), (last, 100)]
