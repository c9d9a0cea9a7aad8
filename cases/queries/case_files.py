"""Read the case file: whose it is, and what CMS decided, as core values."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Case as Sorted
from django.db.models import Q, When

from cases import access
from cases.core import facts
from cases.core.details import Details
from cases.core.roles import Role
from cases.core.shared_copies import CopySeen
from cases.models import Calculation, Case, CaseMembership, Child, Invitation, PaymentSchedule, ServicePeriod, StrikeOut
from cases.models.shared_copy import SharedCopy
from cms_tracker.web import prepared

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cms_tracker.users.models import User

_HELPING = (Role.HELPER, Role.ADVISER)

Struck = Mapping[tuple[uuid.UUID, uuid.UUID], facts.StruckOut]  # by the case and the key of the row


def cases_for(user: "User") -> list[Case]:
    """Every case this person may open, newest first."""
    return list(access.visible_to(user).order_by("-opened_at", "id"))


def memberships_of(user: "User") -> list[CaseMembership]:
    """Every case this person may look into today, with their role and their own name for it, in one query."""
    return list(access.reading().filter(user=user).select_related("case").order_by("began_at", "id"))


def let_into(case_ids: Collection[uuid.UUID]) -> list[CaseMembership]:
    """Who helps or advises in these cases today: every membership but owners' and visitors', the case with it."""
    found = access.reading().filter(case_id__in=case_ids, role__in=_HELPING)
    return list(found.select_related("case").order_by("pk"))


def helping(user_id: uuid.UUID) -> "QuerySet[CaseMembership]":
    """The cases in which this person helps or advises today, as a query to narrow another one by."""
    return access.reading().filter(user_id=user_id, role__in=_HELPING)


def hold(case_ids: Collection[uuid.UUID]) -> list[Case]:
    """Those of these cases that are there, held against others who hold them until the transaction ends.

    Facts can still be added to them meanwhile.
    """
    held = Case.objects.select_for_update(no_key=True)
    return list(held.filter(pk__in=case_ids).order_by("pk"))


def case_ids_after(last: uuid.UUID | None, *, count: int) -> list[uuid.UUID]:
    """The next ``count`` cases of the whole installation, in order of their ids."""
    cases = Case.objects.order_by("pk").values_list("pk", flat=True)
    return list((cases if last is None else cases.filter(pk__gt=last))[:count])


def case_by_id(case_id: uuid.UUID) -> Case | None:
    """One case for an operator's command, which has no person to check."""
    return Case.objects.filter(pk=case_id).first()


def owner_of(case_id: uuid.UUID) -> "User | None":
    """The person whose file this is."""
    membership = CaseMembership.objects.filter(case_id=case_id, role=Role.OWNER, ended_at=None)
    found = membership.select_related("user").first()
    return found.user if found else None  # AUTH_USER_MODEL is users.User


def children_of(case_id: uuid.UUID) -> list[str]:
    """The labels of the children, in the order they were given."""
    return list(Child.objects.filter(case_id=case_id).order_by("position", "id").values_list("label", flat=True))


def details_of(case: Case) -> Details:
    """What the file says at its top, as it stands now."""
    return Details(
        reference=case.reference,
        nation=facts.Nation(case.nation),
        other_parent=case.other_parent,
        scheme=facts.Scheme(case.scheme),
        allocation_rule=facts.AllocationRule(case.allocation_rule),
        children=tuple(children_of(case.pk)),
    )


