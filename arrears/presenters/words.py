"""The position in plain words: the one line, what it is made of, and how it adds up."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from arrears.core.arrears_split import Share, Split, recalculated
from arrears.core.facts import AdjustmentKind
from arrears.core.other_facts import StepKind
from arrears.core.results import CauseKind, Instalment, Kind, Position
from arrears.core.sums import sums
from cases.core.facts import Frequency, Perspective
from cms_tracker.days import day
from cms_tracker.money import pounds

ADJUSTMENTS = {
    AdjustmentKind.CORRECTION_UP: "CMS corrected its record, and added",
    AdjustmentKind.CORRECTION_DOWN: "CMS corrected its record, and took off",
    AdjustmentKind.WRITE_OFF: "Written off by CMS",
    AdjustmentKind.OFFSET: "Set off against other money",
    AdjustmentKind.SETTLEMENT: "Settled",
    AdjustmentKind.VOLUNTARY_PAYMENT: "Voluntary payment, counted by CMS",
    AdjustmentKind.DIRECT_PAYMENT_ACCEPTED: "Paid directly, counted by CMS",
}
ENTRIES = {
    Kind.OPENING: "Carried over",
    Kind.INITIAL: "Before the first payment",
    Kind.RECALCULATION: "A decision on earlier amounts",
} | {Kind(kind.value): words for kind, words in ADJUSTMENTS.items()}

BACK = {
    StepKind.CANCELLED: "A settlement, cancelled",
    StepKind.WITHDRAWN: "A claim, no longer counted",
}


class Headline(NamedTuple):
    """The one line: words, then the figure where there is one, then the rest of the sentence."""

    words: str
    figure: str
    rest: str = ""


def headline(at: Position, *, perspective: Perspective, is_own: bool) -> Headline:
    """What is owed, in one line. ``is_own``: the reader is the parent whose file it is."""
    receiving = perspective is Perspective.RECEIVING
    who = "You" if is_own else "The receiving parent" if receiving else "The paying parent"
    if at.outstanding:
        owes = "are owed" if receiving and is_own else "is owed" if receiving else "owe" if is_own else "owes"
        return Headline(f"{who} {owes}", pounds(at.outstanding))
    over = at.credit - at.paid_ahead
    if over > 0:
        return Headline("Overpaid by", pounds(over), "It counts towards what falls due next.")
    return Headline("Nothing is owed", "")


def made_of(at: Position, split: Split, *, is_last: bool = False) -> tuple[str, ...]:
    """What the outstanding amount is made of, one sentence for each cause, the regular payments first.

    ``is_last``: nothing more falls due, so that what is in credit waits for nothing.
    """
    found = []
    for share in sorted(split.shares, key=lambda share: _SAID_FIRST.index(share.kind)):
        amount = "All of it" if len(split.shares) == 1 else pounds(share.amount)
        found.append(f"{amount} {_CAME_BACK[share.back] if share.back else f'is from {_from(share, at)}'}.")
    ahead = at.credit - at.credit_from_fees if at.outstanding else at.paid_ahead
    if ahead:
        waits = "" if is_last else " and counts towards a later payment"
        found.append(f"{pounds(ahead)} has come ahead{waits}.")
    if at.outstanding and (at.credit_from_fees or (ahead and is_last)):
        found.append(together(at))
    return tuple(found)


def together(at: Position) -> str:
    """What is owed and what is in credit beside it, as one figure, and where the credit comes from. Else empty."""
    if not (at.outstanding and at.credit):
        return ""
    credit = f"{pounds(at.credit)} is in credit beside it."
    if at.credit_from_fees:
        part = "It" if at.credit_from_fees == at.credit else f"{pounds(at.credit_from_fees)} of it"
        credit += f" {part} came back from collection fees, and by our rule pays only what falls due later."
    net = f"{pounds(at.net)} is owed" if at.net > 0 else balance(at.net) if at.net else "nothing is owed"
    return f"{credit} Taken together: {net}. Ask CMS how it counts the credit."


def fallen_due(at: Position, *, perspective: Perspective) -> str:
    """What has fallen due, what came for it, and what was taken off, a short sentence for each."""
    of = sums(at)
    verb = "has come" if perspective is Perspective.RECEIVING else "has been paid"
    fees = f", and {pounds(at.fees_due)} of collection fees" if at.fees_due else ""
    found = [f"{pounds(of.due)} has fallen due{fees}.", f"{pounds(of.paid)} {verb}."]
    if of.to_fees > 0:
        found.append(f"{pounds(of.to_fees)} of that went to collection fees.")
    if of.to_fees < 0:
        found.append(f"{pounds(-of.to_fees)} came back from collection fees.")
    if of.taken_off:
        found.append(f"{pounds(of.taken_off)} was taken off.")
    return " ".join(found)


def left(at: Position) -> str:
    """What is left after all that came: owed, owed in fees, and what is paid ahead. One sentence or two."""
    owed = f"{pounds(at.outstanding)} is still owed" if at.outstanding else "Nothing is owed"
    fees = f", and {pounds(at.fees_outstanding)} of fees" if at.fees_outstanding else ""
    if not at.credit:
        return f"{owed}{fees}."
    ahead = f"{pounds(at.credit)} is paid ahead"
    return f"{owed}{fees}. {ahead}." if fees else f"{owed}, and {ahead}."


def owed_to_cms(fees: int, charges: int) -> str:
    """What is owed to CMS beside the arrears, in pence: fees and charges. Empty where nothing is."""
    if fees and charges > 0:
        both = f"{pounds(fees)} of collection fees and {pounds(charges)} of enforcement charges"
        return f"{both} are also owed to CMS. Neither is arrears."
    if charges > 0:
        return f"{pounds(charges)} of enforcement charges is also owed to CMS. Charges are not arrears."
    return f"{pounds(fees)} of collection fees is also owed to CMS. Fees are not arrears." if fees else ""


def adds_up(at: Position, *, perspective: Perspective) -> tuple[str, ...]:
    """How the figure comes about, in two or three sentences."""
    of, found = sums(at), [fallen_due(at, perspective=perspective)]
    if at.fees_due:
        found.append(
            f"{pounds(at.outstanding)} of maintenance and {pounds(at.fees_outstanding)} of fees are left to pay."
        )
    elif at.credit and at.outstanding:
        found.append(f"{pounds(at.outstanding)} is left to pay, and {pounds(at.credit)} has come ahead.")
    elif at.outstanding:
        found.append(f"The rest is {pounds(at.outstanding)}.")
    elif at.credit:
        found.append(f"That is {pounds(at.credit)} more than has fallen due.")
    elif of.taken_off:
        found.append("Together that is what fell due, so nothing is owed.")
    else:
        found.append("The two are the same, so nothing is owed.")
    if at.restated_due != at.due:
        restated = pounds(of.restated_due)
        found.append(
            f"Had every decision been known from the start, {restated} would have fallen due by now. "
            "What CMS told later is counted from the day it was told."
        )
    return tuple(found)


def listed(words: Sequence[str]) -> str:
    """Join words as a sentence does: ``March, April and May``."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def due_name(due_on: dt.date, frequency: Frequency) -> str:
    """Name a regular payment as a person would: by its month where there is one a month."""
    return f"{due_on:%B %Y}" if frequency is Frequency.MONTHLY else day(due_on)


