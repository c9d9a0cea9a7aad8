"""Why the balance changed between two views, adding up exactly (rules section 4).

The balance here is what is outstanding less credit, fees apart. It equals amounts due, less
payments counted, plus money that went to fees. So the change has three sources and no remainder:

1. what is *known* changed, on the first day: facts struck out, then facts recorded late, applied
   one at a time in a fixed order, each answering for exactly what it moved;
2. time passed, by what is known in the second view: every entry and payment between the two days;
3. money that went to fees, or came back from them, payment by payment.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple, TypeVar

from arrears.core import postings, sentences
from arrears.core.allocation import counted, counts_on
from arrears.core.derived import adjustments_of
from arrears.core.facts import Adjustment, CaseFacts, OpeningBalance, Payment
from arrears.core.ledger import Ledger, Movement, known, movements
from arrears.core.results import Cause, CauseKind, Change, CoverKind, Part
from arrears.core.schedule import told_order
from arrears.core.sentences import Fact
from cases.core.facts import Decision, Schedule
from cms_tracker.days import day
from cms_tracker.language import say

_T = TypeVar("_T")
View = tuple[dt.date, dt.date]  # (on, known_on)

_CAUSE_ORDER = {kind: place for place, kind in enumerate(CauseKind)}


class _Difference(NamedTuple):
    """A fact that only one of the two views knows. ``adds`` is +1 where the second knows it, else -1."""

    kind: CauseKind
    fact: Fact
    adds: int
    changed_on: dt.date


def explain(facts: CaseFacts, *, before: View, after: View) -> Change:
    """Explain the change between two views, each (``on``, ``known_on``), as causes that add up exactly.

    The second view may be the earlier one; then what fell due in between is taken off again.
    """
    first = Ledger(facts, on=before[0], known_on=before[1])
    second = Ledger(facts, on=after[0], known_on=after[1])
    causes = [
        *_knowledge(facts, before, after),
        *_time(facts, before[0], after, second),
        *_fees(facts, first, second, after[0]),
    ]
    causes = [cause for cause in causes if cause.amount]
    causes.sort(key=lambda cause: (cause.on, _CAUSE_ORDER[cause.kind], cause.fact_id, cause.text))
    change = sum(cause.amount for cause in causes)
    start = _net(first)
    return Change(
        before=start,
        after=start + change,
        change=change,
        causes=tuple(causes),
        credit_before=first.credit,
        credit_after=second.credit,
    )


def _net(ledger: Ledger) -> int:
    return sum(movement.amount for movement in movements(ledger))


def _knowledge(facts: CaseFacts, before: View, after: View) -> Iterator[Cause]:
    """What was struck out or recorded between the two views, by what it moves on the first day."""
    on, known_on = before
    state = known(facts, known_on)
    for difference in sorted(_differences(facts, known_on, after[1]), key=_difference_order):
        fact = difference.fact
        amount = 0
        if isinstance(fact, Payment):
            amount = -counted(fact) * difference.adds if counts_on(fact) <= on else 0
        elif isinstance(fact, OpeningBalance | Adjustment):
            amount = _given(fact) * difference.adds if fact.on <= on else 0
        else:
            was, state = state, _with(state, fact, difference.adds)
            if _can_move(fact, on):
                amount = _scheduled(state, on) - _scheduled(was, on)
        if amount:
            yield _known_later(difference, amount, state, on)


def _known_later(difference: _Difference, amount: int, state: CaseFacts, on: dt.date) -> Cause:
    """One fact that only one of the two views knows. ``state``: the decisions known once it is applied."""
    fact, kind, adds = difference.fact, difference.kind, difference.adds
    cause = Cause(
        kind=kind,
        on=difference.changed_on,
        amount=amount,
        text=sentences.known_later(fact, kind, adds, amount),
        fact_id=fact.id,
    )
    if kind is CauseKind.STRUCK_OUT or adds < 0 or not isinstance(fact, Decision):
        return cause
    # It is the last one told of all that are known, so all that it moved is its own entry and what fell due since.
    until = on.toordinal()
    book = postings.Book(state, until)
    post = next((one for one in postings.post(book, until, until).others if one.told == fact), None)
    parts = postings.working(book, fact, until) if post else ()
    text = sentences.decided(sentences.Telling(postings.told_as(book, fact), post, parts, book), moved=amount)
    return replace(cause, text=text, parts=parts, decision=fact)


def _differences(facts: CaseFacts, was: dt.date, now: dt.date) -> Iterator[_Difference]:
    """The facts that only one of two days of knowledge has, and whether that is a strike-out or late news."""
    everything: Iterable[Fact] = (
        *facts.openings, *facts.schedules, *facts.decisions, *adjustments_of(facts), *facts.payments,
    )  # fmt: skip
    for fact in everything:
        told = _told_on(fact)
        struck = fact.struck_out.on if fact.struck_out else dt.date.max
        knew, knows = told <= was < struck, told <= now < struck
        if knew == knows:
            continue
        is_strike = told <= was and told <= now
        kind = CauseKind.STRUCK_OUT if is_strike else CauseKind.RECORDED_LATE
        yield _Difference(kind, fact, 1 if knows else -1, struck if is_strike else told)


def _told_on(fact: Fact) -> dt.date:
    """The day from which a fact is known; schedules and opening balances always are."""
    match fact:
        case Payment() | Adjustment():
            return fact.recorded_on
        case Decision():
            return fact.notified_on
        case _:
            return dt.date.min


def _can_move(fact: Decision | Schedule, on: dt.date) -> bool:
    """Say whether a decision or a schedule can move the balance of a day.

    A decision moves nothing before it is told. A schedule can: it ends the last instalment of the
    one before it, which fell due earlier.
    """
    return isinstance(fact, Schedule) or fact.notified_on <= on


def _difference_order(difference: _Difference) -> tuple[object, ...]:
    """Strike-outs first; then by days, decisions in the order in which they were told."""
    fact = difference.fact
    told = told_order(fact) if isinstance(fact, Decision) else ()
    return (difference.kind is CauseKind.RECORDED_LATE, difference.changed_on, type(fact).__name__, told, fact.id)


def _given(fact: OpeningBalance | Adjustment) -> int:
    """What an opening balance or an adjustment adds to what is owed."""
    if isinstance(fact, Adjustment) and fact.kind in postings.REDUCES:
        return -fact.amount
    return fact.amount


def _scheduled(state: CaseFacts, on: dt.date) -> int:
    """What the decisions and schedules made due by a day: instalments, initial and recalculations."""
    until = on.toordinal()
    bare = replace(state, openings=(), adjustments=(), payments=())
    posted = postings.post(postings.Book(bare, until), until, until)
    return sum(posted.instalments.amounts) + sum(one.amount for one in posted.others)


def _with(state: CaseFacts, fact: Decision | Schedule, adds: int) -> CaseFacts:
    """The facts with one decision or schedule more, or less."""
    if isinstance(fact, Decision):
        return replace(state, decisions=_changed(state.decisions, fact, adds))
    return replace(state, schedules=_changed(state.schedules, fact, adds))


def _changed(facts: tuple[_T, ...], fact: _T, adds: int) -> tuple[_T, ...]:
    if adds > 0:
        return (*facts, fact)
    place = facts.index(fact)
    return facts[:place] + facts[place + 1 :]


def _time(facts: CaseFacts, start: dt.date, after: View, second: Ledger) -> Iterator[Cause]:
    """What fell due and what was paid between the two days, by what the second view knows."""
    end, known_on = after
    sign = 1 if end >= start else -1
    low = min(start, end)
    ledger = second if end >= start else Ledger(facts, on=start, known_on=known_on)
    names: dict[str, Fact] = {one.id: one for one in ledger.facts.openings}
    names.update((one.id, one) for one in adjustments_of(ledger.facts))
    for movement in movements(ledger):
        if movement.day > low.toordinal() and movement.fee is None:
            yield _passed(ledger, movement, names.get(movement.fact_id), sign, end)


def _passed(ledger: Ledger, movement: Movement, given: Fact | None, sign: int, end: dt.date) -> Cause:
    """One entry or payment between the two days."""
    on = dt.date.fromordinal(movement.day)
    parts: tuple[Part, ...] = ()
    decision = movement.post.told if movement.post is not None else None
    if movement.money is not None and movement.money.payment is not None:
        text = sentences.paid(movement.money.payment, movement.money.amount)
    elif decision is not None:
        parts = postings.working(ledger.book, decision, ledger.until)
        told = postings.told_as(ledger.book, decision)
        text = sentences.decided(sentences.Telling(told, movement.post, parts, ledger.book))
    else:
        text = sentences.fell_due(movement, on, given)
    if sign < 0:
        text = say("Not yet counted on {end}: {continued}", end=day(end), continued=sentences.continued(text))
    return Cause(
        kind=movement.cause,
        on=on,
        amount=sign * movement.amount,
        text=text,
        fact_id=movement.fact_id,
        parts=parts,
        decision=decision,
    )


def _fees(facts: CaseFacts, first: Ledger, second: Ledger, end: dt.date) -> Iterator[Cause]:
    """How much more, or less, of each payment went to fees that have fallen due."""
    moved: dict[tuple[str, CoverKind], int] = {}
    days: dict[tuple[str, CoverKind], int] = {}
    for ledger, sign in ((first, -1), (second, 1)):
        for move in ledger.fee_moves():
            key = (move.fact_id, move.kind)
            moved[key] = moved.get(key, 0) + sign * move.amount
            days[key] = max(days.get(key, 0), move.day)
    payments = {payment.id: payment for payment in facts.payments}
    for key, amount in moved.items():
        fact_id, kind = key
        payment = payments.get(fact_id) if kind is CoverKind.PAYMENT else None
        on = dt.date.fromordinal(days[key])
        yield Cause(kind=CauseKind.FEE, on=on, amount=amount, text=sentences.fee(payment, amount), fact_id=fact_id)
