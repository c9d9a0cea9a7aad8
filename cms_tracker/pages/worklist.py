"""The rows of an adviser's list, read for all cases at once.

The number of queries does not grow with the cases; every figure comes from the engine.
"""

import datetime as dt
from typing import TYPE_CHECKING

from arrears import queries as arrears
from arrears.core.activity import OLD_DAYS, last_entry_on
from arrears.core.facts import CaseFacts
from arrears.core.ledger import known
from arrears.core.position import position
from arrears.core.results import Status
from cases import queries as cases
from cases.core.facts import Perspective
from cases.core.roles import Role
from cms_tracker.pages.core.worklist import Row, Stood
from correspondence import queries as correspondence

if TYPE_CHECKING:
    from cms_tracker.users.models import User


def rows_for(user: "User", *, on: dt.date) -> list[Row]:
    """Every case in which this person helps or advises, as of today, in no particular order."""
    members = [one for one in cases.memberships_of(user) if one.role != Role.OWNER]
    ids = [one.case_id for one in members]
    facts = arrears.facts_for_many([one.case for one in members])
    children = cases.child_counts(ids)
    promises = correspondence.next_promises(ids)
    contacts = correspondence.last_contacts(ids)
    found = []
    for member in members:
        case = member.case
        at = position(facts[case.pk], on=on, known_on=on)
        seen = known(facts[case.pk], on)
        noted = {one.due_on for one in seen.observations}
        late = [one for one in at.instalments if one.is_short]
        known_late = {one.due_on for one in late if one.status is Status.PART_PAID} | noted
        found.append(
            Row(
                case_id=case.pk,
                name=member.label,
                reference=case.reference,
                side=Perspective(case.perspective),
                children=children.get(case.pk, 0),
                owed=at.outstanding,
                ahead=at.credit,
                missed=tuple(one for one in late if one.due_on in known_late),
                unlogged=tuple(one for one in late if one.due_on not in known_late),
                stood=_stood(seen, on),
                promise=promises.get(case.pk),
                contact=contacts.get(case.pk),
                opened_on=case.opened_at.date(),
                on=on,
            )
        )
    return found


def _stood(seen: CaseFacts, on: dt.date) -> Stood | None:
    last = last_entry_on(seen, on=on)
    if last is None or (on - last).days <= OLD_DAYS:
        return None
    return Stood(last, position(seen, on=last, known_on=on).outstanding)
