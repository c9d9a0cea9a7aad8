"""Opening a record: what is taken, what is refused, and that one press opens one."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.models import Case, Child
from cms_tracker.users.models import User
from tests.cast import PAUL, ROSA
from tests.factories import make_user
from tests.typed import RECORD

pytestmark = pytest.mark.django_db
URL = "/records/new/"


@pytest.fixture
def rosa() -> User:
    return make_user(ROSA)


@pytest.fixture
def client(rosa: User) -> Client:
    client = Client()
    client.force_login(rosa)
    return client


class TestOpeningARecord:
    def test_leads_straight_to_the_first_decision(self, client: Client) -> None:
        response = client.post(URL, RECORD | {"child_2": "Kit"})
        case = Case.objects.get()
        assert response.headers["Location"] == reverse("arrears:first-decision", args=[case.pk])
        assert case.reference == "120012345678"
        assert list(Child.objects.order_by("position").values_list("label", flat=True)) == ["Child 1", "Kit"]

    def test_opens_one_record_however_often_it_is_sent(self, client: Client) -> None:
        entry = str(uuid.uuid4())
        first = client.post(URL, RECORD | {"entry": entry})
        second = client.post(URL, RECORD | {"entry": entry})
        assert first.headers["Location"] == second.headers["Location"]
        assert Case.objects.count() == 1

    def test_takes_a_reference_that_somebody_else_holds(self, client: Client) -> None:
        other = Client()
        other.force_login(make_user(PAUL))
        assert other.post(URL, RECORD).status_code == 302
        assert client.post(URL, RECORD).status_code == 302
        assert Case.objects.filter(reference="120012345678").count() == 2

    def test_only_hints_at_a_reference_that_does_not_start_with_12(self, client: Client) -> None:
        response = client.post(URL, RECORD | {"reference": "991234567890"}, follow=True)
        assert Case.objects.count() == 1
        assert "Most CMS references start with 12" in response.content.decode()

    def test_keeps_a_label_for_the_other_parent_even_if_none_is_typed(self, client: Client) -> None:
        client.post(URL, RECORD | {"other_parent": "  "})
        assert Case.objects.get().other_parent == "Other parent"

    def test_takes_an_old_scheme_only_when_it_is_chosen(self, client: Client) -> None:
        client.post(URL, RECORD)
        assert Case.objects.get().scheme == "cms_2012"
        client.post(URL, RECORD | {"scheme": "csa_1993"})
        assert Case.objects.filter(scheme="csa_1993").count() == 1


class TestAddingAChild:
    def test_adds_a_row_and_keeps_what_was_typed_without_complaint(self, client: Client) -> None:
        page = client.post(URL, {"reference": "12", "rows": "2", "child_1": "Robin", "add": "child"}).content.decode()
        assert 'name="child_3"' in page
        assert 'value="Robin"' in page
        assert 'value="12"' in page
        assert "another look" not in page
        assert Case.objects.count() == 0

    def test_stops_at_twelve(self, client: Client) -> None:
        page = client.post(URL, {"rows": "11", "add": "child"}).content.decode()
        assert 'name="child_12"' in page
        assert 'name="add"' not in page

    def test_opens_a_record_with_twelve(self, client: Client) -> None:
        children = {f"child_{number}": f"Child {number}" for number in range(1, 13)}
        client.post(URL, RECORD | children | {"rows": "12"})
        assert Child.objects.count() == 12

    @pytest.mark.parametrize("rows", ["-1", "99999999999999", "x", "٣", ""])
    def test_is_not_led_astray_by_a_made_up_number_of_rows(self, client: Client, rows: str) -> None:
        assert client.post(URL, RECORD | {"rows": rows, "add": "child"}).status_code == 200
        assert client.post(URL, RECORD | {"rows": rows}).status_code == 302


class TestBadInput:
    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ({"reference": "12345"}, "Enter the 12 digits from the top of a CMS letter"),
            ({"reference": ""}, "Enter the 12 digits from the top of a CMS letter."),
            ({"nation": "france"}, "Select a valid choice"),
            ({"nation": ""}, "Choose where the children live."),
            ({"perspective": ""}, "Choose whose side this record is for."),
            ({"child_1": "x" * 61}, "at most 60 characters"),
        ],
    )
    def test_gets_a_sentence_keeps_what_was_typed_and_writes_nothing(
        self, client: Client, typed: dict[str, str], sentence: str
    ) -> None:
        page = client.post(URL, RECORD | {"other_parent": "Sandy"} | typed).content.decode()
        assert page.count(sentence) >= 2  # in the summary and beside the field
        assert 'value="Sandy"' in page
        assert "<title>Error: " in page
        assert Case.objects.count() == 0

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        st.dictionaries(
            st.sampled_from([*RECORD, "rows", "entry", "scheme", "child_2", "add", "made_up"]),
            st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=80),
        )
    )
    def test_never_breaks_the_page(self, client: Client, typed: dict[str, str]) -> None:
        assert client.post(URL, RECORD | typed).status_code in {200, 302}
