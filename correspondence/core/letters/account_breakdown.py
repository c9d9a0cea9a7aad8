"""The request for an account breakdown, with our own account line by line and where the two part.

A breakdown is CMS's practice, not a right in law; what is asked for follows what settles such a
difference: each change of liability, each amount due and received, fees apart, and what each covers.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from arrears.core import breakdown, statements
from arrears.core.breakdown import Breakdown, Line, Month, Stage
from arrears.core.derived import brought_back
from arrears.core.facts import Statement
from arrears.core.other_facts import StepKind
from arrears.core.results import CauseKind
from cases.core.facts import Perspective
from cms_tracker.days import day
from cms_tracker.language import say
from cms_tracker.money import pounds
from cms_tracker.refusal import Refusal
from correspondence.core.letters.asks import Answers, Ask, Option, Pick, Words, yes_no
from correspondence.core.letters.kind import EVERYONE, Group, Kind, Record, To
from correspondence.core.words import on_one_line, printable

MOST_LINES = 400  # of our account; a longer one goes by the month
MOST_FIGURES = 8  # of CMS's figures beside ours, the latest
MOST_READ = 24  # of CMS's figures, to choose from: the latest
MOST_EXPLAINED = 3
NO_FIGURE = "none"
_WOULD = "It would explain the difference if "

_WHAT = {
    CauseKind.OPENING: "Amount carried over",
    CauseKind.INSTALMENT: "Payment due",
    CauseKind.INITIAL: "Due from before the first decision",
    CauseKind.RECALCULATION: "Change by a later decision",
    CauseKind.CORRECTION_UP: "Correction, more owed",
    CauseKind.CORRECTION_DOWN: "Correction, less owed",
    CauseKind.WRITE_OFF: "Written off",
    CauseKind.OFFSET: "Offset",
    CauseKind.SETTLEMENT: "Given up in a settlement",
    CauseKind.VOLUNTARY_PAYMENT: "Voluntary payment counted",
    CauseKind.DIRECT_PAYMENT_ACCEPTED: "Payment outside CMS counted",
}
_BACK = {
    StepKind.CANCELLED: "Back from a cancelled settlement",
    StepKind.WITHDRAWN: "Payment no longer counted",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure of CMS for ``as_at`` beside ours, in pence; ``difference`` is ours less theirs."""

    as_at: dt.date
    theirs: int
    ours: int
    difference: int

    @property
    def apart(self) -> int:
        """How far the two are apart, in pence."""
        return abs(self.difference)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountLine:
    """A line of our account, or a month of it: pence put on, taken off, and the balance after it."""

    on: dt.date
    what: str
    due: int
    paid: int
    balance: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountBreakdown:
    """What the request states.

    ``figure`` is the one that is questioned, given on ``stated_on``; None where none is. ``figures`` are
    those up to it.
    ``agreed_on`` is the last day on which the two agreed before. ``lines`` is our account from
    ``from_on`` to ``until``, by the month where ``is_by_month``; ``due`` less ``paid`` is ``balance``, pence,
    and ``before`` what the account came to before the first line.
    """

    perspective: Perspective
    until: dt.date
    figure: Figure | None
    stated_on: dt.date | None
    source: str
    figures: tuple[Figure, ...]
    agreed_on: dt.date | None
    questions: tuple[str, ...]
    explained_by: tuple[str, ...]
    why: str
    lines: tuple[AccountLine, ...]
    is_by_month: bool
    before: int
    due: int
    paid: int
    balance: int

    @property
    def heading(self) -> str:
        """The subject of the letter."""
        if self.figure is None:
            return "Request for an account breakdown"
        return f"Request for an account breakdown: your figure for {day(self.figure.as_at)}"

    @property
    def has_account(self) -> bool:
        """Whether our own account goes with it."""
        return bool(self.lines)

    @property
    def overpaid(self) -> int:
        """What was paid over what was due by the end of our account, in pence; 0 where nothing was."""
        return max(-self.balance, 0)


def _stages(record: Record) -> tuple[Stage, ...]:
    """The latest figures of CMS beside ours, oldest day first. Each costs a pass of the engine."""
    given = sorted((one for one in record.known.statements if one.as_at <= record.on), key=lambda one: one.as_at)
    return breakdown.stages_of(
        statements.beside_all(record.facts, given[-MOST_READ:], known_on=record.on)
    )  # fmt: skip


def _parting(record: Record, stages: Sequence[Stage]) -> list[tuple[Statement, Stage]]:
    """CMS's figures that differ from ours, the latest day first."""
    given = {one.id: one for one in record.known.statements}
    return [(given[one.statement_id], one) for one in reversed(stages) if one.difference]


def _figures_to_choose(record: Record) -> Pick:
    parting = _parting(record, _stages(record))
    options = tuple(
        Option(value=one.id, label=_label(one, stage), is_ticked=place == 0)
        for place, (one, stage) in enumerate(parting)
    )
    return Pick(
        name="figure",
        label="Which figure of CMS?",
        help="A letter about one figure is answered sooner. It tells CMS which of the two is higher.",
        needed="Choose a figure, or none of them.",
        options=(
            *options,
            Option(value=NO_FIGURE, label="No figure: ask for the whole account up to today", is_ticked=not options),
        ),
    )


def _asks(record: Record) -> list[Ask]:
    return [
        _figures_to_choose(record),
        Words(
            name="why",
            label="Why you ask",
            help="One or two sentences. For example a decision or a payment that you think was left out.",
            most=1500,
            rows=3,
        ),
        yes_no(
            "with_account",
            "Send your own account with it?",
            help="A schedule after the letter: each amount due, each payment, and the balance.",
            yes="Yes, as a schedule after the letter",
            no="No, only the figures",
            is_yes=True,
        ),
        yes_no(
            "with_explanations",
            "Name what would explain the difference?",
            help="We try a few things, like a payment that was not counted. Nothing is named where nothing fits.",
            is_yes=True,
        ),
    ]


