"""Grouped causes lose no penny and no cause."""

import datetime as dt

from hypothesis import given

from arrears.core.cause_groups import TOGETHER, grouped
from arrears.core.changes import explain
from arrears.core.facts import CaseFacts
from arrears.core.results import CauseKind
from tests.unit.arrears.build import case, decision, payment, schedule
from tests.unit.arrears.histories import days, histories


class TestGrouped:
    @given(histories(), days, days)
    def test_runs_from_one_balance_to_the_other_with_every_cause(
        self, facts: CaseFacts, first: dt.date, last: dt.date
    ) -> None:
        change = explain(facts, before=(first, first), after=(last, last))
        groups = grouped(change)
        assert [group.before for group in groups[1:]] == [group.after for group in groups[:-1]]
        if groups:
            assert (groups[0].before, groups[-1].after) == (change.before, change.after)
        assert sorted((c for group in groups for c in group.causes), key=repr) == sorted(change.causes, key=repr)
        assert all(len(group.causes) == 1 for group in groups if group.kind not in TOGETHER)

    def test_puts_payments_that_fell_due_on_one_line(self) -> None:
        facts = case(
            decision("70", "2025-01-01"), schedule("weekly", "2025-01-01"), payment("70", "2025-01-08", name="p")
        )
        day = dt.date(2025, 1, 22)
        groups = grouped(explain(facts, before=(dt.date(2024, 12, 1), day), after=(day, day)))
        assert [(group.kind, len(group.causes), group.amount) for group in groups] == [
            (CauseKind.INSTALMENT, 4, 28000),
            (CauseKind.PAYMENT, 1, -7000),
        ]
