"""What is asked of an estimate, and what it answers: every step with its figures and its source.

Amounts inside a step are exact (``Fraction`` of pence); the answer is rounded once, at the end.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from arrears.core.rate_values import Rate, Scale

DAYS_IN_YEAR = 365  # a yearly income is divided by it and multiplied by seven, in leap years too
MOST_NIGHTS = 366
MOST_CHILDREN = 20  # of one kind; more is a slip of the keyboard


class Every(StrEnum):
    """The time that an income is for."""

    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class RateKind(StrEnum):
    """Which of the scheme's rates applies."""

    NIL = "nil"
    FLAT = "flat"
    REDUCED = "reduced"
    BASIC = "basic"
    BASIC_PLUS = "basic_plus"


class StepKind(StrEnum):
    """What a step works out. The first four lead to the income, the others to the weekly amount."""

    INCOME = "income"
    PENSION = "pension"
    INCOME_USED = "income_used"
    INCOME_LIMIT = "income_limit"
    CHILDREN = "children"
    RATE = "rate"
    OTHER_CHILDREN = "other_children"
    AMOUNT = "amount"
    OTHER_ARRANGEMENTS = "other_arrangements"
    SHARED_CARE = "shared_care"
    LEAST = "least"
    ROUNDED = "rounded"
    SHARES = "shares"


@dataclass(frozen=True, slots=True, kw_only=True)
class Income:
    """Gross income of the paying parent: ``amount`` pence for each ``every``, before tax.

    ``pension`` is what they pay into a private pension in the same time. ``held`` is the figure
    that CMS holds, for the same time: it stays in use while ``amount`` is close to it.
    """

    amount: int
    every: Every
    pension: int = 0
    held: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """A child to pay for. ``nights`` a year are spent with the paying parent, ``parent`` names who receives.

    ``equal_care``: both parents share the day-to-day care equally, and nothing is due for the child.
    ``not_agreed``: there are nights, the parents differ on how many, and ``nights`` is what CMS takes then.
    """

    nights: int = 0
    parent: str = ""
    equal_care: bool = False
    not_agreed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What an estimate needs to know. ``on`` is the day whose rates apply.

    ``other_children`` live with the paying parent; ``other_arrangements`` are children whom they
    support under an arrangement outside CMS. ``before_care`` is a weekly amount in pence that is
    known already, before nights are taken into account: income and rate are then left out.
    """

    on: dt.date
    children: tuple[Child, ...]
    income: Income | None = None
    other_children: int = 0
    other_arrangements: int = 0
    on_benefit: bool = False
    pays_nothing: bool = False
    before_care: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of a step, in words, with the exact pence that it adds to the step's result."""

    says: str
    amount: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: what was worked out, in a sentence; the figures, which add up to ``result``; the rule's source.

    ``lines`` is empty where the step only decides something. ``result`` is exact pence.
    """

    kind: StepKind
    says: str
    result: Fraction
    lines: tuple[Line, ...] = ()
    rate: Rate | Scale | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """What one receiving parent would get, in pence a week. The shares add up to the weekly amount."""

    parent: str
    weekly: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """An illustration of a weekly amount, in pence. ``rate`` is None where the amount before nights was given.

    ``income`` is the exact gross weekly income used, before any reduction; None where none was needed.
    """

    on: dt.date
    rate: RateKind | None
    weekly: int
    shares: tuple[Share, ...]
    steps: tuple[Step, ...]
    income: Fraction | None


class EstimateError(ValueError):
    """A question that has no answer: ``field`` names what is wrong, ``message`` says why."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field
        self.message = message
