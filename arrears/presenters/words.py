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
from cms_tracker import language
from cms_tracker.days import day, short_day
from cms_tracker.language import Words, mark, say
from cms_tracker.money import pounds

ADJUSTMENTS = Words(
    {
        AdjustmentKind.CORRECTION_UP: mark("CMS corrected its record, and added"),
        AdjustmentKind.CORRECTION_DOWN: mark("CMS corrected its record, and took off"),
        AdjustmentKind.WRITE_OFF: mark("Written off by CMS"),
        AdjustmentKind.OFFSET: mark("Set off against other money"),
        AdjustmentKind.SETTLEMENT: mark("Settled"),
        AdjustmentKind.VOLUNTARY_PAYMENT: mark("Voluntary payment, counted by CMS"),
        AdjustmentKind.DIRECT_PAYMENT_ACCEPTED: mark("Paid directly, counted by CMS"),
    }
)
ENTRIES = {
    Kind.OPENING: mark("Carried over"),
    Kind.INITIAL: mark("Before the first payment"),
    Kind.RECALCULATION: mark("A decision on earlier amounts"),
} | {Kind(kind.value): words for kind, words in ADJUSTMENTS.items()}

BACK = Words(
    {
        StepKind.CANCELLED: mark("A settlement, cancelled"),
        StepKind.WITHDRAWN: mark("A claim, no longer counted"),
    }
)


class Headline(NamedTuple):
    """The one line: words, then the figure where there is one, then the rest of the sentence."""

    words: str
    figure: str
    rest: str = ""


def headline(at: Position, *, perspective: Perspective, is_own: bool) -> Headline:
    """What is owed, in one line. ``is_own``: the reader is the parent whose file it is."""
    if at.outstanding:
        if perspective is Perspective.RECEIVING:
            owes = say("You are owed") if is_own else say("The receiving parent is owed")
        else:
            owes = say("You owe") if is_own else say("The paying parent owes")
        return Headline(owes, pounds(at.outstanding))
    over = at.credit - at.paid_ahead
    if over > 0:
        return Headline(say("Overpaid by"), pounds(over), say("It counts towards what falls due next."))
    return Headline(say("Nothing is owed"), "")


def made_of(at: Position, split: Split, *, is_last: bool = False) -> tuple[str, ...]:
    """What the outstanding amount is made of, one sentence for each cause, the regular payments first.

    ``is_last``: nothing more falls due, so that what is in credit waits for nothing.
    """
    found = []
    for share in sorted(split.shares, key=lambda share: _SAID_FIRST.index(share.kind)):
        amount = say("All of it") if len(split.shares) == 1 else pounds(share.amount)
        found.append(
            say(
                "{amount} {part}.",
                amount=amount,
                part=_CAME_BACK[share.back] if share.back else say("is from {from_of}", from_of=_from(share, at)),
            )
        )
    ahead = at.credit - at.credit_from_fees if at.outstanding else at.paid_ahead
    if ahead:
        waits = "" if is_last else say(" and counts towards a later payment")
        found.append(say("{ahead} has come ahead{waits}.", ahead=pounds(ahead), waits=waits))
    if at.outstanding and (at.credit_from_fees or (ahead and is_last)):
        found.append(together(at))
    return tuple(found)


def together(at: Position) -> str:
    """What is owed and what is in credit beside it, as one figure, and where the credit comes from. Else empty."""
    if not (at.outstanding and at.credit):
        return ""
    credit = say("{credit} is in credit beside it.", credit=pounds(at.credit))
    if at.credit_from_fees:
        part = (
            say("It")
            if at.credit_from_fees == at.credit
            else say("{credit_from_fees} of it", credit_from_fees=pounds(at.credit_from_fees))
        )
        credit += say(
            " {part} came back from collection fees, and by our rule pays only what falls due later.", part=part
        )
    net = (
        say("{net} is owed", net=pounds(at.net))
        if at.net > 0
        else balance(at.net)
        if at.net
        else say("nothing is owed")
    )
    return say("{credit} Taken together: {net}. Ask CMS how it counts the credit.", credit=credit, net=net)


