"""What was done cannot be changed unnoticed: whatever SQL does to the audit, `verify_audit` names the first bad row."""

import io
import re
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from cms_tracker.audit import anchors, append_only, operations
from cms_tracker.audit.models import Event
from cms_tracker.audit.verifying import Flaw, Found, verify
from cms_tracker.web.clock import now
from tests.cast import ADA, ROSA
from tests.factories import make_user

pytestmark = pytest.mark.django_db


class Person:
    def __init__(self) -> None:
        self.pk = uuid.uuid4()


@pytest.fixture
def case_id() -> Iterator[uuid.UUID]:
    """A case with five events and another with three; the guard is off, as for somebody who owns the database."""
    person, case_id, other = Person(), uuid.uuid4(), uuid.uuid4()
    with transaction.atomic():
        for number in range(5):
            operations.record_look(f"made.{number}", actor=person, case_id=case_id, subject=str(number))
        operations.record_many("many", actor=person, case_id=other, subjects=["a", "b", "c"])
        operations.record_look("signed.in", actor=person)
    append_only.remove(connection)
    yield case_id
    append_only.install(connection)


def sql(statement: str, *params: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


def key(value: uuid.UUID) -> object:
    return value if connection.features.has_native_uuid_field else value.hex


def first() -> Found:
    found = verify().first
    assert found is not None
    return found


class TestAWholeRecord:
    def test_is_said_to_be_whole(self, case_id: uuid.UUID) -> None:
        answer = verify()

        assert (answer.events, answer.chains, answer.first) == (9, 3, None)

    def test_numbers_the_events_of_each_chain_from_one(self, case_id: uuid.UUID) -> None:
        chain = Event.objects.filter(case_id=case_id).order_by("pk").values_list("seq", "kind")

        assert list(chain) == [(number + 1, f"made.{number}") for number in range(5)]

    def test_is_answered_with_the_last_anchor(self, case_id: uuid.UUID, tmp_path: Path) -> None:
        line = anchors.anchor(at=now())
        kept = tmp_path / "log"
        kept.write_text(f"2026-11-23 WARNING cms_tracker.pages.tasks: {line}\n")
        out = io.StringIO()
        call_command("verify_audit", anchors=kept, stdout=out)

        assert "9 events in 3 chains: every one follows from the one before." in out.getvalue()
        assert str(line) in out.getvalue()


class TestAChange:
    @pytest.mark.parametrize(
        "change", ["kind = 'other'", "subject = 'x'", "at = at + 1", "actor_id = case_id", "case_id = NULL"]
    )
    def test_of_words_is_named_edited(self, case_id: uuid.UUID, change: str) -> None:
        if change.startswith("at"):
            change = "at = '2020-01-01 00:00:00+00:00'"
        sql(f"UPDATE audit_event SET {change} WHERE chain = %s AND seq = 3", key(case_id))

        assert first()[:3] == (Flaw.EDITED, case_id, 3)

    def test_of_the_last_words_is_named_edited_where_the_end_was_anchored(self, case_id: uuid.UUID) -> None:
        anchors.anchor(at=now())
        sql("UPDATE audit_event SET kind = 'other' WHERE chain = %s AND seq = 5", key(case_id))

        assert first()[:3] == (Flaw.EDITED, case_id, 5)

    def test_of_a_seal_is_named_forged(self, case_id: uuid.UUID) -> None:
        sql("UPDATE audit_event SET seal = %s WHERE chain = %s AND seq = 2", "0" * 64, key(case_id))

        assert first()[:3] == (Flaw.FORGED, case_id, 2)

    def test_of_both_ends_of_a_swap_is_named_reordered(self, case_id: uuid.UUID) -> None:
        for one, other in ((2, 3), (1, 4)):
            with transaction.atomic():
                for old, new in ((one, 99), (other, one), (99, other)):
                    sql("UPDATE audit_event SET seq = %s WHERE chain = %s AND seq = %s", new, key(case_id), old)
                assert first()[:3] == (Flaw.REORDERED, case_id, one)
                for old, new in ((one, 99), (other, one), (99, other)):
                    sql("UPDATE audit_event SET seq = %s WHERE chain = %s AND seq = %s", new, key(case_id), old)

    @pytest.mark.parametrize("gone", [1, 3])
    def test_that_takes_a_row_out_is_named_a_gap(self, case_id: uuid.UUID, gone: int) -> None:
        sql("DELETE FROM audit_event WHERE chain = %s AND seq = %s", key(case_id), gone)

        assert first()[:3] == (Flaw.GAP, case_id, gone)

    def test_that_closes_a_gap_by_new_numbers_is_found(self, case_id: uuid.UUID) -> None:
        sql("DELETE FROM audit_event WHERE chain = %s AND seq = 3", key(case_id))
        sql("UPDATE audit_event SET seq = 3 WHERE chain = %s AND seq = 4", key(case_id))
        sql("UPDATE audit_event SET seq = 4 WHERE chain = %s AND seq = 5", key(case_id))

        assert first()[1:3] == (case_id, 3)

    def test_that_adds_a_row_is_named_forged(self, case_id: uuid.UUID) -> None:
        sql(
            "INSERT INTO audit_event (kind, actor_id, case_id, subject, at, chain, seq, seal) "
            "SELECT kind, actor_id, case_id, subject, at, chain, 6, seal FROM audit_event WHERE chain = %s AND seq = 5",
            key(case_id),
        )
        found = first()

        assert found[1:3] == (case_id, 6)
        assert found.flaw in {Flaw.FORGED, Flaw.REORDERED}

    @pytest.mark.parametrize("left", [4, 1, 0])
    def test_that_cuts_the_end_off_is_named_truncated(self, case_id: uuid.UUID, left: int) -> None:
        anchors.anchor(at=now())
        sql("DELETE FROM audit_event WHERE chain = %s AND seq > %s", key(case_id), left)

        assert first()[:3] == (Flaw.TRUNCATED, case_id, left + 1)

    def test_that_takes_the_anchors_too_is_found_by_one_kept_elsewhere(self, case_id: uuid.UUID) -> None:
        kept = anchors.anchor(at=now())
        sql("DELETE FROM audit_event WHERE chain = %s AND seq > 2", key(case_id))
        sql("DELETE FROM audit_anchor")
        sql("DELETE FROM audit_anchoredend")

        assert verify().first is None  # nothing in the database can tell any more
        assert verify(kept=[kept]).first == Found(Flaw.ANCHOR_LOST, None, 1, None)

    @pytest.mark.parametrize("change", ["events = 1", "digest = 'x'", "number = 7"])
    def test_of_an_anchor_is_found(self, case_id: uuid.UUID, change: str) -> None:
        anchors.anchor(at=now())
        sql(f"UPDATE audit_anchor SET {change}")

        assert first().flaw == Flaw.ANCHOR

    def test_of_an_anchored_end_is_found(self, case_id: uuid.UUID) -> None:
        anchors.anchor(at=now())
        sql("UPDATE audit_anchoredend SET seq = 4 WHERE chain = %s", key(case_id))

        assert first().flaw == Flaw.ANCHOR

    def test_ends_the_command_with_one_and_a_sentence(self, case_id: uuid.UUID) -> None:
        sql("UPDATE audit_event SET kind = 'other' WHERE chain = %s AND seq = 3", key(case_id))
        with pytest.raises(CommandError) as raised:
            call_command("verify_audit")

        assert raised.value.returncode == 1
        assert re.fullmatch(
            rf"event 3 of chain {case_id} \(row \d+\): its words were changed after it was written \(edited\)",
            str(raised.value),
        )


class TestAnchors:
    def test_hold_only_chains_that_have_grown(self, case_id: uuid.UUID) -> None:
        append_only.install(connection)
        anchors.anchor(at=now())
        with transaction.atomic():
            operations.record_look("more", actor=Person(), case_id=case_id)
        second = anchors.anchor(at=now())

        assert (second.number, second.chains, second.events) == (2, 3, 10)
        assert anchors.anchored_ends()[case_id][0] == 6
        assert verify().first is None
        assert anchors.Line.read(f"… {second}") == second

    def test_are_no_line_of_anything_else(self) -> None:
        assert [anchors.Line.read(text) for text in ("", "audit anchor", "audit anchor 1: x events")] == [None] * 3


class TestRecordingTwoPeople:
    def test_keeps_what_belongs_to_no_case_in_the_chain_of_the_person(self) -> None:
        rosa, ada = make_user(ROSA), make_user(ADA)
        with transaction.atomic():
            for person in (rosa, ada, rosa):
                operations.record_look("came", actor=person)

        assert list(Event.objects.filter(kind="came", chain=rosa.pk).values_list("seq", flat=True))[-1] >= 2
        assert verify().first is None
