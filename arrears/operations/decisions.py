"""What CMS decided: one decision, or everything that a first letter says."""

import uuid
from typing import TYPE_CHECKING

from django.db import transaction

from arrears.core.previews import FirstLetter
from arrears.operations.balance import record_opening_balance
from cases import operations as case_operations
from cases.core.facts import Decision

if TYPE_CHECKING:
    from cases.models import Case
    from cms_tracker.users.models import User


@transaction.atomic
def record_first_letter(*, actor: "User", case: "Case", letter: FirstLetter) -> None:
    """Record everything that a first decision letter says, or nothing at all.

    The facts carry the keys of their rows, so that saving twice makes one of each. Raises Refusal
    where payment dates or a service already begin on the same day.
    """
    decision, service, schedule, opening = letter.decision, letter.service, letter.schedule, letter.opening
    record_decision(actor=actor, case=case, decision=decision)
    case_operations.record_service(
        actor=actor, case=case, type=service.type, from_on=service.from_on, entry_id=uuid.UUID(service.id)
    )
    case_operations.record_schedule(
        actor=actor,
        case=case,
        frequency=schedule.frequency,
        first_due_on=schedule.first_due_on,
        entry_id=uuid.UUID(schedule.id),
    )
    if opening is not None:
        record_opening_balance(
            actor=actor,
            case=case,
            on=opening.on,
            amount_pence=opening.amount,
            source=opening.source,
            entry_id=uuid.UUID(opening.id),
        )


@transaction.atomic
def record_decision(*, actor: "User", case: "Case", decision: Decision) -> None:
    """Record one CMS decision that carries the key of its row. Saving it twice makes one."""
    case_operations.record_calculation(
        actor=actor,
        case=case,
        weekly_pence=decision.weekly,
        effective_on=decision.effective_on,
        decided_on=decision.decided_on,
        notified_on=decision.notified_on,
        instalment_pence=decision.instalment,
        sequence=decision.sequence,
        reason=decision.reason,
        entry_id=uuid.UUID(decision.id),
    )