def fallen_due(at: Position, *, perspective: Perspective) -> str:
    """What has fallen due, what came for it, and what was taken off, a short sentence for each."""
    of = sums(at)
    verb = say("has come") if perspective is Perspective.RECEIVING else say("has been paid")
    fees = say(", and {fees_due} of collection fees", fees_due=pounds(at.fees_due)) if at.fees_due else ""
    found = [say("{due} has fallen due{fees}.", due=pounds(of.due), fees=fees), f"{pounds(of.paid)} {verb}."]
    if of.to_fees > 0:
        found.append(say("{to_fees} of that went to collection fees.", to_fees=pounds(of.to_fees)))
    if of.to_fees < 0:
        found.append(say("{to_fees} came back from collection fees.", to_fees=pounds(-of.to_fees)))
    if of.taken_off:
        found.append(say("{taken_off} was taken off.", taken_off=pounds(of.taken_off)))
    return " ".join(found)


def left(at: Position) -> str:
    """What is left after all that came: owed, owed in fees, and what is paid ahead. One sentence or two."""
    owed = (
        say("{outstanding} is still owed", outstanding=pounds(at.outstanding))
        if at.outstanding
        else say("Nothing is owed")
    )
    fees = (
        say(", and {fees_outstanding} of fees", fees_outstanding=pounds(at.fees_outstanding))
        if at.fees_outstanding
        else ""
    )
    if not at.credit:
        return f"{owed}{fees}."
    ahead = say("{credit} is paid ahead", credit=pounds(at.credit))
    return f"{owed}{fees}. {ahead}." if fees else say("{owed}, and {ahead}.", owed=owed, ahead=ahead)


def owed_to_cms(fees: int, charges: int) -> str:
    """What is owed to CMS beside the arrears, in pence: fees and charges. Empty where nothing is."""
    if fees and charges > 0:
        both = say(
            "{fees} of collection fees and {charges} of enforcement charges", fees=pounds(fees), charges=pounds(charges)
        )
        return say("{both} are also owed to CMS. Neither is arrears.", both=both)
    if charges > 0:
        return say(
            "{charges} of enforcement charges is also owed to CMS. Charges are not arrears.", charges=pounds(charges)
        )
    return (
        say("{fees} of collection fees is also owed to CMS. Fees are not arrears.", fees=pounds(fees)) if fees else ""
    )


def adds_up(at: Position, *, perspective: Perspective) -> tuple[str, ...]:
    """How the figure comes about, in two or three sentences."""
    of, found = sums(at), [fallen_due(at, perspective=perspective)]
    if at.fees_due:
        found.append(
            say(
                "{outstanding} of maintenance and {fees_outstanding} of fees are left to pay.",
                outstanding=pounds(at.outstanding),
                fees_outstanding=pounds(at.fees_outstanding),
            )
        )
    elif at.credit and at.outstanding:
        found.append(
            say(
                "{outstanding} is left to pay, and {credit} has come ahead.",
                outstanding=pounds(at.outstanding),
                credit=pounds(at.credit),
            )
        )
    elif at.outstanding:
        found.append(say("The rest is {outstanding}.", outstanding=pounds(at.outstanding)))
    elif at.credit:
        found.append(say("That is {credit} more than has fallen due.", credit=pounds(at.credit)))
    elif of.taken_off:
        found.append(say("Together that is what fell due, so nothing is owed."))
    else:
        found.append(say("The two are the same, so nothing is owed."))
    if at.restated_due != at.due:
        restated = pounds(of.restated_due)
        found.append(
            say(
                "Had every decision been known from the start, {restated} would have fallen due by "
                "now. What CMS told later is counted from the day it was told.",
                restated=restated,
            )
        )
    return tuple(found)


def listed(words: Sequence[str]) -> str:
    """Join words as a sentence does: ``March, April and May``."""
    return words[0] if len(words) == 1 else say("{join} and {words}", join=", ".join(words[:-1]), words=words[-1])


