"""When payments came, counted by hand and for any history."""

import datetime as dt

from hypothesis import given

from arrears.core import patterns
from arrears.core.facts import CaseFacts, Observation
from arrears.core.ledger import known
from arrears.core.patterns import Mark, Pattern
from arrears.core.position import position
from arrears.core.results import Status
from tests.unit.arrears.build import adjustment, case, day, decision, payment, schedule
from tests.unit.arrears.histories import histories, views

WEEKLY = (decision("60", "2025-01-03"), schedule("weekly", "2025-01-03"))


def read(facts: CaseFacts, on: dt.date, known_on: dt.date | None = None) -> Pattern:
    at = position(facts, on=on, known_on=known_on)
    return patterns.read(at, noted={one.due_on for one in known(facts, known_on or on).observations})


def noted(on: str) -> Observation:
    return Observation(due_on=day(on), noted_on=day(on), id=f"observation {on}")


class TestRead:
    def test_tells_apart_how_each_payment_came(self) -> None:
        facts = case(
            *WEEKLY,
            payment("60", "2025-01-03", name="on time"),
            payment("60", "2025-01-15", name="late", parts=(("2025-01-10", "60"),)),
            payment("40", "2025-01-17", name="short", parts=(("2025-01-17", "40"),)),
            noted("2025-01-24"),
        )
        found = read(facts, day("2025-02-07"))
        assert [(cell.due_on.day, cell.mark, cell.days_late, cell.owed) for cell in found.cells] == [
            (3, Mark.ON_TIME, 0, 0),
            (10, Mark.LATE, 5, 0),
            (17, Mark.SHORT, 0, 2000),
            (24, Mark.NONE, 0, 6000),
            (31, Mark.NOT_LOGGED, 0, 6000),
        ]
        assert [cell.payment_ids for cell in found.cells] == [("on time",), ("late",), ("short",), (), ()]
        assert [cell.paid_on for cell in found.cells][:4] == [
            day("2025-01-03"), day("2025-01-15"), day("2025-01-17"), None,
        ]  # fmt: skip

    def test_does_not_take_a_credit_for_a_payment(self) -> None:
        found = read(case(*WEEKLY, adjustment("write_off", "60", "2025-01-05")), day("2025-01-08"))
        assert [(cell.mark, cell.paid_on, cell.payment_ids) for cell in found.cells] == [(Mark.CREDIT, None, ())]

    def test_leaves_out_a_payment_whose_day_is_not_over(self) -> None:
        assert [cell.due_on.day for cell in read(case(*WEEKLY), day("2025-01-10")).cells] == [3]

    def test_speaks_of_no_pattern_with_fewer_than_six_payments(self) -> None:
        facts = case(*WEEKLY, payment("60", "2025-01-09", parts=(("2025-01-03", "60"),)))
        few, enough = read(facts, day("2025-02-06")), read(facts, day("2025-02-13"))
        assert (few.is_enough, len(few.cells), few.lateness, few.streaks) == (False, 5, (), ())
        assert enough.is_enough
        assert [bucket for bucket in enough.lateness if bucket.size] == [(4, 7, 1)]
        assert enough.streaks == (
            (Mark.LATE, 1, day("2025-01-03"), day("2025-01-03")),
            (Mark.NOT_LOGGED, 5, day("2025-01-10"), day("2025-02-07")),
        )
        assert enough.most_days_late == 6

    def test_has_no_days_late_where_nothing_came_late(self) -> None:
        assert read(case(*WEEKLY), day("2025-06-06")).lateness == ()

    def test_takes_the_latest_of_equally_long_rows(self) -> None:
        paid = [payment("60", on, name=on) for on in ("2025-01-03", "2025-01-24")]
        streaks = read(case(*WEEKLY, *paid), day("2025-02-13")).streaks
        assert streaks[0] == (Mark.ON_TIME, 1, day("2025-01-24"), day("2025-01-24"))

    def test_keeps_a_long_row_though_a_short_one_follows(self) -> None:
        paid = [payment("60", on, name=on) for on in ("2025-01-24", "2025-01-31")]
        streaks = read(case(*WEEKLY, *paid), day("2025-02-13")).streaks
        assert streaks[1] == (Mark.NOT_LOGGED, 3, day("2025-01-03"), day("2025-01-17"))

    def test_counts_a_payment_that_came_months_later_with_the_latest(self) -> None:
        facts = case(*WEEKLY, payment("60", "2025-06-09", parts=(("2025-01-03", "60"),)))
        assert read(facts, day("2025-06-10")).lateness[-1] == (91, None, 1)

    @given(facts=histories(), view=views)
    def test_counts_every_payment_once(self, facts: CaseFacts, view: tuple[dt.date, dt.date]) -> None:
        on, known_on = view
        at = position(facts, on=on, known_on=known_on)
        found = read(facts, on, known_on)
        assert len(found.cells) == sum(one.status is not Status.DUE for one in at.instalments)
        assert sum(found.counts.values()) == len(found.cells)
        late = sum(bucket.size for bucket in found.lateness)
        assert late == (found.counts[Mark.LATE] if found.is_enough else 0)
        assert all(streak.length <= found.counts[streak.mark] for streak in found.streaks)
        assert all(bool(cell.days_late) == (cell.mark is Mark.LATE) for cell in found.cells)
