"""The rules a second time: slow, obvious, and sharing no code with the engine.

Written straight from the rules, day by day and with exact fractions of pence, so that a test can
ask two independent readings of the same text the same question. Only the fact values are shared.
"""

import calendar
import datetime as dt
import itertools
from fractions import Fraction

from arrears.core.facts import CaseFacts, Payment
from cases.core.facts import Decision, Schedule

DAY = dt.timedelta(days=1)
KINDS = ["opening", "instalment", "initial", "recalculation", "correction_up"]


def rounded(exact: Fraction) -> int:
    """Half away from zero."""
    whole = int(abs(exact) + Fraction(1, 2))
    return whole if exact >= 0 else -whole


def due_dates(schedule: Schedule, until: dt.date) -> list[dt.date]:
    """The due dates up to ``until`` and one more, each counted from the first."""
    found: list[dt.date] = []
    while not found or found[-1] <= until:
        place = len(found)
        first = schedule.first_due_on
        if schedule.frequency == "monthly":
            year, month = first.year + (first.month - 1 + place) // 12, (first.month - 1 + place) % 12 + 1
            found.append(dt.date(year, month, min(first.day, calendar.monthrange(year, month)[1])))
        else:
            found.append(
                first
                + dt.timedelta(days={"weekly": 7, "fortnightly": 14, "four_weekly": 28}[schedule.frequency] * place)
            )
    return found


def told_key(one: Decision) -> tuple[object, ...]:
    """The order in which decisions were told."""
    stated = -1 if one.instalment is None else one.instalment
    return (one.notified_on, one.decided_on, one.sequence, one.weekly, one.effective_on, stated)


def in_force(decisions: list[Decision], day: dt.date) -> Decision | None:
    """The decision with the greatest effective date not after the day; of equal ones the latest told."""
    begun = [one for one in decisions if one.effective_on <= day]
    return max(begun, key=lambda one: (one.effective_on, told_key(one))) if begun else None


def full(one: Decision | None, frequency: str) -> Fraction:
    """One full instalment."""
    if one is None or one.weekly == 0:
        return Fraction(0)
    if one.instalment is not None:
        return Fraction(one.instalment)
    times = {"weekly": Fraction(1), "fortnightly": Fraction(2), "four_weekly": Fraction(4), "monthly": Fraction(52, 12)}
    return one.weekly * times[frequency]


class Instalment:
    """One due date with its cover."""

    def __init__(self, due: dt.date, end: dt.date, natural: int, frequency: str) -> None:
        self.due, self.end, self.natural, self.frequency = due, end, natural, frequency

    def value(self, decisions: list[Decision]) -> Fraction:
        """The sum over the covered days."""
        total, day = Fraction(0), self.due
        while day < self.end:
            total += full(in_force(decisions, day), self.frequency) / self.natural
            day += DAY
        return total


class Amount:
    """Something due, with its fee."""

    def __init__(self, kind: str, on: dt.date, amount: int, fee: int = 0, weekly: bool = False) -> None:
        self.kind, self.on, self.amount, self.fee, self.weekly = kind, on, amount, fee, weekly
        self.left, self.fee_left = max(amount, 0), max(fee, 0)
        self.covered: list[tuple[dt.date, int, bool]] = []

    def cover(self, money: int, on: dt.date, second: bool = False) -> int:
        """Use what it can; return what is left of the money."""
        used = min(money, self.left)
        if used:
            self.left -= used
            self.covered.append((on, used, second))
        return money - used

    def cover_fee(self, money: int) -> int:
        """Use what the fee can; return what is left of the money."""
        used = min(money, self.fee_left)
        self.fee_left -= used
        return money - used


