"""What is owed, split by where it comes from: one sentence, a drawing, and the same as a table."""

from typing import NamedTuple

from arrears.core.arrears_split import Share, Split
from arrears.core.other_facts import StepKind
from arrears.core.results import Kind, Position
from arrears.presenters import charts, words
from arrears.presenters.fact_links import FactLinks, Link
from cases.core.facts import Perspective
from cms_tracker.money import pounds

NAMES = {
    Kind.INSTALMENT: "Payments not paid in full",
    Kind.RECALCULATION: "Changes to earlier amounts",
    Kind.INITIAL: "Before the first payment",
    Kind.OPENING: "Brought forward",
    Kind.CORRECTION_UP: "Corrections by CMS",
}
_ABOUT = {
    Kind.RECALCULATION: "Decisions that changed payments already asked for, or the days before the first due date.",
    Kind.INITIAL: "The days before the first due date, or before the first decision was told.",
    Kind.OPENING: "It was owed before this record begins.",
    Kind.CORRECTION_UP: "CMS put its own record right.",
}
_ABOUT_BACK = {
    StepKind.CANCELLED: "CMS cancelled a settlement. What was given up by it is owed again.",
    StepKind.WITHDRAWN: "CMS had counted a payment, and no longer counts it.",
}
MOST_LINKS = 8


class SplitRow(NamedTuple):
    """One part of what is owed: its name, a line about it, the amount, and where it comes from."""

    title: str
    detail: str
    amount: str
    links: tuple[Link, ...]
    left_out: int


class ShownSplit(NamedTuple):
    """What is owed, ready to be shown. ``beside`` says what is in credit beside it (may be empty)."""

    sentence: str
    beside: str
    rows: tuple[SplitRow, ...]
    chart: charts.Waterfall
    total: str


def shown(split: Split, at: Position, *, perspective: Perspective, is_own: bool, links: FactLinks) -> ShownSplit:
    """Write the split of a position; it has at least one share."""
    return ShownSplit(
        sentence=sentence(split, perspective=perspective, is_own=is_own),
        beside=words.together(at),
        rows=tuple(_row(share, links) for share in split.shares),
        chart=charts.pile([(_name(share), share.amount) for share in split.shares], total=("Owed in all", split.owed)),
        total=pounds(split.owed),
    )


def sentence(split: Split, *, perspective: Perspective, is_own: bool) -> str:
    """How much of what is owed nobody failed to pay: the question that matters most to both parents."""
    if perspective is Perspective.RECEIVING:
        whose = " that you are owed" if is_own else " that is owed"
    else:
        whose = " that you owe" if is_own else " that is owed"
    owed = f"{pounds(split.owed)}{whose}"
    if split.told_late:
        part = "All" if split.told_late == split.owed else pounds(split.told_late)
        return f"{part} of the {owed} comes from {_decisions(split)}. {_net(split)}"
    if len(split.shares) == 1 and split.shares[0].kind is Kind.INSTALMENT:
        return f"All of the {owed} is for payments that fell due and are not paid in full."
    return f"None of the {owed} comes from decisions that changed earlier amounts."


def _decisions(split: Split) -> str:
    """What the part is from that nobody was asked for in time: later decisions, and what the first began with."""
    found = ["decisions that changed earlier amounts"] if split.recalculated else []
    if split.before_first_due:
        found.append("the days before the first due date")
    elif split.told_late > split.recalculated:
        found.append("the time before the first decision was told")
    return " and ".join(found)


def _net(split: Split) -> str:
    """Whether a payment was missed for it: that is certain only of what the decisions came to together."""
    if split.changed >= split.recalculated:
        return "No payment was missed for it."
    if split.changed > 0:
        return f"But others took off: all of them together added {pounds(split.changed)}."
    if not split.changed:
        return "But others took off as much: all of them together come to nothing."
    return f"But others took off more: all of them together took off {pounds(-split.changed)}."


def _name(share: Share) -> str:
    return words.BACK[share.back] if share.back else NAMES[share.kind]


def _about(share: Share) -> str:
    if share.kind is Kind.INSTALMENT:
        return _payments(share.entries)
    return _ABOUT_BACK[share.back] if share.back else _ABOUT[share.kind]


def _row(share: Share, links: FactLinks) -> SplitRow:
    shown = share.sources[:MOST_LINKS]
    return SplitRow(
        title=_name(share),
        detail=_about(share),
        amount=pounds(share.amount),
        links=tuple(Link(links.entry(one.kind, one.fact_id).url, pounds(one.amount)) for one in shown),
        left_out=len(share.sources) - len(shown),
    )


def _payments(count: int) -> str:
    return f"{'One payment' if count == 1 else f'{count:,} payments'}. What is not logged counts as not paid."
