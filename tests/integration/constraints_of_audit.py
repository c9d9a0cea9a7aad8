"""The constraints of the audit; collected with the others in ``test_constraints``."""

import uuid

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from cms_tracker.audit.models import AnchoredEnd, Event

# SQLite's own guard speaks first: a row that is there is never replaced.
REFUSED = "append-only|{name}"


class TestTheAudit:
    def test_event_has_its_place(self) -> None:
        who = uuid.uuid4()
        one = {"kind": "x", "actor_id": who, "at": timezone.now(), "chain": who, "seq": 1, "seal": "s"}
        Event.objects.create(**one)
        with pytest.raises(DatabaseError, match=REFUSED.format(name="event_has_its_place")), transaction.atomic():
            Event.objects.create(**one)

    def test_chain_is_anchored_once(self) -> None:
        one = {"anchor": 1, "chain": uuid.uuid4(), "seq": 1, "seal": "s"}
        AnchoredEnd.objects.create(**one)
        with pytest.raises(DatabaseError, match=REFUSED.format(name="chain_is_anchored_once")), transaction.atomic():
            AnchoredEnd.objects.create(**one)
