"""Rows of the record stay as they are, whoever asks: raw SQL, a queryset, a cascade, a migration."""

import uuid

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction
from django.db.models.fields import TextField

from arrears.models import Payment
from cases import operations
from cases.models import Case, StrikeOut
from cms_tracker.audit import append_only
from cms_tracker.audit import operations as audit
from cms_tracker.audit.models import DeletionPermit, Event
from tests.cast import ROSA
from tests.factories import make_user
from tests.integration.one_of_each import one_of_each

pytestmark = pytest.mark.django_db

GUARDED = pytest.mark.parametrize("model", append_only.guarded_models(), ids=lambda model: model._meta.label)


@pytest.fixture
def case() -> Case:
    made = one_of_each(make_user(ROSA))
    connection.check_constraints()  # as a commit would: PostgreSQL truncates nothing while checks are pending
    return made


def refused(statement: str) -> None:
    """Run SQL as the application's own role and expect the database itself to refuse it."""
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


class TestARowOfTheRecord:
    @GUARDED
    def test_is_there_to_be_guarded(self, case: Case, model: type[models.Model]) -> None:
        assert model._default_manager.exists()

    @GUARDED
    def test_cannot_be_updated_by_sql(self, case: Case, model: type[models.Model]) -> None:
        column = model._meta.pk.column
        refused(f"UPDATE {model._meta.db_table} SET {column} = {column}")

    @GUARDED
    def test_cannot_be_deleted_by_sql(self, case: Case, model: type[models.Model]) -> None:
        refused(f"DELETE FROM {model._meta.db_table}")

    @GUARDED
    def test_cannot_be_updated_by_a_queryset(self, case: Case, model: type[models.Model]) -> None:
        column = model._meta.pk.name
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            model._default_manager.update(**{column: models.F(column)})

    @GUARDED
    def test_cannot_be_deleted_by_a_queryset(self, case: Case, model: type[models.Model]) -> None:
        before = model._default_manager.count()
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            model._default_manager.all().delete()
        assert model._default_manager.count() == before

    def test_cannot_be_saved_again(self, case: Case) -> None:
        payment = Payment.objects.get()
        payment.amount_pence += 1
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            payment.save()

    def test_cannot_be_overwritten_in_bulk(self, case: Case) -> None:
        payment = Payment.objects.get()
        payment.amount_pence += 1
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            Payment.objects.bulk_create(
                [payment], update_conflicts=True, unique_fields=["id"], update_fields=["amount_pence"]
            )

    @GUARDED
    def test_cannot_be_swept_away_by_its_engines_own_statement(self, case: Case, model: type[models.Model]) -> None:
        table = model._meta.db_table
        own = {"sqlite": f"REPLACE INTO {table} SELECT * FROM {table}", "postgresql": f"TRUNCATE {table} CASCADE"}
        refused(own[connection.vendor])

    def test_cannot_be_overwritten_through_other_unique_columns(self, case: Case) -> None:
        table = StrikeOut._meta.db_table
        columns = ", ".join(f'"{field.column}"' for field in StrikeOut._meta.concrete_fields if field.column != "id")
        rows = f"INTO {table} (id, {columns}) SELECT '{uuid.uuid4().hex}', {columns} FROM {table} WHERE true"
        own = {
            "sqlite": f"REPLACE {rows}",
            "postgresql": f"INSERT {rows} ON CONFLICT (case_id, fact_id) DO UPDATE SET reason = 'other'",
        }
        refused(own[connection.vendor])


class TestDeletingACase:
    def test_is_refused_without_a_permit(self, case: Case) -> None:
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            case.delete()
        assert Case.objects.filter(pk=case.pk).exists()

    def test_is_refused_with_the_permit_of_another_case(self, case: Case) -> None:
        audit.grant_deletion(uuid.uuid4())
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            case.delete()
        assert Payment.objects.exists()

    def test_takes_every_row_of_the_case_and_leaves_the_audit(self, case: Case) -> None:
        owner, case_id = case.memberships.get().user, case.pk
        other = one_of_each(owner)
        events = Event.objects.filter(case_id=case_id).count()
        operations.delete_case(actor=owner, case=case)
        for model in append_only.guarded_models():
            if model.permit_column is not None:
                assert set(model._default_manager.values_list("case_id", flat=True)) == {other.pk}, model
        assert Event.objects.filter(case_id=case_id).count() == events + 1
        assert not DeletionPermit.objects.exists()

    def test_opens_the_record_for_deletion_only(self, case: Case) -> None:
        audit.grant_deletion(case.pk)
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            Payment.objects.update(amount_pence=1)

    @pytest.mark.django_db(transaction=True)
    def test_needs_a_transaction_for_its_permit(self) -> None:
        with pytest.raises(RuntimeError):
            audit.grant_deletion(uuid.uuid4())


class TestTheGuard:
    def test_is_on_every_table_that_asks_for_it(self) -> None:
        assert append_only.missing(connection) == []

    @GUARDED
    def test_knows_everything_that_has_to_be_unique(self, model: type[models.Model]) -> None:
        kinds = [one for one in model._meta.constraints if isinstance(one, models.UniqueConstraint)]
        assert kinds == list(model._meta.total_unique_constraints)
        assert not model._meta.unique_together

    @pytest.mark.parametrize("event", ["update", "delete"])
    def test_is_missed_at_start_when_one_trigger_is_gone(self, event: str) -> None:
        with connection.cursor() as cursor:
            on_table = " ON arrears_payment" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER arrears_payment_no_{event}{on_table}")
        assert append_only.missing(connection) == ["arrears_payment"]
        (error,) = append_only.check_triggers(databases=["default"])
        assert error.id == "audit.E001"
        assert "arrears_payment" in error.msg

    @pytest.mark.django_db(transaction=True)
    def test_survives_a_migration_that_rebuilds_its_table(self) -> None:
        field = TextField(default="")
        field.set_attributes_from_name("added")
        with connection.schema_editor() as editor:
            editor.add_field(Payment, field)
        try:
            if connection.vendor == "sqlite":  # the rebuild is what this test is about
                assert append_only.missing(connection) == ["arrears_payment"]
            call_command("migrate", verbosity=0, skip_checks=True)
            assert append_only.missing(connection) == []
        finally:
            with connection.schema_editor() as editor:
                editor.remove_field(Payment, field)

    @pytest.mark.django_db(transaction=True)
    def test_refuses_again_after_it_was_put_back(self) -> None:
        one_of_each(make_user(ROSA))
        append_only.remove(connection)
        assert append_only.missing(connection)
        call_command("migrate", verbosity=0, skip_checks=True)
        refused("DELETE FROM arrears_payment")
