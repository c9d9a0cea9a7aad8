"""The details of a case: everything that is on record, struck-out facts among them."""

import pytest
from django.test import Client
from django.urls import reverse

from arrears import operations as arrears
from cases import operations, queries
from cases.models import Calculation, Case
from cms_tracker.users.models import User
from cms_tracker.web.clock import today
from tests.cast import ROSA, SAM
from tests.factories import first_letter, make_case, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def rosa() -> User:
    return make_user(ROSA)


@pytest.fixture
def case(rosa: User) -> Case:
    case = make_case(rosa, children=["Robin", "Kit"], other_parent="Sandy")
    arrears.record_first_letter(actor=rosa, case=case, letter=first_letter())
    return case


@pytest.fixture
def client(rosa: User) -> Client:
    client = Client()
    client.force_login(rosa)
    return client


def shown(client: Client, case: Case) -> str:
    return client.get(reverse("arrears:details", args=[case.pk])).content.decode()


class TestDetails:
    def test_name_the_case_in_words(self, client: Client, case: Case) -> None:
        page = shown(client, case)
        for words in ("1200 0000 0002", "England", "Robin, Kit", "Sandy", "Direct Pay", "Every month", "£60.00"):
            assert words in page

    def test_show_a_struck_out_decision_struck_through_with_its_reason(
        self, client: Client, case: Case, rosa: User
    ) -> None:
        fact_id = Calculation.objects.get().pk
        strike = reverse("pages:strike-out", args=[case.pk, fact_id])
        assert strike in shown(client, case)
        operations.strike_out(actor=rosa, case=case, fact_id=fact_id, on=today(), reason="Wrong letter")
        page = shown(client, case)
        assert "<s>£60.00</s>" in page
        assert "Wrong letter" in page
        assert strike not in page

    def test_say_what_to_do_first_where_there_is_nothing(self, client: Client, rosa: User) -> None:
        page = shown(client, make_case(rosa, children=[]))
        assert "Start with the first CMS letter that you have." in page
        assert "Not provided" in page

    def test_are_not_there_for_a_stranger(self, client: Client, case: Case) -> None:
        assert client.get(reverse("arrears:details", args=[case.pk])).status_code == 200
        sam = Client()
        sam.force_login(make_user(SAM))
        assert sam.get(reverse("arrears:details", args=[case.pk])).status_code == 404
        assert len(queries.strike_outs([case.pk])) == 0
