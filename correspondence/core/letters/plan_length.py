"""A repayment plan as letters speak of it: its terms, and how long it would take."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from arrears.core.facts import PlanOrigin
from arrears.core.plan_review import PlanReview
from arrears.core.results import PlanState, PlanVerdict
from cases.core.facts import Frequency
from cases.core.words import RATES
from cms_tracker.days import day
from cms_tracker.money import pounds
from correspondence.core.letters.asks import Option, Pick
from correspondence.core.letters.kind import Record

_OVER = frozenset({PlanState.VARIED, PlanState.COMPLETED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """A plan as CMS put it: each payment of ``total`` pence holds ``arrears_part``."""

    agreed_on: dt.date
    first_payment_on: dt.date
    frequency: Frequency
    total: int
    arrears_part: int
    origin: PlanOrigin

    @property
    def each(self) -> str:
        """How often, as it follows an amount: "a month"."""
        return RATES[self.frequency]

    @property
    def ongoing(self) -> int:
        """What of each payment is not for arrears, in pence."""
        return self.total - self.arrears_part

    @property
    def how(self) -> str:
        """Who settled it, as it stands between "the plan that" and the day."""
        return {
            PlanOrigin.NEGOTIATED: "you agreed with the paying parent",
            PlanOrigin.SET_BY_CMS: "you set",
            PlanOrigin.COURT_ORDER: "a court ordered",
        }[self.origin]


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """How long a plan takes for ``arrears`` pence from its payment of ``from_on`` on.

    ``payments`` and ``last_on`` are None where it never ends. ``needed`` is the arrears part that ends
    it within two years, in ``fitting`` payments; ``left`` what would be left after them, at its own.
    """

    arrears: int
    from_on: dt.date
    payments: int | None
    last_on: dt.date | None
    needed: int
    fitting: int
    left: int

    @property
    def stretch(self) -> str:
        """From the first payment to the last, in years and months; empty where it never ends."""
        if self.last_on is None:
            return ""
        months = (self.last_on.year - self.from_on.year) * 12 + self.last_on.month - self.from_on.month
        months -= self.last_on.day < self.from_on.day
        years, rest = divmod(months, 12)
        parts = [_counted(years, "year"), _counted(rest, "month")]
        return " and ".join(part for part in parts if part)


def _counted(count: int, noun: str) -> str:
    return "" if not count else f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def terms_of(review: PlanReview) -> Terms:
    """The terms of a plan on the record."""
    plan = review.plan
    return Terms(
        agreed_on=plan.agreed_on,
        first_payment_on=plan.first_payment_on,
        frequency=plan.frequency,
        total=plan.total,
        arrears_part=plan.arrears_part,
        origin=plan.origin,
    )


def length_of(verdict: PlanVerdict) -> Length:
    """How long a plan takes, by the engine's verdict on it."""
    return Length(
        arrears=verdict.arrears,
        from_on=verdict.first_payment_on,
        payments=verdict.payments,
        last_on=verdict.last_payment_on,
        needed=verdict.needed_for_two_years,
        fitting=verdict.payments_by_two_years,
        left=verdict.left_at_two_years,
    )


def reviews(record: Record) -> list[PlanReview]:
    """Every plan of the record as the engine judges it, the latest first."""
    return list(reversed(record.plan_reviews))


def is_running(review: PlanReview) -> bool:
    """Say whether a plan still is in force: nothing replaced, completed or ended it."""
    return review.standing.state not in _OVER and review.standing.ended_on is None


def pick(
    found: Sequence[PlanReview],
    *,
    label: str = "Which plan?",
    also: Collection[Option] = (),
    help: str = "",  # noqa: A002 - the field's own name
) -> Pick:
    """The question which plan a letter is about; the latest is chosen at first."""
    options = tuple(
        Option(value=one.plan.id, label=_label(one), is_ticked=place == 0) for place, one in enumerate(found)
    )
    return Pick(name="plan", label=label, needed="Choose a plan.", help=help, options=(*options, *also))


def _label(one: PlanReview) -> str:
    plan = one.plan
    of_it = "" if plan.total == plan.arrears_part else f", {pounds(plan.arrears_part)} of it for arrears"
    return f"{pounds(plan.total)} {RATES[plan.frequency]} from {day(plan.first_payment_on)}{of_it}"


def chosen(found: Sequence[PlanReview], key: str) -> PlanReview | None:
    """The plan of that key, or None."""
    return next((one for one in found if one.plan.id == key), None)
