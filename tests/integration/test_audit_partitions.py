"""The audit in parts is the same audit: written, chained, guarded, verified, and put together again."""

import uuid

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from cms_tracker.audit import append_only, operations, partitions
from cms_tracker.audit.models import Event
from cms_tracker.audit.verifying import verify

pytestmark = pytest.mark.django_db
only_postgresql = pytest.mark.engine("postgresql")  # SQLite has no tables in parts


class Person:
    def __init__(self) -> None:
        self.pk = uuid.uuid4()


@pytest.fixture
def events() -> list[tuple[object, ...]]:
    """Thirty events in ten chains."""
    person = Person()
    for case_id in [uuid.uuid4() for _ in range(10)]:
        operations.record_many("made", actor=person, case_id=case_id, subjects=["a", "b", "c"])
    return rows()


def rows() -> list[tuple[object, ...]]:
    return list(Event.objects.order_by("pk").values_list("pk", "chain", "seq", "seal", "subject", "at"))


def refused(statement: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@only_postgresql
class TestInParts:
    def test_every_event_is_as_it_was_and_the_chains_go_on(self, events: list[tuple[object, ...]]) -> None:
        call_command("partition_audit", parts=4)
        assert rows() == events

        chain = Event.objects.values_list("chain", flat=True)[0]
        operations.record_many("later", actor=Person(), case_id=chain, subjects=["d", "e"])
        operations.record_look("looked", actor=Person(), case_id=uuid.uuid4())

        assert Event.objects.filter(chain=chain).count() == 5
        assert len(set(Event.objects.values_list("pk", flat=True))) == Event.objects.count()
        assert verify().first is None
        assert verify().events == len(events) + 3

    def test_none_can_be_changed_or_taken_away_by_the_whole_or_by_a_part(
        self, events: list[tuple[object, ...]]
    ) -> None:
        partitions.split(connection, parts=2)

        assert append_only.missing(connection) == []
        for table in (partitions.TABLE, "audit_event_part_0", "audit_event_part_1"):
            refused(f"TRUNCATE {table}")
        for verb in ("UPDATE audit_event SET kind = 'other'", "DELETE FROM audit_event"):
            refused(verb)
        filled = "audit_event_part_0" if _count("audit_event_part_0") else "audit_event_part_1"
        refused(f"DELETE FROM {filled}")
        assert rows() == events

    @pytest.mark.parametrize(
        "harm",
        [
            "DROP TRIGGER audit_event_part_1_no_truncate ON audit_event_part_1",
            "ALTER TABLE audit_event_part_1 DISABLE TRIGGER audit_event_part_1_no_truncate",
            "ALTER TABLE audit_event_part_1 ENABLE REPLICA TRIGGER audit_event_part_1_no_truncate",
            "ALTER TABLE audit_event_part_1 DISABLE TRIGGER audit_event_no_delete",
            "ALTER TABLE audit_event_part_1 DISABLE TRIGGER ALL",
        ],
    )
    def test_a_part_without_a_guard_is_missed_and_gets_it_back(
        self, events: list[tuple[object, ...]], harm: str
    ) -> None:
        partitions.split(connection, parts=3)
        with connection.cursor() as cursor:
            cursor.execute(harm)
        assert append_only.missing(connection) == ["audit_event_part_1"]
        (error,) = append_only.check_triggers(databases=["default"])
        assert "audit_event_part_1" in error.msg

        call_command("migrate", verbosity=0, skip_checks=True)

        assert append_only.missing(connection) == []
        refused("TRUNCATE audit_event_part_1")

    def test_a_guard_of_one_part_does_not_stand_for_that_of_another(self, events: list[tuple[object, ...]]) -> None:
        partitions.split(connection, parts=2)
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER audit_event_part_1_no_truncate ON audit_event_part_1")
            cursor.execute(
                "CREATE TRIGGER audit_event_part_1_no_truncate BEFORE TRUNCATE ON audit_event_part_0"
                " FOR EACH STATEMENT EXECUTE FUNCTION audit_event_no_update()"
            )
        assert append_only.missing(connection) == ["audit_event_part_1"]

    def test_one_that_was_changed_is_found(self, events: list[tuple[object, ...]]) -> None:
        partitions.split(connection, parts=4)
        append_only.remove(connection)
        Event.objects.filter(pk=events[4][0]).update(kind="other")

        found = verify().first
        assert found is not None

    def test_a_place_is_given_once(self, events: list[tuple[object, ...]]) -> None:
        partitions.split(connection, parts=4)
        first = Event.objects.order_by("pk").first()
        assert first is not None
        first.pk = None
        with pytest.raises(DatabaseError, match="duplicate key"), transaction.atomic():
            first.save(force_insert=True)

    def test_join_into_one_table_again(self, events: list[tuple[object, ...]]) -> None:
        was = _shape()
        call_command("partition_audit", parts=3)
        call_command("partition_audit", undo=True)

        assert rows() == events
        assert _shape() == was
        operations.record_look("looked", actor=Person(), case_id=uuid.uuid4())
        assert verify().first is None

    def test_are_not_split_twice(self) -> None:
        call_command("partition_audit", parts=2)
        with pytest.raises(CommandError, match="in parts already"):
            call_command("partition_audit", parts=2)


class TestTheCommand:
    @pytest.mark.engine("sqlite")
    def test_says_that_sqlite_has_none(self) -> None:
        with pytest.raises(CommandError, match="Only PostgreSQL"):
            call_command("partition_audit")

    @only_postgresql
    def test_refuses_a_number_that_makes_no_sense(self) -> None:
        with pytest.raises(CommandError, match="from 2 to 256"):
            call_command("partition_audit", parts=1)


def _count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {table}")
        return int(cursor.fetchone()[0])


def _shape() -> list[object]:
    """The columns, constraints and triggers of the table, as PostgreSQL says them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name, data_type, is_nullable, is_identity, column_default FROM information_schema.columns"
            " WHERE table_name = 'audit_event' ORDER BY column_name"
        )
        found: list[object] = list(cursor.fetchall())
        for query in (
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'audit_event'::regclass",
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'audit_event'",
            "SELECT tgname FROM pg_trigger WHERE tgrelid = 'audit_event'::regclass",
        ):
            cursor.execute(query)
            found.append(sorted(cursor.fetchall()))
    return found
