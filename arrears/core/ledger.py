"""The facts as known on a day, posted and allocated up to a day: what every answer is read from."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from operator import itemgetter
from typing import NamedTuple, Protocol, TypeVar

from arrears.core import allocation, postings
from arrears.core.facts import CaseFacts, Plan
from arrears.core.other_facts import Claim, Settlement
from arrears.core.results import CauseKind, CoverKind
from arrears.core.schedule import in_order
from cases.core.facts import StruckOut


class _Fact(Protocol):
    @property
    def struck_out(self) -> StruckOut | None: ...


class _Recorded(_Fact, Protocol):
    @property
    def recorded_on(self) -> dt.date: ...


_F = TypeVar("_F", bound=_Fact)
_R = TypeVar("_R", bound=_Recorded)
_S = TypeVar("_S", Plan, Claim, Settlement)


class FeeMove(NamedTuple):
    """Money that went to a collection fee (positive) or came back from one (negative), in pence.

    ``day`` (an ordinal) is when it counts: money paid ahead for a fee is not yet a fee until the
    fee falls due (rules section 4).
    """

    day: int
    amount: int
    fact_id: str
    kind: CoverKind


class Ledger:
    """Everything posted by ``on`` under the facts known on ``known_on``, and what covered it.

    ``instalments`` are those to which money could go, those to come among them; the first ``fallen``
    have fallen due by ``on``. ``outs``, ``fee_outs``, ``covers`` and ``fee_covers`` go beside them,
    place by place. ``others`` is everything else dated by ``on``. Instalments are posted for ``ahead``
    days more, never fewer than a payment reaches.
    """

    def __init__(
        self, facts: CaseFacts, *, on: dt.date, known_on: dt.date, ahead: int = allocation.USUAL_REACH
    ) -> None:
        self.until = on.toordinal()
        self.facts = known(facts, known_on)
        self.monies = allocation.from_payments(self.facts.payments, self.until)
        named = [part.due_on.toordinal() for one in self.facts.payments if one.allocation for part in one.allocation]
        horizon = max([self.until + ahead, *named])
        self.book = postings.Book(self.facts, horizon)
        posted = postings.post(self.book, self.until, horizon)
        self.restated_units = posted.restated_units
        self.instalments = posted.instalments
        self.others = posted.others
        self.fallen = bisect_right(posted.instalments.days, self.until)
        spent = allocation.Allocation(posted.instalments, posted.others, self.facts.allocation_rule)
        spent.run([*self.monies, *allocation.from_posts(posted.others)], self.until)
        self.credit_from_payments, self.credit_from_changes = spent.first, spent.second
        self.has_changes = any(one.amount < 0 for one in posted.others)  # is there credit that is no payment?
        self.outs = spent.by_instalment(spent.outs)
        self.fee_outs = spent.by_instalment(spent.fee_outs)
        self.covers = spent.by_instalment(spent.covers)
        self.fee_covers = spent.by_instalment(spent.fee_covers)

    @property
    def credit(self) -> int:
        """Pence of money and of other credits that nothing has drawn by the day, what is paid ahead among them."""
        kept = sum(left for _, left in (*self.credit_from_payments, *self.credit_from_changes))
        return kept + sum(self.paid_ahead(place) for place in self.touched)

    @property
    def touched(self) -> list[int]:
        """The places of the instalments still to come to which, or to whose fee, money has gone."""
        places = range(self.fallen, len(self.instalments.days))
        return [place for place in places if self.covers[place] or self.fee_covers[place]]

    def paid_ahead(self, place: int) -> int:
        """The pence that have gone to one instalment and its fee."""
        posted = self.instalments
        return posted.amounts[place] - self.outs[place] + posted.fees[place] - self.fee_outs[place]

    def fee_moves(self) -> Iterator[FeeMove]:
        """Every movement between the money and the fees that have fallen due."""
        fallen = self.instalments.days[: self.fallen]
        pairs = [(day, covers) for day, covers in zip(fallen, self.fee_covers, strict=False) if covers]
        pairs += [(post.day, list(post.fee_covers)) for post in self.others if post.fee_covers]
        for day, covers in pairs:
            for cover in covers:
                yield FeeMove(max(cover.on.toordinal(), day), cover.amount, cover.payment_id, cover.kind)
        for post in self.others:
            if post.fee < 0:
                yield FeeMove(post.day, post.fee, post.fact_id, CoverKind.FEE_RETURNED)


class Movement(NamedTuple):
    """Something that moves the net balance (outstanding less credit, fees apart) on a day.

    ``amount`` is signed pence; ``fact_id`` names the fact, ``cause`` says what it is. ``post`` is
    the entry, where it is one and no instalment.
    """

    day: int
    cause: CauseKind
    amount: int
    fact_id: str
    post: postings.Post | None = None
    money: allocation.Money | None = None
    fee: FeeMove | None = None


_movement = partial(tuple.__new__, Movement)  # calling the class is slow where done a thousand times


def movements(ledger: Ledger) -> list[Movement]:
    """Everything that moved the net balance by the ledger's day, in order of days.

    Net = amounts due - payments counted + money that went to fees: what is paid raises nothing
    but the fees' own pot where it went to one.
    """
    due, paid = CauseKind.INSTALMENT, CauseKind.PAYMENT
    posted = ledger.instalments
    fallen = zip(posted.days[: ledger.fallen], posted.amounts, posted.fact_ids, strict=False)
    found = [_movement((day, due, amount, fact_id, None, None, None)) for day, amount, fact_id in fallen]
    found += [
        Movement(post.day, CauseKind(post.kind.value), post.amount, post.fact_id, post)
        for post in ledger.others
        if post.amount
    ]
    found += [_movement((m.day, paid, -m.amount, m.fact_id, None, m, None)) for m in ledger.monies if m.amount]
    found += [Movement(fee.day, CauseKind.FEE, fee.amount, fee.fact_id, fee=fee) for fee in ledger.fee_moves()]
    found.sort(key=itemgetter(0))
    return found


def known(facts: CaseFacts, known_on: dt.date) -> CaseFacts:
    """The facts as known on a day: told or recorded by then, and not struck out by then.

    Schedules, service periods and opening balances are always known (rules section 1); so are plans
    and the figures CMS gave, which move no balance.
    """
    return CaseFacts(
        perspective=facts.perspective,
        allocation_rule=facts.allocation_rule,
        services=tuple(_standing(facts.services, known_on)),
        decisions=tuple(d for d in _standing(facts.decisions, known_on) if d.notified_on <= known_on),
        schedules=tuple(in_order(_standing(facts.schedules, known_on))),
        openings=tuple(_standing(facts.openings, known_on)),
        payments=tuple(_told(facts.payments, known_on)),
        observations=tuple(o for o in _standing(facts.observations, known_on) if o.noted_on <= known_on),
        adjustments=tuple(_told(facts.adjustments, known_on)),
        statements=tuple(_standing(facts.statements, known_on)),
        plans=tuple(_with_steps(one, known_on) for one in _standing(facts.plans, known_on)),
        claims=tuple(_with_steps(one, known_on) for one in _told(facts.claims, known_on)),
        settlements=tuple(_with_steps(one, known_on) for one in _told(facts.settlements, known_on)),
        orders=tuple(_standing(facts.orders, known_on)),
        other_money=tuple(_told(facts.other_money, known_on)),
        budgets=tuple(_standing(facts.budgets, known_on)),
        transits=tuple(_told(facts.transits, known_on)),
    )


def _standing(facts: Iterable[_F], known_on: dt.date) -> list[_F]:
    return [fact for fact in facts if fact.struck_out is None or fact.struck_out.on > known_on]


def _told(facts: Iterable[_R], known_on: dt.date) -> list[_R]:
    return [
        fact
        for fact in facts
        if fact.recorded_on <= known_on and (fact.struck_out is None or fact.struck_out.on > known_on)
    ]


def _with_steps(fact: _S, known_on: dt.date) -> _S:
    """A plan, claim or settlement with those of its steps that are known."""
    return replace(fact, steps=tuple(_told(fact.steps, known_on))) if fact.steps else fact
