"""Take a deletion back from outside: with the code for it, or with the password and the second step."""

import datetime as dt
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import make_password

from cms_tracker.rights.models import Deletion
from cms_tracker.rights.operations.deleting import address_hash, bring_back, fits
from cms_tracker.users import queries as users
from cms_tracker.users import second_step, throttles

if TYPE_CHECKING:
    from cms_tracker.users.models import User


def bring_everything_back(*, address: str, password: str, code: str, at: dt.datetime) -> bool:
    """Bring back all that this person deleted and that is still there; say whether anything is.

    The caller answers every False alike: that there was nothing, nobody, or not the right code. A
    password alone brings nothing back, and nothing tells whether it was right: somebody who knows it
    must not learn that anything is still here.
    """
    person, deletions = _waiting_for(address)
    if person is None:
        make_password(password)  # costs what checking one costs
        return False
    knows_password = person.check_password(password)
    if not fits(person, code) and not (knows_password and _second_step(person, code, at=at)):
        return False
    return bring_back(person=person, deletions=deletions)


def _waiting_for(address: str) -> tuple["User | None", list[Deletion]]:
    closed = Deletion.objects.filter(address_hash=address_hash(address)).first()
    person = users.by_id(closed.user_id) if closed else users.by_email(address)
    found = list(Deletion.objects.filter(user_id=person.pk)) if person else []
    return (person, found) if found else (None, [])


def _second_step(person: "User", code: str, *, at: dt.datetime) -> bool:
    """Say whether it is a code of the person's app, or a recovery code. Only somebody with the password is counted."""
    throttles.take("second_factor", person.pk, at=at)
    return second_step.use_code(person, code, at=at)
