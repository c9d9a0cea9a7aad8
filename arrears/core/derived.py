"""The adjustments that follow from claims and settlements: what CMS accepted, gave up or took back.

Each such step posts by itself, on its own day, once it is recorded: striking one out never changes
what another one did. Its id is the step's, so that a line of the ledger leads to the step.
"""

from collections.abc import Iterator, Mapping

from arrears.core.facts import Adjustment, AdjustmentKind, CaseFacts
from arrears.core.other_facts import Claim, ClaimKind, Settlement, Step, StepKind
from cases.core.facts import StruckOut
from cms_tracker.language import Words, mark, say

_ACCEPTED = {
    ClaimKind.VOLUNTARY_PAYMENT: AdjustmentKind.VOLUNTARY_PAYMENT,
    ClaimKind.DIRECT_PAYMENT: AdjustmentKind.DIRECT_PAYMENT_ACCEPTED,
}
_TAKEN_BACK = Words(
    {
        StepKind.WITHDRAWN: mark("CMS no longer counts a payment that it had accepted"),
        StepKind.CANCELLED: mark("CMS cancelled a settlement: what was given up is owed again"),
    }
)


def adjustments_of(facts: CaseFacts) -> tuple[Adjustment, ...]:
    """Every adjustment of a case: those that were recorded as such, and those that follow from steps."""
    if not (facts.claims or facts.settlements):
        return facts.adjustments
    return (*facts.adjustments, *_derived(facts))


def brought_back(facts: CaseFacts) -> Mapping[str, StepKind]:
    """The steps that put on the balance again what CMS had let go or counted, by id, with their kinds.

    Each posts a ``correction_up`` of old arrears. CMS corrected no record by it, so it is called by its own name.
    """
    every = [one.steps for one in facts.claims] + [one.steps for one in facts.settlements]
    return {step.id: step.kind for steps in every for step in steps if step.kind in _TAKEN_BACK}


def _derived(facts: CaseFacts) -> Iterator[Adjustment]:
    for claim in facts.claims:
        for step in claim.steps:
            kind = _ACCEPTED[claim.kind] if step.kind is StepKind.ACCEPTED else None
            yield from _posted(claim, step, kind, claim.what)
    for settlement in facts.settlements:
        for step in settlement.steps:
            kind = AdjustmentKind.SETTLEMENT if step.kind is StepKind.AGREED else None
            yield from _posted(settlement, step, kind, say("part payment in full and final settlement"))


def _posted(subject: Claim | Settlement, step: Step, kind: AdjustmentKind | None, reason: str) -> Iterator[Adjustment]:
    back = _TAKEN_BACK.get(step.kind)
    if not step.amount or (kind is None and back is None):
        return
    yield Adjustment(
        kind=kind or AdjustmentKind.CORRECTION_UP,
        on=step.on,
        amount=step.amount,
        recorded_on=max(step.recorded_on, subject.recorded_on),
        reason=back or reason,
        note=step.note,
        struck_out=_first(step.struck_out, subject.struck_out),
        id=step.id,
    )


def _first(*struck: StruckOut | None) -> StruckOut | None:
    return min((one for one in struck if one), key=lambda one: one.on, default=None)
