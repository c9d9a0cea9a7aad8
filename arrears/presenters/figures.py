"""CMS's figures and the record's, put side by side in words."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from arrears.core.breakdown import Stage
from arrears.core.facts import CaseFacts, Statement
from arrears.core.results import Beside, Explanation, StatementCheck
from arrears.presenters.changes import default_days
from arrears.presenters.fact_links import FactLinks, Link
from cases.core import notes
from cms_tracker.days import day
from cms_tracker.language import Words, mark, say
from cms_tracker.money import pounds

MOST_LINKS = 3
_COUNTS = Words({2: mark("Two"), 3: mark("Three")})
_BY_DAY = frozenset({"payment_not_recorded", "instalment_left_out"})  # a regular payment is found by its day


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """One figure of CMS. ``check`` is None for one that was struck out: nothing is compared with it."""

    statement: Statement
    check: Beside | None
    verdict: str
    link: str
    inferred: bool


class Said(NamedTuple):
    """One explanation: its sentence, the facts that it speaks of, and how many more of them there are."""

    text: str
    amount: int
    links: tuple[Link, ...]
    more: int
    parts: tuple["Said", ...] = ()


class Interval(NamedTuple):
    """What the difference did between two figures of CMS."""

    name: str
    theirs: int
    ours: int
    difference: int
    change: str


def rows(pairs: Sequence[tuple[Statement, Beside | None]], *, note: str) -> list[FigureRow]:
    """Each figure with its verdict; ``note`` is the note of the whole file, which may mark amounts."""
    marked = notes.inferred_amounts(note)
    return [
        FigureRow(
            statement=statement,
            check=check,
            verdict=verdict(check) if check else "",
            link=link_words(check) if check else "",
            inferred=notes.is_inferred(statement.note) or statement.amount in marked,
        )
        for statement, check in pairs
    ]


def verdict(check: Beside) -> str:
    """The difference in one or two short sentences. It says "would explain", never "is"."""
    if not check.difference:
        return say("The two figures are the same.")
    said = f"{_apart(check.difference)}."
    if not isinstance(check, StatementCheck):
        return say("{said} Open it to see what would explain that.", said=said)
    if check.partly is not None:
        return say(
            "{said} One thing would explain a part of it. {unexplained} is unexplained.",
            said=said,
            unexplained=pounds(abs(check.unexplained)),
        )
    found = len(check.explanations) + check.left_out
    if not found:
        return say("{said} Nothing we tried would explain it.", said=said)
    if found == 1 and (parts := len(check.explanations[0].causes)):
        return say("{said} {counts} things together would explain it.", said=said, counts=_COUNTS[parts])
    if found == 1:
        return say("{said} One thing would explain it.", said=said)
    if parts := len(check.explanations[0].causes):
        return say(
            "{said} {found} sums of {counts} things would each explain it.",
            said=said,
            found=found,
            counts=_COUNTS[parts].lower(),
        )
    return say("{said} {found} things would each explain it.", said=said, found=found)


def link_words(check: Beside) -> str:
    """What the page of a figure shows, as the words of the link to it."""
    if not check.difference:
        return say("See this figure")
    if not isinstance(check, StatementCheck):
        return say("Look for what would explain it")
    if check.partly is not None:
        return say("See what would explain a part of it")
    return say("See what would explain it") if check.explanations else say("See what we tried")


def days_to_compare(stages: Sequence[Stage], statement: Statement, facts: CaseFacts) -> tuple[dt.date, dt.date]:
    """Two days between which to look at why the record's figure changed: that of CMS's figure is the second.

    The first is the day of CMS's figure before it; where there is none, the usual one of that page.
    """
    earlier = [stage.as_at for stage in stages if stage.as_at < statement.as_at]
    usual, _ = default_days(facts, today=statement.as_at, first=None)
    return (earlier[-1] if earlier else usual, statement.as_at)


def _apart(difference: int) -> str:
    return say(
        "{difference} {part} in your record",
        difference=pounds(abs(difference)),
        part=say("more") if difference > 0 else say("less"),
    )


def known_then(shown: StatementCheck, other: Beside) -> str:
    """What the record said by the other knowledge, where that differs; empty where it is the same."""
    if shown.ours == other.ours:
        return ""
    when = say("what was known on {known_on}", known_on=day(other.known_on))
    if not other.difference:
        return say("By {when}, your record had {ours}: the same as CMS.", when=when, ours=pounds(other.ours))
    return say(
        "By {when}, your record had {ours}. That is {difference} {way}.",
        when=when,
        ours=pounds(other.ours),
        difference=pounds(abs(other.difference)),
        way=_way(other),
    )


def _way(beside: Beside) -> str:
    return say("more than CMS") if beside.difference > 0 else say("less than CMS")


def explained(found: Sequence[Explanation], links: FactLinks) -> list[Said]:
    """Each explanation with the facts that it speaks of."""
    return [_said(one, links) for one in found]


def _said(one: Explanation, links: FactLinks) -> Said:
    parts = tuple(_said(part, links) for part in one.causes)
    if parts:
        return Said(one.text, one.amount, (), 0, parts)
    if one.kind in _BY_DAY:
        every = [links.instalment(on)._replace(words=say("See {on}", on=day(on))) for on in one.days]
    else:
        every = [links.fact(name) for name in one.fact_ids]
        if len(every) > 1:
            every = [
                link._replace(words=say("See {on}", on=day(on))) for link, on in zip(every, one.days, strict=False)
            ]
    return Said(one.text, one.amount, tuple(every[:MOST_LINKS]), max(len(every) - MOST_LINKS, 0))


def intervals(stages: Sequence[Stage]) -> list[Interval]:
    """The figures in the order of their days, and in which interval the difference arose. [] for fewer than two."""
    if len(stages) < 2:
        return []
    return [Interval(day(one.as_at), one.theirs, one.ours, one.difference, _change(one)) for one in stages]


def _change(one: Stage) -> str:
    before = one.difference - one.change
    if one.since is None:
        return say("Differs from the start") if one.difference else say("The same")
    if one.since == one.as_at:
        other = (
            say("{change} more than CMS's other figure", change=pounds(-one.change))
            if one.change
            else say("the same figure again")
        )
        return say("For the same day, {other}", other=other)
    if not one.change:
        return say("The difference did not change") if one.difference else say("The same")
    since = say("since {since}", since=day(one.since))
    if before * one.difference < 0:
        return say("Moved by {change} {since}, to the other side", change=pounds(abs(one.change)), since=since)
    grew = abs(one.difference) > abs(before)
    return say(
        "{part} by {change} {since}",
        part=say("Grew") if grew else say("Shrank"),
        change=pounds(abs(one.change)),
        since=since,
    )
