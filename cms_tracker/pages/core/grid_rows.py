"""What one row of a grid can be, and what its five cells must then hold."""

import datetime as dt
import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from arrears.core import facts
from arrears.core.bank.days import DayError, Days
from arrears.core.case_values import ContactKind, Direction
from cases.core.facts import Decision, Frequency, Perspective, Schedule, ServicePeriod, ServiceType
from cms_tracker.language import Words, mark, say
from cms_tracker.money import AmountError, parse_typed

LATEST_YEAR = 2099
LONGEST_WORDS = 500
LONGEST_CELL = 2000
LONGEST_NAME = 60


class Column(StrEnum):
    """The cells of a row, in the order of a spreadsheet's columns."""

    WHAT = "what"
    DAY = "day"
    AMOUNT = "amount"
    OTHER_DAY = "other_day"
    WORDS = "words"


class What(StrEnum):
    """What a row can be."""

    PAYMENT = "payment"
    CMS_PAYMENT = "CMS payment"
    NOTHING = "nothing came"
    DECISION = "decision"
    DATES = "payment dates"
    SERVICE = "service"
    FIGURE = "CMS figure"
    CARRIED_OVER = "carried over"
    LETTER_IN = "letter in"
    LETTER_OUT = "letter out"
    CALL_IN = "call in"
    CALL_OUT = "call out"
    MESSAGE_IN = "message in"
    MESSAGE_OUT = "message out"
    TEXT_IN = "text in"
    TEXT_OUT = "text out"
    MEETING = "meeting"
    CORRECTION_UP = "correction up"
    CORRECTION_DOWN = "correction down"
    WRITE_OFF = "write-off"
    OFFSET = "offset"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A call, letter, message or meeting, as a grid gives it: ``summary`` is what was said."""

    on: dt.date
    kind: ContactKind
    direction: Direction
    summary: str
    id: str


Value = (
    facts.Payment | facts.Observation | facts.Statement | facts.OpeningBalance | facts.Adjustment
    | Decision | Schedule | ServicePeriod | Said
)  # fmt: skip


class Row(NamedTuple):
    """The five cells of a row as they were typed; ``cut`` makes sure that none is longer than can matter."""

    what: str = ""
    day: str = ""
    amount: str = ""
    other_day: str = ""
    words: str = ""

    @classmethod
    def cut(cls, cells: Iterable[str]) -> "Row":
        """A row of at most five cells, each cut where it is too long to be right."""
        what, *rest = [cell[: LONGEST_CELL + 1] for cell in cells] or [""]
        return cls(what[:LONGEST_NAME], *rest)

    @property
    def is_blank(self) -> bool:
        """Say whether nothing was typed but, perhaps, what the row would be."""
        return not any(cell.strip() for cell in self[1:])


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why a row cannot be read, and the cell that has to change."""

    column: Column
    text: str


