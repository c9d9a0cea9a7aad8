"""What to note, to tell and to check: rules about the record itself and the money in it."""

from cases.core.facts import Nation
from correspondence.core.steps.fact import Fact
from correspondence.core.steps.rules import Do, Found, No, is_receiving, is_with_cms
from correspondence.core.steps.snapshot import (
    Adviser,
    Cause,
    Figure,
    Ground,
    Life,
    Money,
    Papers,
    Promised,
    Said,
    Served,
    Service,
    Start,
)


def start(ground: Ground, found: Start) -> Found:
    """What a record needs before anything can be worked out, and what nobody has logged."""
    yield Do("log-payments", Fact.QUIET if found.is_quiet else Fact.NOTHING)
    if not is_with_cms(ground):
        return
    if not found.has_decision:
        yield Do("add-decision", Fact.NO_DECISION)
    elif not found.has_dates:
        yield Do("add-dates", Fact.NO_DATES)
    if not (found.has_decision and found.has_dates):
        yield Do("check-plan", Fact.NOTHING)


def money(ground: Ground, found: Money) -> Found:
    """What to tell CMS about the money, and what to check first."""
    if not is_with_cms(ground):
        return
    if is_receiving(ground) and ground.life is Life.OPEN:
        if ground.service is Service.DIRECT and found.has_unreported:
            yield Do("report-missed", Fact.UNREPORTED)
        if ground.service is Service.COLLECT and ground.is_owed:
            yield No("no-report-on-collect", Fact.ON_COLLECT_AND_PAY, ("keep-record",))
    if found.is_stuck:
        yield Do("ask-where-money-is", Fact.MONEY_STUCK)
    yield from _figures(ground, found)
    if found.is_overpaid:
        yield Do("ask-offset", Fact.OVERPAID)
    yield Do("see-changes", Fact.NOTHING)
    yield Do("ask-own-data", Fact.NOTHING)


_CAUSES = {
    Cause.BACKDATED: Fact.BACKDATED,
    Cause.BOTH: Fact.BACKDATED,
    Cause.UNKNOWN: Fact.CAUSE_UNKNOWN,
}
_FIGURES = {Figure.NONE: Fact.NOTHING, Figure.SAME: Fact.HAS_FIGURE, Figure.DIFFERS: Fact.FIGURE_DIFFERS}


def _figures(ground: Ground, found: Money) -> Found:
    yield Do("compare-figure", _FIGURES[found.figure])
    if found.figure is Figure.DIFFERS:
        yield Do("ask-breakdown", Fact.FIGURE_DIFFERS)
    elif ground.is_owed and found.cause in _CAUSES:
        yield Do("ask-breakdown", _CAUSES[found.cause])


def papers(ground: Ground, found: Papers) -> Found:
    """What was served on the paying parent and asks for an answer. The courts differ by nation."""
    if is_receiving(ground) or not is_with_cms(ground):
        return
    if found.served is Served.SAID_MISSED:
        yield Do("answer-said-missed", Fact.SAID_MISSED)
    if found.served is Served.BANK_ORDER:
        yield Do("answer-bank-order", Fact.BANK_ORDER)
    if found.served is Served.COURT_PAPERS:
        is_sheriff = found.nation is Nation.SCOTLAND
        yield Do("object-in-sheriff-court" if is_sheriff else "answer-court-papers", Fact.COURT_PAPERS)


_PROMISES = {
    Promised.DUE: Do("check-promise", Fact.PROMISE_DUE),
    Promised.OVERDUE: Do("chase-promises", Fact.PROMISE_OVERDUE),
    Promised.MANY: Do("chase-promises", Fact.PROMISES_OVERDUE),
}


def said(ground: Ground, found: Said) -> Found:
    """What was promised or asked and has not come, and who may speak for the parent."""
    if found.promised in _PROMISES:
        yield _PROMISES[found.promised]
    if found.is_reply_late:
        yield Do("chase-reply", Fact.REPLY_LATE)
    if found.adviser is Adviser.NO_AUTHORITY and is_with_cms(ground):
        yield Do("give-authority", Fact.NO_AUTHORITY)
