"""The owner of a record sees who opened which page of it; nobody else does."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from cases.core.roles import Role
from cases.models import Case
from cms_tracker.audit.models import Event
from cms_tracker.pages.core.page_words import is_named, words_for
from cms_tracker.users.models import User
from tests.cast import ADA, ROSA
from tests.factories import let_in, make_case, make_user
from tests.integration.access_calls import ROUTES

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 7, 1, 12, tzinfo=dt.UTC)


@pytest.fixture
def rosa() -> User:
    return make_user(ROSA)


@pytest.fixture
def case(rosa: User) -> Case:
    return make_case(rosa)


def seen(person: User, case: Case, *names: str) -> None:
    client = Client()
    client.force_login(person)
    for name in names:
        assert client.get(reverse(name, args=[case.pk])).status_code == 200


def page(person: User, case: Case, query: str = "") -> str:
    client = Client()
    client.force_login(person)
    answer = client.get(reverse("pages:who-looked", args=[case.pk]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


class TestWhoHasLooked:
    def test_names_person_page_and_how_often(self, rosa: User, case: Case) -> None:
        ada = make_user(ADA)
        let_in(ada, case, by=rosa, role=Role.HELPER, at=NOON)
        seen(ada, case, "arrears:payments", "arrears:payments", "correspondence:letters")
        seen(rosa, case, "arrears:payments", "arrears:plans", "pages:overview")
        found = page(rosa, case)

        label = case.invitations.get().label
        assert f"<strong>{label}</strong>: Payments" in found
        assert f"<strong>{label}</strong>: Letters" in found
        assert "2 times, " in found
        assert found.count("<strong>You</strong>") == 1
        assert "3 times, " in found
        assert ada.email not in found

    def test_tells_what_was_refused(self, rosa: User, case: Case) -> None:
        ada = make_user(ADA)
        let_in(ada, case, by=rosa, role=Role.HELPER, at=NOON)
        client = Client()
        client.force_login(ada)
        assert client.get(reverse("pages:export", args=[case.pk])).status_code == 403
        assert client.get(reverse("pages:who-looked", args=[case.pk])).status_code == 403

        found = page(rosa, case)

        assert "Tried to open: A copy of the whole record. It was refused." in found
        assert "Tried to open: Who can see this record. It was refused." in found

    def test_can_be_asked_about_one_person(self, rosa: User, case: Case) -> None:
        ada = make_user(ADA)
        let_in(ada, case, by=rosa, role=Role.HELPER, at=NOON)
        seen(ada, case, "arrears:plans")
        seen(rosa, case, "arrears:payments")
        found = page(rosa, case, f"?who={ada.pk}")

        assert "Plans" in found.partition("</form>")[2]
        assert "<strong>You</strong>" not in found
        client = Client()
        client.force_login(rosa)
        for query in ("?who=nobody", "?from=-1", "?from=1e9", "?who=%00"):
            assert client.get(reverse("pages:who-looked", args=[case.pk]) + query).status_code in {400, 404}

    def test_goes_back_fourteen_days_at_a_time(self, rosa: User, case: Case) -> None:
        import time_machine

        for day in range(1, 17):
            with time_machine.travel(dt.datetime(2026, 6, day, 12, tzinfo=dt.UTC), tick=False):
                seen(rosa, case, "arrears:payments")
        found = page(rosa, case)

        assert "16 June 2026" in found
        assert "Earlier days" in found
        assert "1 June 2026<" in page(rosa, case, "?from=14")

    def test_is_not_linked_for_anybody_else(self, rosa: User, case: Case) -> None:
        ada = make_user(ADA)
        let_in(ada, case, by=rosa, role=Role.HELPER, at=NOON)
        link = reverse("pages:who-looked", args=[case.pk])
        client = Client()
        for person, linked in ((rosa, True), (ada, False)):
            client.force_login(person)
            assert (link in client.get(reverse("cases:people", args=[case.pk])).content.decode()) == linked

    def test_holds_no_content(self, rosa: User, case: Case) -> None:
        Case.objects.filter(pk=case.pk).update(other_parent="CanaryName")
        seen(rosa, case, "arrears:details")

        assert not [row for row in Event.objects.values_list() if "CanaryName" in str(row)]


class TestPageWords:
    def test_are_there_for_every_page_of_a_record(self) -> None:
        pages = [route.name for route in ROUTES if route.rule.startswith("case:")]

        assert [name for name in pages if not is_named(name)] == []
        assert words_for("some:other") == "Another page of this record"
