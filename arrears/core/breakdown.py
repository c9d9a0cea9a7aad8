"""Every line of our account up to a day, and the questions that it leaves to ask CMS.

What a disputed balance needs is a full breakdown of the account. This is ours, line by line, ready
to stand beside CMS's: each line with its day, what it put on, what it took off, the balance after
it, and the fact behind it.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from arrears.core.facts import CaseFacts
from arrears.core.ledger import Ledger, known, movements
from arrears.core.position import read
from arrears.core.results import Beside, CauseKind
from arrears.core.statements import beside
from arrears.core.sums import Sums, sums
from cms_tracker.days import day
from cms_tracker.money import pounds

_TAKES_OFF = frozenset({CauseKind.PAYMENT, CauseKind.FEE})  # a payment, less what of it went to a fee


class Line(NamedTuple):
    """One movement: ``due`` pence put on what is owed, ``paid`` pence taken off it; one of them is 0.

    ``paid`` is negative where money went to a collection fee: it then pays no maintenance. ``balance``
    is outstanding less credit after the line. ``fact_id`` names the fact behind it.
    """

    on: dt.date
    kind: CauseKind
    due: int
    paid: int
    balance: int
    fact_id: str


class Month(NamedTuple):
    """The lines of a month, what they come to, and the balance at its end."""

    first: dt.date
    lines: tuple[Line, ...]
    due: int
    paid: int
    balance: int


class Year(NamedTuple):
    """The months of a calendar year in which anything happened."""

    year: int
    months: tuple[Month, ...]
    due: int
    paid: int
    balance: int


class Breakdown(NamedTuple):
    """Our whole account up to ``on``, by what is known on ``known_on``: due - paid = balance.

    ``balance`` is ``outstanding`` less ``credit``, as the position of that day has them. ``sums`` says
    what ``paid`` is made of: what was paid, less what of it went to fees, and what was taken off.
    """

    on: dt.date
    known_on: dt.date
    years: tuple[Year, ...]
    due: int
    paid: int
    balance: int
    outstanding: int
    credit: int
    sums: Sums

    @property
    def lines(self) -> Iterator[Line]:
        """Every line, oldest first."""
        return (line for year in self.years for month in year.months for line in month.lines)


def breakdown(facts: CaseFacts, *, on: dt.date, known_on: dt.date) -> Breakdown:
    """Break the account down, line by line, in one pass of the engine. Amounts are pence."""
    ledger = Ledger(facts, on=on, known_on=known_on)
    at = read(ledger, on=on, known_on=known_on)
    years = tuple(_years(_lines(ledger)))
    return Breakdown(
        on=on,
        known_on=known_on,
        years=years,
        due=sum(year.due for year in years),
        paid=sum(year.paid for year in years),
        balance=years[-1].balance if years else 0,
        outstanding=at.outstanding,
        credit=at.credit,
        sums=sums(at),
    )


def _lines(ledger: Ledger) -> Iterator[Line]:
    balance = 0
    for one in movements(ledger):
        balance += one.amount
        takes_off = one.cause in _TAKES_OFF or one.amount < 0
        due, paid = (0, -one.amount) if takes_off else (one.amount, 0)
        yield Line(dt.date.fromordinal(one.day), one.cause, due, paid, balance, one.fact_id)


def _years(lines: Iterable[Line]) -> Iterator[Year]:
    for year, of_year in groupby(lines, key=lambda line: line.on.year):
        months = tuple(_months(of_year))
        yield Year(year, months, sum(m.due for m in months), sum(m.paid for m in months), months[-1].balance)


def _months(lines: Iterable[Line]) -> Iterator[Month]:
    for first, group in groupby(lines, key=lambda line: line.on.replace(day=1)):
        found = tuple(group)
        yield Month(first, found, sum(x.due for x in found), sum(x.paid for x in found), found[-1].balance)


class Stage(NamedTuple):
    """One figure of CMS beside ours, and what the difference did since the figure before it.

    ``difference`` is ours less theirs in pence; ``since`` is the day of the figure before it, None for
    the first; ``change`` is what the difference grew by in between (negative: it shrank). Of two
    figures for one day the lower stands first, and ``since`` of the other is that day itself.
    """

    statement_id: str
    since: dt.date | None
    as_at: dt.date
    theirs: int
    ours: int
    difference: int
    change: int


def stages(facts: CaseFacts, *, known_on: dt.date) -> tuple[Stage, ...]:
    """Every figure that CMS gave, oldest day first, and in which interval the difference arose."""
    return stages_of(beside(facts, one, known_on=known_on) for one in known(facts, known_on).statements)


def stages_of(found: Iterable[Beside]) -> tuple[Stage, ...]:
    """The same of figures that already stand beside ours."""
    stages: list[Stage] = []
    for one in sorted(found, key=lambda one: (one.as_at, one.theirs, one.statement_id)):
        before = stages[-1] if stages else None
        change = one.difference - before.difference if before else one.difference
        since = before.as_at if before else None
        stages.append(Stage(one.statement_id, since, one.as_at, one.theirs, one.ours, one.difference, change))
    return tuple(stages)


def departure(found: Sequence[Stage]) -> Stage | None:
    """The first figure at which the two records part; None where every figure agrees."""
    return next((stage for stage in found if stage.difference), None)


def questions(found: Sequence[Stage]) -> tuple[str, ...]:
    """What to ask CMS, in its order: the period to break down, then what would settle it. () where all agree.

    Each question stands alone: it names the days and both figures, so that it can be copied by itself.
    """
    first = departure(found)
    if first is None:
        return ()
    days = [tuple(of_day) for _, of_day in groupby(found, key=lambda stage: stage.as_at)]
    place = next(place for place, of_day in enumerate(days) if first in of_day)
    asked = [_first_question(first, since=days[place - 1][0].as_at if place else None)]
    asked += _which(days[place])
    for before, of_day in pairwise(days[place:]):
        asked += _which(of_day) or _again(before, of_day[0])
    return (*asked, *_OF_EVERY_FIGURE)


def questions_about(found: Sequence[Stage], statement_id: str) -> tuple[str, ...]:
    """What to ask CMS about one of its figures; () where it agrees, or is not among those ``found``.

    Its period begins at the day of the figure before, where the difference was another; where it was
    the same, at the last day before that on which the two agreed.
    """
    about = next((stage for stage in found if stage.statement_id == statement_id), None)
    if about is None or not about.difference:
        return ()
    earlier = [stage for stage in found if stage.as_at < about.as_at]
    before = [stage for stage in earlier if stage.as_at == earlier[-1].as_at]
    agreed = next((stage.as_at for stage in reversed(earlier) if not stage.difference), None)
    asked = _first_question(about, since=agreed)
    if before and about.difference not in {stage.difference for stage in before} and agreed != before[0].as_at:
        asked = f"{_both(about)} {_moved(before[-1], about)} {_break_down(about, since=before[0].as_at)}"
    of_day = [stage for stage in found if stage.as_at == about.as_at]
    return (asked, *_which(of_day), *_OF_EVERY_FIGURE)


_OF_EVERY_FIGURE = (
    "For each line, please give the date, the amount due or paid, and the decision or payment behind it.",
    "Please say which decisions the figure uses, and from which dates.",
    "Please say whether the figure holds fees, or any amount that was not yet due on that day.",
)


def _both(stage: Stage) -> str:
    return f"You gave {pounds(stage.theirs)} for {day(stage.as_at)}. My record has {pounds(stage.ours)}."


def _first_question(stage: Stage, *, since: dt.date | None) -> str:
    if since is None:
        return f"{_both(stage)} Please give a full breakdown of the account from its start to {day(stage.as_at)}."
    return f"{_both(stage)} The two agreed on {day(since)}. {_break_down(stage, since=since)}"


def _break_down(stage: Stage, *, since: dt.date) -> str:
    return f"Please give a full breakdown of the account from {day(since)} to {day(stage.as_at)}."


def _which(of_day: Sequence[Stage]) -> list[str]:
    """Which of several figures for one day is right; [] where there is only one."""
    *rest, last = dict.fromkeys(pounds(stage.theirs) for stage in of_day)
    if not rest:
        return []
    one = of_day[0]
    given = f"For {day(one.as_at)} you gave {', '.join(rest)} and {last}. My record has {pounds(one.ours)}."
    return [f"{given} Please say which of your figures is right."]


def _again(before: Sequence[Stage], stage: Stage) -> list[str]:
    """A period in which the difference changed; [] where it did not, against any figure of the day before."""
    were = {one.difference for one in before}
    if stage.difference in were:
        return []
    since = day(before[0].as_at)
    if len(were) > 1:
        return [f"{_both(stage)} Please break down the time from {since} to {day(stage.as_at)} as well."]
    return [f"{_both(stage)} {_moved(before[-1], stage)} Please break that period down as well."]


def _moved(before: Stage, stage: Stage) -> str:
    """What lay between the two figures on two days, and which of the two was higher."""
    return (
        f"On {day(before.as_at)} your figure was {_against_mine(before.difference)}. "
        f"On {day(stage.as_at)} it was {_against_mine(stage.difference)}."
    )


def _against_mine(difference: int) -> str:
    """CMS's figure against the record's; ``difference`` is the record's less CMS's, in pence."""
    if not difference:
        return "the same as mine"
    return f"{pounds(abs(difference))} {'less' if difference > 0 else 'more'} than mine"