class _Wrong(Exception):
    def __init__(self, column: Column, text: str, *, is_too_much: bool = False) -> None:
        super().__init__(text)
        self.problem = Problem(column=column, text=text)
        self.is_too_much = is_too_much  # the cell should be empty, or shorter


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """One row being read, with what its side and the day of entry decide. ``key`` names the row to be."""

    row: Row
    on: dt.date
    side: Perspective
    key: str

    def day(self, column: Column, *, usual: dt.date | None = None, may_lie_ahead: bool = False) -> dt.date:
        """The day in a cell; ``usual`` where the cell is empty and there is one."""
        text = getattr(self.row, column).strip()
        if not text and usual is not None:
            return usual
        if not text:
            raise _Wrong(column, say("Enter the day, like 3/4/2019."))
        try:
            found = Days([]).read(text)
        except DayError as error:
            raise _Wrong(
                column, _DAY_WORDS.get(str(error), say("Write the day like 3/4/2019 or 3 April 2019."))
            ) from error
        if found.year > LATEST_YEAR:
            raise _Wrong(column, say("Enter a year up to {latest_year}.", latest_year=LATEST_YEAR))
        if found > self.on and not may_lie_ahead:
            raise _Wrong(column, say("This day has not come yet."))
        return found

    def amount(self, *, may_be_nothing: bool = False) -> int:
        """The pence in the amount's cell."""
        try:
            found = parse_typed(self.row.amount)
        except AmountError as error:
            raise _Wrong(Column.AMOUNT, str(error)) from error
        if not found and not may_be_nothing:
            raise _Wrong(Column.AMOUNT, say("Enter an amount above nothing."))
        return found

    def words(self, *, longest: int = LONGEST_WORDS, missing: str = "") -> str:
        """What was written; ``missing`` is the sentence for an empty cell, where it may not be empty."""
        text = " ".join(self.row.words.split())
        if missing and not text:
            raise _Wrong(Column.WORDS, missing)
        if len(text) > longest:
            raise _Wrong(
                Column.WORDS,
                say("Use {longest} characters or fewer. There are {text_of}.", longest=longest, text_of=len(text)),
            )
        return text

    def empty(self, *columns: Column) -> None:
        """Refuse what was typed into cells that have no meaning for such a row."""
        for column in columns:
            if getattr(self.row, column).strip():
                raise _Wrong(column, say("Leave this empty for such a row."), is_too_much=True)


_DAY_WORDS = Words(
    {
        "its date does not exist": mark("There is no such day."),
        "its date is before 5 April 1993, when the first scheme began": mark("Enter a day from 5 April 1993 on."),
    }
)


def value_of(row: Row, *, on: dt.date, side: Perspective, key: str) -> Value | tuple[Problem, ...]:
    """The fact that a row gives under ``key``, entered on the day ``on``; or everything that is wrong with it."""
    problems: dict[Column, Problem] = {}
    while True:
        try:
            _not_too_long(row)
            value = _READERS[_what(row.what)](_Reading(row=row, on=on, side=side, key=key))
        except _Wrong as wrong:
            column = wrong.problem.column
            problems[column] = wrong.problem
            if column is Column.WHAT:  # without it nobody knows what the other cells must hold
                return tuple(problems.values())
            # Take that cell for right, to see whether another one is wrong too.
            row = row._replace(**{column: "" if wrong.is_too_much else _right(column, _what(row.what), on)})
        else:
            return tuple(problems.values()) or value


def _right(column: Column, what: What, on: dt.date) -> str:
    """Something that such a cell may hold."""
    if column is Column.WORDS:
        return {What.DATES: "weekly", What.SERVICE: say("direct pay")}.get(what, "x")
    return "1" if column is Column.AMOUNT else f"{on.day}/{on.month}/{on.year}"


def _not_too_long(row: Row) -> None:
    for column in Column:
        if len(getattr(row, column)) > LONGEST_CELL:
            raise _Wrong(column, say("There is too much text in this cell."), is_too_much=True)


def called(text: str) -> str:
    """What a row is, by the one name that the page uses for it; as it was typed where we do not know it."""
    try:
        return _what(text).value
    except _Wrong:
        return text


def _what(text: str) -> What:
    plain = " ".join(text.casefold().replace("_", " ").split())
    if plain in ALSO_CALLED:
        return ALSO_CALLED[plain]
    try:
        return _NAMES[plain]
    except KeyError as error:
        raise _Wrong(Column.WHAT, _unknown(plain)) from error


# What takes more than a row: who agreed to it, what is given up, what CMS said of it.
_ELSEWHERE = {kind.value.replace("_", " ") for kind in facts.AdjustmentKind if kind.name not in What.__members__}


def _unknown(plain: str) -> str:
    if not plain:
        return say("Say what this row is.")
    if plain in _ELSEWHERE:
        return say("A {plain} is entered by itself, under Fees, charges, claims and settlements.", plain=plain)
    near = difflib.get_close_matches(plain, [*_NAMES, *ALSO_CALLED], n=1)
    if near:
        meant = _NAMES.get(near[0]) or ALSO_CALLED[near[0]]
        return say("Did you mean {value}? The list of what a row can be is below.", value=meant.value)
    return say("Choose what this row is from the list below.")


