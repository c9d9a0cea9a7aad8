"""The balance over time, for the chart and for the table that says the same."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from arrears.core.other_facts import StepKind
from arrears.core.results import BalancePoint
from arrears.presenters import charts, words
from cases.core.facts import Perspective
from cms_tracker.days import day
from cms_tracker.language import say

MOST_DAYS = 60  # with more changes than this, the ends of the months say it better


class HistoryRow(NamedTuple):
    """One line of the table: the day, what happened (empty where by month), and what was owed."""

    day: str
    what: str
    owed: str


class History(NamedTuple):
    """The same series twice: drawn, and as a table."""

    chart: charts.StepChart
    rows: tuple[HistoryRow, ...]
    is_by_month: bool
    now: str
    summary: str
    from_day: str
    to_day: str


def history(
    points: Sequence[BalancePoint], *, on: dt.date, perspective: Perspective, back: Mapping[str, StepKind]
) -> History | None:
    """Draw and list a balance up to ``on``; None where nothing ever happened. ``back``: ``derived.brought_back``."""
    if not points:
        return None
    by_month = len(points) > MOST_DAYS
    series = _month_ends(points, on=on) if by_month else [(point.on, point.owed) for point in points]
    rows = (
        [HistoryRow(day(at), "", words.balance(owed)) for at, owed in series]
        if by_month
        else [HistoryRow(day(point.on), _what(point, perspective, back), words.balance(point.owed)) for point in points]
    )
    highest = max(owed for _, owed in series)
    return History(
        chart=charts.step_chart(series, end=on),
        rows=tuple(rows),
        is_by_month=by_month,
        now=words.balance(series[-1][1]),
        summary=(
            say(
                "Step chart. {balance} on {series}, at most {balance_2}, {balance_3} on {on}. The "
                "figures are in the table below.",
                balance=words.balance(series[0][1]),
                series=day(series[0][0]),
                balance_2=words.balance(highest),
                balance_3=words.balance(series[-1][1]),
                on=day(on),
            )
        ),
        from_day=day(series[0][0]),
        to_day=day(on),
    )


def _month_ends(points: Sequence[BalancePoint], *, on: dt.date) -> list[tuple[dt.date, int]]:
    """The balance at the end of each month in which it changed, the last one at ``on``."""
    ends: dict[dt.date, int] = {}
    for point in points:
        following = point.on.replace(day=28) + dt.timedelta(days=4)
        ends[min(following - dt.timedelta(days=following.day), on)] = point.owed
    return list(ends.items())


def _what(point: BalancePoint, perspective: Perspective, back: Mapping[str, StepKind]) -> str:
    said = "; ".join(
        words.happening(one.kind, one.amount, perspective=perspective, back=back.get(one.fact_id))
        for one in point.happenings
        if one.amount
    )
    return f"{said[:1].upper()}{said[1:]}"