def _label(one: Statement, stage: Stage) -> str:
    more = "more" if stage.difference < 0 else "less"
    source = f", {on_one_line(one.source)}" if one.source else ""
    return f"{pounds(one.amount)} for {day(one.as_at)}: {pounds(abs(stage.difference))} {more} than yours{source}"


def _draft(record: Record, answers: Answers) -> AccountBreakdown:
    key = answers.text("figure")
    stages = _stages(record)
    parting = {one.id: (one, stage) for one, stage in _parting(record, stages)}
    if key not in parting and key != NO_FIGURE:
        raise Refusal(say("Choose a figure, or none of them."), field="figure")
    given, stage = parting.get(key, (None, None))
    until = given.as_at if given else record.on
    account = breakdown.breakdown(record.facts, on=until, known_on=record.on)
    agreed = [one.as_at for one in stages if stage and one.as_at < until and not one.difference]
    lines, is_by_month = _lines(account, record, since=agreed[-1] if agreed else None)
    if not answers.is_yes("with_account"):
        lines, is_by_month = (), False
    named = given is not None and answers.is_yes("with_explanations")
    return AccountBreakdown(
        perspective=record.perspective,
        until=until,
        figure=_figure(stage) if stage else None,
        stated_on=given.stated_on if given else None,
        source=on_one_line(given.source) if given else "",
        figures=tuple(_figure(one) for one in stages if one.as_at <= until)[-MOST_FIGURES:] if given else (),
        agreed_on=agreed[-1] if agreed else None,
        questions=breakdown.questions_about(stages, key),
        explained_by=_explained_by(record, given) if given and named else (),
        why=printable(answers.text("why")).strip(),
        lines=lines,
        is_by_month=is_by_month,
        before=lines[0].balance - lines[0].due + lines[0].paid if lines else 0,
        due=sum(one.due for one in lines),
        paid=sum(one.paid for one in lines),
        balance=account.balance,
    )


def _figure(stage: Stage) -> Figure:
    return Figure(as_at=stage.as_at, theirs=stage.theirs, ours=stage.ours, difference=stage.difference)


def _explained_by(record: Record, given: Statement) -> tuple[str, ...]:
    """What would explain the difference, each as a clause that stands alone: "CMS has not counted ..."."""
    found = statements.check(record.facts, given, known_on=record.on).explanations[:MOST_EXPLAINED]
    clauses = (one.text.removeprefix(_WOULD).removesuffix(".") for one in found)
    return tuple(on_one_line(one).replace("this record", "my record").replace("'", "’") for one in clauses)


def _lines(account: Breakdown, record: Record, *, since: dt.date | None) -> tuple[tuple[AccountLine, ...], bool]:
    """Our account after the day on which the two agreed; by the month where that is too long for a letter."""
    found = tuple(line for line in account.lines if since is None or line.on > since)
    if len(found) <= MOST_LINES:
        told = {one.id: one.notified_on for one in record.known.decisions}
        back = brought_back(record.facts)
        return tuple(_line(one, record.perspective, told, back) for one in found), False
    return tuple(_month(one) for one in _months(account, since)), True


def _months(account: Breakdown, since: dt.date | None) -> Iterator[Month]:
    """The months from that of the day on which the two agreed, or all."""
    first = since.replace(day=1) if since else dt.date.min
    return (month for year in account.years for month in year.months if month.first >= first)


def _month(one: Month) -> AccountLine:
    return AccountLine(on=one.first, what=f"{one.first:%B %Y}", due=one.due, paid=one.paid, balance=one.balance)


def _line(
    one: Line, side: Perspective, told: Mapping[str, dt.date], back: Mapping[str, StepKind]
) -> AccountLine:  # fmt: skip
    return AccountLine(
        on=one.on, what=_what(one, side, told, back), due=one.due, paid=one.paid, balance=one.balance
    )  # fmt: skip


def _what(one: Line, side: Perspective, told: Mapping[str, dt.date], back: Mapping[str, StepKind]) -> str:
    if one.kind is CauseKind.PAYMENT:
        return "Payment came" if side is Perspective.RECEIVING else "Payment made"
    if one.kind is CauseKind.FEE:
        return "Went to a collection fee" if one.paid < 0 else "Came back from a fee"
    if one.fact_id in back:
        return _BACK[back[one.fact_id]]
    words = _WHAT[one.kind]
    is_told = one.kind in {CauseKind.INITIAL, CauseKind.RECALCULATION} and one.fact_id in told
    return f"{words}, told {day(told[one.fact_id])}" if is_told else words


def _why_not(record: Record) -> str:
    if record.position.entries or record.known.statements:
        return ""
    return "First add your decision and what was paid. Without them there is nothing to hold beside CMS's account."


KIND = Kind(
    code="account-breakdown",
    number=12,
    group=Group.PAYMENTS,
    title="Ask for an account breakdown",
    purpose="Ask CMS to show how it gets its arrears figure, line by line, with your own account beside it.",
    needs="Your decision and payments. A figure that CMS gave you makes it sharper.",
    never="It holds amounts and dates only. Notes, bank details and addresses stay out.",
    to=To.CMS,
    senders=EVERYONE,
    about=AccountBreakdown,
    why_not=_why_not,
    asks=_asks,
    draft=_draft,
    heading=lambda about: str(about.heading),
    enclosures=lambda about: ("My own account, as a schedule after this letter",) if about.has_account else (),
)
