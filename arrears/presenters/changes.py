"""Why it changed: the causes as a drawing, as a table and in sentences, all from the same lines."""

import datetime as dt
from itertools import groupby
from typing import NamedTuple

from arrears.core.cause_groups import CauseGroup, grouped
from arrears.core.derived import brought_back
from arrears.core.facts import CaseFacts
from arrears.core.ledger import known
from arrears.core.results import Cause, CauseKind, Change
from arrears.presenters import charts, words
from arrears.presenters.fact_links import FactLinks, Link
from cases.core.facts import Perspective
from cms_tracker.days import day
from cms_tracker.language import mark, say
from cms_tracker.money import pounds

MOST_IN_ONE = 24  # sentences that are shown at once; more are folded away year by year
MOST_IN_A_YEAR = 60  # a year of weekly payments; the payments page has the rest

_TITLES = {
    CauseKind.INITIAL: (mark("The first decision"), mark("{} first decisions")),
    CauseKind.RECALCULATION: (mark("A decision on earlier amounts"), mark("{} later decisions")),
    CauseKind.OPENING: (mark("Brought forward"), mark("{} sums brought forward")),
    CauseKind.CORRECTION_UP: (mark("A correction, added"), mark("{} corrections, added")),
    CauseKind.CORRECTION_DOWN: (mark("A correction, taken off"), mark("{} corrections, taken off")),
    CauseKind.WRITE_OFF: (mark("Written off by CMS"), mark("{} write-offs by CMS")),
    CauseKind.OFFSET: (mark("Set off"), mark("{} sums set off")),
    CauseKind.SETTLEMENT: (mark("A settlement"), mark("{} settlements")),
    CauseKind.VOLUNTARY_PAYMENT: (mark("Voluntary payment"), mark("{} voluntary payments")),
    CauseKind.DIRECT_PAYMENT_ACCEPTED: (mark("A direct payment counted"), mark("{} direct payments counted")),
    CauseKind.STRUCK_OUT: (mark("A slip struck out"), mark("{} slips struck out")),
    CauseKind.RECORDED_LATE: (mark("Recorded later"), mark("{} entries recorded later")),
}


class Said(NamedTuple):
    """One cause in a sentence, with its amount, and where it leads."""

    text: str
    amount: str
    link: Link


class Fold(NamedTuple):
    """Some causes of one line, folded away under a title. ``left_out`` are those too many to show."""

    title: str
    causes: tuple[Said, ...]
    left_out: int


class View(NamedTuple):
    """Which two views are compared, each (day, known on), on which day, and whether the reader is the parent."""

    first: tuple[dt.date, dt.date]
    second: tuple[dt.date, dt.date]
    today: dt.date
    is_own: bool

    @property
    def is_by_today(self) -> bool:
        """Say whether both days are seen with all that is known today."""
        return self.first[1] == self.second[1] == self.today


class ChangeRow(NamedTuple):
    """One line of the table: what happened, more about it, the change, what was owed after it."""

    title: str
    detail: str
    amount: str
    after: str
    link: Link | None
    folds: tuple[Fold, ...]


class Explained(NamedTuple):
    """A change, ready to be shown. ``names`` are those of the first and the last line."""

    lede: str
    aside: str
    rows: tuple[ChangeRow, ...]
    chart: charts.Waterfall
    names: tuple[str, str]
    before: str
    after: str
    change: str