def balance(owed: int) -> str:
    """Write a balance in pence: ``£520.00``, or ``overpaid £20.00``."""
    return pounds(owed) if owed >= 0 else f"overpaid {pounds(-owed)}"


def entry(kind: Kind, back: StepKind | None = None) -> str:
    """Name an entry of the ledger; ``back`` is its step where it brought old arrears back (``brought_back``)."""
    return BACK[back] if back else ENTRIES[kind]


def happening(kind: CauseKind, amount: int, *, perspective: Perspective, back: StepKind | None = None) -> str:
    """What moved the balance on a day, with its amount."""
    size = pounds(abs(amount))
    if kind is CauseKind.INSTALMENT:
        return f"{size} fell due"
    if kind is CauseKind.PAYMENT:
        return f"{size} came" if perspective is Perspective.RECEIVING else f"{size} was paid"
    if kind is CauseKind.FEE:
        return f"{size} went to fees" if amount > 0 else f"{size} came back from fees"
    if kind is CauseKind.INITIAL:
        return f"the first CMS decision added {size}"
    if kind is CauseKind.RECALCULATION:
        return f"a decision on earlier amounts {'added' if amount > 0 else 'took off'} {size}"
    return f"{entry(Kind(kind.value), back).lower().replace('cms', 'CMS')}: {size}"


_SAID_FIRST = (Kind.INSTALMENT, Kind.INITIAL, Kind.RECALCULATION, Kind.OPENING, Kind.CORRECTION_UP)
_CAME_BACK = {
    StepKind.CANCELLED: "came back when CMS cancelled a settlement",
    StepKind.WITHDRAWN: "came back because CMS no longer counts a claim",
}


def _from(share: Share, at: Position) -> str:
    match share.kind:
        case Kind.INSTALMENT:
            return _payments([one for one in at.instalments if one.outstanding])
        case Kind.INITIAL:
            return "the days before the first payment was due"
        case Kind.RECALCULATION:
            return _from_decisions(at)
        case Kind.OPENING:
            return _listed_openings(at)
    return "corrections by CMS"


def _from_decisions(at: Position) -> str:
    """Decisions on earlier amounts; that no payment was missed is certain only where none of them took off."""
    net, left = recalculated(at), at.by_cause[Kind.RECALCULATION.value]
    if net >= left:
        return "decisions on earlier amounts, not from missed payments"
    together = f"added {pounds(net)}" if net > 0 else f"took off {pounds(-net)}" if net else "come to nothing"
    return f"decisions on earlier amounts. All of those together {together}"


def _listed_openings(at: Position) -> str:
    days = [day(one.on) for one in at.others if one.kind is Kind.OPENING and one.outstanding]
    return f"the amount carried over on {listed(days)}"


def _payments(unpaid: Sequence[Instalment]) -> str:
    if len(unpaid) > 3:
        return f"{len(unpaid)} payments that fell due, the oldest on {day(unpaid[0].due_on)}"
    by_month = all(one.frequency is Frequency.MONTHLY for one in unpaid)
    return f"the {_dates([one.due_on for one in unpaid], by_month=by_month)} payment{'' if len(unpaid) == 1 else 's'}"


def _dates(dates: Iterable[dt.date], *, by_month: bool) -> str:
    days = list(dates)
    one_year = len({value.year for value in days}) == 1
    form = "%B" if by_month else "{day} %B"
    names = [value.strftime(form if one_year else f"{form} %Y").format(day=value.day) for value in days]
    return listed(names)
