"""What if: a payment is missed, ongoing maintenance changes or ends. What each would do to a plan.

Pure answers about the future of a plan from one day on (rules section 5): nothing here is a
forecast, and what CMS would do about it is its own choice. Closed form throughout. Amounts in pence.
"""

import datetime as dt
from dataclasses import dataclass, replace
from fractions import Fraction

from arrears.core import plans, rates
from arrears.core.facts import CaseFacts
from arrears.core.in_force import decision_on, service_on
from arrears.core.results import PlanVerdict
from cases.core.facts import Frequency, ServiceType
from cms_tracker.money import round_half_up

# Weeks of maintenance in one interval: a year of instalments holds 52 weeks (rules section 2).
WEEKS = {
    Frequency.WEEKLY: Fraction(1),
    Frequency.FORTNIGHTLY: Fraction(2),
    Frequency.FOUR_WEEKLY: Fraction(4),
    Frequency.MONTHLY: Fraction(52, 12),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """A plan from its next payment on: ``arrears`` are left, each payment holds ``part`` of them.

    ``ongoing`` and ``fee`` are the rest of each payment; None where the whole payment is not known.
    """

    arrears: int
    next_on: dt.date
    frequency: Frequency
    part: int
    ongoing: int | None = None
    fee: int = 0

    @property
    def total(self) -> int | None:
        """The whole payment, where it is known."""
        return None if self.ongoing is None else self.part + self.ongoing + self.fee

    def verdict(self) -> PlanVerdict:
        """What the plan comes to from its next payment on."""
        return plans.check(
            arrears=self.arrears,
            first_payment_on=self.next_on,
            frequency=self.frequency,
            instalment=None if self.ongoing is not None else self.part,
            total=self.total,
            ongoing=self.ongoing,
            fee=self.fee or None,
        )


def terms_of(verdict: PlanVerdict, *, ongoing: int | None, fee: int = 0) -> Terms:
    """The terms of a plan that was checked."""
    return Terms(
        arrears=verdict.arrears,
        next_on=verdict.first_payment_on,
        frequency=verdict.frequency,
        part=verdict.instalment,
        ongoing=ongoing,
        fee=fee,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """The next payment does not come and is not made up: the plan goes on with the one after it.

    ``behind`` is what then is not paid: the arrears part, and the ongoing maintenance with its fee
    where the whole payment is known. That maintenance becomes arrears too. Each later payment stays
    as it was. ``later_by`` counts how many payments later the plan ends; ``payments`` are still made.
    """

    behind: int
    becomes_arrears: int
    payments: int
    later_by: int
    ends_on: dt.date | None
    ended_on: dt.date | None


def missed(terms: Terms) -> Missed | None:
    """What one missed payment does; None for a plan without an end, or where nothing is owed."""
    before = terms.verdict()
    if not before.payments:
        return None
    more = terms.ongoing or 0
    payments = -(-(terms.arrears + more) // terms.part)
    return Missed(
        behind=min(terms.part, terms.arrears) + more + terms.fee,
        becomes_arrears=more,
        payments=payments,
        later_by=payments + 1 - before.payments,
        ends_on=plans.date_of(terms.next_on, terms.frequency, payments + 1),
        ended_on=before.last_payment_on,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OngoingChanged:
    """Ongoing maintenance becomes ``ongoing`` (and ``fee``) a payment, and the whole payment stays.

    ``verdict`` is the plan with what is then left for the arrears. ``longer_by`` counts payments
    (negative: fewer); None where either has no end. ``short_by`` is what the payment lacks to cover
    ongoing maintenance and its fee and leave a penny for the arrears.
    """

    ongoing: int
    fee: int
    verdict: PlanVerdict
    longer_by: int | None
    short_by: int | None


def ongoing_changed(terms: Terms, *, weekly: int) -> OngoingChanged | None:
    """What another weekly amount does to a plan whose whole payment stays; None where that is not known.

    Where the plan carries a collection fee, the fee follows the new amount at the rate of that day.
    """
    if terms.total is None:
        return None
    ongoing = per_payment(weekly, terms.frequency)
    fee = fee_on(ongoing, terms.next_on) if terms.fee else 0
    before = terms.verdict()
    after = replace(terms, part=terms.total - ongoing - fee, ongoing=ongoing, fee=fee).verdict()
    return OngoingChanged(
        ongoing=ongoing,
        fee=fee,
        verdict=after,
        longer_by=longer_by(before, after),
        short_by=after.short_by,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OngoingEnded:
    """No ongoing maintenance from ``from_on``: from then on the whole payment goes to the arrears.

    ``part`` is that payment, ``payments`` how many there are in all, and ``sooner_by`` how many fewer.
    """

    from_on: dt.date
    part: int
    payments: int
    sooner_by: int
    last_payment: int
    ends_on: dt.date | None


def ongoing_ended(terms: Terms, *, from_on: dt.date) -> OngoingEnded | None:
    """What it does that nothing falls due from a day on, as when the last child grows up.

    None where the whole payment is not known, where nothing is owed, or where the plan does not
    cover ongoing maintenance as it is.
    """
    before = terms.verdict()
    if terms.total is None or not before.payments:
        return None
    first = plans.payments_by(terms.next_on, terms.frequency, from_on - dt.timedelta(days=1))
    first = min(first, before.payments)
    left = max(terms.arrears - terms.part * first, 0)
    rest = -(-left // terms.total)
    payments = first + rest
    last = left - terms.total * (rest - 1) if rest else before.last_payment or 0
    return OngoingEnded(
        from_on=from_on,
        part=terms.total,
        payments=payments,
        sooner_by=before.payments - payments,
        last_payment=last,
        ends_on=plans.date_of(terms.next_on, terms.frequency, payments),
    )


def longer_by(before: PlanVerdict, after: PlanVerdict) -> int | None:
    """How many payments longer a change of plan makes it (negative: shorter).

    None where the two are not paid equally often, or one of them has no end.
    """
    if before.frequency is not after.frequency or before.payments is None or after.payments is None:
        return None
    return after.payments - before.payments


def per_payment(weekly: int, frequency: Frequency) -> int:
    """What a weekly amount comes to in one payment: 1, 2, 4 or 52/12 weeks of it, rounded half up."""
    return round_half_up(weekly * WEEKS[frequency])


def fee_on(ongoing: int, day: dt.date) -> int:
    """The collection fee that a paying parent owes on top of an amount, at the rate of that day."""
    return round_half_up(ongoing * rates.on(day).collection_fee_paying_parent.share)


def without_fee(amount: int, day: dt.date) -> int:
    """What is ongoing maintenance of an amount that holds the collection fee on top of it."""
    return round_half_up(Fraction(amount) / (1 + rates.on(day).collection_fee_paying_parent.share))


def weekly_with_fee(seen: CaseFacts, day: dt.date) -> int | None:
    """The weekly maintenance due on a day, with the paying parent's fee where CMS collects it; None: nothing is due."""
    decision, service = decision_on(seen, day), service_on(seen, day)
    if decision is None or not decision.weekly:
        return None
    collects = service is not None and service.type is ServiceType.COLLECT_AND_PAY
    return decision.weekly + (fee_on(decision.weekly, day) if collects else 0)
