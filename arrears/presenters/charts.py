"""The geometry of the charts: pure functions from figures to places on a drawing.

A drawing is as wide as its column and has a fixed height: x is a percentage (or, in paths, a
thousandth of the width), y is in pixels. Text is therefore never stretched. Whole numbers
throughout; a place is written with one or two decimals.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from arrears.presenters.words import balance
from cms_tracker.money import pounds

TOP, BASE, HEIGHT = 30, 204, 230  # of the step chart: the highest line, the axis, the whole drawing
ROW, BAR = 58, 16  # of the waterfall: from one bar to the next, and the thickness of one
MOST_LABELS = 6  # more would run together on a phone
NARROW = 290  # pixels of a drawing on a phone
LETTER = 8  # pixels of a letter of a label, at most


class Line(NamedTuple):
    """A horizontal line of the grid with its amount."""

    y: str
    label: str
    label_y: str


class Tick(NamedTuple):
    """A mark under the axis with its day."""

    x: str
    label: str
    anchor: str


class Mark(NamedTuple):
    """A figure written at a place of the line."""

    x: str
    y: str
    label: str
    label_y: str
    anchor: str


class StepChart(NamedTuple):
    """A balance that holds from one day until the next change. Paths are in thousandths by pixels.

    ``scale`` is the width of the column of amounts beside the drawing, in em: they never stand on the line.
    """

    height: int
    scale: str
    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]
    step: str
    area: str
    axis_y: str
    foot_y: int
    tick_y: int
    label_y: int
    last: Mark
    peak: Mark | None


class Bar(NamedTuple):
    """One row of a waterfall: words above a bar from ``x`` over ``width`` percent."""

    label: str
    figure: str
    style: str
    x: str
    width: str
    text_y: int
    bar_y: int
    join_x: str | None
    join_from: int
    join_to: int


class Waterfall(NamedTuple):
    """Bars from the balance at the start to the balance at the end. ``zero`` marks £0.00 if not at the edge."""

    height: int
    bars: tuple[Bar, ...]
    zero: str | None


def step_chart(points: Sequence[tuple[dt.date, int]], *, end: dt.date) -> StepChart:
    """Draw a balance (pence) that changed on the given days, oldest first, up to the day ``end``."""
    start = points[0][0]
    span = max((end - start).days, 1)
    low, high, step = _scale(min(owed for _, owed in points), max(owed for _, owed in points))

    def x(day: dt.date) -> int:  # in thousandths of the width
        return 1000 * (day - start).days // span

    def y(owed: int) -> int:  # in tenths of a pixel
        return 10 * BASE - 10 * (BASE - TOP) * (owed - low) // (high - low)

    path = [f"M{x(start)} {_tenths(y(points[0][1]))}"]
    for day, owed in points[1:]:
        path += [f"H{x(day)}", f"V{_tenths(y(owed))}"]
    path.append("H1000")
    drawn = "".join(path)
    last = balance(points[-1][1])
    last_y = _beside(_near(points, last, end=end, span=span), y)
    peak = _peak(points, span=span, y=y)
    lines = tuple(Line(_tenths(y(at)), _round_pounds(at), _tenths(y(at) + 45)) for at in range(low, high + 1, step))
    return StepChart(
        height=HEIGHT,
        scale=f"{_tenths(6 * max(len(line.label) for line in lines))}em",
        lines=lines,
        ticks=tuple(
            Tick(_percent(10 * x(day)), label, "start" if x(day) < 50 else "end" if x(day) > 950 else "middle")
            for day, label in _ticks(start, start + dt.timedelta(days=span))
        ),
        step=drawn,
        area=f"{drawn}V{_tenths(y(0))}H{x(start)}Z",
        axis_y=_tenths(y(0)),
        foot_y=BASE,
        tick_y=BASE + 5,
        label_y=BASE + 21,
        last=Mark("100%", _tenths(y(points[-1][1])), last, _tenths(last_y), "end"),
        peak=peak if peak and abs(float(peak.label_y) - last_y / 10) > 2 * LETTER else None,
    )


def waterfall(
    rows: Iterable[tuple[str, int, int]], *, first: tuple[str, int], last: tuple[str, int], ends: tuple[str, str]
) -> Waterfall:
    """Draw the rows (label, balance before, balance after) between two balances, each (label, pence).

    ``ends`` are the figures written at the first and the last balance.
    """
    steps = [(first[0], 0, first[1]), *rows, (last[0], 0, last[1])]
    figures = [ends[0], *(signed(after - before) for _, before, after in steps[1:-1]), ends[1]]
    return _bars(steps, figures, ends={0, len(steps) - 1})


def pile(shares: Iterable[tuple[str, int]], *, total: tuple[str, int]) -> Waterfall:
    """Draw shares (label, pence) one on the other, and under them the ``total`` that they add up to."""
    steps, reached = [], 0
    for label, amount in shares:
        steps.append((label, reached, reached + amount))
        reached += amount
    figures = [*(pounds(after - before) for _, before, after in steps), pounds(total[1])]
    return _bars([*steps, (total[0], 0, total[1])], figures, ends={len(steps)})


def _bars(steps: Sequence[tuple[str, int, int]], figures: Sequence[str], *, ends: Collection[int]) -> Waterfall:
    """One bar a step (label, before, after), each beginning where the last one stopped; ``ends`` are balances."""
    low = min(0, *(min(before, after) for _, before, after in steps))
    high = max(0, *(max(before, after) for _, before, after in steps), low + 1)

    def x(owed: int) -> int:  # in hundredths of a percent
        return 10_000 * (owed - low) // (high - low)

    bars = []
    for place, ((label, before, after), figure) in enumerate(zip(steps, figures, strict=True)):
        top = place * ROW
        left, right = sorted((x(before), x(after)))
        style = "total" if place in ends else "up" if after > before else "down"
        bars.append(
            Bar(
                label, figure, style, _percent(left), _percent(right - left), top + 15, top + 24,
                _percent(x(after)) if place < len(steps) - 1 else None, top + 24 + BAR, top + ROW + 24,
            )
        )  # fmt: skip
    return Waterfall(height=(len(steps) - 1) * ROW + 46, bars=tuple(bars), zero=_percent(x(0)) if low else None)


def signed(amount: int) -> str:
    """Write a change: ``+£12.00``, or with a true minus sign ``−£12.00``."""
    return f"+{pounds(amount)}" if amount > 0 else pounds(amount)


def _scale(lowest: int, highest: int) -> tuple[int, int, int]:
    """A low and a high end and the step between lines, in round pounds that hold zero and every value."""
    reach = max(highest, 0) - min(lowest, 0)
    step = next(size for size in _round_sizes() if size * 4 >= reach)
    return step * (min(lowest, 0) // step), max(step * -(-max(highest, 0) // step), step if lowest >= 0 else 0), step


def _round_sizes() -> Iterator[int]:
    size = 100
    while True:
        yield from (size, 2 * size, 5 * size)
        size *= 10


def _ticks(start: dt.date, end: dt.date) -> list[tuple[dt.date, str]]:
    """A few round days between two days, as labels that suit the distance."""
    days = (end - start).days
    if days <= 70:
        every = -(-days // (MOST_LABELS - 1)) if days > MOST_LABELS else 1
        found = [start + dt.timedelta(days=place) for place in range(0, days + 1, every)]
        return [(day, f"{day.day} {day:%b}") for day in found]
    months = [
        dt.date(year, month, 1)
        for year in range(start.year, end.year + 1)
        for month in range(1, 13)
        if start <= dt.date(year, month, 1) <= end
    ]
    if len(months) <= 14:
        every = -(-len(months) // MOST_LABELS)
        return [(day, f"{day:%b}" if every == 1 else f"{day:%b %y}") for day in months[::every]]
    if len(months) <= 30:
        return [(day, f"{day:%b %Y}") for day in months if day.month in {1, 7}]
    years = [day for day in months if day.month == 1]
    return [(day, str(day.year)) for day in years[:: -(-len(years) // MOST_LABELS)]]


def _peak(points: Sequence[tuple[dt.date, int]], *, span: int, y: Callable[[int], int]) -> Mark | None:
    """The highest balance, where it is worth a label: well above the last, and not under its label."""
    top = max(owed for _, owed in points)
    place = next(index for index, (_, owed) in enumerate(points) if owed == top)
    start = points[0][0]
    until = points[place + 1][0] if place + 1 < len(points) else start + dt.timedelta(days=span)
    middle = ((points[place][0] - start).days + (until - start).days) * 5000 // span
    if top <= 0 or middle > 8200 or y(points[-1][1]) - y(top) < 180:
        return None
    anchor = "start" if middle < 800 else "middle"
    at = _tenths(y(top))
    return Mark(_percent(middle), at, pounds(top), _tenths(y(top) - 80), anchor)


def _near(points: Sequence[tuple[dt.date, int]], label: str, *, end: dt.date, span: int) -> list[int]:
    """The balances that a label at the end of the line would stand over on a phone, the last one last."""
    reach = end - dt.timedelta(days=span * LETTER * len(label) // NARROW + 1)
    return [
        *[owed for day, owed in points if day <= reach][-1:],
        *[owed for day, owed in points if day > reach],
    ]


def _beside(near: Sequence[int], y: Callable[[int], int]) -> int:
    """Where the last figure is written: over or under all of the line near it, whichever is closer to its dot."""
    last, over, under = y(near[-1]), y(max(near)) - 120, y(min(near)) + 210
    has_room_under = under <= 10 * BASE - 30
    return under if has_room_under and under - last < last - over else over


def _round_pounds(pence: int) -> str:
    return pounds(pence).removesuffix(".00")


def _tenths(value: int) -> str:
    whole, rest = divmod(abs(value), 10)
    return f"{'-' if value < 0 else ''}{whole}.{rest}"


def _percent(hundredths: int) -> str:
    return f"{hundredths // 100}.{hundredths % 100:02d}%"
