"""Files of evidence in the order in which what they show happened."""

import datetime as dt
import uuid
from typing import Any

from cases.core.facts import StruckOut
from correspondence.core.evidence import EvidenceSeen, evidence_items, standing

DAY = dt.date(2025, 3, 3)


def seen(**changes: Any) -> EvidenceSeen:
    values = {
        "id": uuid.uuid4(), "case_id": uuid.uuid4(), "shows": "A bank line", "happened_on": DAY, "recorded_on": DAY,
        "name": "bank.pdf", "media_type": "application/pdf", "size": 1, "sha256": "0" * 64,
    }  # fmt: skip
    return EvidenceSeen(**(values | changes))


class TestStanding:
    def test_leaves_out_what_was_struck_out_and_begins_with_the_oldest(self) -> None:
        late, early = seen(happened_on=DAY + dt.timedelta(days=1)), seen()
        gone = seen(struck_out=StruckOut(on=DAY, reason="Slip"))
        assert standing([late, gone, early]) == [early, late]


class TestEvidenceItems:
    def test_are_those_that_stand_on_their_own_on_the_day_they_are_from(self) -> None:
        later = DAY + dt.timedelta(days=9)
        alone, noted = seen(recorded_on=later), seen(note="Both sides")
        found = list(evidence_items([alone, noted, seen(contact_id=uuid.uuid4()), seen(letter_id=uuid.uuid4())]))
        assert [(one.on, one.title, one.added_on, one.lines) for one in found] == [
            (DAY, "File: A bank line", later, ()),
            (DAY, "File: A bank line", None, ("Both sides",)),
        ]


class TestAFile:
    def test_says_in_a_word_what_it_is(self) -> None:
        assert [seen(media_type=kind).what for kind in ("image/jpeg", "message/rfc822")] == ["Photo", "E-mail"]

    def test_is_here_only_where_its_bytes_are(self) -> None:
        assert not seen().is_here
        assert seen(stored_as="a/b").is_here
