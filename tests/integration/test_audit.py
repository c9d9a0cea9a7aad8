"""Every write says who did it, in the same transaction: both are there, or neither is."""

import datetime as dt
import inspect
import threading
import uuid
from types import ModuleType
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from arrears import operations as arrears
from arrears.core import facts
from arrears.models import Payment, PaymentAllocation
from cases import operations as cases
from cms_tracker.audit import operations as audit
from cms_tracker.audit.models import Event
from cms_tracker.refusal import Refusal
from cms_tracker.rights import operations as rights
from correspondence import operations as correspondence
from tests.cast import ROSA, SAM
from tests.factories import make_case, make_user
from tests.integration import bundle_writes as bundle_writes  # importing it enters its writes
from tests.integration import writes_of_challenges as writes_of_challenges
from tests.integration import writes_of_contact, writes_of_deadlines  # noqa: F401 - they join WRITES
from tests.integration import writes_of_desk as writes_of_desk
from tests.integration import writes_of_lists as writes_of_lists
from tests.integration import writes_of_organisations as writes_of_organisations
from tests.integration import writes_of_rights as writes_of_rights
from tests.integration import writes_of_sharing as writes_of_sharing
from tests.integration import writes_of_transit as writes_of_transit
from tests.integration import writes_to_many as writes_to_many
from tests.integration.writes import DAY, WRITES, World, payment


@pytest.fixture
def world(settings: Any, tmp_path: Any) -> World:
    settings.PRIVATE_FILES_DIR = tmp_path / "files"
    rosa = make_user(ROSA)
    return World(rosa=rosa, case=make_case(rosa), actor=rosa)


EACH = pytest.mark.parametrize("name", list(WRITES))


def rows() -> dict[str, set[tuple[Any, ...]]]:
    """Everything in the database, to compare."""
    return {model._meta.label: set(map(str, model._default_manager.values_list())) for model in apps.get_models()}


@pytest.mark.django_db
class TestAWrite:
    @EACH
    def test_leaves_one_audit_row_for_each_fact(self, world: World, name: str) -> None:
        prepare, kinds = WRITES[name]
        act = prepare(world)
        before = set(Event.objects.values_list("pk", flat=True))
        act()
        left = Event.objects.exclude(pk__in=before).order_by("pk")
        assert sorted(left.values_list("kind", flat=True)) == sorted(kinds)
        assert set(left.values_list("actor_id", flat=True)) == {world.actor.pk}

    @EACH
    def test_leaves_neither_row_nor_audit_when_it_is_rolled_back(self, world: World, name: str) -> None:
        act = WRITES[name][0](world)
        before = rows()
        with transaction.atomic():
            act()
            assert rows() != before
            transaction.set_rollback(True)
        assert rows() == before

    @EACH
    def test_is_refused_whole_when_nobody_is_known_to_act(self, world: World, name: str) -> None:
        world.actor = AnonymousUser()
        act = WRITES[name][0](world)
        before = rows()
        with pytest.raises((ValueError, TypeError, ValidationError)):
            act()
        assert rows() == before

    @pytest.mark.parametrize("module", [cases, arrears, correspondence, rights], ids=lambda module: module.__name__)
    def test_is_among_those_tried_here(self, module: ModuleType) -> None:
        operations = {
            name
            for name, thing in vars(module).items()
            if inspect.isfunction(thing) and "actor" in inspect.signature(thing).parameters and name[0] != "_"
        }
        assert operations
        assert operations - set(WRITES) == set()


@pytest.mark.django_db
class TestTheAudit:
    def test_refuses_an_event_without_an_actor(self) -> None:
        with pytest.raises(ValueError, match="who acted"):
            audit.record("case.opened", actor=AnonymousUser())

    def test_says_nothing_of_the_content(self, world: World) -> None:
        arrears.record_payment(**world.known, paid_on=DAY, amount_pence=987_654, recorded_on=None, note="Canary words")
        for row in Event.objects.values_list():
            assert "987654" not in str(row)
            assert "Canary" not in str(row)

    def test_outlives_the_case_and_the_person(self, world: World) -> None:
        case_id = world.case.pk
        cases.delete_case(**world.known)
        world.rosa.delete()
        kinds = list(Event.objects.filter(case_id=case_id).values_list("kind", flat=True))
        assert {"case.opened", "case.deleted"} <= set(kinds)


@pytest.mark.django_db(transaction=True)
class TestOutsideATransaction:
    def test_the_audit_refuses_to_stand_alone(self, world: World) -> None:
        with pytest.raises(RuntimeError, match="inside the transaction"):
            audit.record("case.opened", actor=world.rosa)


@pytest.mark.django_db
class TestAFormSentTwice:
    def test_makes_one_row(self, world: World) -> None:
        key = uuid.uuid4()
        values = {"paid_on": DAY, "amount_pence": 1, "entry_id": key}
        part = facts.AllocationPart(due_on=DAY, amount=1)
        first = arrears.record_payment(**world.known, recorded_on=DAY, allocation=[part], **values)
        tomorrow = DAY + dt.timedelta(days=1)
        again = arrears.record_payment(**world.known, recorded_on=tomorrow, allocation=[part], **values)
        assert first.pk == again.pk == key
        assert (Payment.objects.count(), PaymentAllocation.objects.count()) == (1, 1)
        assert Event.objects.filter(kind="payment.recorded").count() == 1

    def test_is_told_so_when_it_says_something_else_the_second_time(self, world: World) -> None:
        key = uuid.uuid4()
        values = {"paid_on": DAY, "recorded_on": DAY, "entry_id": key}
        arrears.record_payment(**world.known, amount_pence=1, **values)
        with pytest.raises(Refusal, match="saved before with other answers"):
            arrears.record_payment(**world.known, amount_pence=2, **values)
        assert Payment.objects.get().amount_pence == 1

    def test_with_a_key_of_another_case_is_answered_as_if_it_were_free(self, world: World) -> None:
        """Otherwise whoever has seen a key could try whether its row is there still."""
        theirs = payment(world)
        sam = make_user(SAM)
        known: dict[str, Any] = {"actor": sam, "case": make_case(sam), "entry_id": theirs.pk}
        values: dict[str, Any] = {"paid_on": DAY, "amount_pence": 100, "recorded_on": None}
        mine = arrears.record_payment(**known, **values)
        assert mine.case_id != theirs.case_id
        assert arrears.record_payment(**known, **values).pk == mine.pk


@pytest.mark.django_db(transaction=True)
class TestAFormSentManyTimesAtOnce:
    def test_makes_one_row(self, world: World) -> None:
        key, at_once = uuid.uuid4(), threading.Barrier(8)
        part = facts.AllocationPart(due_on=DAY, amount=1)
        failures: list[BaseException] = []

        def send() -> None:
            at_once.wait()
            try:
                arrears.record_payment(
                    **world.known, paid_on=DAY, amount_pence=1, recorded_on=DAY, allocation=[part], entry_id=key
                )
            except BaseException as error:
                failures.append(error)
            finally:
                connection.close()

        senders = [threading.Thread(target=send) for _ in range(8)]
        for sender in senders:
            sender.start()
        for sender in senders:
            sender.join()
        assert failures == []
        assert (Payment.objects.count(), PaymentAllocation.objects.count()) == (1, 1)
        assert Event.objects.filter(kind="payment.recorded").count() == 1
