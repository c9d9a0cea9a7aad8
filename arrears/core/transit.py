"""Where money on its way through CMS is, what it should come to, and when to ask about it.

It moves no balance: what was paid is a payment, and the ledger counts that alone. What should come
of a sum is worked out with the dated fees; the days are those that a source gives (rates.toml), and
where none does, our own rule for when to ask.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from arrears.core import rates
from arrears.core.facts import CaseFacts
from arrears.core.plan_effects import without_fee
from arrears.core.rate_values import Basis, Certainty, Rate
from arrears.core.schedule import nth_month
from arrears.core.transit_facts import Leg, LegKind, Way
from cases.core.calendar import add_working_days, working_day_from, working_days_between
from cases.core.facts import Nation, Perspective
from cms_tracker.money import round_half_up

ORDER = tuple(LegKind)


class Amounts(NamedTuple):
    """Pence that went in, that CMS kept, and that went on; None where nobody said, and nothing tells."""

    gross: int | None
    fee: int | None
    net: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """The next leg: usually there by ``by``; late from the day after ``late_after``, the next working day.

    ``rule`` is where the day comes from; ``firm`` says whether a source that was read gives it.
    """

    kind: LegKind
    by: dt.date
    late_after: dt.date
    rule: Rate
    days_late: int
    working_days_late: int

    @property
    def is_late(self) -> bool:
        """Say whether the day has passed, and the working day after it."""
        return self.days_late > 0

    @property
    def firm(self) -> bool:
        """Say whether the law or CMS's own words give the day, as read at the source."""
        return self.rule.certainty is Certainty.VERIFIED and self.rule.basis is not Basis.OURS


@dataclass(frozen=True, slots=True, kw_only=True)
class LegSeen:
    """Everything told of one leg. ``said`` adds it up; ``expected`` is what the fees make of the leg before.

    ``lost`` are pence that left the leg before it and did not come to this one; below nothing: more came.
    """

    kind: LegKind
    legs: tuple[Leg, ...]
    on: dt.date
    said: Amounts
    expected: Amounts | None
    lost: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """One sum on its way, as known: where it is (``at``), and what comes next (None: nothing more)."""

    number: int
    way: Way
    seen: tuple[LegSeen, ...]
    coming: Amounts | None
    next: Next | None

    @property
    def at(self) -> LegSeen:
        """The furthest leg that anybody told of."""
        return self.seen[-1]

    @property
    def first(self) -> LegSeen:
        """The earliest leg that anybody told of."""
        return self.seen[0]

    @property
    def amount(self) -> int:
        """What set out, or as much as was told of it, in pence."""
        said = self.first.said
        return said.gross if said.gross is not None else said.net or 0

    @property
    def is_late(self) -> bool:
        """Say whether the next leg should have come."""
        return self.next is not None and self.next.is_late

    @property
    def lost(self) -> int:
        """The pence that went missing between legs, all in all."""
        return sum(one.lost or 0 for one in self.seen)

    @property
    def legs(self) -> tuple[Leg, ...]:
        """Every leg of it that stands."""
        return tuple(leg for one in self.seen for leg in one.legs)


class Limit(NamedTuple):
    """What an order on pay may take of ``net_pay``: all of it or less, because so much is protected."""

    net_pay: int
    order: int
    protected: int
    taken: int
    rule: Rate

    @property
    def short(self) -> int:
        """What the order asks for and the pay does not allow."""
        return self.order - self.taken


def sums(seen: CaseFacts, *, on: dt.date, nation: Nation) -> tuple[Sum, ...]:
    """Every sum on its way by ``on``, the latest first. ``seen`` are facts as known (``ledger.known``)."""
    found: dict[int, list[Leg]] = defaultdict(list)
    for leg in seen.transits:
        if leg.on <= on:
            found[leg.number].append(leg)
    made = [_sum(number, legs, seen.perspective, on=on, nation=nation) for number, legs in found.items()]
    return tuple(sorted(made, key=lambda one: (one.first.on, one.number), reverse=True))


def late(seen: CaseFacts, *, on: dt.date, nation: Nation) -> tuple[Sum, ...]:
    """The sums that should have come further by now, the one that waits longest first."""
    found = [one for one in sums(seen, on=on, nation=nation) if one.next is not None and one.is_late]
    return tuple(sorted(found, key=lambda one: (one.next.by if one.next else on, one.number)))


def goal(perspective: Perspective) -> LegKind:
    """The last leg that a parent can follow: what the payment was counted for, or the money itself."""
    return LegKind.ALLOCATED if perspective is Perspective.PAYING else LegKind.PAID_OUT


def collected(gross: int, day: dt.date) -> Amounts:
    """What the paying parent's fee makes of a sum that holds it, at the rate of that day."""
    net = without_fee(gross, day)
    return Amounts(gross, gross - net, net)


def passed_on(gross: int, day: dt.date) -> Amounts:
    """What is left of maintenance once CMS has taken the receiving parent's fee, at the rate of that day."""
    fee = round_half_up(gross * rates.on(day).collection_fee_receiving_parent.share)
    return Amounts(gross, fee, gross - fee)