def explained(change: Change, facts: CaseFacts, *, view: View, links: FactLinks) -> Explained:
    """Write a change between two views."""
    groups = grouped(change)
    rows = tuple(_row(group, facts, links, is_own=view.is_own) for group in groups)
    names = (_name(view.first, change.before, view), _name(view.second, change.after, view))
    return Explained(
        lede=_lede(change, view, receiving=facts.perspective is Perspective.RECEIVING),
        aside=_aside(change, groups),
        rows=rows,
        chart=charts.waterfall(
            [(row.title, one.before, one.after) for row, one in zip(rows, groups, strict=True)],
            first=(names[0], change.before),
            last=(names[1], change.after),
            ends=(words.balance(change.before), words.balance(change.after)),
        ),
        names=names,
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


def _name(one: tuple[dt.date, dt.date], owed: int, view: View) -> str:
    """A view in a few words: its day, or, where both have one day, what was known."""
    if view.first[0] == view.second[0]:
        return say("Known on {one}", one=day(one[1]))
    # What is overpaid says so itself, and both must fit on one line of a phone.
    return say("{part} {one}", part=say("Owed on") if owed >= 0 else say("On"), one=day(one[0]))


def _lede(change: Change, view: View, *, receiving: bool) -> str:
    if not change.change and view.is_by_today:
        same = say("did not change") if not change.causes else say("ended where it began")
        return say(
            "Between {first} and {second} the balance {same}. On both days {stood}.",
            first=day(view.first[0]),
            second=day(view.second[0]),
            same=same,
            stood=_stood(change.after, change.credit_after, receiving=receiving, is_own=view.is_own),
        )
    sentences = [
        say(
            "On {on}{by} {stood}.",
            on=day(on),
            by=_by(on, known_on, view),
            stood=_stood(owed, credit, receiving=receiving, is_own=view.is_own),
        )
        for (on, known_on), owed, credit in (
            (view.first, change.before, change.credit_before),
            (view.second, change.after, change.credit_after),
        )
    ]
    return " ".join(sentences)


def _by(on: dt.date, known_on: dt.date, view: View) -> str:
    """By what knowledge a day is seen, where that is not today's for both."""
    if view.is_by_today:
        return ""
    if known_on == view.today:
        return say(", by what is known today,")
    return (
        say(", by what was known then,")
        if known_on == on
        else say(", by what was known on {known_on},", known_on=day(known_on))
    )


def _stood(owed: int, credit: int, *, receiving: bool, is_own: bool) -> str:
    """How a balance stood on a day, to follow the day: ``you were owed £520.00``.

    Other pages show what is outstanding, so where there is credit beside it, both stand here.
    """
    if owed + credit and credit:
        whole = say(": {owed} owed, less {credit} in credit", owed=pounds(owed + credit), credit=pounds(credit))
        return f"{_balance(owed, receiving=receiving, is_own=is_own)}{whole}"
    return _balance(owed, receiving=receiving, is_own=is_own)


def _balance(owed: int, *, receiving: bool, is_own: bool) -> str:
    if not owed:
        return say("nothing was owed")
    if receiving:
        who = say("you were") if is_own else say("the receiving parent was")
        return say(
            "{who} {part} {owed}", who=who, part=say("owed") if owed > 0 else say("overpaid"), owed=pounds(abs(owed))
        )
    who = say("you") if is_own else say("the paying parent")
    return say(
        "{who} {part} {owed}", who=who, part=say("owed") if owed > 0 else say("had overpaid by"), owed=pounds(abs(owed))
    )


def _aside(change: Change, groups: tuple[CauseGroup, ...]) -> str:
    """Say where a rise does not come from unpaid instalments: the question that most people have."""
    due = sum(group.amount for group in groups if group.kind is CauseKind.INSTALMENT)
    came = -sum(group.amount for group in groups if group.kind is CauseKind.PAYMENT)
    told = sum(len(group.causes) for group in groups if group.kind is CauseKind.RECALCULATION)
    if change.change > 0 and told and came >= due:
        decisions = say("A CMS decision on earlier amounts") if told == 1 else say("CMS decisions on earlier amounts")
        return say("As much came as fell due in these days. {decisions} made the difference.", decisions=decisions)
    return ""


def _row(group: CauseGroup, facts: CaseFacts, links: FactLinks, *, is_own: bool) -> ChangeRow:
    alone = len(group.causes) == 1
    return ChangeRow(
        title=_title(group, facts, is_own=is_own),
        detail=group.causes[0].text if alone else _span(group),
        amount=charts.signed(group.amount),
        after=words.balance(group.after),
        link=links.of(group.causes[0]) if alone else None,
        folds=() if alone else _folds(group, links),
    )


def _folds(group: CauseGroup, links: FactLinks) -> tuple[Fold, ...]:
    """The causes of a line: all under one title, or, where they are many, year by year."""
    if len(group.causes) <= MOST_IN_ONE:
        return (Fold(say("Show each"), tuple(_said(cause, links) for cause in group.causes), 0),)
    found = []
    for year, some in groupby(group.causes, key=lambda cause: cause.on.year):
        causes = list(some)
        amount = charts.signed(sum(cause.amount for cause in causes))
        shown = tuple(_said(cause, links) for cause in causes[:MOST_IN_A_YEAR])
        found.append(
            Fold(
                say("{year}: {causes}, together {amount}", year=year, causes=len(causes), amount=amount),
                shown,
                len(causes) - len(shown),
            )
        )
    return tuple(found)


def _said(cause: Cause, links: FactLinks) -> Said:
    return Said(cause.text, charts.signed(cause.amount), links.of(cause))


def _title(group: CauseGroup, facts: CaseFacts, *, is_own: bool) -> str:
    """A line in so few words that they stand beside its figure on a phone."""
    count, kind = len(group.causes), group.kind
    if kind is CauseKind.INSTALMENT:
        what = say("fell due") if group.amount > 0 else say("not due yet")
        return (
            say("A payment {what}", what=what)
            if count == 1
            else say("{count_of} payments {what}", count_of=f"{count:,}", what=what)
        )
    if kind is CauseKind.PAYMENT:
        return _paid(count, facts, is_own=is_own, is_yet=group.amount < 0)
    if kind is CauseKind.FEE:
        return say("Went to collection fees") if group.amount > 0 else say("Came back from fees")
    decision = group.causes[0].decision
    if decision is not None and count == 1 and kind is not CauseKind.INITIAL:
        return say("Decision of {decided_on}", decided_on=day(decision.decided_on))
    if kind is CauseKind.CORRECTION_UP and (title := _came_back(group, facts)):
        return title
    one, many = _TITLES[kind]
    return one if count == 1 else many.format(f"{count:,}")


def _came_back(group: CauseGroup, facts: CaseFacts) -> str:
    """Name old arrears that came back, alone or among corrections upwards; empty where none is among them."""
    back = brought_back(facts)
    ways = [back[cause.fact_id] for cause in group.causes if cause.fact_id in back]
    if not ways:
        return ""
    return (
        words.BACK[ways[0]]
        if len(group.causes) == 1
        else say("{causes} sums that CMS added", causes=f"{len(group.causes):,}")
    )


def _paid(count: int, facts: CaseFacts, *, is_own: bool, is_yet: bool) -> str:
    if not is_yet:
        return (
            say("A payment not made yet")
            if count == 1
            else say("{count_of} payments not made yet", count_of=f"{count:,}")
        )
    if facts.perspective is Perspective.RECEIVING or not is_own:
        came = say("came") if facts.perspective is Perspective.RECEIVING else say("made")
        return (
            say("A payment {came}", came=came)
            if count == 1
            else say("{count_of} payments {came}", count_of=f"{count:,}", came=came)
        )
    return say("You paid once") if count == 1 else say("You paid {count_of} times", count_of=f"{count:,}")


def _span(group: CauseGroup) -> str:
    first, last = group.causes[0].on, group.causes[-1].on
    return (
        say("On {first}", first=day(first))
        if first == last
        else say("{first} to {last}", first=day(first), last=day(last))
    )
