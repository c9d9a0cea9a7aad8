"""Why it changed: the causes as a drawing, as a table and in sentences, all from the same lines."""

import datetime as dt
from typing import NamedTuple

from arrears.core.cause_groups import CauseGroup, grouped
from arrears.core.facts import CaseFacts
from arrears.core.ledger import known
from arrears.core.results import CauseKind, Change, Kind
from arrears.presenters import charts, words
from arrears.presenters.payments import Urls
from cases.core.facts import Perspective
from cms_tracker.days import day, short_day
from cms_tracker.money import pounds

MOST_TOLD = 6
MOST_SENTENCES = 24  # on one page; the payments page has the rest


class Said(NamedTuple):
    """One cause in a sentence, with its amount, and where it leads (may be empty)."""

    text: str
    amount: str
    url: str


class View(NamedTuple):
    """Which two days are compared, and whether the reader is the parent whose file it is."""

    first: dt.date
    last: dt.date
    is_own: bool


class Told(NamedTuple):
    """The day on which a decision was told, and the day before it."""

    notified_on: dt.date
    before: dt.date


class ChangeRow(NamedTuple):
    """One line of the table: what happened, more about it, the change, what was owed after it."""

    title: str
    detail: str
    amount: str
    after: str
    causes: tuple[Said, ...]
    left_out: int
    url: str


class Explained(NamedTuple):
    """A change, ready to be shown."""

    lede: str
    aside: str
    rows: tuple[ChangeRow, ...]
    chart: charts.Waterfall
    before: str
    after: str
    change: str


def explained(change: Change, facts: CaseFacts, *, view: View, urls: Urls) -> Explained:
    """Write a change between two days."""
    groups = grouped(change)
    receiving = facts.perspective is Perspective.RECEIVING
    rows = tuple(_row(group, facts, urls, receiving=receiving) for group in groups)
    first, last = day(view.first), day(view.last)
    return Explained(
        lede=_lede(change, view, receiving=receiving),
        aside=_aside(change, groups),
        rows=rows,
        chart=charts.waterfall(
            [(row.title.partition(":")[0], one.before, one.after) for row, one in zip(rows, groups, strict=True)],
            first=(f"Owed on {first}", change.before),
            last=(f"Owed on {last}", change.after),
            ends=(words.balance(change.before), words.balance(change.after)),
        ),
        before=words.balance(change.before),
        after=words.balance(change.after),
        change=charts.signed(change.change),
    )


def default_days(facts: CaseFacts, *, today: dt.date, first: dt.date | None) -> tuple[dt.date, dt.date]:
    """Two days worth comparing: the last three months, or more where the latest decision lies before them.

    ``first`` is the day on which the record begins to owe anything.
    """
    recent = today - dt.timedelta(days=92)
    told = sorted(one.notified_on for one in known(facts, today).decisions)
    if len(told) > 1:
        recent = min(recent, told[-1] - dt.timedelta(days=1))
    if first is not None and recent < first <= today:
        recent = first - dt.timedelta(days=1)
    return recent, today


def told_days(facts: CaseFacts, *, today: dt.date) -> tuple[Told, ...]:
    """The days on which a decision was told, newest first."""
    days = {one.notified_on for one in known(facts, today).decisions}
    return tuple(Told(one, one - dt.timedelta(days=1)) for one in sorted(days, reverse=True)[:MOST_TOLD])


def _lede(change: Change, view: View, *, receiving: bool) -> str:
    if not change.change:
        same = "did not change" if not change.causes else "ended where it began"
        return (
            f"Between {day(view.first)} and {day(view.last)} the balance {same}. "
            f"On both days {_stood(change.after, receiving=receiving, is_own=view.is_own)}."
        )
    before, after = (_stood(owed, receiving=receiving, is_own=view.is_own) for owed in (change.before, change.after))
    return f"On {day(view.first)} {before}. On {day(view.last)} {after}."


def _stood(owed: int, *, receiving: bool, is_own: bool) -> str:
    """How a balance stood on a day, to follow the day: ``you were owed £520.00``."""
    if not owed:
        return "nothing was owed"
    if receiving:
        who = "you were" if is_own else "the receiving parent was"
        return f"{who} {'owed' if owed > 0 else 'overpaid'} {pounds(abs(owed))}"
    who = "you" if is_own else "the paying parent"
    return f"{who} {'owed' if owed > 0 else 'had overpaid by'} {pounds(abs(owed))}"


def _aside(change: Change, groups: tuple[CauseGroup, ...]) -> str:
    """Say where a rise does not come from unpaid instalments: the question that most people have."""
    due = sum(group.amount for group in groups if group.kind is CauseKind.INSTALMENT)
    came = -sum(group.amount for group in groups if group.kind is CauseKind.PAYMENT)
    told = [group for group in groups if group.kind is CauseKind.RECALCULATION]
    if change.change > 0 and told and came >= due:
        decisions = "A CMS decision about the past" if len(told) == 1 else "CMS decisions about the past"
        return f"As much came as fell due in these days. {decisions} made the difference."
    return ""


def _row(group: CauseGroup, facts: CaseFacts, urls: Urls, *, receiving: bool) -> ChangeRow:
    causes = tuple(
        Said(cause.text, charts.signed(cause.amount), _url(cause.kind, cause.fact_id, facts, urls))
        for cause in group.causes[:MOST_SENTENCES]
    )
    alone = len(group.causes) == 1
    return ChangeRow(
        title=_title(group, facts, receiving=receiving),
        detail=group.causes[0].text if alone else _span(group),
        amount=charts.signed(group.amount),
        after=words.balance(group.after),
        causes=() if alone else causes,
        left_out=max(len(group.causes) - MOST_SENTENCES, 0),
        url=causes[0].url if alone else "",
    )


def _title(group: CauseGroup, facts: CaseFacts, *, receiving: bool) -> str:
    count = len(group.causes)
    match group.kind:
        case CauseKind.INSTALMENT:
            return "A payment fell due" if count == 1 else f"{count} payments fell due"
        case CauseKind.PAYMENT if receiving:
            return "A payment came" if count == 1 else f"{count} payments came"
        case CauseKind.PAYMENT:
            return "You paid once" if count == 1 else f"You paid {count} times"
        case CauseKind.FEE:
            return "Went to collection fees" if group.amount > 0 else "Came back from collection fees"
        case CauseKind.STRUCK_OUT:
            return "A slip was struck out" if count == 1 else f"{count} slips were struck out"
        case CauseKind.RECORDED_LATE:
            return "Recorded later" if count == 1 else f"{count} entries were recorded later"
        case CauseKind.INITIAL:
            return "The first CMS decision"
        case CauseKind.RECALCULATION:
            return _decision(group, facts)
    return words.ENTRIES[Kind(group.kind.value)]


def _decision(group: CauseGroup, facts: CaseFacts) -> str:
    told = next((one.notified_on for one in facts.decisions if one.id == group.causes[0].fact_id), group.on)
    return f"Decision known from {short_day(told)}: about the past"


def _span(group: CauseGroup) -> str:
    first, last = group.causes[0].on, group.causes[-1].on
    return f"On {day(first)}" if first == last else f"{day(first)} to {day(last)}"


def _url(kind: CauseKind, fact_id: str, facts: CaseFacts, urls: Urls) -> str:
    if any(one.id == fact_id for one in facts.payments):
        return urls.payment.format(fact_id)
    if kind in {CauseKind.INITIAL, CauseKind.RECALCULATION}:
        return urls.working.format(fact_id)
    return ""