def deduction_day(day: dt.date, *, nation: Nation) -> dt.date:
    """When an order on a bank account takes money that falls on a day without banking: the next working day."""
    return working_day_from(day, nation=nation)


def deduction_limit(net_pay: int, order: int, day: dt.date) -> Limit:
    """What an order on earnings of ``order`` pence may take of ``net_pay``; the protected share is rounded up."""
    rule: Rate = rates.on(day).protected_earnings_share
    exact = net_pay * rule.share
    protected = -(-exact.numerator // exact.denominator)
    return Limit(net_pay, order, protected, min(order, net_pay - protected), rule)


def _sum(number: int, legs: list[Leg], perspective: Perspective, *, on: dt.date, nation: Nation) -> Sum:
    """One sum; the order in which its legs were told changes nothing."""
    by_kind = {kind: tuple(sorted((one for one in legs if one.kind is kind), key=_told)) for kind in ORDER}
    told = [kind for kind in ORDER if by_kind[kind]]
    way = min(legs, key=_told).way
    seen: list[LegSeen] = []
    for kind in told:
        day = by_kind[kind][-1].on
        before = seen[-1] if seen else None
        said = _added(kind, by_kind[kind])
        expected = _expected(kind, before, day)
        seen.append(
            LegSeen(kind=kind, legs=by_kind[kind], on=day, said=said, expected=expected, lost=_lost(kind, said, before))
        )
    after = _after(seen[-1].kind, perspective)
    coming = None if after is None else _expected(after, seen[-1], on)
    return Sum(
        number=number,
        way=way,
        seen=tuple(seen),
        coming=coming,
        next=None if after is None else _next(after, seen[-1], way, on=on, nation=nation),
    )


def _told(leg: Leg) -> tuple[dt.date, dt.date, str]:
    return leg.on, leg.recorded_on, leg.id


def _after(kind: LegKind, perspective: Perspective) -> LegKind | None:
    """The leg to wait for; a receiving parent is seldom told what a sum is for, and waits for the money."""
    last = goal(perspective)
    if ORDER.index(kind) >= ORDER.index(last):
        return None
    return LegKind.RECEIVED if kind is LegKind.DEDUCTED else last


def _added(kind: LegKind, legs: Iterable[Leg]) -> Amounts:
    """The amounts of the legs of one kind together; None as soon as one of them does not say."""
    each = [_whole(kind, one) for one in legs]
    return Amounts(_total(one.gross for one in each), _total(one.fee for one in each), _total(one.net for one in each))


def _total(parts: Iterable[int | None]) -> int | None:
    known = list(parts)
    return None if None in known else sum(one for one in known if one is not None)


def _whole(kind: LegKind, leg: Leg) -> Amounts:
    """What a leg says, with what follows from it. CMS keeps no fee of money that sets out or only arrives."""
    gross, fee, net = leg.gross, leg.fee, leg.net
    if fee is None and (kind in {LegKind.DEDUCTED, LegKind.RECEIVED}):
        fee = 0 if gross is None or net is None else gross - net
    if fee is None and gross is not None and net is not None:
        fee = gross - net
    if fee is not None:
        gross = net + fee if gross is None and net is not None else gross
        net = gross - fee if net is None and gross is not None else net
    return Amounts(gross, fee, net)


def _expected(kind: LegKind, before: LegSeen | None, day: dt.date) -> Amounts | None:
    """What should come to a leg of what went on from the one before it, by the fees of that day."""
    if before is None:
        return None
    left = before.said.net
    if left is None and before.expected is not None:
        left = before.expected.net
    if left is None:
        return None
    match kind:
        case LegKind.ALLOCATED:
            return collected(left, day)
        case LegKind.PAID_OUT:
            return passed_on(left if before.kind is LegKind.ALLOCATED else collected(left, day).net or 0, day)
        case _:
            return Amounts(left, 0, left)


def _lost(kind: LegKind, said: Amounts, before: LegSeen | None) -> int | None:
    """What went on from one leg and did not come to the next; None where that cannot be told.

    Between legs that do not follow each other nothing is told: a fee may have been kept in between.
    """
    if before is None or before.said.net is None or ORDER.index(kind) != ORDER.index(before.kind) + 1:
        return None
    gross = said.gross
    if gross is None and said.net is not None and kind is LegKind.PAID_OUT:
        gross = said.net + (passed_on(before.said.net, before.on).fee or 0)
    return None if gross is None else before.said.net - gross


def _next(kind: LegKind, at: LegSeen, way: Way, *, on: dt.date, nation: Nation) -> Next:
    """When the next leg usually comes: an employer pays by a day of the next month; else our own rule."""
    now = rates.on(at.on)
    if way is Way.EARNINGS and kind is LegKind.RECEIVED:
        rule: Rate = now.employer_pays_by
        by = nth_month(at.on.replace(day=1), 1).replace(day=int(rule.value))
    else:
        rule = now.ask_where_money_is_working_days
        by = add_working_days(at.on, int(rule.value), nation=nation)
    late_after = working_day_from(by, nation=nation)
    is_late = on > late_after
    return Next(
        kind=kind,
        by=by,
        late_after=late_after,
        rule=rule,
        days_late=(on - by).days if is_late else 0,
        working_days_late=working_days_between(by, on, nation=nation) if is_late else 0,
    )
