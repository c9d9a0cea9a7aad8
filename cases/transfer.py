"""Bring what CMS decided into a case that has just been opened, as it stands in a case file."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from cases.core import facts
from cases.models import Calculation, PaymentSchedule, ServicePeriod, StrikeOut
from cms_tracker.audit import operations as audit

if TYPE_CHECKING:
    from cases.models import Case
    from cms_tracker.users.models import User


@transaction.atomic
def add_decided(
    *,
    actor: "User",
    case: "Case",
    decisions: Sequence[facts.Decision],
    schedules: Sequence[facts.Schedule],
    services: Sequence[facts.ServicePeriod],
) -> None:
    """Add decisions, payment dates and services that carry the keys of their rows."""
    audit.add_facts([_calculation(one, case.pk) for one in decisions], actor=actor, case_id=case.pk)
    audit.add_facts([_schedule(one, case.pk) for one in schedules], actor=actor, case_id=case.pk)
    audit.add_facts([_service(one, case.pk) for one in services], actor=actor, case_id=case.pk)


@transaction.atomic
def add_strike_outs(*, actor: "User", case: "Case", struck: Mapping[uuid.UUID, facts.StruckOut]) -> None:
    """Strike out facts that have just been added, each on its own day and for its own reason."""
    StrikeOut.objects.bulk_create(
        [StrikeOut(case_id=case.pk, fact_id=fact_id, on=one.on, reason=one.reason) for fact_id, one in struck.items()],
        batch_size=audit.BATCH,
    )
    audit.record_many("fact.struck_out", actor=actor, case_id=case.pk, subjects=[str(fact_id) for fact_id in struck])


@transaction.atomic
def note_import(*, actor: "User", case: "Case") -> None:
    """Say in the audit that the case came out of a file."""
    audit.record("case.imported", actor=actor, case_id=case.pk)


@transaction.atomic
def note_export(*, actor: "User", case: "Case") -> None:
    """Say in the audit that the whole case was taken out as a file."""
    audit.record_look("case.exported", actor=actor, case_id=case.pk)


def own_day(day: dt.date, *, usual: dt.date) -> dt.date | None:
    """A day that a fact states for itself; None, which the record keeps as absent, where it is the usual one."""
    return None if day == usual else day


def _calculation(one: facts.Decision, case_id: uuid.UUID) -> Calculation:
    return Calculation(
        id=uuid.UUID(one.id),
        case_id=case_id,
        weekly_pence=one.weekly,
        instalment_pence=one.instalment,
        effective_on=one.effective_on,
        decided_on=own_day(one.decided_on, usual=one.effective_on),
        notified_on=own_day(one.notified_on, usual=one.decided_on),
        sequence=one.sequence,
        reason=one.reason,
        note=one.note,
    )


def _schedule(one: facts.Schedule, case_id: uuid.UUID) -> PaymentSchedule:
    return PaymentSchedule(
        id=uuid.UUID(one.id),
        case_id=case_id,
        frequency=one.frequency,
        first_due_on=one.first_due_on,
        note=one.note,
    )


def _service(one: facts.ServicePeriod, case_id: uuid.UUID) -> ServicePeriod:
    return ServicePeriod(id=uuid.UUID(one.id), case_id=case_id, type=one.type, from_on=one.from_on, note=one.note)