def counted(payment: Payment) -> int:
    """What a payment counts for."""
    if payment.route != "via_cms_received":
        return payment.amount
    gross = payment.amount
    while gross - rounded(Fraction(gross) * 4 / 100) != payment.amount:
        gross += 1
    return gross


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
        self.adjustments = [one for one in facts.adjustments if stands(one) and one.recorded_on <= known_on]
        said = [part.due_on for one in self.payments for part in one.allocation]
        self.instalments = self._instalments(max([on, *said]) + 40 * DAY)
        self._post()
        self._allocate()

    def _instalments(self, until: dt.date) -> list[Instalment]:
        found = []
        for place, schedule in enumerate(self.schedules):
            stop = self.schedules[place + 1].first_due_on if place + 1 < len(self.schedules) else dt.date.max
            dates = due_dates(schedule, until)
            for due, following in itertools.pairwise(dates):
                if due < stop:
                    found.append(Instalment(due, min(following, stop), (following - due).days, schedule.frequency))
        return found

    def _collected(self, day: dt.date) -> bool:
        service = [one for one in self.services if one.from_on <= day]
        return self.facts.perspective == "paying" and bool(service) and service[-1].type == "collect_and_pay"

    def _before_first_due(self, decisions: list[Decision]) -> Fraction:
        total = Fraction(0)
        if decisions and self.schedules:
            day = min(one.effective_on for one in decisions)
            while day < self.schedules[0].first_due_on:
                one = in_force(decisions, day)
                total += Fraction(one.weekly if one else 0, 7)
                day += DAY
        return total

    def _post(self) -> None:
        self.amounts: list[Amount] = []
        for one in self.instalments:
            value = one.value([d for d in self.decisions if d.notified_on <= one.due])
            fee = rounded(value / 5) if self._collected(one.due) else 0
            if rounded(value):
                self.amounts.append(Amount("instalment", one.due, rounded(value), fee, one.frequency == "weekly"))
        for place, decision in enumerate(self.decisions):
            if not self.schedules:
                break
            old, new = self.decisions[:place], self.decisions[: place + 1]
            total = self._before_first_due(new) - self._before_first_due(old)
            charged = Fraction(0)
            for one in self.instalments:
                if one.due < decision.notified_on:
                    change = one.value(new) - one.value(old)
                    total += change
                    charged += change if self._collected(one.due) else 0
            on = max(decision.notified_on, self.schedules[0].first_due_on)
            amount, fee = rounded(total), rounded(charged / 5)
            if (amount or fee) and on <= self.on:
                self.amounts.append(Amount("recalculation" if place else "initial", on, amount, fee))
        self.amounts += [
            Amount("opening", one.on, one.amount) for one in self.openings if one.on <= self.on and one.amount
        ]
        for adjustment in self.adjustments:
            if adjustment.on <= self.on:
                up = adjustment.kind == "correction_up"
                self.amounts.append(
                    Amount(adjustment.kind, adjustment.on, adjustment.amount if up else -adjustment.amount)
                )

    def _events(self, day: dt.date) -> tuple[list[Amount], list[Amount], list[Amount], list[Payment]]:
        today = [one for one in self.amounts if one.on == day]
        dues = [one for one in today if one.amount > 0 or one.fee > 0]
        dues.sort(key=lambda one: KINDS.index(one.kind))
        reductions = sorted((one for one in today if one.amount < 0), key=lambda one: one.amount)
        returned = [one for one in today if one.fee < 0]
        payments = [one for one in self.payments if (one.paid_to_cms_on or one.paid_on) == day]
        payments.sort(
            key=lambda one: (
                -counted(one),
                not one.allocation,
                sorted((part.due_on, part.amount) for part in one.allocation),
            )
        )
        return dues, reductions, returned, payments

    def _allocate(self) -> None:
        self.first = self.second = 0
        self.fallen: list[Amount] = []
        days = {one.on for one in self.amounts} | {one.paid_to_cms_on or one.paid_on for one in self.payments}
        self.paid = 0
        for day in sorted(day for day in days if day <= self.on):
            dues, reductions, returned, payments = self._events(day)
            for due in dues:
                self.fallen.append(due)
                wanted = due.left
                left = due.cover(self.first, day)
                self.first = left
                if due.left:
                    self.second = due.cover(self.second, day, second=True)
                assert due.left <= wanted
                self.first = due.cover_fee(self.first)
            for credit in reductions:
                self.second += self._oldest(-credit.amount, day, second=True)
            for back in returned:
                self.first += self._oldest_fees(-back.fee)
            for payment in payments:
                self.paid += counted(payment)
                self.first += self._pay(payment, day)

    def _age(self, one: Amount) -> tuple[dt.date, int]:
        return (one.on, KINDS.index(one.kind))

    def _oldest(self, money: int, day: dt.date, second: bool = False) -> int:
        for due in sorted((one for one in self.fallen if one.left), key=self._age):
            money = due.cover(money, day, second)
        return money

    def _oldest_fees(self, money: int) -> int:
        for due in sorted((one for one in self.fallen if one.fee_left), key=self._age_of_fee):
            money = due.cover_fee(money)
        return money

    def _age_of_fee(self, one: Amount) -> tuple[dt.date, int]:
        return (one.on, KINDS.index(one.kind))

    def _pay(self, payment: Payment, day: dt.date) -> int:
        money = counted(payment)
        if payment.allocation:
            for part in payment.allocation:
                spend = min(part.amount, money)
                money -= spend
                named = [one for one in self.amounts if one.kind == "instalment" and one.on == part.due_on]
                if not named:
                    named = sorted((one for one in self.fallen if one.on == part.due_on), key=self._age)
                for due in named:
                    spend = due.cover(spend, day)
                money += spend
        elif self.facts.allocation_rule == "ongoing_first":
            open_ones = [one for one in self.amounts if one.kind == "instalment" and one.left]
            near = [one for one in open_ones if abs((one.on - day).days) <= (3 if one.weekly else 7)]
            before = [one for one in open_ones if one.on <= day]
            chosen = None
            if near:
                chosen = min(near, key=lambda one: (abs((one.on - day).days), one.on))
            elif before:
                chosen = max(before, key=lambda one: one.on)
            if chosen is not None:
                money = chosen.cover_fee(chosen.cover(money, day))
        return self._oldest_fees(self._oldest(money, day))

    # ---------------------------------------------------------------- answers

    def answer(self) -> dict[str, object]:
        """Every figure of the position, in pence."""
        by_now = [one for one in self.amounts if one.on <= self.on]
        ahead = [one for one in self.amounts if one.on > self.on]
        owed = [one for one in by_now if one.left]
        early = sum(max(one.amount, 0) - one.left + max(one.fee, 0) - one.fee_left for one in ahead)
        return {
            "due": sum(one.amount for one in by_now),
            "fees_due": sum(one.fee for one in by_now),
            "paid": self.paid,
            "outstanding": sum(one.left for one in owed),
            "overdue": sum(one.left for one in owed if one.on < self.on),
            "fees_outstanding": sum(one.fee_left for one in by_now),
            "credit": self.first + self.second + early,
            "restated_due": self._restated(),
            "by_cause": {
                kind: sum(one.left for one in owed if one.kind == kind) for kind in {one.kind for one in owed}
            },
            "ageing": self._ageing(owed),
            "instalments": [
                (one.on, one.amount, one.left, *self._status(one))
                for one in sorted(by_now, key=lambda one: one.on)
                if one.kind == "instalment"
            ],
            "recalculations": [one.amount for one in by_now if one.kind == "recalculation" and one.amount],
        }

    def _restated(self) -> int:
        exact = sum((one.value(self.decisions) for one in self.instalments if one.due <= self.on), Fraction(0))
        if self.schedules and self.schedules[0].first_due_on <= self.on:
            exact += self._before_first_due(self.decisions)
        given = sum(one.amount for one in self.openings if one.on <= self.on)
        for one in self.adjustments:
            if one.on <= self.on:
                given += one.amount if one.kind == "correction_up" else -one.amount
        return given + rounded(exact)

    def _ageing(self, owed: list[Amount]) -> dict[str, int]:
        bounds = {"0-30": (0, 30), "31-90": (31, 90), "91-180": (91, 180), "181-365": (181, 365), "366+": (366, 10**6)}
        return {
            label: sum(one.left for one in owed if low <= (self.on - one.on).days <= high)
            for label, (low, high) in bounds.items()
        }

    def _status(self, one: Amount) -> tuple[str, int]:
        if one.left == 0:
            if any(second for _, _, second in one.covered):
                return "cleared", 0
            last = max(day for day, _, _ in one.covered)
            return ("paid_on_time", 0) if last <= one.on else ("paid_late", (last - one.on).days)
        if one.on == self.on:
            return "due", 0
        return ("part_paid" if one.covered else "missed"), (self.on - one.on).days