_NAMES = {what.value.casefold(): what for what in What}

# Words that people write for the same thing.
ALSO_CALLED: Mapping[str, What] = {
    "paid": What.PAYMENT, "pay": What.PAYMENT, "cash": What.PAYMENT, "bank transfer": What.PAYMENT,
    "direct": What.PAYMENT, "direct payment": What.PAYMENT, "received": What.PAYMENT,
    "through cms": What.CMS_PAYMENT, "via cms": What.CMS_PAYMENT, "collect and pay": What.CMS_PAYMENT,
    "missed": What.NOTHING, "nothing": What.NOTHING, "none": What.NOTHING,
    "calculation": What.DECISION, "decision letter": What.DECISION,
    "schedule": What.DATES, "due dates": What.DATES,
    "figure": What.FIGURE, "statement": What.FIGURE, "balance": What.FIGURE,
    "opening balance": What.CARRIED_OVER, "opening": What.CARRIED_OVER, "brought forward": What.CARRIED_OVER,
    "letter": What.LETTER_IN, "call": What.CALL_OUT, "phone": What.CALL_OUT,
    "email": What.MESSAGE_IN, "email in": What.MESSAGE_IN, "email out": What.MESSAGE_OUT, "online in": What.MESSAGE_IN,
    "online out": What.MESSAGE_OUT, "text": What.TEXT_IN, "text message": What.TEXT_IN, "sms": What.TEXT_IN,
    "write off": What.WRITE_OFF,
}  # fmt: skip


def _payment(of: _Reading) -> Value:
    of.empty(Column.OTHER_DAY)
    return _paid(of, facts.Route.DIRECT)


def _cms_payment(of: _Reading) -> Value:
    mine = of.side is Perspective.RECEIVING
    return _paid(of, facts.Route.VIA_CMS_RECEIVED if mine else facts.Route.VIA_CMS_PAID)


def _paid(of: _Reading, route: facts.Route) -> facts.Payment:
    held = of.day(Column.OTHER_DAY) if of.row.other_day.strip() else None
    return facts.Payment(
        paid_on=of.day(Column.DAY), amount=of.amount(), route=route, recorded_on=of.on, paid_to_cms_on=held,
        note=of.words(), id=of.key,
    )  # fmt: skip


def _nothing(of: _Reading) -> Value:
    of.empty(Column.AMOUNT, Column.OTHER_DAY)
    return facts.Observation(due_on=of.day(Column.DAY), noted_on=of.on, note=of.words(), id=of.key)


def _decision(of: _Reading) -> Value:
    told = of.day(Column.DAY)
    if not of.row.other_day.strip():  # nearly always another day than the letter's: nothing is guessed
        raise _Wrong(Column.OTHER_DAY, say("Enter the day the amount counts from. It is on the letter."))
    return Decision(
        weekly=of.amount(may_be_nothing=True),
        effective_on=of.day(Column.OTHER_DAY, may_lie_ahead=True),
        decided_on=told,
        notified_on=told,
        reason=of.words(longest=60),
        id=of.key,
    )


def _dates(of: _Reading) -> Value:
    of.empty(Column.AMOUNT, Column.OTHER_DAY)
    said = of.words(missing=say(_HOW_OFTEN)).casefold()
    if said not in FREQUENCIES:
        raise _Wrong(Column.WORDS, say(_HOW_OFTEN))
    return Schedule(frequency=FREQUENCIES[said], first_due_on=of.day(Column.DAY, may_lie_ahead=True), id=of.key)


