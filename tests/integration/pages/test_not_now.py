"""The page that gives back what was typed while the database was away: for whom, and for how long."""

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from cases.models import Case
from cms_tracker.users.models import User
from tests.cast import ROSA
from tests.factories import make_case, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def rosa() -> User:
    return make_user(ROSA)


@pytest.fixture
def case(rosa: User) -> Case:
    return make_case(rosa)


@pytest.fixture
def client(rosa: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(rosa)
    return client


def without_database(client: Client, method: str, path: str, data: dict[str, Any]) -> HttpResponse:
    """The answer of a site whose database knows who is signed in, and then goes away."""

    def fails(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if "users_" in sql:
            return execute(sql, params, many, context)
        raise OperationalError

    with connection.execute_wrapper(fails):
        answer: HttpResponse = getattr(client, method)(path, data)
    assert answer.status_code == 503
    return answer


class TestAPageThatHoldsWhatWasTyped:
    def test_goes_when_a_session_on_a_shared_device_would_have_ended(self, client: Client, case: Case) -> None:
        answer = without_database(client, "post", reverse("arrears:log-payment", args=[case.pk]), {"note": "By bank"})

        assert 'value="By bank"' in answer.content.decode()
        assert answer["Refresh"] == "300; url=/"
        assert "goes to the start by itself after 5 minutes" in answer.content.decode()
        assert answer["Cache-Control"] == "no-store"


class TestAPageThatHoldsNothing:
    def test_stays_where_somebody_only_looked(self, client: Client, case: Case) -> None:
        answer = without_database(client, "get", reverse("arrears:log-payment", args=[case.pk]), {})

        assert "Refresh" not in answer
        assert "by itself" not in answer.content.decode()

    def test_stays_where_the_form_held_a_secret(self, client: Client, case: Case) -> None:
        sent = {"note": "By bank", "password": ROSA.password}
        answer = without_database(client, "post", reverse("arrears:log-payment", args=[case.pk]), sent)

        assert "By bank" not in answer.content.decode()
        assert "Refresh" not in answer
