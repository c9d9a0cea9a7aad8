"""The rules a second time: slow, obvious, and sharing no code with the engine.

Written straight from the rules, day by day and with exact fractions of pence, so that a test can
ask two independent readings of the same text the same question. Only the fact values are shared.
"""

import datetime as dt
import itertools
from fractions import Fraction

from arrears.core.facts import CaseFacts, Payment
from cases.core.facts import Decision
from tests.unit.arrears.oracle_values import (
    DAY,
    POSTED_BY,
    Amount,
    Days,
    Instalment,
    Money,
    counted,
    due_dates,
    rounded,
    told_key,
)


class Oracle:
    """The position on a day as known on a day; read the attributes."""

    def __init__(self, facts: CaseFacts, on: dt.date, known_on: dt.date) -> None:
        self.on, self.known_on = on, known_on
        self.facts = facts
        stands = lambda one: one.struck_out is None or one.struck_out.on > known_on  # noqa: E731
        self.decisions = sorted(
            (one for one in facts.decisions if stands(one) and one.notified_on <= known_on), key=told_key
        )
        self.schedules = sorted((one for one in facts.schedules if stands(one)), key=lambda one: one.first_due_on)
        self.services = sorted((one for one in facts.services if stands(one)), key=lambda one: one.from_on)
        self.openings = [one for one in facts.openings if stands(one)]
        self.payments = [one for one in facts.payments if stands(one) and one.recorded_on <= known_on]
        told = lambda one: stands(one) and one.recorded_on <= known_on  # noqa: E731
        self.given = [(one.kind.value, one.on, one.amount, one.id) for one in facts.adjustments if told(one)]
        for asked in (*facts.claims, *facts.settlements):
            self.given += [
                (POSTED_BY[step.kind, getattr(asked, "kind", "settlement")], step.on, step.amount, step.id)
                for step in asked.steps
                if told(asked)
                and told(step)
                and step.amount
                and (step.kind, getattr(asked, "kind", "settlement")) in POSTED_BY
            ]
        said = [part.due_on for one in self.payments for part in one.allocation]
        self.instalments = self._instalments(max([on, *said]) + 40 * DAY)
        ends = [one.end for one in self.instalments] + [one.first_due_on for one in self.schedules] + [on]
        starts = [one.due for one in self.instalments] + [one.effective_on for one in self.decisions] + [on]
        self.days = Days(self.decisions, min(starts), max(ends))
        self.told = len(self.decisions)
        self._post()
        self._allocate()

    def _instalments(self, until: dt.date) -> list[Instalment]:
        found = []
        for place, schedule in enumerate(self.schedules):
            stop = self.schedules[place + 1].first_due_on if place + 1 < len(self.schedules) else dt.date.max
            dates = due_dates(schedule, until)
            for due, following in itertools.pairwise(dates):
                if due < stop:
                    found.append(Instalment(due, min(following, stop), (following - due).days, schedule))
        return found

    def _collected(self, day: dt.date) -> bool:
        service = [one for one in self.services if one.from_on <= day]
        return self.facts.perspective == "paying" and bool(service) and service[-1].type == "collect_and_pay"

    def _before_first_due(self, told: int) -> Fraction:
        if not self.schedules or not told:
            return Fraction(0)
        first = min(one.effective_on for one in self.decisions[:told])
        found = self.days.between(told, first, max(first, self.schedules[0].first_due_on))
        return sum((Fraction(one.weekly if one else 0, 7) * count for one, count in found.items()), Fraction(0))

    def _post(self) -> None:
        self.amounts: list[Amount] = []
        for one in self.instalments:
            told = sum(d.notified_on <= one.due for d in self.decisions)
            value = one.value(self.days, told)
            fee = rounded(value / 5) if self._collected(one.due) else 0
            if rounded(value):
                on_the_day = self.days.after[told][(one.due - self.days.first).days]
                fact = on_the_day or self._first_in_force(told)
                self.amounts.append(Amount("instalment", one.due, rounded(value), fact.id, fee, schedule=one.schedule))
        for place, decision in enumerate(self.decisions if self.schedules else ()):
            self._post_change(place, decision)
        for opening in self.openings:
            if opening.on <= self.on and opening.amount:
                self.amounts.append(Amount("opening", opening.on, opening.amount, opening.id))
        for kind, on, amount, fact in self.given:
            if on <= self.on:
                self.amounts.append(Amount(kind, on, amount if kind == "correction_up" else -amount, fact))

    def _first_in_force(self, told: int) -> Decision:
        """The decision that is the first to hold on any day; of those that start together, the latest told."""
        first = min(one.effective_on for one in self.decisions[:told])
        return [one for one in self.decisions[:told] if one.effective_on == first][-1]

    def _post_change(self, place: int, decision: Decision) -> None:
        total = self._before_first_due(place + 1) - self._before_first_due(place)
        charged = Fraction(0)
        for one in self.instalments:
            if one.due < decision.notified_on:
                change = one.value(self.days, place + 1) - one.value(self.days, place)
                total += change
                charged += change if self._collected(one.due) else 0
        on = max(decision.notified_on, self.schedules[0].first_due_on)
        amount, fee = rounded(total), rounded(charged / 5)
        if (amount or fee) and on <= self.on:
            posted = Amount("recalculation" if place else "initial", on, amount, decision.id, fee)
            posted.told = decision
            self.amounts.append(posted)

    def _events(self, day: dt.date) -> tuple[list[Amount], list[Amount], list[Amount], list[Payment]]:
        today = [one for one in self.amounts if one.on == day]
        dues = sorted((one for one in today if one.amount > 0 or one.fee > 0), key=lambda one: one.age)
        reductions = sorted((one for one in today if one.amount < 0), key=lambda one: (one.amount, one.fact))
        returned = sorted((one for one in today if one.fee < 0), key=lambda one: (one.fee, one.fact))
        payments = [one for one in self.payments if (one.paid_to_cms_on or one.paid_on) == day]
        payments.sort(
            key=lambda one: (
                -counted(one),
                not one.allocation,
                sorted((part.due_on, part.amount) for part in one.allocation),
                one.id,
            )
        )
        return dues, reductions, returned, payments

    def _allocate(self) -> None:
        self.first: list[Money] = []
        self.second: list[Money] = []
        self.fallen: list[Amount] = []
        days = {one.on for one in self.amounts} | {one.paid_to_cms_on or one.paid_on for one in self.payments}
        self.paid: list[tuple[Payment, dt.date]] = []
        for day in sorted(day for day in days if day <= self.on):
            dues, reductions, returned, payments = self._events(day)
            for due in dues:
                self.fallen.append(due)
                for credit in (*self.first, *self.second):
                    due.cover(credit, day)
                for credit in self.first:
                    due.cover_fee(credit, day)
            for reduction in reductions:
                self.second.append(self._oldest(Money(reduction.fact, "credit", -reduction.amount), day))
            for back in returned:
                self.first.append(self._oldest_fees(Money(back.fact, "fee_returned", -back.fee), day))
            for payment in payments:
                self.paid.append((payment, day))
                self.first.append(self._pay(payment, day))

    def _oldest(self, money: Money, day: dt.date) -> Money:
        for due in sorted((one for one in self.fallen if one.left), key=lambda one: one.age):
            due.cover(money, day)
        return money

    def _oldest_fees(self, money: Money, day: dt.date) -> Money:
        for due in sorted((one for one in self.fallen if one.fee_left), key=lambda one: one.age):
            due.cover_fee(money, day)
        return money

    def _pay(self, payment: Payment, day: dt.date) -> Money:
        money = Money(payment.id, "payment", counted(payment))
        if payment.allocation:
            for part in payment.allocation:
                spend = part.amount
                named = [one for one in self.amounts if one.kind == "instalment" and one.on == part.due_on]
                if not named:
                    named = sorted((one for one in self.fallen if one.on == part.due_on), key=lambda one: one.age)
                for due in named:
                    spend -= due.cover(money, day, most=spend)
        elif self.facts.allocation_rule == "ongoing_first":
            chosen = self._nearest(day)
            if chosen is not None:
                chosen.cover(money, day)
                chosen.cover_fee(money, day)
        return self._oldest_fees(self._oldest(money, day), day)

    def _nearest(self, day: dt.date) -> Amount | None:
        open_ones = [one for one in self.amounts if one.schedule is not None and one.left]
        near = [one for one in open_ones if abs((one.on - day).days) <= self._reach(one)]
        if near:
            return min(near, key=lambda one: (abs((one.on - day).days), one.on))
        return max((one for one in open_ones if one.on <= day), key=lambda one: one.on, default=None)

    def _reach(self, one: Amount) -> int:
        return 3 if one.schedule is not None and one.schedule.frequency == "weekly" else 7

    # ---------------------------------------------------------------- answers

    def answer(self) -> dict[str, object]:
        """Every figure of the position, in pence."""
        by_now = [one for one in self.amounts if one.on <= self.on]
        ahead = [one for one in self.amounts if one.on > self.on]
        owed = [one for one in by_now if one.left]
        touched = [one for one in ahead if one.covers or one.fee_covers]
        early = sum(max(one.amount, 0) - one.left + max(one.fee, 0) - one.fee_left for one in touched)
        first, second = (sum(one.left for one in pool) for pool in (self.first, self.second))
        return {
            "due": sum(one.amount for one in by_now),
            "fees_due": sum(one.fee for one in by_now),
            "paid": sum(counted(one) for one, _ in self.paid),
            "outstanding": sum(one.left for one in owed),
            "overdue": sum(one.left for one in owed if one.on < self.on),
            "fees_outstanding": sum(one.fee_left for one in by_now),
            "credit": first + second + early,
            "credit_from_payments": first,
            "credit_from_changes": second,
            "paid_ahead": early,
            "restated_due": self._restated(),
            "net": sum(one.left for one in owed) - first - second - early,
            "by_cause": {
                kind: sum(one.left for one in owed if one.kind == kind) for kind in {one.kind for one in owed}
            },
            "ageing": self._ageing(owed),
            "instalments": [self._instalment(one) for one in sorted(by_now, key=lambda one: one.on) if one.schedule],
            "upcoming_covered": [self._instalment(one) for one in sorted(touched, key=lambda one: one.on)],
            "others": sorted(
                (
                    one.kind, one.on, one.amount, one.left, one.fact, tuple(one.covers), one.fee, one.fee_left,
                    one.told.notified_on if one.told else None,
                )
                for one in by_now if not one.schedule
            ),
            "recalculations": [one.amount for one in by_now if one.kind == "recalculation" and one.amount],
        }  # fmt: skip

    def _instalment(self, one: Amount) -> tuple[object, ...]:
        schedule = one.schedule
        assert schedule is not None
        return (
            one.on, one.amount, one.left, *self._status(one), tuple(one.covers), one.fee, one.fee_left, one.fact,
            schedule.id, schedule.frequency,
        )  # fmt: skip

    def uses(self) -> dict[str, tuple[dt.date, int, list[tuple[str, dt.date | None, int]]]]:
        """Where each payment went: the day it counts, what it counts for, and each use of it."""
        found: dict[str, tuple[dt.date, int, list[tuple[str, dt.date | None, int]]]] = {
            one.id: (day, counted(one), []) for one, day in self.paid
        }
        for one in self.amounts:
            for source, _, amount, kind in one.covers:
                if kind == "payment":
                    found[source][2].append((one.kind, one.on, amount))
            for source, _, amount, kind in one.fee_covers:
                if kind == "payment":
                    found[source][2].append(("fee", one.on, amount))
        for money in self.first:
            if money.kind == "payment" and money.left:
                found[money.source][2].append(("credit", None, money.left))
        return {source: (day, whole, sorted(uses, key=str)) for source, (day, whole, uses) in found.items()}

    def _restated(self) -> int:
        exact = sum((one.value(self.days, self.told) for one in self.instalments if one.due <= self.on), Fraction(0))
        if self.schedules and self.schedules[0].first_due_on <= self.on:
            exact += self._before_first_due(self.told)
        given = sum(one.amount for one in self.openings if one.on <= self.on)
        given += sum(
            amount if kind == "correction_up" else -amount for kind, on, amount, _ in self.given if on <= self.on
        )
        return given + rounded(exact)

    def _ageing(self, owed: list[Amount]) -> dict[str, int]:
        bounds = {"0-30": (0, 30), "31-90": (31, 90), "91-180": (91, 180), "181-365": (181, 365), "366+": (366, 10**6)}
        return {
            label: sum(one.left for one in owed if low <= (self.on - one.on).days <= high)
            for label, (low, high) in bounds.items()
        }

    def _status(self, one: Amount) -> tuple[str, int]:
        if one.left == 0:
            if any(kind == "credit" for *_, kind in one.covers):
                return "cleared", 0
            last = max(day for _, day, _, _ in one.covers)
            return ("paid_on_time", 0) if last <= one.on else ("paid_late", (last - one.on).days)
        if one.on >= self.on:
            return ("due" if one.on == self.on else "not_due"), 0
        return ("part_paid" if one.covers else "missed"), (self.on - one.on).days
