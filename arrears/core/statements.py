"""CMS's figure beside ours, and what would explain the difference (rules section 6).

The search is bounded: each explanation is one thing, and must account for the whole difference to
the penny. Combinations are not tried, because with enough of them anything can be explained. It
says "would explain", never "is"; what nothing explains is shown as unexplained.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace

from arrears.core.allocation import counted, counts_on
from arrears.core.derived import adjustments_of
from arrears.core.facts import CaseFacts, Payment, Route, Statement
from arrears.core.ledger import known
from arrears.core.position import position, upcoming
from arrears.core.postings import REDUCES
from arrears.core.results import Beside, Explanation, Position, StatementCheck
from cases.core.facts import Decision
from cms_tracker.days import day
from cms_tracker.money import pounds

DAYS_AROUND = 14  # how far from the day of the statement a payment or instalment may have been miscounted
MOST_DECISIONS = 12


def beside(facts: CaseFacts, statement: Statement, *, known_on: dt.date) -> Beside:
    """Put a figure CMS gave beside ours for the same day, by what is known on ``known_on``.

    One pass of the engine, for pages that show many figures; ``check`` takes up to three for each decision.
    """
    ours = position(facts, on=statement.as_at, known_on=known_on).outstanding
    return Beside(
        statement_id=statement.id,
        as_at=statement.as_at,
        known_on=known_on,
        theirs=statement.amount,
        ours=ours,
        difference=ours - statement.amount,
    )


def check(facts: CaseFacts, statement: Statement, *, known_on: dt.date) -> StatementCheck:
    """Put a figure CMS gave beside ours, and look for what would explain the difference."""
    at = position(facts, on=statement.as_at, known_on=known_on)
    gap = statement.amount - at.outstanding
    found: tuple[Explanation, ...] = ()
    if gap:
        found = _merged(one for one in _candidates(facts, at) if one.amount == gap)
    return StatementCheck(
        statement_id=statement.id,
        as_at=statement.as_at,
        known_on=known_on,
        theirs=statement.amount,
        ours=at.outstanding,
        difference=-gap,
        explanations=found,
        unexplained=0 if found else -gap,
    )


def _merged(found: Iterable[Explanation]) -> tuple[Explanation, ...]:
    """One explanation of a kind: ten payments of one amount are one explanation that names all ten."""
    kinds: dict[str, Explanation] = {}
    for one in found:
        first = kinds.get(one.kind)
        kinds[one.kind] = one if first is None else first._replace(fact_ids=first.fact_ids + one.fact_ids)
    return tuple(kinds.values())


def _candidates(facts: CaseFacts, at: Position) -> Iterator[Explanation]:
    """Everything that could be different in CMS's figure. ``amount`` is theirs less ours if it is."""
    seen = known(facts, at.known_on)
    yield from _payments(seen, at)
    yield from _instalments(facts, at)
    yield from _pots(at)
    yield from _given(seen, at)
    yield from _decisions(facts, seen, at)


def _payments(seen: CaseFacts, at: Position) -> Iterator[Explanation]:
    for payment in seen.payments:
        amount, on = counted(payment), counts_on(payment)
        name = f"the payment of {pounds(payment.amount)} on {day(payment.paid_on)}"
        if on <= at.on:
            yield _would("payment_not_counted", amount, f"CMS has not counted {name}", payment.id)
            yield _would("payment_counted_twice", -amount, f"CMS has counted {name} twice", payment.id)
            if payment.route is Route.VIA_CMS_RECEIVED:
                text = f"CMS counted {name} after its fee, not before"
                yield _would("net_of_fee", amount - payment.amount, text, payment.id)
        elif (on - at.on).days <= DAYS_AROUND:
            yield _would("payment_counted_early", -amount, f"CMS already counted {name}", payment.id)
    passed_on = [one for one in seen.payments if counts_on(one) <= at.on and one.route is Route.VIA_CMS_RECEIVED]
    if len(passed_on) > 1:
        text = "CMS counted the payments it passed on after its fee, not before"
        yield _would("all_net_of_fee", sum(_kept(one) for one in passed_on), text, *(one.id for one in passed_on))


