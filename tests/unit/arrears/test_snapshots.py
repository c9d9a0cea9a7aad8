"""What a list shows of a case is the engine's answer, and stays so until the day it names."""

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from arrears.core.facts import CaseFacts
from arrears.core.position import next_due, position
from arrears.core.snapshots import NEVER, Snapshot, snapshot
from cases.core.facts import Frequency, Perspective
from tests.unit.arrears import build
from tests.unit.arrears.build import day
from tests.unit.arrears.histories import days, histories

NOTHING = CaseFacts(perspective=Perspective.RECEIVING)
WEEKLY = CaseFacts(
    perspective=Perspective.RECEIVING,
    decisions=(build.decision("10.00", "2025-01-06"),),
    schedules=(build.schedule(Frequency.WEEKLY, "2025-01-06"),),
)


def figures(one: Snapshot) -> tuple[object, ...]:
    """Everything it says, its own two days apart."""
    return one[2:]


class TestSnapshot:
    @given(facts=histories(), on=days)
    def test_says_what_the_engine_says(self, facts: CaseFacts, on: dt.date) -> None:
        found, at = snapshot(facts, on=on), position(facts, on=on, known_on=on)
        assert found[2:6] == (at.outstanding, at.overdue, at.fees_outstanding, at.credit)
        assert found[6:11] == tuple(at.ageing.values())
        unpaid = [one.on for one in at.entries if one.outstanding]
        assert found.oldest_unpaid_on == min(unpaid, default=None)
        coming = next_due(facts, after=on, known_on=on)
        assert found.next_due_on == (coming.due_on if coming else None)
        short = [one for one in at.instalments if one.is_short]
        assert found.missed + found.unlogged == len(short)
        firsts = [one for one in (found.missed_on, found.unlogged_on) if one is not None]
        assert min(firsts, default=None) == (short[0].due_on if short else None)

    @given(facts=histories(), on=days, data=st.data())
    def test_holds_until_the_day_on_which_it_changes(self, facts: CaseFacts, on: dt.date, data: st.DataObject) -> None:
        found = snapshot(facts, on=on)
        last = min(found.changes_on - dt.timedelta(days=1), on + dt.timedelta(days=600))
        later = data.draw(st.dates(on, last))
        assert snapshot(facts, on=later)[1:] == found[1:]

    @given(facts=histories(), on=days)
    def test_changes_on_a_day_to_come(self, facts: CaseFacts, on: dt.date) -> None:
        assert snapshot(facts, on=on).changes_on > on

    def test_of_an_empty_record_never_changes(self) -> None:
        found = snapshot(NOTHING, on=day("2025-01-06"))
        assert found.changes_on == NEVER
        assert not any(figures(found))

    def test_changes_when_the_next_instalment_falls_due_and_when_it_is_a_day_late(self) -> None:
        assert snapshot(WEEKLY, on=day("2025-01-01")).changes_on == day("2025-01-06")
        assert snapshot(WEEKLY, on=day("2025-01-06")).changes_on == day("2025-01-07")
        assert snapshot(WEEKLY, on=day("2025-01-07")).changes_on == day("2025-01-13")

    def test_changes_when_an_amount_passes_a_boundary_of_its_age(self) -> None:
        debt = CaseFacts(perspective=Perspective.RECEIVING, openings=(build.opening("10.00", "2025-01-01"),))
        boundaries = ("2025-01-02", "2025-02-01", "2025-04-02", "2025-07-01", "2026-01-02")
        found = [snapshot(debt, on=day("2025-01-01"))]
        while found[-1].changes_on != NEVER:
            found.append(snapshot(debt, on=found[-1].changes_on))
        named = [str(one.changes_on) for one in found]
        assert set(boundaries) <= set(named)
        assert found[-1].due_366_on == 1000

    def test_waits_for_a_payment_that_is_dated_ahead(self) -> None:
        ahead = build.payment("10.00", "2025-01-09")
        facts = CaseFacts(perspective=Perspective.RECEIVING, payments=(ahead,))
        assert snapshot(facts, on=day("2025-01-06")).changes_on == day("2025-01-09")

    def test_waits_for_a_slip_that_is_struck_out_ahead(self) -> None:
        out = build.payment("10.00", "2025-01-01", out="2025-01-20")
        facts = CaseFacts(perspective=Perspective.RECEIVING, payments=(out,))
        assert snapshot(facts, on=day("2025-01-06")).changes_on == day("2025-01-20")

    def test_tells_what_was_noted_from_what_nobody_logged(self) -> None:
        noted = CaseFacts(
            perspective=Perspective.RECEIVING,
            decisions=WEEKLY.decisions,
            schedules=WEEKLY.schedules,
            payments=(build.payment("4.00", "2025-01-06"),),
        )
        found = snapshot(noted, on=day("2025-01-14"))
        assert (found.missed, found.missed_on, found.missed_amount, found.missed_left) == (
            1, day("2025-01-06"), 1000, 600,
        )  # fmt: skip
        assert (found.unlogged, found.unlogged_on, found.unlogged_amount) == (1, day("2025-01-13"), 1000)

    def test_says_when_an_old_record_last_spoke(self) -> None:
        paid = replace(WEEKLY, payments=(build.payment("4.00", "2025-01-06"),))
        fresh, old = snapshot(paid, on=day("2025-02-20")), snapshot(paid, on=day("2025-02-21"))
        assert (fresh.stood_on, fresh.stood_owed) == (None, 0)
        assert (old.stood_on, old.stood_owed) == (day("2025-01-06"), 600)
