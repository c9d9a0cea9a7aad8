"""What could be different in CMS's figure: one thing at a time, read off the record of that day.

Each candidate says what CMS's figure would be higher (or lower) by if it were so. Nothing here says
that it is so, and nothing is combined (``search`` does that).
"""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from arrears.core import history, rates
from arrears.core.allocation import counted, counts_on
from arrears.core.derived import adjustments_of
from arrears.core.facts import CaseFacts, Payment, Route
from arrears.core.in_force import service_on
from arrears.core.ledger import Ledger
from arrears.core.other_facts import Claim, StepKind
from arrears.core.position import read, read_uses, upcoming
from arrears.core.postings import REDUCES
from arrears.core.results import Instalment, Kind, Position
from cases.core.facts import Perspective, ServiceType
from cms_tracker.days import day
from cms_tracker.language import say
from cms_tracker.money import pounds, round_half_up

DAYS_AROUND = 14  # how far from the day of the statement a payment or instalment may have been miscounted
DAYS_BACK = 45  # how far back CMS's figure may have been read off its record
MOST_AHEAD = 2  # instalments to come that CMS may have counted already
ALL_DECISIONS = frozenset({"decisions"})  # two changes of what fell due do not simply add up
_TOLD_LATE = frozenset({Kind.INITIAL, Kind.RECALCULATION})


class Candidate(NamedTuple):
    """One thing that would put ``amount`` pence on CMS's figure (negative: take it off).

    ``clause`` follows "if". ``lead``, ``nouns`` and ``tail`` are for several like it: "CMS has not
    counted" two of seven "payments that count for £260.00". ``touches`` names what it speaks of: two
    that touch the same are never combined, one that is ``alone`` with nothing. ``on`` is the day of
    the thing itself.
    """

    kind: str
    amount: int
    clause: str
    on: dt.date
    fact_ids: tuple[str, ...] = ()
    touches: frozenset[str] = frozenset()
    lead: str = ""
    nouns: str = ""
    tail: str = ""
    alone: bool = False


class Day(NamedTuple):
    """The record on the day of a statement: what is known, the ledger of that day, the position on it."""

    facts: CaseFacts
    ledger: Ledger
    at: Position

    @property
    def seen(self) -> CaseFacts:
        """The facts as known."""
        return self.ledger.facts


def on_the_day(facts: CaseFacts, *, on: dt.date, known_on: dt.date) -> Day:
    """Read the record for one day, in one pass of the engine."""
    ledger = Ledger(facts, on=on, known_on=known_on)
    return Day(facts, ledger, read(ledger, on=on, known_on=known_on))


def plain(one: Day, *, theirs: int) -> Iterator[Candidate]:
    """Every candidate that needs no second pass of the engine; ``theirs`` is CMS's figure in pence."""
    yield from _payments(one)
    yield from _struck_out(one)
    yield from _fee_taken(one)
    yield from _instalments(one)
    yield from _pots(one)
    yield from _decided_twice(one)
    yield from _given(one)
    yield from _claims_and_orders(one)
    yield from _another_day(one, theirs)


def _payments(one: Day) -> Iterator[Candidate]:
    fees = _fees_by_payment(one)
    for payment in one.seen.payments:
        amount, on = counted(payment), counts_on(payment)
        if on <= one.at.on:
            # In CMS's figure a payment may stand with the fee that it paid, or without.
            for moved in sorted({amount, amount - fees.get(payment.id, 0)}):
                yield _of_payment("payment_not_counted", moved, payment, say("CMS has not counted"))
                yield _of_payment("payment_counted_twice", -moved, payment, say("CMS has counted"), " twice")
        elif (on - one.at.on).days <= DAYS_AROUND:
            yield _of_payment("payment_counted_early", -amount, payment, say("CMS already counted"))


def _struck_out(one: Day) -> Iterator[Candidate]:
    """Payments that were taken back as slips: CMS may count them all the same."""
    for payment in one.facts.payments:
        struck, amount = payment.struck_out, counted(payment)
        if (
            struck is not None
            and max(struck.on, payment.recorded_on) <= one.at.known_on
            and counts_on(payment) <= one.at.on
        ):
            # Nothing was posted for it, so what of it would go to a fee is worked out from the rate.
            for moved in sorted({amount, _without_fee(one.seen, payment)}):
                tail = say(", struck out in this record")
                yield _of_payment("payment_struck_out", -moved, payment, say("CMS counts"), tail)


def _without_fee(seen: CaseFacts, payment: Payment) -> int:
    """What a payment of the paying parent pays off where CMS collects, after its fee on top; in pence."""
    service = service_on(seen, counts_on(payment))
    if seen.perspective is not Perspective.PAYING or service is None or service.type is not ServiceType.COLLECT_AND_PAY:
        return counted(payment)
    return round_half_up(counted(payment) / (1 + rates.on(counts_on(payment)).collection_fee_paying_parent.share))


