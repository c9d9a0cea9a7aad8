"""Claims in words: how each stands, what to know about its day, and the balance both ways."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from arrears.core import claims, words
from arrears.core.claims import BothWays, ClaimState, Fit, Window
from arrears.core.facts import CaseFacts
from arrears.core.other_facts import Claim, ClaimKind, StepKind
from arrears.presenters.statuses import Tag
from arrears.presenters.steps import StepLine, lines
from cms_tracker.days import day
from cms_tracker.language import Words, mark, say
from cms_tracker.money import pounds

_TAGS = {
    ClaimState.WAITING: Tag(mark("Waiting for CMS"), "s-due"),
    ClaimState.COUNTED: Tag(mark("Counted by CMS"), "s-paid", "good"),
    ClaimState.COUNTED_IN_PART: Tag(mark("Counted in part"), "s-part", "warn"),
    ClaimState.TURNED_DOWN: Tag(mark("Not counted"), "s-missed", "off"),
    ClaimState.TAKEN_BACK: Tag(mark("Taken back by CMS"), "s-missed", "off"),
}
_SAID = Words(
    {
        StepKind.CONFIRMED: mark("The receiving parent confirms that it came."),
        StepKind.DENIED: mark("The receiving parent says that it did not come."),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimShown:
    """One claim. ``sentences`` say how it stands, ``warnings`` what CMS may hold against its day."""

    claim: Claim
    kind: str
    tag: Tag
    counted: int
    sentences: list[str]
    warnings: list[str]
    steps: list[StepLine]


class Line(NamedTuple):
    """One figure of the two balances: what it is, as CMS has it, and if CMS counted every claim that waits."""

    name: str
    now: int
    if_counted: int


def shown(claim: Claim, seen: CaseFacts) -> ClaimShown:
    """One claim as it stands by what ``seen`` knows; a struck-out one is shown with all its steps."""
    known = next((one for one in seen.claims if one.id == claim.id), claim)
    at = claims.standing(known)
    return ClaimShown(
        claim=claim,
        kind=words.CLAIMS[claim.kind],
        tag=_TAGS[at.state],
        counted=at.counted,
        sentences=_sentences(claim, at),
        warnings=_warnings(claim, claims.fit(seen, claim), claims.window(seen)),
        steps=lines(claim.steps),
    )


def all_shown(every: Sequence[Claim], seen: CaseFacts) -> list[ClaimShown]:
    """Every claim, the latest first."""
    return [shown(one, seen) for one in sorted(every, key=lambda one: (one.paid_on, one.id), reverse=True)]


def two_balances(both: BothWays) -> list[Line]:
    """The lines of the balance as CMS has it, beside the balance if CMS counted what waits. Nil lines left out."""
    found = [
        Line(say("Owed"), both.now.outstanding, both.if_counted.outstanding),
        Line(say("Paid ahead or overpaid"), both.now.credit, both.if_counted.credit),
    ]
    return [one for one in found if one.now or one.if_counted or one is found[0]]


def no_day(window: Window) -> str:
    """Say that no payment can be a voluntary one, with the two days that leave no room for it."""
    return say(
        "CMS decided on {last}, before the first amount took effect on {first}. So no day "
        "fits a payment before the first decision.",
        last=day(window.last),
        first=day(window.first),
    )


def meant(window: Window | None) -> str:
    """What “before the first decision” means in a record; empty where that is not known."""
    if window is None:
        return ""
    if window.is_empty:
        return no_day(window)
    days = (
        day(window.first)
        if window.first == window.last
        else say("{first} to {last}", first=day(window.first), last=day(window.last))
    )
    return say("In this record, “before the first decision” means {days}.", days=days)


def _sentences(claim: Claim, at: claims.ClaimStanding) -> list[str]:
    found = [_SAID[at.said]] if at.said else []
    match at.state:
        case ClaimState.WAITING:
            found.append(say("CMS has not answered. Until it does, nothing of it is counted."))
        case ClaimState.COUNTED:
            found.append(say("CMS counts all of it."))
        case ClaimState.COUNTED_IN_PART:
            rest = pounds(claim.amount - at.counted)
            found.append(
                say(
                    "CMS counts {counted} of {amount}. {rest} is not counted.",
                    counted=pounds(at.counted),
                    amount=pounds(claim.amount),
                    rest=rest,
                )
            )
        case ClaimState.TURNED_DOWN:
            found.append(say("CMS does not count it."))
        case ClaimState.TAKEN_BACK:
            found.append(say("CMS counted it, and took that back. Nothing of it is counted now."))
    return found


def _warnings(claim: Claim, fit: Fit, window: Window | None) -> list[str]:
    if fit is Fit.DIRECT_PAY:
        return [
            say("The case was on Direct Pay that day. Money paid to the parent then is a payment, not a claim."),
            say("Strike this out and log it with the payments, so that it is not counted twice."),
        ]
    if fit is Fit.NOT_KNOWN:
        if claim.kind is ClaimKind.VOLUNTARY_PAYMENT:
            return [say("The first decision is not on this record, so we cannot say if CMS may count this day.")]
        return [say("The service of that day is not on this record, so we cannot say if this is a claim.")]
    if fit is Fit.FITS or window is None:
        return []
    if fit is Fit.NO_DAY:
        return [no_day(window), say("So CMS may refuse to count this.")]
    days = say(
        "{first}, when the first amount took effect, to {last}, when CMS decided it",
        first=day(window.first),
        last=day(window.last),
    )
    return [
        say("Voluntary payments count from {days}.", days=days),
        say(
            "This was paid {part} that, so CMS may refuse to count it.",
            part=say("before") if fit is Fit.BEFORE else say("after"),
        ),
    ]