def due_name(due_on: dt.date, frequency: Frequency) -> str:
    """Name a regular payment as a person would: by its month where there is one a month."""
    return language.month_of_year(due_on) if frequency is Frequency.MONTHLY else day(due_on)


def balance(owed: int) -> str:
    """Write a balance in pence: ``£520.00``, or ``overpaid £20.00``."""
    return pounds(owed) if owed >= 0 else say("overpaid {owed}", owed=pounds(-owed))


def entry(kind: Kind, back: StepKind | None = None) -> str:
    """Name an entry of the ledger; ``back`` is its step where it brought old arrears back (``brought_back``)."""
    return BACK[back] if back else ENTRIES[kind]


def happening(kind: CauseKind, amount: int, *, perspective: Perspective, back: StepKind | None = None) -> str:
    """What moved the balance on a day, with its amount."""
    size = pounds(abs(amount))
    if kind is CauseKind.INSTALMENT:
        return say("{size} fell due", size=size)
    if kind is CauseKind.PAYMENT:
        return (
            say("{size} came", size=size) if perspective is Perspective.RECEIVING else say("{size} was paid", size=size)
        )
    if kind is CauseKind.FEE:
        return say("{size} went to fees", size=size) if amount > 0 else say("{size} came back from fees", size=size)
    if kind is CauseKind.INITIAL:
        return say("the first CMS decision added {size}", size=size)
    if kind is CauseKind.RECALCULATION:
        return say(
            "a decision on earlier amounts {part} {size}",
            part=say("added") if amount > 0 else say("took off"),
            size=size,
        )
    return f"{entry(Kind(kind.value), back).lower().replace('cms', 'CMS')}: {size}"


_SAID_FIRST = (Kind.INSTALMENT, Kind.INITIAL, Kind.RECALCULATION, Kind.OPENING, Kind.CORRECTION_UP)
_CAME_BACK = Words(
    {
        StepKind.CANCELLED: mark("came back when CMS cancelled a settlement"),
        StepKind.WITHDRAWN: mark("came back because CMS no longer counts a claim"),
    }
)


def _from(share: Share, at: Position) -> str:
    match share.kind:
        case Kind.INSTALMENT:
            return _payments([one for one in at.instalments if one.outstanding])
        case Kind.INITIAL:
            return say("the days before the first payment was due")
        case Kind.RECALCULATION:
            return _from_decisions(at)
        case Kind.OPENING:
            return _listed_openings(at)
    return say("corrections by CMS")


def _from_decisions(at: Position) -> str:
    """Decisions on earlier amounts; that no payment was missed is certain only where none of them took off."""
    net, left = recalculated(at), at.by_cause[Kind.RECALCULATION.value]
    if net >= left:
        return say("decisions on earlier amounts, not from missed payments")
    together = (
        say("added {net}", net=pounds(net))
        if net > 0
        else say("took off {net}", net=pounds(-net))
        if net
        else say("come to nothing")
    )
    return say("decisions on earlier amounts. All of those together {together}", together=together)


def _listed_openings(at: Position) -> str:
    days = [day(one.on) for one in at.others if one.kind is Kind.OPENING and one.outstanding]
    return say("the amount carried over on {listed}", listed=listed(days))


def _payments(unpaid: Sequence[Instalment]) -> str:
    if len(unpaid) > 3:
        return say(
            "{unpaid} payments that fell due, the oldest on {due_on}", unpaid=len(unpaid), due_on=day(unpaid[0].due_on)
        )
    by_month = all(one.frequency is Frequency.MONTHLY for one in unpaid)
    dates = _dates([one.due_on for one in unpaid], by_month=by_month)
    return say("the {dates} payment", dates=dates) if len(unpaid) == 1 else say("the {dates} payments", dates=dates)


def _dates(dates: Iterable[dt.date], *, by_month: bool) -> str:
    days = list(dates)
    one_year = len({value.year for value in days}) == 1
    if by_month:
        names = [language.month(value) if one_year else language.month_of_year(value) for value in days]
    else:
        names = [short_day(value) if one_year else day(value) for value in days]
    return listed(names)
