"""Every kind of letter, by its code, in the order in which they are offered."""

from collections.abc import Sequence
from dataclasses import dataclass

from correspondence.core.letters import (
    account_breakdown,
    authority,
    broken_plan,
    call_follow_up,
    change_of_circumstances,
    chase_promise,
    compensation,
    complaint,
    complaint_escalation,
    csa_debt,
    enforcement_delay,
    estate,
    hardship,
    independent_case_examiner,
    joint_plan,
    mandatory_reconsideration,
    missed_payments,
    move_to_collect,
    mp,
    offset,
    parallel_action,
    part_payment_chase,
    part_payment_offer,
    part_payment_reply,
    plan_offer,
    plan_too_long,
    proof_of_payment,
    subject_access,
    variation,
    write_off_reply,
)
from correspondence.core.letters.kind import Kind, Record, To, no_reply

KINDS: tuple[Kind, ...] = (
    missed_payments.KIND,
    call_follow_up.KIND,
    proof_of_payment.KIND,
    chase_promise.KIND,
    move_to_collect.KIND,
    account_breakdown.KIND,
    plan_too_long.KIND,
    broken_plan.KIND,
    enforcement_delay.KIND,
    hardship.KIND,
    plan_offer.KIND,
    joint_plan.KIND,
    part_payment_offer.KIND,
    part_payment_reply.KIND,
    part_payment_chase.KIND,
    write_off_reply.KIND,
    offset.KIND,
    estate.KIND,
    csa_debt.KIND,
    variation.KIND,
    change_of_circumstances.KIND,
    subject_access.KIND,
    complaint.KIND,
    complaint_escalation.KIND,
    independent_case_examiner.KIND,
    mp.KIND,
    mandatory_reconsideration.KIND,
    compensation.KIND,
    parallel_action.KIND,
    authority.KIND,
)

_BY_NUMBER = {one.number: one for one in KINDS}
_BY_CODE = {one.code: one for one in KINDS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A letter as it is offered: ``why_not`` is one sentence, empty where it can be made now."""

    kind: Kind
    why_not: str = ""


def kind_of(code: str) -> Kind | None:
    """The kind of this code, or None where there is none."""
    return _BY_CODE.get(code)


def kind_numbered(number: int) -> Kind | None:
    """The kind of this number, or None where there is none."""
    return _BY_NUMBER.get(number)


def title_of(code: str) -> str:
    """What a letter is for; one of a kind from elsewhere is only called a letter."""
    found = kind_of(code)
    return found.title if found else "Letter"


def asks_reply(code: str) -> bool:
    """Say whether letters of this kind ask for an answer; one from elsewhere may."""
    found = kind_of(code)
    return found is None or (found.to is not To.NOBODY and found.reply is not no_reply)


def offers(record: Record) -> Sequence[Offer]:
    """Every letter this side may send, with the reason where one cannot be made now."""
    return [Offer(kind=one, why_not=one.why_not(record)) for one in KINDS if record.perspective in one.senders]


def offer(kind: Kind, record: Record) -> Offer | None:
    """One letter as it is offered today, or None where this side never sends it."""
    return Offer(kind=kind, why_not=kind.why_not(record)) if record.perspective in kind.senders else None