def _fees_by_payment(one: Day) -> dict[str, int]:
    """How much of each payment went to collection fees; {} where the file posts none."""
    if not one.at.fees_due:
        return {}
    return {
        use.payment_id: sum(part.amount for part in use.uses if part.what == "fee") for use in read_uses(one.ledger)
    }


def _of_payment(kind: str, amount: int, payment: Payment, lead: str, tail: str = "") -> Candidate:
    return Candidate(
        kind=kind,
        amount=amount,
        clause=f"{lead} {_name(payment)}{tail}",
        on=counts_on(payment),
        fact_ids=(payment.id,),
        touches=frozenset({payment.id}),
        lead=lead,
        nouns=say("payments that count for {counted}", counted=pounds(counted(payment))),
        tail=tail,
    )


def _name(payment: Payment) -> str:
    return say("the payment of {amount} on {paid_on}", amount=pounds(payment.amount), paid_on=day(payment.paid_on))


def _fee_taken(one: Day) -> Iterator[Candidate]:
    """Money through CMS, before or after the share of it that CMS keeps."""
    after, before = say("after its fee, not before"), say("before its fee, not after")
    made = [payment for payment in one.seen.payments if counts_on(payment) <= one.at.on]
    passed_on = [payment for payment in made if payment.route is Route.VIA_CMS_RECEIVED]
    straight = [payment for payment in made if _may_be_net(one.seen, payment)]
    for payments, how, sign in ((passed_on, after, 1), (straight, before, -1)):
        word = "net_of_fee" if sign > 0 else "gross_of_fee"
        parts = [(payment, sign * _share(payment)) for payment in payments]
        for payment, share in parts:
            touches = frozenset({payment.id})
            clause = say("CMS counted {name} {how}", name=_name(payment), how=how)
            yield Candidate(word, share, clause, counts_on(payment), (payment.id,), touches)
        if len(parts) > 1:
            whose = say("it passed on") if sign > 0 else say("that came while it collected")
            clause = say("CMS counted the {parts} payments {whose} {how}", parts=len(parts), whose=whose, how=how)
            ids = tuple(payment.id for payment, _ in parts)
            total = sum(share for _, share in parts)
            yield Candidate(f"all_{word}", total, clause, one.at.on, ids, frozenset(ids), alone=True)


def _may_be_net(seen: CaseFacts, payment: Payment) -> bool:
    """Whether a payment logged as direct came in a time when CMS collected, to the receiving parent."""
    if seen.perspective is not Perspective.RECEIVING or payment.route is not Route.DIRECT:
        return False
    service = service_on(seen, payment.paid_on)
    return service is not None and service.type is ServiceType.COLLECT_AND_PAY


def _share(payment: Payment) -> int:
    """What CMS keeps of a payment that reached the receiving parent, in pence."""
    if payment.route is Route.VIA_CMS_RECEIVED:
        return counted(payment) - payment.amount
    kept = rates.on(payment.paid_on).collection_fee_receiving_parent.share
    return round_half_up(payment.amount / (1 - kept)) - payment.amount


def _instalments(one: Day) -> Iterator[Candidate]:
    for due in one.at.instalments:
        if due.outstanding:
            amount = pounds(due.outstanding)
            lead, tail = say("CMS counts as paid"), say(", which this record does not")
            clause = say(
                "{lead} the {amount} due on {due_on}{tail}", lead=lead, amount=amount, due_on=day(due.due_on), tail=tail
            )
            yield _of_instalment("payment_not_recorded", -due.outstanding, clause, due)._replace(
                lead=lead, nouns=say("amounts of {amount} that fell due", amount=amount), tail=tail
            )
        if (one.at.on - due.due_on).days <= DAYS_AROUND:
            clause = say("CMS left out the {amount} due on {due_on}", amount=pounds(due.amount), due_on=day(due.due_on))
            yield _of_instalment("instalment_left_out", -due.amount, clause, due)._replace(
                lead=say("CMS left out"),
                nouns=say("latest amounts of {amount} that fell due", amount=pounds(due.amount)),
            )
    lead = say("CMS already counted")
    for coming in upcoming(one.facts, after=one.at.on, known_on=one.at.known_on, count=MOST_AHEAD):
        clause = say(
            "{lead} the {amount} due on {due_on}", lead=lead, amount=pounds(coming.amount), due_on=day(coming.due_on)
        )
        touches = frozenset({say("due {due_on}", due_on=coming.due_on)})
        nouns = say("amounts of {amount} that fall due next", amount=pounds(coming.amount))
        yield Candidate(
            "instalment_not_yet_due", coming.amount, clause, coming.due_on, (), touches, lead=lead, nouns=nouns
        )


def _of_instalment(kind: str, amount: int, clause: str, due: Instalment) -> Candidate:
    return Candidate(
        kind, amount, clause, due.due_on, (due.fact_id,), frozenset({say("due {due_on}", due_on=due.due_on)})
    )


