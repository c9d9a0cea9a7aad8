"""What the second reading of the rules counts in: days, instalments, amounts and money."""

import calendar
import datetime as dt
from fractions import Fraction

from arrears.core.facts import Payment
from cases.core.facts import Decision, Schedule

DAY = dt.timedelta(days=1)
POSTED_BY = {
    ("accepted", "voluntary_payment"): "voluntary_payment",
    ("accepted", "direct_payment"): "direct_payment_accepted",
    ("withdrawn", "voluntary_payment"): "correction_up",
    ("withdrawn", "direct_payment"): "correction_up",
    ("agreed", "settlement"): "settlement",
    ("cancelled", "settlement"): "correction_up",
}
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
    return (one.notified_on, one.decided_on, one.sequence, one.weekly, one.effective_on, stated, one.id)


class Days:
    """Which decision is in force on each day, day by day, by the first ``told`` decisions for every number of them."""

    def __init__(self, decisions: list[Decision], first: dt.date, last: dt.date) -> None:
        self.first = first
        today: list[Decision | None] = [None] * ((last - first).days + 1)
        self.after = [today]
        for new in decisions:
            # The greatest effective date not after the day; of equal ones the latest told, which this one is.
            today = [
                new
                if new.effective_on <= first + place * DAY and (old is None or old.effective_on <= new.effective_on)
                else old
                for place, old in enumerate(today)
            ]
            self.after.append(today)

    def between(self, told: int, start: dt.date, end: dt.date) -> dict[Decision | None, int]:
        """How many of the days from ``start`` to the day before ``end`` each decision is in force on."""
        found: dict[Decision | None, int] = {}
        for one in self.after[told][(start - self.first).days : (end - self.first).days]:
            found[one] = found.get(one, 0) + 1
        return found


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

    def __init__(self, due: dt.date, end: dt.date, natural: int, schedule: Schedule) -> None:
        self.due, self.end, self.natural, self.schedule = due, end, natural, schedule

    def value(self, days: Days, told: int) -> Fraction:
        """The sum over the covered days."""
        return sum(
            (
                full(one, self.schedule.frequency) * count / self.natural
                for one, count in days.between(told, self.due, self.end).items()
            ),
            Fraction(0),
        )


class Money:
    """Money that nothing has used yet, by what it came from."""

    def __init__(self, source: str, kind: str, left: int) -> None:
        self.source, self.kind, self.left = source, kind, left


Covered = tuple[str, dt.date, int, str]


class Amount:
    """Something due, with its fee."""

    def __init__(
        self, kind: str, on: dt.date, amount: int, fact: str, fee: int = 0, *, schedule: Schedule | None = None
    ) -> None:
        self.kind, self.on, self.amount, self.fact, self.fee, self.schedule = kind, on, amount, fact, fee, schedule
        self.left, self.fee_left = max(amount, 0), max(fee, 0)
        self.covers: list[Covered] = []
        self.fee_covers: list[Covered] = []
        self.told: Decision | None = None

    @property
    def age(self) -> tuple[object, ...]:
        """How equally old amounts are covered."""
        given = self.kind in {"opening", "correction_up"}
        return (self.on, KINDS.index(self.kind), -self.amount if given else 0, self.fact if given else "")

    def cover(self, money: Money, on: dt.date, most: int | None = None) -> int:
        """Let it use what it can of the money, or of ``most`` of it; return what it used."""
        used = min(money.left, self.left, money.left if most is None else most)
        if used:
            self.left -= used
            money.left -= used
            self.covers.append((money.source, on, used, money.kind))
        return used

    def cover_fee(self, money: Money, on: dt.date) -> None:
        """Let its fee use what it can of the money."""
        used = min(money.left, self.fee_left)
        if used:
            self.fee_left -= used
            money.left -= used
            self.fee_covers.append((money.source, on, used, money.kind))


def counted(payment: Payment) -> int:
    """What a payment counts for."""
    if payment.route != "via_cms_received":
        return payment.amount
    gross = payment.amount
    while gross - rounded(Fraction(gross) * 4 / 100) != payment.amount:
        gross += 1
    return gross