def child_counts(case_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
    """How many children each case has."""
    counts: dict[uuid.UUID, int] = defaultdict(int)
    for case_id in Child.objects.filter(case_id__in=case_ids).values_list("case_id", flat=True):
        counts[case_id] += 1
    return counts


def members_of(case_id: uuid.UUID) -> "QuerySet[CaseMembership]":
    """Everyone who may open the case today, the owner first."""
    return (
        access.present()
        .filter(case_id=case_id)
        .select_related("user", "invitation", "organisation")
        .order_by(Sorted(When(role=Role.OWNER, then=0), default=1), "-role", "began_at")
    )


def members_ever_of(case_id: uuid.UUID) -> "QuerySet[CaseMembership]":
    """Everyone who may open the case, or once could, the latest first."""
    rows = CaseMembership.objects.filter(case_id=case_id).select_related("invitation", "organisation")
    return rows.order_by("-began_at", "pk")


def open_invitations(case_id: uuid.UUID, *, at: dt.datetime) -> "QuerySet[Invitation]":
    """Invitations that would still work at this moment: not used, not withdrawn, not too old."""
    unused = Invitation.objects.filter(case_id=case_id, used_at=None, withdrawn_at=None, expires_at__gt=at)
    return unused.order_by("made_at")


def invitation_in(case_id: uuid.UUID, invitation_id: uuid.UUID) -> Invitation | None:
    """One invitation of this case, or None."""
    return Invitation.objects.filter(case_id=case_id, pk=invitation_id).first()


def member_in(case_id: uuid.UUID, membership_id: uuid.UUID) -> CaseMembership | None:
    """One person who was let into this case and may open it today, or None. Not the owner."""
    present = members_of(case_id).exclude(role=Role.OWNER)
    return present.filter(pk=membership_id).first()


def strike_outs(case_ids: Collection[uuid.UUID]) -> Struck:
    """Every struck-out fact of these cases, by its case and its id.

    Never by the id alone: a fact of another case may have the same one, and stands.
    """
    rows = _cells("strike-outs", _struck_rows, case_ids)
    return {(case_id, key): facts.StruckOut(on=on, reason=reason) for case_id, key, on, reason in rows}


def struck_in(case_id: uuid.UUID) -> dict[uuid.UUID, facts.StruckOut]:
    """Every struck-out fact of one case, by the fact's id."""
    return {key: struck for (_, key), struck in strike_outs([case_id]).items()}


def _struck_rows(case_ids: Sequence[uuid.UUID]) -> "QuerySet[Any, Any]":
    return StrikeOut.objects.filter(case_id__in=case_ids).values_list("case_id", "fact_id", "on", "reason")


def decisions_by_case(case_ids: Collection[uuid.UUID], struck: Struck) -> dict[uuid.UUID, list[facts.Decision]]:
    """The CMS decisions of each case, oldest effective date first, struck-out ones among them.

    A decision without its own dates counts as decided when it takes effect and told when decided
    (rules section 7).
    """
    found: dict[uuid.UUID, list[facts.Decision]] = defaultdict(list)
    for case_id, key, note, weekly, instalment, effective_on, decided_on, notified_on, sequence, reason in _cells(
        "decisions", _decision_rows, case_ids
    ):
        found[case_id].append(
            facts.Decision(
                weekly=weekly,
                instalment=instalment,
                effective_on=effective_on,
                decided_on=decided_on or effective_on,
                notified_on=notified_on or decided_on or effective_on,
                sequence=sequence,
                reason=reason,
                note=note,
                struck_out=struck.get((case_id, key)),
                id=str(key),
            )
        )
    return found


def told_decisions(
    case_ids: Collection[uuid.UUID], struck: Struck
) -> dict[uuid.UUID, list[tuple[facts.Decision, dt.datetime]]]:
    """The decisions whose letter has days of its own, with the moment they were entered, earliest letter first.

    A decision of which only the effective date is known is left out: nobody said when the letter came.
    """
    found: dict[uuid.UUID, list[tuple[facts.Decision, dt.datetime]]] = defaultdict(list)
    dated = Calculation.objects.filter(Q(notified_on__isnull=False) | Q(decided_on__isnull=False))
    rows = dated.filter(case_id__in=case_ids).order_by("notified_on", "entered_at", "id")
    for case_id, key, weekly, effective_on, decided_on, notified_on, sequence, reason, entered_at in rows.values_list(
        "case_id", "id", "weekly_pence", "effective_on", "decided_on", "notified_on", "sequence", "reason", "entered_at"
    ):
        told = facts.Decision(
            weekly=weekly,
            effective_on=effective_on,
            decided_on=decided_on or effective_on,
            notified_on=notified_on or decided_on or effective_on,
            sequence=sequence,
            reason=reason,
            struck_out=struck.get((case_id, key)),
            id=str(key),
        )
        found[case_id].append((told, entered_at))
    return found


def _decision_rows(case_ids: Sequence[uuid.UUID]) -> "QuerySet[Any, Any]":
    rows = Calculation.objects.filter(case_id__in=case_ids).order_by("effective_on", "entered_at", "id")
    return rows.values_list(
        "case_id", "id", "note", "weekly_pence", "instalment_pence", "effective_on", "decided_on", "notified_on",
        "sequence", "reason",
    )  # fmt: skip


def _cells(name: str, rows_of: prepared.RowsOf, case_ids: Collection[uuid.UUID]) -> Iterator[tuple[Any, ...]]:
    """The rows of these cases, the case and the key of each as what they are."""
    ids = list(case_ids)
    known = dict(zip(prepared.prepared_keys(ids), ids, strict=True))
    for case_key, key, *cells in prepared.cells(name, rows_of, ids):
        yield known[case_key], prepared.key(key), *cells


def schedules_by_case(case_ids: Collection[uuid.UUID], struck: Struck) -> dict[uuid.UUID, list[facts.Schedule]]:
    """The payment dates of each case, earliest first."""
    found: dict[uuid.UUID, list[facts.Schedule]] = defaultdict(list)
    for case_id, key, note, frequency, first_due_on in _cells("schedules", _schedule_rows, case_ids):
        found[case_id].append(
            facts.Schedule(
                frequency=facts.Frequency(frequency),
                first_due_on=first_due_on,
                note=note,
                struck_out=struck.get((case_id, key)),
                id=str(key),
            )
        )
    return found


def _schedule_rows(case_ids: Sequence[uuid.UUID]) -> "QuerySet[Any, Any]":
    rows = PaymentSchedule.objects.filter(case_id__in=case_ids).order_by("first_due_on", "entered_at", "id")
    return rows.values_list("case_id", "id", "note", "frequency", "first_due_on")


def services_by_case(case_ids: Collection[uuid.UUID], struck: Struck) -> dict[uuid.UUID, list[facts.ServicePeriod]]:
    """The service periods of each case, earliest first."""
    found: dict[uuid.UUID, list[facts.ServicePeriod]] = defaultdict(list)
    for case_id, key, note, kind, from_on in _cells("services", _service_rows, case_ids):
        found[case_id].append(
            facts.ServicePeriod(
                type=facts.ServiceType(kind),
                from_on=from_on,
                note=note,
                struck_out=struck.get((case_id, key)),
                id=str(key),
            )
        )
    return found


def _service_rows(case_ids: Sequence[uuid.UUID]) -> "QuerySet[Any, Any]":
    rows = ServicePeriod.objects.filter(case_id__in=case_ids).order_by("from_on", "entered_at", "id")
    return rows.values_list("case_id", "id", "note", "type", "from_on")


def shared_copies(case_id: uuid.UUID) -> dict[str, CopySeen]:
    """Every copy of a file of this case that may leave the record, by the SHA-256 of the file."""
    rows = SharedCopy.objects.filter(case_id=case_id)
    return {row.original_sha256: _copy_seen(row) for row in rows}


def shared_copy_of(case_id: uuid.UUID, original_sha256: str) -> CopySeen | None:
    """The copy of one file of this case, or None where none has been made."""
    row = SharedCopy.objects.filter(case_id=case_id, original_sha256=original_sha256).first()
    return _copy_seen(row) if row else None


def _copy_seen(row: SharedCopy) -> CopySeen:
    return CopySeen(
        original_sha256=row.original_sha256,
        media_type=row.media_type,
        size=row.size,
        sha256=row.sha256,
        stored_as=row.stored_as,
        pages=row.pages,
        left_out=tuple(row.left_out.split()),
    )
