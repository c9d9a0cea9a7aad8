"""Keep how the person of a case may be reached, with its audit row."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction

from cases import queries
from cases.core.safe_contact import SafeContact, as_text, fingerprint
from cases.models import Case
from cases.models import SafeContact as SafeContactRow
from cms_tracker.audit import operations as audit
from cms_tracker.language import say
from cms_tracker.refusal import Refusal

if TYPE_CHECKING:
    from cms_tracker.users.models import User


@transaction.atomic
def say_safe_contact(*, actor: "User", case: Case, contact: SafeContact, seen: str, at: dt.datetime) -> list[str]:
    """Keep how the person of a case may be reached; return the names of what changed, never what it holds.

    ``seen`` is the fingerprint of the answers that the person was shown. Raises Refusal where
    somebody else has changed them in the meantime.
    """
    Case.objects.select_for_update().get(pk=case.pk)  # so that of two forms at once the second is refused
    before = queries.safe_contact_of(case.pk)
    changed = contact.changed_from(before)
    if not changed:
        return []
    if seen != fingerprint(before):
        raise Refusal(say("These answers were changed after you opened this page. Open it again to see them."))
    values = {"ways": as_text(contact.ways), "address": contact.address, "telephone": contact.telephone, "said_at": at}
    SafeContactRow.objects.update_or_create(case_id=case.pk, defaults=values)
    audit.record("contact.said", actor=actor, case_id=case.pk, subject=", ".join(changed))
    return changed