def _pots(one: Day) -> Iterator[Candidate]:
    at, on = one.at, one.at.on
    fees = frozenset({"fees"})
    text = say(
        "CMS counted {fees_outstanding} of unpaid collection fees as arrears",
        fees_outstanding=pounds(at.fees_outstanding),
    )
    yield Candidate("fees_counted", at.fees_outstanding, text, on, touches=fees)
    paid = at.fees_due - at.fees_outstanding
    text = say("CMS counted the {paid} that went to fees as maintenance", paid=pounds(paid))
    yield Candidate("fees_not_taken", -paid, text, on, touches=fees)
    service = service_on(one.seen, on)
    if not at.fees_due and service is not None and service.type is ServiceType.COLLECT_AND_PAY:
        share = rates.on(on).collection_fee_paying_parent.share
        fee = round_half_up(at.outstanding * share)
        text = say("CMS put the paying parent's collection fee, {fee}, on top of the arrears", fee=pounds(fee))
        yield Candidate("fee_on_top", fee, text, on, alone=True)
    text = say("CMS took off the credit of {credit} that this record keeps apart", credit=pounds(at.credit))
    yield Candidate("credit_taken_off", -at.credit, text, on, touches=frozenset({"credit"}))
    text = say("CMS counted every decision from its effective date without rounding in between")
    yield Candidate("restated", at.restated_due - at.due, text, on, alone=True)


def _decided_twice(one: Day) -> Iterator[Candidate]:
    """What a decision told late put on, or took off, for earlier dates: CMS may have posted it twice."""
    told = {decision.id: decision.notified_on for decision in one.seen.decisions}
    for entry in one.at.others:
        if entry.kind in _TOLD_LATE:
            did = "added" if entry.amount > 0 else say("took off")
            text = say(
                "CMS counted twice the {amount} that the decision told on {told} {did} for earlier dates",
                amount=pounds(abs(entry.amount)),
                told=day(told[entry.fact_id]),
                did=did,
            )
            yield Candidate("decision_counted_twice", entry.amount, text, entry.on, (entry.fact_id,), ALL_DECISIONS)


def _given(one: Day) -> Iterator[Candidate]:
    at = one.at
    for opening in one.seen.openings:
        if opening.on <= at.on:
            name = say("the {amount} carried over on {on}", amount=pounds(opening.amount), on=day(opening.on))
            touches = frozenset({opening.id})
            yield Candidate(
                "opening_left_out",
                -opening.amount,
                say("CMS left out {name}", name=name),
                opening.on,
                (opening.id,),
                touches,
            )
            text = say("CMS gave {name}, not what was left on {on}", name=name, on=day(at.on))
            amount = opening.amount - at.outstanding
            yield Candidate("order_sum", amount, text, opening.on, (opening.id,), alone=True)
    for adjustment in adjustments_of(one.seen):
        if adjustment.on <= at.on:
            effect = adjustment.amount if adjustment.kind in REDUCES else -adjustment.amount
            word = adjustment.kind.value.replace("_", " ")
            text = say(
                "CMS has not counted the {word} of {amount} on {on}",
                word=word,
                amount=pounds(adjustment.amount),
                on=day(adjustment.on),
            )
            touches = frozenset({adjustment.id})
            yield Candidate("adjustment_left_out", effect, text, adjustment.on, (adjustment.id,), touches)


def _claims_and_orders(one: Day) -> Iterator[Candidate]:
    for claim in one.seen.claims:
        if claim.paid_on <= one.at.on and _is_pending(claim):
            text = say(
                "CMS already counts the {amount} paid on {paid_on}, which this record holds as "
                "reported and not accepted",
                amount=pounds(claim.amount),
                paid_on=day(claim.paid_on),
            )
            touches = frozenset({claim.id})
            yield Candidate("claim_counted", -claim.amount, text, claim.paid_on, (claim.id,), touches)
    for order in one.seen.orders:
        if order.granted_on <= one.at.on:
            text = say(
                "CMS gave the sum of the liability order of {granted_on}, {amount}, not what was left on {on}",
                granted_on=day(order.granted_on),
                amount=pounds(order.amount),
                on=day(one.at.on),
            )
            amount = order.amount - one.at.outstanding
            yield Candidate("order_sum", amount, text, order.granted_on, (order.id,), alone=True)


def _is_pending(claim: Claim) -> bool:
    """Whether CMS has not said yes or no to a payment that it was asked to count."""
    return not {step.kind for step in claim.steps} & {StepKind.ACCEPTED, StepKind.REFUSED}


def _another_day(one: Day, theirs: int) -> Iterator[Candidate]:
    """The figure as it stood on an earlier day: CMS may have read it off before the day that it names."""
    points = history.read(one.ledger)
    for point in reversed(points[:-1]):
        if (one.at.on - point.on).days > DAYS_BACK:
            break
        if point.owed == theirs > 0:
            text = say("CMS's figure is the one for {on}, not for {on_2}", on=day(point.on), on_2=day(one.at.on))
            yield Candidate("another_day", theirs - one.at.outstanding, text, point.on, alone=True)
            break