_HOW_OFTEN = mark("Say how often: weekly, fortnightly, four weekly or monthly.")
FREQUENCIES: Mapping[str, Frequency] = {
    "weekly": Frequency.WEEKLY, "every week": Frequency.WEEKLY,
    "fortnightly": Frequency.FORTNIGHTLY, "every 2 weeks": Frequency.FORTNIGHTLY,
    "four weekly": Frequency.FOUR_WEEKLY, "4 weekly": Frequency.FOUR_WEEKLY, "4-weekly": Frequency.FOUR_WEEKLY,
    "four-weekly": Frequency.FOUR_WEEKLY, "every 4 weeks": Frequency.FOUR_WEEKLY,
    "monthly": Frequency.MONTHLY, "every month": Frequency.MONTHLY,
}  # fmt: skip
SERVICES: Mapping[str, ServiceType] = {
    "direct pay": ServiceType.DIRECT_PAY,
    "collect and pay": ServiceType.COLLECT_AND_PAY,
    "collect & pay": ServiceType.COLLECT_AND_PAY,
}
_WHICH_SERVICE = mark("Say which: Direct Pay, or Collect and Pay.")


def _service(of: _Reading) -> Value:
    of.empty(Column.AMOUNT, Column.OTHER_DAY)
    said = of.words(missing=say(_WHICH_SERVICE)).casefold()
    if said not in SERVICES:
        raise _Wrong(Column.WORDS, say(_WHICH_SERVICE))
    return ServicePeriod(type=SERVICES[said], from_on=of.day(Column.DAY, may_lie_ahead=True), id=of.key)


def _figure(of: _Reading) -> Value:
    stated = of.day(Column.DAY)
    return facts.Statement(
        stated_on=stated,
        as_at=of.day(Column.OTHER_DAY, usual=stated, may_lie_ahead=True),
        amount=of.amount(may_be_nothing=True),
        source=of.words(longest=200),
        id=of.key,
    )


def _carried_over(of: _Reading) -> Value:
    of.empty(Column.OTHER_DAY)
    source = of.words(longest=200, missing=say("Say where it comes from: a liability order, a letter."))
    return facts.OpeningBalance(on=of.day(Column.DAY), amount=of.amount(), source=source, id=of.key)


def _adjustment(kind: facts.AdjustmentKind) -> Callable[[_Reading], Value]:
    def read_it(of: _Reading) -> Value:
        of.empty(Column.OTHER_DAY)
        reason = of.words(missing=say("Say why, in a few words."))
        return facts.Adjustment(
            kind=kind, on=of.day(Column.DAY), amount=of.amount(), recorded_on=of.on, reason=reason, id=of.key
        )

    return read_it


def _said(kind: ContactKind, direction: Direction) -> Callable[[_Reading], Value]:
    def read_it(of: _Reading) -> Value:
        of.empty(Column.AMOUNT, Column.OTHER_DAY)
        summary = of.words(longest=LONGEST_CELL, missing=say("Write what was said, in a few words."))
        return Said(on=of.day(Column.DAY), kind=kind, direction=direction, summary=summary, id=of.key)

    return read_it


_READERS: Mapping[What, Callable[[_Reading], Value]] = {
    What.PAYMENT: _payment,
    What.CMS_PAYMENT: _cms_payment,
    What.NOTHING: _nothing,
    What.DECISION: _decision,
    What.DATES: _dates,
    What.SERVICE: _service,
    What.FIGURE: _figure,
    What.CARRIED_OVER: _carried_over,
    What.LETTER_IN: _said(ContactKind.LETTER, Direction.IN),
    What.LETTER_OUT: _said(ContactKind.LETTER, Direction.OUT),
    What.CALL_IN: _said(ContactKind.CALL, Direction.IN),
    What.CALL_OUT: _said(ContactKind.CALL, Direction.OUT),
    What.MESSAGE_IN: _said(ContactKind.ONLINE, Direction.IN),
    What.MESSAGE_OUT: _said(ContactKind.ONLINE, Direction.OUT),
    What.TEXT_IN: _said(ContactKind.TEXT, Direction.IN),
    What.TEXT_OUT: _said(ContactKind.TEXT, Direction.OUT),
    What.MEETING: _said(ContactKind.MEETING, Direction.OUT),
    **{What[kind.name]: _adjustment(kind) for kind in facts.AdjustmentKind if kind.name in What.__members__},
}
