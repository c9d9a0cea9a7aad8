"""What is owed, split by where it comes from: one sentence, a drawing, and the same as a table."""

from typing import NamedTuple

from arrears.core.arrears_split import Share, Split
from arrears.core.other_facts import StepKind
from arrears.core.results import Kind, Position
from arrears.presenters import charts, words
from arrears.presenters.fact_links import FactLinks, Link
from cases.core.facts import Perspective
from cms_tracker.language import Words, mark, say
from cms_tracker.money import pounds

NAMES = Words(
    {
        Kind.INSTALMENT: mark("Payments not paid in full"),
        Kind.RECALCULATION: mark("Changes to earlier amounts"),
        Kind.INITIAL: mark("Before the first payment"),
        Kind.OPENING: mark("Brought forward"),
        Kind.CORRECTION_UP: mark("Corrections by CMS"),
    }
)
_ABOUT = Words(
    {
        Kind.RECALCULATION: mark(
            "Decisions that changed payments already asked for, or the days before the first due date."
        ),
        Kind.INITIAL: mark("The days before the first due date, or before the first decision was told."),
        Kind.OPENING: mark("It was owed before this record begins."),
        Kind.CORRECTION_UP: mark("CMS put its own record right."),
    }
)
_ABOUT_BACK = Words(
    {
        StepKind.CANCELLED: mark("CMS cancelled a settlement. What was given up by it is owed again."),
        StepKind.WITHDRAWN: mark("CMS had counted a payment, and no longer counts it."),
    }
)
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
        chart=charts.pile(
            [(_name(share), share.amount) for share in split.shares], total=(say("Owed in all"), split.owed)
        ),
        total=pounds(split.owed),
    )


def sentence(split: Split, *, perspective: Perspective, is_own: bool) -> str:
    """How much of what is owed nobody failed to pay: the question that matters most to both parents."""
    if perspective is Perspective.RECEIVING:
        whose = say(" that you are owed") if is_own else say(" that is owed")
    else:
        whose = say(" that you owe") if is_own else say(" that is owed")
    owed = f"{pounds(split.owed)}{whose}"
    if split.told_late:
        part = say("All") if split.told_late == split.owed else pounds(split.told_late)
        return say(
            "{part} of the {owed} comes from {decisions}. {net}",
            part=part,
            owed=owed,
            decisions=_decisions(split),
            net=_net(split),
        )
    if len(split.shares) == 1 and split.shares[0].kind is Kind.INSTALMENT:
        return say("All of the {owed} is for payments that fell due and are not paid in full.", owed=owed)
    return say("None of the {owed} comes from decisions that changed earlier amounts.", owed=owed)


def _decisions(split: Split) -> str:
    """What the part is from that nobody was asked for in time: later decisions, and what the first began with."""
    found = [say("decisions that changed earlier amounts")] if split.recalculated else []
    if split.before_first_due:
        found.append(say("the days before the first due date"))
    elif split.told_late > split.recalculated:
        found.append(say("the time before the first decision was told"))
    return say(" and ").join(found)


def _net(split: Split) -> str:
    """Whether a payment was missed for it: that is certain only of what the decisions came to together."""
    if split.changed >= split.recalculated:
        return say("No payment was missed for it.")
    if split.changed > 0:
        return say("But others took off: all of them together added {changed}.", changed=pounds(split.changed))
    if not split.changed:
        return say("But others took off as much: all of them together come to nothing.")
    return say("But others took off more: all of them together took off {changed}.", changed=pounds(-split.changed))


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
    return say(
        "{part}. What is not logged counts as not paid.",
        part=say("One payment") if count == 1 else say("{count_of} payments", count_of=f"{count:,}"),
    )
