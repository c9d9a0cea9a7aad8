"""The calendar of payments: a square for each one, by year and month, and the counts of them."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from arrears.core.patterns import Bucket, Cell, Mark, Pattern
from arrears.presenters.fact_links import FactLinks
from arrears.presenters.statuses import Tag
from cases.core.facts import Perspective
from cms_tracker.days import day, days
from cms_tracker.language import mark, say
from cms_tracker.money import plain, pounds

_SHAPES = {
    Mark.ON_TIME: ("s-paid", "good"),
    Mark.LATE: ("s-late", "warn"),
    Mark.SHORT: ("s-part", "warn"),
    Mark.NONE: ("s-missed", "off"),
    Mark.CREDIT: ("s-credit", ""),
    Mark.NOT_LOGGED: ("s-due", ""),
}
HEADS = (
    mark("Fell due"),
    mark("Amount"),
    mark("How it came"),
    mark("Days late"),
    mark("Last money on"),
    mark("Still owed"),
)
BAR, ROW = 14, 46  # pixels of the bars of days late: the thickness of one, and from one to the next


class Square(NamedTuple):
    """One payment in the calendar: the day of the month, its shape, and all of it in words."""

    number: int
    tag: Tag
    small: str
    words: str
    url: str


class Month(NamedTuple):
    """The payments that fell due in one month."""

    name: str
    squares: tuple[Square, ...]


class Line(NamedTuple):
    """One payment as a line of the table."""

    due_on: str
    amount: str
    tag: Tag
    came: str
    owed: str
    url: str


class Year(NamedTuple):
    """One year: its months for the calendar, the same as lines, and its counts in a sentence."""

    name: str
    summary: str
    months: tuple[Month, ...]
    lines: tuple[Line, ...]


class Count(NamedTuple):
    """How many payments came in one way, and the longest row of them (may be empty)."""

    tag: Tag
    number: int
    row: str


class LateBar(NamedTuple):
    """How many payments were so many days late, with the place of their bar."""

    title: str
    number: str
    width: str
    text_y: int
    bar_y: int


class Shown(NamedTuple):
    """The whole page: a sentence, the counts, the days late (may be empty), and the years, newest first.

    ``credits`` says what stands behind squares that a credit covered in part (may be empty).
    """

    lede: str
    credits: str
    counts: tuple[Count, ...]
    late: tuple[LateBar, ...]
    late_height: int
    most_late: str
    years: tuple[Year, ...]


def shown(pattern: Pattern, *, perspective: Perspective, links: FactLinks) -> Shown:
    """Write a pattern of one payment or more."""
    names = _names(perspective)
    rows = {streak.mark: streak for streak in pattern.streaks}
    return Shown(
        lede=_lede(pattern),
        credits=_credits(pattern),
        counts=tuple(
            Count(
                _tag(mark, names),
                count,
                say(
                    "{length}, {first} to {last}",
                    length=rows[mark].length,
                    first=day(rows[mark].first),
                    last=day(rows[mark].last),
                )
                if mark in rows and rows[mark].length > 1
                else "",
            )
            for mark, count in pattern.counts.items()
            if count
        ),
        late=_late(pattern.lateness),
        late_height=len(pattern.lateness) * ROW,
        most_late=days(pattern.most_days_late) if pattern.most_days_late else "",
        years=tuple(_years(pattern, names, links)),
    )


def table(pattern: Pattern, *, perspective: Perspective) -> Iterator[tuple[str, ...]]:
    """The payments as rows to take away, heads first: days as 2025-04-03, amounts as 260.00, words of our own.

    None of it was typed by a person, so no cell can be a formula.
    """
    names = _names(perspective)
    yield HEADS
    for cell in pattern.cells:
        yield (
            cell.due_on.isoformat(),
            plain(cell.amount),
            names[cell.mark],
            str(cell.days_late) if cell.mark is Mark.LATE else "",
            cell.paid_on.isoformat() if cell.paid_on else "",
            plain(cell.owed),
        )


def _names(perspective: Perspective) -> dict[Mark, str]:
    came = "came" if perspective is Perspective.RECEIVING else say("was paid")
    return {
        Mark.ON_TIME: say("On time"),
        Mark.LATE: say("Late"),
        Mark.SHORT: say("Short"),
        Mark.NONE: say("Noted that nothing {came}", came=came),
        Mark.CREDIT: say("Covered by a credit"),
        Mark.NOT_LOGGED: say("Nothing logged"),
    }


def _tag(mark: Mark, names: dict[Mark, str]) -> Tag:
    shape, tone = _SHAPES[mark]
    return Tag(names[mark], shape, tone)


def _lede(pattern: Pattern) -> str:
    count = len(pattern.cells)
    first, last = pattern.cells[0].due_on, pattern.cells[-1].due_on
    fell = (
        say("One payment fell due, on {first}.", first=day(first))
        if count == 1
        else say("{count_of} payments fell due", count_of=f"{count:,}")
    )
    if count > 1:
        fell += say(", from {first} to {last}.", first=day(first), last=day(last))
    return fell if pattern.is_enough else say("{fell} That is too few to show a pattern.", fell=fell)


def _credits(pattern: Pattern) -> str:
    """Say that a payment made on time can stand as covered by a credit: our rule spends the credit first."""
    count = sum(cell.is_rest_on_time for cell in pattern.cells)
    if not count:
        return ""
    some = say("1 payment") if count == 1 else say("{count_of} payments", count_of=f"{count:,}")
    return say(
        "For {some}, a credit covered a part and the rest was paid on time. Our rule uses "
        "the credit first, so what was paid beyond the rest went to other amounts. That is "
        "why it stands under “Covered by a credit” and not under “On time”. Nothing about it "
        "came late.",
        some=some,
    )


def _years(pattern: Pattern, names: dict[Mark, str], links: FactLinks) -> Iterator[Year]:
    for year, some in groupby(reversed(pattern.cells), key=lambda cell: cell.due_on.year):
        cells = list(some)
        counts = [(mark, sum(cell.mark is mark for cell in cells)) for mark in Mark]
        yield Year(
            name=str(year),
            summary=", ".join(f"{count} {_lower(names[mark])}" for mark, count in counts if count),
            months=tuple(_months(cells[::-1], names, links)),
            lines=tuple(_line(cell, names, links) for cell in cells),
        )


def _months(cells: list[Cell], names: dict[Mark, str], links: FactLinks) -> Iterator[Month]:
    for first, some in groupby(cells, key=lambda cell: cell.due_on.replace(day=1)):
        yield Month(f"{first:%B}", tuple(_square(cell, names, links) for cell in some))


def _square(cell: Cell, names: dict[Mark, str], links: FactLinks) -> Square:
    return Square(
        number=cell.due_on.day,
        tag=_tag(cell.mark, names),
        small=f"+{cell.days_late}" if cell.mark is Mark.LATE else "",
        words=f"{day(cell.due_on)}, {pounds(cell.amount)}: {_how(cell, names)}",
        url=links.instalment(cell.due_on).url,
    )


def _line(cell: Cell, names: dict[Mark, str], links: FactLinks) -> Line:
    return Line(
        due_on=day(cell.due_on),
        amount=pounds(cell.amount),
        tag=_tag(cell.mark, names)._replace(word=_how(cell, names)),
        came=day(cell.paid_on) if cell.paid_on else "",
        owed=pounds(cell.owed),
        url=links.instalment(cell.due_on).url,
    )


def _how(cell: Cell, names: dict[Mark, str]) -> str:
    if cell.mark is Mark.LATE:
        return say("{days} late", days=days(cell.days_late))
    if cell.mark is Mark.SHORT:
        return say("{owed} short", owed=pounds(cell.owed))
    if cell.is_rest_on_time:
        return say("{credit} covered by a credit, the rest on time", credit=pounds(cell.credit))
    return _lower(names[cell.mark])


def _lower(words: str) -> str:
    return words[0].lower() + words[1:]


def _late(buckets: tuple[Bucket, ...]) -> tuple[LateBar, ...]:
    most = max((bucket.size for bucket in buckets), default=1)
    return tuple(
        LateBar(
            title=say("{least} days or more", least=one.least)
            if one.most is None
            else say("{least} to {most} days", least=one.least, most=one.most),
            number=f"{one.size:,}",
            width=f"{100 * one.size // most}%",
            text_y=place * ROW + 14,
            bar_y=place * ROW + 20,
        )
        for place, one in enumerate(buckets)
    )