def _kept(payment: Payment) -> int:
    return counted(payment) - payment.amount


def _instalments(facts: CaseFacts, at: Position) -> Iterator[Explanation]:
    for one in at.instalments:
        if one.outstanding:
            text = f"{pounds(one.outstanding)} came for the instalment of {day(one.due_on)} and is not on this record"
            yield _would("payment_not_recorded", -one.outstanding, text, one.fact_id)
        if (at.on - one.due_on).days <= DAYS_AROUND:
            text = f"CMS left out the instalment of {day(one.due_on)}"
            yield _would("instalment_left_out", -one.amount, text, one.fact_id)
    for due in upcoming(facts, after=at.on, known_on=at.known_on, count=1):
        text = f"CMS already counted the instalment due on {day(due.due_on)}"
        yield _would("instalment_not_yet_due", due.amount, text)


def _pots(at: Position) -> Iterator[Explanation]:
    yield _would("fees_counted", at.fees_outstanding, "CMS counted unpaid collection fees as arrears")
    yield _would("credit_taken_off", -at.credit, "CMS took off the credit that this record keeps apart")
    if at.restated_due != at.due:
        text = "CMS counted every decision from its effective date without rounding in between"
        yield _would("restated", at.restated_due - at.due, text)
    to_fees = at.fees_due - at.fees_outstanding
    if to_fees:
        yield _would("fees_not_taken", -to_fees, "CMS counted the money that went to fees as maintenance")


def _given(seen: CaseFacts, at: Position) -> Iterator[Explanation]:
    for opening in seen.openings:
        if opening.on <= at.on:
            text = f"CMS left out the {pounds(opening.amount)} carried over on {day(opening.on)}"
            yield _would("opening_left_out", -opening.amount, text, opening.id)
    for adjustment in adjustments_of(seen):
        if adjustment.on <= at.on:
            effect = adjustment.amount if adjustment.kind in REDUCES else -adjustment.amount
            word = adjustment.kind.value.replace("_", " ")
            text = f"CMS has not counted the {word} of {pounds(adjustment.amount)} on {day(adjustment.on)}"
            yield _would("adjustment_left_out", effect, text, adjustment.id)


def _decisions(facts: CaseFacts, seen: CaseFacts, at: Position) -> Iterator[Explanation]:
    """A decision left out, applied before it was told, or applied from another of its own dates."""
    for decision in sorted(seen.decisions, key=lambda one: one.notified_on)[-MOST_DECISIONS:]:
        name = f"the decision of {pounds(decision.weekly)} a week"
        if decision.notified_on <= at.on:
            text = f"CMS has not applied {name} from {day(decision.effective_on)}"
            yield _would("decision_left_out", _moved(facts, at, decision, None), text, decision.id)
        else:
            early = replace(decision, notified_on=at.on)
            text = f"CMS already applied {name}, told on {day(decision.notified_on)}"
            yield _would("decision_counted_early", _moved(facts, at, decision, early), text, decision.id)
        for other in sorted({decision.decided_on, decision.notified_on} - {decision.effective_on}):
            moved = replace(decision, effective_on=other)
            text = f"CMS applied {name} from {day(other)}, not from {day(decision.effective_on)}"
            yield _would("decision_from_another_date", _moved(facts, at, decision, moved), text, decision.id)


def _moved(facts: CaseFacts, at: Position, decision: Decision, other: Decision | None) -> int:
    """What the outstanding amount would change by with another decision (or none) in a decision's place."""
    kept = tuple(one for one in facts.decisions if one is not decision)
    changed = replace(facts, decisions=kept if other is None else (*kept, other))
    return position(changed, on=at.on, known_on=at.known_on).outstanding - at.outstanding


def _would(kind: str, amount: int, text: str, *fact_ids: str) -> Explanation:
    return Explanation(kind, amount, f"It would explain the difference if {text}.", fact_ids)
