"""Delete what was kept long enough. A record under a legal hold is left, and counted apart."""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db import transaction

from cases import operations as case_operations
from cases import queries as cases
from cms_tracker.audit import operations as audit
from cms_tracker.rights import queries
from cms_tracker.rights.core.retention import Kept, What, edge, in_force
from cms_tracker.rights.models import Complaint, LegalHold, OrganisationRetention, RightsRequest
from cms_tracker.rights.operations.acting import TIMER
from cms_tracker.rights.operations.deleting import delete_account, destroy_due
from cms_tracker.users import closing
from cms_tracker.users import queries as users


@dataclass(kw_only=True)
class Purged:
    """How many of each kind went, or would go, and how many records a hold keeps."""

    counts: dict[What, int] = field(default_factory=dict)
    held: int = 0


def purge_expired(*, on: dt.date, really: bool) -> Purged:
    """Delete everything whose period is over on a day; without ``really`` only count it.

    Safe to run twice or to break off: each thing is a transaction of its own.
    """
    found = Purged()
    for what in What:
        period = in_force(what, on=on)
        if period is not None:
            found.counts[what] = _PURGES[what](period, found, on=on, really=really)
    return found


def _midnight(months: int, on: dt.date) -> dt.datetime:
    return dt.datetime.combine(edge(months, on=on), dt.time(), tzinfo=dt.UTC)


def _sign_ups(period: Kept, _: Purged, *, on: dt.date, really: bool) -> int:
    ids = users.unconfirmed_before(_midnight(period.months, on))
    return sum(closing.remove(one) for one in ids) if really else len(ids)


def _codes(period: Kept, _: Purged, *, on: dt.date, really: bool) -> int:
    rows = cases.codes_over_before(_midnight(period.months, on))
    return rows.delete()[0] if really else rows.count()


def _quiet(period: Kept, found: Purged, *, on: dt.date, really: bool) -> int:
    """As if they had deleted it themselves, without days to change their mind. One with a held record stays whole."""
    at, done = dt.datetime.combine(on, dt.time(12), tzinfo=dt.UTC), 0
    for person in users.quiet_since(_midnight(period.months, on)):
        held = queries.holds_on([case.pk for case in cases.owned_by(person.pk)], on=on)
        found.held += len(held)
        if held:
            continue
        done += 1
        if really:
            delete_account(actor=person, at=at, days=0)
    if really:
        destroy_due(at=at)
    return done


def _client_records(period: Kept, found: Purged, *, on: dt.date, really: bool) -> int:
    due = [one for one in cases.let_go_before(_midnight(1, on)) if _is_over(one, period, on=on)]
    held = queries.holds_on(due, on=on)
    found.held += len(held)
    gone = [one for one in due if one not in held]
    if really:
        _delete_cases(gone)
    return len(gone)


def _is_over(case_id: uuid.UUID, period: Kept, *, on: dt.date) -> bool:
    """Ask by the period of the organisation that held it last, where it has one of its own."""
    own = OrganisationRetention.objects.filter(organisation__in=[cases.held_last_by(case_id)], from_on__lte=on)
    latest = own.order_by("-from_on").first()
    before = _midnight(latest.months if latest else period.months, on)
    return case_id in cases.let_go_before(before)


def _delete_cases(case_ids: Collection[uuid.UUID]) -> None:
    for case_id in case_ids:
        case = cases.case_by_id(case_id)
        if case is not None:
            case_operations.delete_case(actor=TIMER, case=case)  # type: ignore[arg-type]  # nobody's sign-in


def _complaints(period: Kept, _: Purged, *, on: dt.date, really: bool) -> int:
    rows = Complaint.objects.filter(answered_at__lt=_midnight(period.months, on))
    return rows.delete()[0] if really else rows.count()


def _requests(period: Kept, _: Purged, *, on: dt.date, really: bool) -> int:
    rows = RightsRequest.objects.filter(answered_on__lt=edge(period.months, on=on))
    count = rows.count()
    if really:
        rows.delete()
    return count


_PURGES = {
    What.SIGN_UPS: _sign_ups,
    What.CODES: _codes,
    What.QUIET_SIGN_INS: _quiet,
    What.CLIENT_RECORDS: _client_records,
    What.COMPLAINTS: _complaints,
    What.REQUESTS: _requests,
}


@transaction.atomic
def place_hold(*, case_id: uuid.UUID, by: str, why: str, from_on: dt.date, until_on: dt.date | None) -> LegalHold:
    """Keep a record from being destroyed. It says nothing to anybody but its owner, who is told that there is one."""
    hold = LegalHold.objects.create(case_id=case_id, placed_by=by, why=why, from_on=from_on, until_on=until_on)
    audit.record_look("hold.placed", actor=TIMER, case_id=case_id, subject=str(hold.pk))
    return hold


@transaction.atomic
def end_hold(*, hold_id: uuid.UUID, by: str, on: dt.date) -> bool:
    """End a hold; what was deleted meanwhile is destroyed by the timer. False where there is none to end."""
    hold = LegalHold.objects.filter(pk=hold_id, ended_on__isnull=True).first()
    if hold is None:
        return False
    LegalHold.objects.filter(pk=hold_id).update(ended_on=on, ended_by=by)
    audit.record_look("hold.ended", actor=TIMER, case_id=hold.case_id, subject=str(hold_id))
    return True
