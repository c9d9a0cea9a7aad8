"""Repayment plans: those CMS put in place, and those a person keeps to compare."""

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django.db import transaction

from arrears.core.case_values import Proposal, ProposalAnswer
from arrears.core.facts import PlanOrigin
from arrears.core.plan_review import of_proposal
from arrears.core.plans import PlanError
from arrears.models import PlanProposal, RepaymentPlan
from cases.core.facts import Frequency
from cms_tracker.audit import operations as audit
from cms_tracker.audit.keys import key_within
from cms_tracker.days import day
from cms_tracker.language import say
from cms_tracker.refusal import Refusal

if TYPE_CHECKING:
    from cases.models import Case
    from cms_tracker.users.models import User

MAX_PROPOSALS = 3  # a case; more cannot be read side by side


@transaction.atomic
def record_plan(
    *,
    actor: "User",
    case: "Case",
    agreed_on: dt.date,
    first_payment_on: dt.date,
    frequency: Frequency,
    total_pence: int,
    arrears_part_pence: int,
    origin: PlanOrigin = PlanOrigin.NEGOTIATED,
    cms_word: str = "",
    note: str = "",
    entry_id: uuid.UUID | None = None,
) -> RepaymentPlan:
    """Record a repayment plan as CMS put it, in pence, with CMS's own word for it."""
    return audit.add_fact(
        RepaymentPlan,
        actor=actor,
        case_id=case.pk,
        entry_id=entry_id,
        agreed_on=agreed_on,
        first_payment_on=first_payment_on,
        frequency=frequency,
        total_pence=total_pence,
        arrears_part_pence=arrears_part_pence,
        origin=origin,
        cms_word=cms_word,
        note=note,
    )


@transaction.atomic
def keep_proposal(
    *, actor: "User", case: "Case", proposal: Proposal, entry_id: uuid.UUID | None = None
) -> PlanProposal:
    """Keep a plan to compare with others; its income is for the interval of its payments.

    Raises Refusal where the terms cannot be a plan, or where three are kept already.
    """
    entry_id = key_within(PlanProposal, entry_id, owner=case.pk)
    found = PlanProposal.objects.filter(pk=entry_id).first() if entry_id else None
    if found is not None:
        return found
    if PlanProposal.objects.filter(case_id=case.pk).count() >= MAX_PROPOSALS:
        raise Refusal(say("You can keep three plans at a time. Remove one first."))
    try:
        of_proposal(proposal)
    except PlanError as error:
        raise Refusal(say("This {message}.", message=error.message), field=error.field) from error
    row = PlanProposal.of(proposal, case_id=case.pk, key=entry_id or uuid.uuid4())
    row.save(force_insert=True)
    audit.record("proposal.kept", actor=actor, case_id=case.pk, subject=str(row.pk))
    return row


@transaction.atomic
def mark_proposal_sent(*, actor: "User", case: "Case", proposal_id: uuid.UUID, sent_on: dt.date) -> None:
    """Say on which day a kept plan was put to CMS; said again, the later word counts until CMS answers.

    Raises Refusal where the plan is not kept any more, or where CMS has answered it.
    """
    row = _kept(case, proposal_id)
    if row.answer:
        raise Refusal(say("CMS has answered this offer already."))
    row.sent_on = sent_on
    row.save(update_fields=["sent_on"])
    audit.record("proposal.sent", actor=actor, case_id=case.pk, subject=str(row.pk))


@transaction.atomic
def record_proposal_answer(
    *, actor: "User", case: "Case", proposal_id: uuid.UUID, answer: ProposalAnswer, answered_on: dt.date
) -> None:
    """Say what CMS answered to a plan that was put to it, and on which day.

    Raises Refusal where the plan is not kept any more, was not sent, or was sent after that day.
    """
    row = _kept(case, proposal_id)
    if row.sent_on is None:
        raise Refusal(say("Say first on which day you sent this offer to CMS."))
    if answered_on < row.sent_on:
        sent_on = day(row.sent_on)
        message = say("You sent this offer on {sent_on}. The answer cannot be older.", sent_on=sent_on)
        raise Refusal(message, field="answered_on")
    row.answer, row.answered_on = answer, answered_on
    row.save(update_fields=["answer", "answered_on"])
    audit.record("proposal.answered", actor=actor, case_id=case.pk, subject=str(row.pk))


def _kept(case: "Case", proposal_id: uuid.UUID) -> PlanProposal:
    row = PlanProposal.objects.select_for_update().filter(case_id=case.pk, pk=proposal_id).first()
    if row is None:
        raise Refusal(say("This plan is not kept any more."))
    return row


@transaction.atomic
def remove_proposal(*, actor: "User", case: "Case", proposal_id: uuid.UUID) -> bool:
    """Throw a kept plan away. False where this case has no such plan."""
    row = PlanProposal.objects.filter(case_id=case.pk, pk=proposal_id).first()
    if row is None:
        return False
    row.delete()
    audit.record("proposal.removed", actor=actor, case_id=case.pk, subject=str(proposal_id))
    return True
