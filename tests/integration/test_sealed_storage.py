"""What is personal cannot be read from the database's own bytes; keys can be changed; a wrong key says so."""

import io
import logging
import secrets
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse

from cases import operations as cases
from cases.models import Case
from cms_tracker.audit import sealing
from cms_tracker.audit.models import Event
from cms_tracker.audit.verifying import verify
from cms_tracker.sealed.ring import CannotOpenError, looks_sealed
from tests.cast import ROSA
from tests.factories import make_user
from tests.integration.one_of_each import one_of_each

OLD, NEW = secrets.token_urlsafe(32), secrets.token_urlsafe(32)


def cells() -> list[tuple[str, str]]:
    """Every cell of every sealed column that holds something."""
    found = []
    with connection.cursor() as cursor:
        for one in sealing.sealed_columns():
            cursor.execute(f'SELECT "{one.column}" FROM {one.table} WHERE "{one.column}" <> %s', [""])
            found += [(one.purpose, row[0]) for row in cursor.fetchall()]
    return found


@pytest.mark.django_db
class TestEveryRow:
    def test_holds_tokens_where_it_is_sealed(self) -> None:
        one_of_each(make_user(ROSA))
        found = cells()

        assert len({purpose for purpose, _ in found}) >= 15
        assert [purpose for purpose, cell in found if not looks_sealed(cell)] == []


@pytest.mark.django_db
class TestChangingKeys:
    def test_keeps_everything_readable_and_lets_the_old_key_go(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sealing, "BATCH", 2)
        with override_settings(FIELD_KEYS=(OLD,)):
            rosa = make_user(ROSA)
            case = one_of_each(rosa)
            cases.name_case(actor=rosa, case=case, label="Our own name")
            Case.objects.filter(pk=case.pk).update(note="A note")
        said = io.StringIO()
        with override_settings(FIELD_KEYS=(NEW, OLD)):
            call_command("rotate_keys", stdout=said)
            call_command("rotate_keys", stdout=io.StringIO())  # finds nothing more to do
        with override_settings(FIELD_KEYS=(NEW,)):
            assert Case.objects.get(pk=case.pk).note == "A note"
            assert case.memberships.get().label == "Our own name"
            assert verify().first is None

        assert "cases_case.note: 1" in said.getvalue()
        assert Event.objects.filter(kind="keys.rotated").count() == 2

    def test_stops_with_a_sentence_where_the_old_key_is_gone(self) -> None:
        with override_settings(FIELD_KEYS=(OLD,)):
            one_of_each(make_user(ROSA))
        with override_settings(FIELD_KEYS=(NEW,)), pytest.raises(CommandError, match="FIELD_KEYS holds only"):
            call_command("rotate_keys", stdout=io.StringIO())

    def test_leaves_the_guard_as_it_was(self) -> None:
        with override_settings(FIELD_KEYS=(OLD,)):
            one_of_each(make_user(ROSA))
        with override_settings(FIELD_KEYS=(NEW, OLD)):
            call_command("rotate_keys", stdout=io.StringIO())
        from cms_tracker.audit import append_only

        assert append_only.missing(connection) == []


@pytest.mark.django_db
class TestAWrongKey:
    def test_is_answered_with_one_clear_sentence(self, caplog: pytest.LogCaptureFixture) -> None:
        with override_settings(FIELD_KEYS=(OLD,)):
            rosa = make_user(ROSA)
            case = one_of_each(rosa)
        with override_settings(FIELD_KEYS=(NEW,)), caplog.at_level(logging.ERROR):
            client = Client(raise_request_exception=False)
            client.force_login(rosa)
            answer = client.get(reverse("arrears:details", args=[case.pk]))

            assert answer.status_code == 503
            assert "It is locked with a key that this site does not have at the moment." in answer.content.decode()
            with pytest.raises(CannotOpenError):
                Case.objects.get(pk=case.pk)


@pytest.mark.django_db(transaction=True)
class TestTheFilesOfTheDatabase:
    @pytest.mark.engine("sqlite")  # PostgreSQL keeps its files itself
    def test_hold_no_word_that_was_typed(self) -> None:
        rosa = make_user(ROSA)
        client = Client()
        client.force_login(rosa)
        case = cases.open_case(
            actor=rosa, reference="123456789012", nation="england", perspective="receiving",
            other_parent="CanaryParent",
        )  # fmt: skip
        cases.name_case(actor=rosa, case=case, label="CanaryLabel")
        answers: dict[str, Any] = {
            "kind": "call", "direction": "out", "party": "CanaryParty", "spoke_to": "CanaryPerson",
            "reference": "CanaryReference", "summary": "CanarySummary",
        }  # fmt: skip
        page = reverse("correspondence:new-contact", args=[case.pk])
        client.post(page, answers)  # whether it is saved or kept as a draft: it is in no file as it was typed
        from correspondence.models import Contact, KeepOut, Promise

        contact = Contact.objects.create(case=case, at_date="2026-01-01", **answers, note="CanaryNote")
        Promise.objects.create(case=case, contact=contact, text="CanaryPromise")
        KeepOut.objects.create(case=case, text="CanaryAddress")
        session = client.session
        session["draft"] = "CanaryDraft"
        session.save()
        name = Path(connection.settings_dict["NAME"])
        raw = b"".join(path.read_bytes() for path in name.parent.glob(f"{name.name}*"))

        assert b"123456789012" in raw  # the bytes of this very case are there …
        assert b"Canary" not in raw  # … and what is personal is not
