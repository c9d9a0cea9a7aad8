"""What holds for every history: the engine against a second reading of the rules, and its own invariants."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arrears.core import history
from arrears.core.changes import explain
from arrears.core.facts import CaseFacts
from arrears.core.ledger import Ledger
from arrears.core.position import nearest_unpaid, next_due, payment_uses, position, read, read_uses, upcoming
from arrears.core.results import Kind, PaymentUse, Position, Status
from cases.core.facts import AllocationRule
from tests.unit.arrears.histories import histories, views
from tests.unit.arrears.oracle import Oracle

View = tuple[dt.date, dt.date]

thorough = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def flat(at: Position) -> dict[str, object]:
    """A position in the words of the oracle."""
    figures = (
        "due", "fees_due", "paid", "outstanding", "overdue", "fees_outstanding", "credit", "credit_from_payments",
        "credit_from_changes", "paid_ahead", "restated_due", "net",
    )  # fmt: skip
    return {name: getattr(at, name) for name in figures} | {
        "by_cause": dict(at.by_cause),
        "ageing": dict(at.ageing),
        "instalments": [tuple(one) for one in at.instalments],
        "upcoming_covered": [tuple(one) for one in at.upcoming_covered],
        "others": sorted(
            (e.kind, e.on, e.amount, e.outstanding, e.fact_id, e.covers, e.fee, e.fee_outstanding, e.notified_on)
            for e in at.others
        ),
        "recalculations": [entry.amount for entry in at.recalculations],
    }


def flat_uses(uses: Iterable[PaymentUse]) -> dict[str, object]:
    """Where payments went, in the words of the oracle."""
    return {one.payment_id: (one.on, one.counted, sorted(map(tuple, one.uses), key=str)) for one in uses}


def agree(facts: CaseFacts, view: View) -> None:
    """Hold the engine against the second reading of the rules, figure by figure and cover by cover."""
    on, known_on = view
    second = Oracle(facts, on, known_on)
    ledger = Ledger(facts, on=on, known_on=known_on)
    assert flat(read(ledger, on=on, known_on=known_on)) == second.answer()
    assert flat_uses(read_uses(ledger)) == second.uses()


@thorough
@given(facts=histories(), view=views)
def test_agrees_with_a_second_reading_of_the_rules(facts: CaseFacts, view: View) -> None:
    agree(facts, view)


@thorough
@given(facts=histories(), view=views)
def test_loses_no_penny(facts: CaseFacts, view: View) -> None:
    at = position(facts, on=view[0], known_on=view[1])
    assert at.due + at.fees_due - at.paid == at.outstanding + at.fees_outstanding - at.credit
    assert at.credit == at.credit_from_payments + at.credit_from_changes + at.paid_ahead
    assert sum(at.by_cause.values()) == at.outstanding == sum(at.ageing.values())
    assert sum(entry.amount for entry in at.entries) == at.due
    for entry in at.entries:
        assert max(entry.amount, 0) - entry.outstanding == sum(cover.amount for cover in entry.covers)
    assert all(amount > 0 for amount in at.by_cause.values())


@quick
@given(facts=histories(), view=views)
def test_lets_our_rule_change_neither_what_was_due_nor_what_was_paid(facts: CaseFacts, view: View) -> None:
    one, other = (
        position(replace(facts, allocation_rule=rule), on=view[0], known_on=view[1]) for rule in AllocationRule
    )
    assert (one.due, one.fees_due, one.paid) == (other.due, other.fees_due, other.paid)
    assert [i.due_on for i in one.instalments] == [i.due_on for i in other.instalments]


@quick
@given(facts=histories(), view=views, data=st.data())
def test_does_not_depend_on_the_order_of_recording(facts: CaseFacts, view: View, data: st.DataObject) -> None:
    shuffled = replace(
        facts,
        **{
            name: tuple(data.draw(st.permutations(getattr(facts, name))))
            for name in ("services", "decisions", "schedules", "openings", "payments", "adjustments", "observations")
        },
    )
    on, known_on = view
    assert position(shuffled, on=on, known_on=known_on) == position(facts, on=on, known_on=known_on)


@thorough
@given(facts=histories(), before=views, after=views)
def test_explains_every_change_to_the_penny(facts: CaseFacts, before: View, after: View) -> None:
    change = explain(facts, before=before, after=after)
    first, second = (position(facts, on=on, known_on=known_on) for on, known_on in (before, after))
    assert (change.before, change.after) == (first.net, second.net)
    assert sum(cause.amount for cause in change.causes) == change.change == second.net - first.net
    for cause in change.causes:
        assert cause.amount
        assert cause.fact_id
        assert cause.text.endswith(".")


@quick
@given(facts=histories(), view=views)
def test_runs_a_balance_that_ends_at_the_position(facts: CaseFacts, view: View) -> None:
    on, known_on = view
    points = history.read(Ledger(facts, on=on, known_on=known_on))
    assert [point.on for point in points] == sorted({point.on for point in points})
    assert (points[-1].owed if points else 0) == position(facts, on=on, known_on=known_on).net
    for point in points[:: max(1, len(points) // 4)]:
        assert point.owed == position(facts, on=point.on, known_on=known_on).net


@quick
@given(facts=histories(), view=views)
def test_says_where_every_payment_went(facts: CaseFacts, view: View) -> None:
    on, known_on = view
    uses = payment_uses(facts, on=on, known_on=known_on)
    assert sum(one.counted for one in uses) == position(facts, on=on, known_on=known_on).paid
    for one in uses:
        assert sum(use.amount for use in one.uses) == one.counted


@quick
@given(facts=histories(), view=views)
def test_foresees_the_instalments_that_then_fall_due(facts: CaseFacts, view: View) -> None:
    on, known_on = view
    coming = upcoming(facts, after=on, known_on=known_on, count=5)
    assert next_due(facts, after=on, known_on=known_on) == (coming[0] if coming else None)
    if coming:
        later = position(facts, on=coming[-1].due_on, known_on=known_on)
        fallen = [(one.due_on, one.amount, one.fee) for one in later.instalments if one.due_on > on]
        assert fallen == [tuple(due) for due in coming]


@quick
@given(facts=histories(), view=views)
def test_offers_an_instalment_to_log_that_is_not_covered(facts: CaseFacts, view: View) -> None:
    on, known_on = view
    nearest = nearest_unpaid(facts, on=on, known_on=known_on)
    at = position(facts, on=on, known_on=known_on)
    if nearest is None:
        assert not any(one.outstanding for one in at.instalments)
        assert len(upcoming(facts, after=on, known_on=known_on, count=99)) <= len(at.upcoming_covered)
    else:
        assert nearest.outstanding > 0
        assert (nearest.status is Status.NOT_DUE) == (nearest.due_on > on)


@quick
@given(facts=histories(), view=views)
def test_lists_each_kind_in_its_place(facts: CaseFacts, view: View) -> None:
    at = position(facts, on=view[0], known_on=view[1])
    assert Kind.INSTALMENT not in {entry.kind for entry in at.others}
    assert [entry.on for entry in at.entries] == sorted(entry.on for entry in at.entries)
    assert all(entry.amount or entry.fee for entry in at.entries)
