"""The ledger as a person reads it: each payment that fell due, what came for it, what is left."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from arrears.core.allocation import counted
from arrears.core.derived import adjustments_of, brought_back
from arrears.core.facts import CaseFacts, Observation, Payment
from arrears.core.in_force import schedule_on
from arrears.core.ledger import known
from arrears.core.results import (
    BalancePoint,
    Cover,
    CoverKind,
    Due,
    Entry,
    Instalment,
    Kind,
    PaymentUse,
    Position,
    Status,
)
from arrears.presenters import words
from arrears.presenters.ledger_windows import Window
from arrears.presenters.statuses import Tag, coming, tag
from cases.core.facts import Decision, Frequency, Perspective
from cms_tracker import language
from cms_tracker.days import day, short_day
from cms_tracker.language import say
from cms_tracker.money import pounds


class Came(NamedTuple):
    """One sum that covered something: words, where they lead (may be empty), a smaller line (may be empty)."""

    text: str
    url: str
    small: str


class Row(NamedTuple):
    """One line of the ledger, ready to be shown. ``fee``, ``url``, ``log_url`` and ``anchor`` may be empty."""

    title: str
    detail: str
    tag: Tag | None
    came: tuple[Came, ...]
    nothing: str
    owed: str
    fee: str
    after: str
    url: str
    log_url: str = ""
    anchor: str = ""


class Urls(NamedTuple):
    """Where the entries lead: each holds ``{}`` where the id of the fact, or the date, belongs."""

    payment: str
    working: str
    log: str = ""


Line = Instalment | Entry | PaymentUse


class Book:
    """One case on one day, arranged for looking things up while the rows are written."""

    def __init__(
        self,
        facts: CaseFacts,
        at: Position,
        points: Sequence[BalancePoint],
        uses: Sequence[PaymentUse],
        urls: Urls,
    ) -> None:
        self.at, self.urls = at, urls
        self.is_receiving = facts.perspective is Perspective.RECEIVING
        self.payments: Mapping[str, Payment] = {one.id: one for one in facts.payments}
        self.decisions: Mapping[str, Decision] = {one.id: one for one in facts.decisions}
        self.adjustments = {one.id: one for one in adjustments_of(facts)}
        self.back = brought_back(facts)
        self.openings = {one.id: one for one in facts.openings}
        self.seen = known(facts, at.known_on)
        self.noted: Mapping[dt.date, Observation] = {one.due_on: one for one in self.seen.observations}
        self.days = [point.on for point in points]
        self.owed = [point.owed for point in points]
        self.has_fees = bool(at.fees_due)
        self.lines = self._lines(uses)

    def frequency(self, due_on: dt.date) -> Frequency:
        """How often payments fall due on a day that is a payment date."""
        dates = schedule_on(self.seen, due_on)
        if dates is None:
            raise ValueError(f"{due_on} is no payment date")
        return dates.frequency

    def after(self, on: dt.date) -> str:
        """The balance at the end of a day."""
        place = bisect_right(self.days, on)
        return words.balance(self.owed[place - 1]) if place else pounds(0)

    def _lines(self, uses: Sequence[PaymentUse]) -> list[tuple[dt.date, Line]]:
        """Everything that has a line, oldest first: what was posted, and money that was shared out."""
        found: list[tuple[dt.date, Line]] = [(one.on, one) for one in self.at.others if one.amount]
        found += [(one.due_on, one) for one in self.at.instalments]
        found += [(one.on, one) for one in uses if _parts(one) > 1]
        return sorted(found, key=lambda line: line[0])


def rows(book: Book, window: Window, *, upcoming: Sequence[Due] = ()) -> list[Row]:
    """The lines of a window, newest first; on the first page those still to come stand on top."""
    lines = [_row(book, one) for on, one in reversed(book.lines) if window.holds(on)]
    return [*_to_come(book, upcoming), *lines] if window.is_newest else lines


def _row(book: Book, one: Line) -> Row:
    match one:
        case Instalment():
            return _instalment(book, one)
        case Entry():
            return _other(book, one)
        case PaymentUse():
            return _shared_out(book, one)


def _to_come(book: Book, upcoming: Sequence[Due]) -> list[Row]:
    """The next instalment, and any later ones to which money has already gone."""
    covered = {one.due_on: one for one in book.at.upcoming_covered}
    found = []
    for due in reversed(upcoming):
        ahead = covered.get(due.due_on)
        if ahead is None and due is not upcoming[0]:
            continue
        title, detail = _named(due.due_on, _with_fee(due.amount, due.fee), book.frequency(due.due_on))
        found.append(
            Row(
                title=title,
                detail=detail,
                tag=coming(due.due_on, on=book.at.on, is_covered=ahead is not None and not ahead.outstanding),
                came=_came(book, ahead.covers, ahead.due_on) if ahead else (),
                nothing=say("Nothing yet"),
                owed="",
                fee="",
                after="",
                url="",
            )
        )
    return found


def _instalment(book: Book, one: Instalment) -> Row:
    title, detail = _named(one.due_on, _with_fee(one.amount, one.fee), one.frequency)
    noted = book.noted.get(one.due_on)
    is_open = one.status in {Status.MISSED, Status.DUE} and not one.covers and noted is None
    return Row(
        title=title,
        detail=detail,
        tag=tag(one, on=book.at.on, is_noted=noted is not None),
        came=_came(book, one.covers, one.due_on),
        nothing=say("Nothing came. Noted on {noted_on}", noted_on=day(noted.noted_on)) if noted else "",
        owed=pounds(one.outstanding),
        fee=pounds(one.fee_outstanding) if book.has_fees else "",
        after=book.after(one.due_on),
        url="",
        log_url=book.urls.log.format(one.due_on) if is_open else "",
        anchor=f"due-{one.due_on}",
    )


def _shared_out(book: Book, use: PaymentUse) -> Row:
    """A payment that went to several dates: no row of theirs shows the whole of it."""
    payment = book.payments[use.payment_id]
    dates = len({one.due_on for one in use.uses if one.due_on and one.due_on <= book.at.on})
    ahead = sum(one.amount for one in use.uses if one.due_on is None or one.due_on > book.at.on)
    said = [say("Shared over {dates} dates", dates=dates)] if dates > 1 else []
    said += [say("{ahead} of it is paid ahead", ahead=pounds(ahead))] if ahead else []
    said += [say("Counts for {counted}", counted=pounds(use.counted))] if use.counted != payment.amount else []
    return Row(
        title=say("Money that came") if book.is_receiving else say("Money you paid"),
        detail=day(use.on),
        tag=None,
        came=(
            Came(
                say("{amount} on {near}", amount=pounds(payment.amount), near=_near(payment.paid_on, use.on)),
                book.urls.payment.format(payment.id),
                ". ".join(said),
            ),
        ),
        nothing="",
        owed="",
        fee="",
        after=book.after(use.on),
        url="",
    )


def _parts(use: PaymentUse) -> int:
    """How many lines of the ledger a payment went to; a fee stands on the line of its date."""
    regular = {Kind.INSTALMENT.value, "fee"}
    return len({(one.due_on, "" if one.what in regular else one.what) for one in use.uses})


def _named(due_on: dt.date, amount: str, frequency: Frequency) -> tuple[str, str]:
    """The name of a regular payment, and the line under it."""
    if frequency is Frequency.MONTHLY:
        return language.month_of_year(due_on), f"{short_day(due_on)}, {amount}"
    return day(due_on), amount


def _other(book: Book, one: Entry) -> Row:
    return Row(
        title=words.entry(one.kind, book.back.get(one.fact_id)),
        detail=_about(book, one),
        tag=_other_tag(one),
        came=_came(book, one.covers, one.on),
        nothing=say("Nothing has covered it yet") if one.amount > 0 else "",
        owed=pounds(one.outstanding) if one.amount > 0 else "",
        fee=pounds(one.fee_outstanding) if book.has_fees else "",
        after=book.after(one.on),
        url=book.urls.working.format(one.fact_id) if one.kind in {Kind.INITIAL, Kind.RECALCULATION} else "",
    )


def _other_tag(one: Entry) -> Tag | None:
    if one.amount < 0:
        return Tag(say("Taken off"), "s-paid")
    if not one.outstanding:
        return Tag(say("Covered"), "s-paid", "good")
    return Tag(say("Part covered"), "s-part", "warn") if one.covers else Tag(say("Still owed"), "s-missed", "off")


def _about(book: Book, one: Entry) -> str:
    """What an entry is, when, and how much."""
    on, amount = day(one.on), pounds(one.amount)
    if one.kind in {Kind.INITIAL, Kind.RECALCULATION}:
        decision = book.decisions[one.fact_id]
        rate = say(
            "{weekly} a week from {effective_on}",
            weekly=pounds(decision.weekly),
            effective_on=day(decision.effective_on),
        )
        return say(
            "{amount}. {rate}, known from {notified_on}",
            amount=amount,
            rate=rate,
            notified_on=day(decision.notified_on),
        )
    if one.kind is Kind.OPENING:
        source = book.openings[one.fact_id].source
        return (
            say("{amount} on {on}. {source}", amount=amount, on=on, source=source)
            if source
            else say("{amount} on {on}", amount=amount, on=on)
        )
    reason = book.adjustments[one.fact_id].reason
    return (
        say("{amount} on {on}. {reason}", amount=amount, on=on, reason=reason)
        if reason
        else say("{amount} on {on}", amount=amount, on=on)
    )


def _came(book: Book, covers: Sequence[Cover], due_on: dt.date) -> tuple[Came, ...]:
    """What covered an amount. Several sums from one payment are one line."""
    sums: dict[tuple[str, CoverKind], int] = {}
    for cover in covers:
        key = (cover.payment_id, cover.kind)
        sums[key] = sums.get(key, 0) + cover.amount
    return tuple(_sum(book, fact_id, kind, amount, due_on) for (fact_id, kind), amount in sums.items())


def _sum(book: Book, fact_id: str, kind: CoverKind, amount: int, due_on: dt.date) -> Came:
    payment = book.payments.get(fact_id)
    if kind is CoverKind.PAYMENT and payment is not None:
        paid_on = _near(payment.paid_on, due_on)
        text = say("{amount} on {paid_on}", amount=pounds(amount), paid_on=paid_on)
        if amount != counted(payment):
            text = say(
                "{amount}, part of the {amount_2} of {paid_on}",
                amount=pounds(amount),
                amount_2=pounds(payment.amount),
                paid_on=paid_on,
            )
        return Came(text, book.urls.payment.format(fact_id), _beside(payment, amount, due_on))
    if kind is CoverKind.FEE_RETURNED:
        return Came(say("{amount} of fees given back", amount=pounds(amount)), "", "")
    adjustment = book.adjustments.get(fact_id)
    what = words.ADJUSTMENTS[adjustment.kind] if adjustment else say("Taken off by a decision on earlier amounts")
    return Came(say("{amount} taken off", amount=pounds(amount)), "", what)


def _beside(payment: Payment, amount: int, due_on: dt.date) -> str:
    """What is worth saying beside a sum: what CMS kept of it, and that it came early."""
    said = []
    if amount == counted(payment) != payment.amount:
        said.append(say("{amount} came, after CMS took its fee", amount=pounds(payment.amount)))
    if payment.paid_on < due_on:
        early = (due_on - payment.paid_on).days
        said.append(say("Early, and counts for this date") if early <= 7 else say("Paid ahead"))
    return ". ".join(said)


def _near(on: dt.date, other: dt.date) -> str:
    """Write a day, without its year where the row already says it."""
    return short_day(on) if on.year == other.year else day(on)


def _with_fee(amount: int, fee: int) -> str:
    return say("{amount} + {fee} fee", amount=pounds(amount), fee=pounds(fee)) if fee else pounds(amount)
