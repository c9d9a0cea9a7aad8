"""The account line by line, for a page, for print and as rows to take away."""

from collections.abc import Iterator
from typing import NamedTuple

from arrears.core import rates
from arrears.core.breakdown import Breakdown, Line
from arrears.core.breakdown import Year as YearLines
from arrears.core.cells import text_cell
from arrears.core.derived import adjustments_of, brought_back
from arrears.core.facts import CaseFacts, Route
from arrears.core.results import CauseKind, Kind
from arrears.presenters import words
from arrears.presenters.fact_links import FactLinks, Link
from cases.core.facts import Perspective
from cms_tracker.days import day, short_day
from cms_tracker.language import Words, mark, say
from cms_tracker.money import plain, pounds

HEADS = (
    mark("Date"),
    mark("What"),
    mark("Due"),
    mark("Paid or taken off"),
    mark("Balance"),
    mark("Where it comes from"),
)


class Row(NamedTuple):
    """One line: empty text where a column has nothing."""

    day: str
    what: str
    source: str
    due: str
    paid: str
    balance: str
    link: Link


class Month(NamedTuple):
    """A month with its lines and its sums."""

    name: str
    rows: tuple[Row, ...]
    due: str
    paid: str
    balance: str


class Year(NamedTuple):
    """A year with its months."""

    year: int
    months: tuple[Month, ...]
    due: str
    paid: str
    balance: str
    lines: int


class _Sources:
    """What a line says about where it comes from, found by the id of its fact."""

    def __init__(self, facts: CaseFacts) -> None:
        self._receiving = facts.perspective is Perspective.RECEIVING
        self._decisions = {one.id: one for one in facts.decisions}
        self._payments = {one.id: one for one in facts.payments}
        self._openings = {one.id: one.source for one in facts.openings}
        self._reasons = {one.id: one.reason for one in adjustments_of(facts)}
        self._back = brought_back(facts)

    def what(self, line: Line) -> str:
        """What happened, in a word or two."""
        match line.kind:
            case CauseKind.INSTALMENT:
                return say("Payment due")
            case CauseKind.PAYMENT:
                return say("Payment came") if self._receiving else say("Payment made")
            case CauseKind.FEE:
                return say("Went to a collection fee") if line.paid < 0 else say("Came back from a fee")
        return words.entry(Kind(line.kind.value), self._back.get(line.fact_id))

    def source(self, line: Line) -> str:
        """The fact behind a line, in words; some of them typed by a person."""
        if (decision := self._decisions.get(line.fact_id)) is not None:
            told = (
                say(", told {notified_on}", notified_on=day(decision.notified_on))
                if line.kind is not CauseKind.INSTALMENT
                else ""
            )
            return say(
                "CMS decision of {weekly} a week from {effective_on}{told}",
                weekly=pounds(decision.weekly),
                effective_on=day(decision.effective_on),
                told=told,
            )
        if (payment := self._payments.get(line.fact_id)) is not None:
            return _PAID[payment.route].format(
                amount=pounds(payment.amount),
                fee=rates.on(payment.paid_on).collection_fee_receiving_parent.percent,
            )
        return self._openings.get(line.fact_id) or self._reasons.get(line.fact_id, "")


_PAID = Words(
    {
        Route.DIRECT: mark("Straight from one parent to the other"),
        Route.VIA_CMS_RECEIVED: mark("{amount} through CMS, after the {fee} it keeps"),
        Route.VIA_CMS_PAID: mark("Paid to CMS, with its fee in it"),
    }
)


def years(lines: Breakdown, facts: CaseFacts, links: FactLinks) -> list[Year]:
    """The account by year and month, oldest first."""
    sources = _Sources(facts)
    return [_year(one, sources, links) for one in lines.years]


def _year(one: YearLines, sources: _Sources, links: FactLinks) -> Year:
    months = tuple(
        Month(
            name=f"{month.first:%B %Y}",
            rows=tuple(_row(line, sources, links) for line in month.lines),
            due=pounds(month.due),
            paid=pounds(month.paid),
            balance=words.balance(month.balance),
        )
        for month in one.months
    )
    return Year(
        year=one.year,
        months=months,
        due=pounds(one.due),
        paid=pounds(one.paid),
        balance=words.balance(one.balance),
        lines=sum(len(month.lines) for month in one.months),
    )


def _row(line: Line, sources: _Sources, links: FactLinks) -> Row:
    if line.kind is CauseKind.INSTALMENT:
        link = links.instalment(line.on)
    elif line.kind in {CauseKind.INITIAL, CauseKind.RECALCULATION}:
        link = links.working(line.fact_id)
    else:
        link = links.fact(line.fact_id)
    return Row(
        day=short_day(line.on),
        what=sources.what(line),
        source=sources.source(line),
        due=pounds(line.due) if line.due else "",
        paid=pounds(line.paid) if line.paid else "",
        balance=words.balance(line.balance),
        link=link,
    )


def table(lines: Breakdown, facts: CaseFacts) -> Iterator[tuple[str, ...]]:
    """The account as rows to take away, heads first: days as 2025-04-03, amounts as 260.00.

    What a person typed stands in it, so no cell is left that a spreadsheet would take for a formula.
    """
    sources = _Sources(facts)
    yield HEADS
    for line in lines.lines:
        yield (
            line.on.isoformat(),
            sources.what(line),
            plain(line.due) if line.due else "",
            plain(line.paid) if line.paid else "",
            plain(line.balance),
            text_cell(sources.source(line)),
        )
