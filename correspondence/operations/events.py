"""Record what happened in a case: one transaction with its audit row."""

import uuid
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.db import transaction

from arrears.core.event_values import Event
from cases.core.facts import StruckOut
from cms_tracker.audit import operations as audit
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from correspondence.models import CaseEvent

if TYPE_CHECKING:
    from cases.models import Case
    from cms_tracker.users.models import User


@transaction.atomic
def add_event(*, actor: "User", case: "Case", event: Event, entry_id: uuid.UUID | None = None) -> CaseEvent:
    """Record what happened. A slip is struck out, and the event recorded anew.

    Raises Refusal for a step of enforcement without its power, and for a power beside anything else.
    """
    if event.kind.names_a_power != (event.power is not None):
        raise Refusal(say("Choose which way of collecting it is about."), field="power")
    return audit.add_fact(CaseEvent, actor=actor, case_id=case.pk, entry_id=entry_id, **_values(event))


@transaction.atomic
def add_events(
    *, actor: "User", case: "Case", events: Iterable[Event], keys: Iterator[uuid.UUID]
) -> dict[uuid.UUID, StruckOut]:
    """Bring in the events of a case file; return those that are struck out, by their new keys."""
    keyed = [(next(keys), one) for one in events]
    rows = [CaseEvent(id=key, case_id=case.pk, **_values(one)) for key, one in keyed]
    audit.add_facts(rows, actor=actor, case_id=case.pk)
    return {key: one.struck_out for key, one in keyed if one.struck_out is not None}


def _values(event: Event) -> dict[str, object]:
    return {
        "kind": event.kind,
        "power": event.power or "",
        "on": event.on,
        "amount_pence": event.amount,
        "note": event.note,
    }
