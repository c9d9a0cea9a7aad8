"""An estimate in words: the amount, its rate, every step with its source, and how it stands beside a decision."""

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction

from arrears.core import rates
from arrears.core.estimate.beside import Beside, reconsider_by
from arrears.core.estimate.values import Estimate, RateKind, Share, Step, StepKind
from arrears.presenters.rates import ShownRate, shown
from cms_tracker.days import day
from cms_tracker.language import Words, mark, say
from cms_tracker.money import pounds, round_half_up

RATES = Words(
    {
        RateKind.NIL: mark("Nil rate"),
        RateKind.FLAT: mark("Flat rate"),
        RateKind.REDUCED: mark("Reduced rate"),
        RateKind.BASIC: mark("Basic rate"),
        RateKind.BASIC_PLUS: mark("Basic plus rate"),
    }
)
_TITLES = Words(
    {
        StepKind.INCOME: mark("Income"),
        StepKind.PENSION: mark("Pension payments"),
        StepKind.INCOME_USED: mark("Which income is used"),
        StepKind.INCOME_LIMIT: mark("The most that counts"),
        StepKind.CHILDREN: mark("Equal care"),
        StepKind.RATE: mark("Which rate"),
        StepKind.OTHER_CHILDREN: mark("Other children"),
        StepKind.AMOUNT: mark("The amount"),
        StepKind.OTHER_ARRANGEMENTS: mark("Other arrangements"),
        StepKind.SHARED_CARE: mark("Nights"),
        StepKind.LEAST: mark("The least amount"),
        StepKind.ROUNDED: mark("To the penny"),
    }
)


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One figure of a step, to the penny."""

    says: str
    amount: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownStep:
    """One step as the page lists it. ``result`` is empty where the step only decides something."""

    title: str
    says: str
    lines: list[ShownLine]
    result: str
    rate: ShownRate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was worked out, in words. ``shares`` is empty for one receiving parent, and stands for the last step."""

    weekly: str
    rate: str
    steps: list[ShownStep]
    shares: list[Share]
    on: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The decision beside the illustration, and until when reconsideration can surely be asked for.

    ``default`` is the rule of default decisions, where the decision is for just its amount.
    """

    beside: Beside
    verdict: str
    told_on: dt.date
    ask_by: dt.date
    is_open: bool
    default: ShownRate | None


def answer(found: Estimate) -> Answer:
    """An estimate in words."""
    return Answer(
        weekly=pounds(found.weekly),
        rate=RATES[found.rate] if found.rate else "",
        steps=[_step(one, found.on) for one in found.steps if one.kind is not StepKind.SHARES],
        shares=list(found.shares) if len(found.shares) > 1 else [],
        on=found.on,
    )


def compared(beside: Beside, *, on: dt.date) -> Compared:
    """A decision beside the illustration, in words, for a page of the day ``on``."""
    ask_by = reconsider_by(beside.decision)
    return Compared(
        beside=beside,
        verdict=_verdict(beside),
        told_on=beside.decision.notified_on,
        ask_by=ask_by,
        is_open=on <= ask_by,
        default=shown(beside.default, on=on) if beside.default else None,
    )


def rules(on: dt.date) -> dict[str, ShownRate]:
    """The rules that the page names beside the answer, each with its source."""
    today = rates.on(on)
    named = {
        "change": today.income_change_that_counts,
        "days": today.reconsideration_days,
        "flat": today.flat_rate,
        "benefits": today.flat_rate_on_benefit,
    }
    return {name: shown(rate, on=on) for name, rate in named.items()}


def _verdict(beside: Beside) -> str:
    if not beside.difference:
        return say("The two are the same")
    if beside.agrees:
        return say("The two differ by a penny, which rounding would explain")
    more = "more" if beside.difference > 0 else "less"
    told = say("The decision from {effective_on}", effective_on=day(beside.decision.effective_on))
    return say(
        "{told} is {difference} a week {more} than this illustration",
        told=told,
        difference=pounds(abs(beside.difference)),
        more=more,
    )


def _step(step: Step, on: dt.date) -> ShownStep:
    return ShownStep(
        title=_TITLES[step.kind],
        says=step.says,
        lines=[ShownLine(line.says, _money(line.amount)) for line in step.lines],
        result=_money(step.result) if len(step.lines) > 1 else "",
        rate=shown(step.rate, on=on) if step.rate else None,
    )


def _money(pence: Fraction) -> str:
    """An exact amount to the penny; less than half a penny is said to be that."""
    rounded = round_half_up(pence)
    return pounds(rounded) if rounded or not pence else say("less than 1p")
