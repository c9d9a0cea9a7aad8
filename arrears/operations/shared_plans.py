"""Show the other parent the terms of a plan: a copy under a code that works once (decision 44)."""

import datetime as dt
import uuid
from typing import TYPE_CHECKING, NamedTuple

from django.db import IntegrityError, transaction

from arrears.core.plan_review import of_proposal
from arrears.core.shared_plan import NotShareableError, SharedTerms, as_text, from_text, of_verdict
from arrears.models import PlanProposal, SharedPlan, SharedPlanEnd
from cases import operations as cases
from cases import queries as case_queries
from cases.core import invitation_codes
from cms_tracker.audit import operations as audit
from cms_tracker.language import say
from cms_tracker.refusal import Refusal

if TYPE_CHECKING:
    from cases.models import Case
    from cms_tracker.users.models import User

SHARES_A_DAY = 20
_A_DAY = dt.timedelta(days=1)


class _WhoeverHasTheCode(NamedTuple):
    """Stands in the audit for somebody of whom nothing is known: the share itself."""

    pk: uuid.UUID


@transaction.atomic
def share_plan(
    *, actor: "User", case: "Case", proposal_id: uuid.UUID, at: dt.datetime, share_id: uuid.UUID | None = None
) -> str:
    """Copy the terms of a kept plan and return the code that shows them once, within a week of ``at``.

    Only the code's hash is kept. Raises Refusal for a plan that is not kept or never ends, for a
    form that was sent before, and after ``SHARES_A_DAY`` codes in a day.
    """
    proposal = PlanProposal.objects.filter(case_id=case.pk, pk=proposal_id).first()
    if proposal is None:
        raise Refusal(say("This plan is not kept any more."))
    if share_id is not None and SharedPlan.objects.filter(pk=share_id).exists():
        raise Refusal(say("This code was shown once and cannot be shown again. Take it back and make a new one."))
    if SharedPlan.objects.filter(case_id=case.pk, made_at__gt=at - _A_DAY).count() >= SHARES_A_DAY:
        raise Refusal(say("You have made as many codes as we allow in a day. Try again tomorrow."))
    try:
        terms = of_verdict(of_proposal(proposal.terms))
    except NotShareableError as error:
        raise Refusal(say("This plan does not end, so there is nothing to agree to. Change what it pays.")) from error
    code = invitation_codes.new()
    made = SharedPlan(
        id=share_id or uuid.uuid4(),
        case_id=case.pk,
        terms=as_text(terms),
        code_hash=invitation_codes.fingerprint(code),
        made_at=at,
        expires_at=at + cases.INVITATION_LASTS,
    )
    made.save(force_insert=True)
    audit.record("shared_plan.made", actor=actor, case_id=case.pk, subject=str(made.pk))
    return code


@transaction.atomic
def withdraw_shared_plan(*, actor: "User", case: "Case", share_id: uuid.UUID, at: dt.datetime) -> None:
    """Make a code stop working. It looks the same whether the code has been used or not."""
    shared = SharedPlan.objects.filter(case_id=case.pk, pk=share_id).first()
    if shared is not None and _end(shared, SharedPlanEnd.How.WITHDRAWN, at=at):
        audit.record("shared_plan.withdrawn", actor=actor, case_id=case.pk, subject=str(share_id))


@transaction.atomic
def open_shared_plan(*, code: str, at: dt.datetime) -> SharedTerms:
    """Show what a code stands for, and use the code up.

    Raises the same Refusal for a code that is used, taken back, too old or never made. The audit
    row names no case: the owner of the record is not told who looked, nor when.
    """
    hashed = invitation_codes.fingerprint(code)
    # Held, so that of two people with one code, and of one who opens it while it is taken back, the second waits.
    working = SharedPlan.objects.select_for_update(no_key=True).filter(code_hash=hashed, expires_at__gt=at)
    shared = working.first()
    if shared is None or case_queries.owner_of(shared.case_id) is None:  # deleted, if only for now
        raise _refused()
    if shared.ends.exists() or not _end(shared, SharedPlanEnd.How.USED, at=at):
        raise _refused()
    audit.record_look("shared_plan.opened", actor=_WhoeverHasTheCode(shared.pk), subject=str(shared.pk))
    return from_text(shared.terms)


def _refused() -> Refusal:
    return Refusal(say("That code does not work. It works once, for a week. Ask for a new one."), field="code")


def _end(shared: SharedPlan, how: SharedPlanEnd.How, *, at: dt.datetime) -> bool:
    """Note an end, once; False where it is noted already."""
    try:
        with transaction.atomic():
            SharedPlanEnd.objects.create(case_id=shared.case_id, shared=shared, how=how, at=at)
    except IntegrityError:
        return False
    return True
