"""A later decision: its effect is the engine's, shown before it is saved and the same after."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arrears import operations
from cases.models import Calculation, Case
from cms_tracker.users.models import User
from tests.cast import ROSA
from tests.factories import first_letter, make_case, make_user
from tests.typed import LATER_DECISION, day

pytestmark = pytest.mark.django_db


@pytest.fixture
def rosa() -> User:
    return make_user(ROSA)


@pytest.fixture
def case(rosa: User) -> Case:
    case = make_case(rosa)
    operations.record_first_letter(actor=rosa, case=case, letter=first_letter())
    return case


@pytest.fixture
def client(rosa: User) -> Client:
    client = Client()
    client.force_login(rosa)
    return client


def check(client: Client, case: Case, **changes: str) -> str:
    response = client.post(reverse("arrears:new-decision", args=[case.pk]), {**LATER_DECISION, **changes})
    assert response.status_code == 302
    return str(response.headers["Location"])


class TestTheForm:
    def test_waits_for_a_first_decision(self, client: Client, rosa: User) -> None:
        bare = make_case(rosa)
        response = client.get(reverse("arrears:new-decision", args=[bare.pk]))
        assert response.headers["Location"] == reverse("arrears:first-decision", args=[bare.pk])

    def test_asks_for_everything_in_one_sentence_each(self, client: Client, case: Case) -> None:
        page = client.post(reverse("arrears:new-decision", args=[case.pk]), {}).content.decode()
        for sentence in ("Enter the weekly amount", "Enter the day it counts from", "Choose why it changed."):
            assert page.count(sentence) >= 2

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        st.dictionaries(
            st.sampled_from([*LATER_DECISION, "instalment"]),
            st.one_of(
                st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=40),
                st.integers(-10, 10_000).map(str),
            ),
        )
    )
    def test_never_breaks(self, client: Client, case: Case, typed: dict[str, str]) -> None:
        url = reverse("arrears:new-decision", args=[case.pk])
        assert client.post(url, {**LATER_DECISION, **typed}).status_code in {200, 302}
        assert client.get(reverse("arrears:check-decision", args=[case.pk])).status_code in {200, 302}


class TestTheCheck:
    @pytest.fixture(autouse=True)
    def _late_in_november(self, client: Client) -> Iterator[None]:
        # The session was made before: its age is counted by the same clock.
        with time_machine.travel("2025-11-28 12:00"):
            yield

    def test_says_what_changes_before_anything_is_saved(self, client: Client, case: Case) -> None:
        page = client.get(check(client, case)).content.decode()
        assert "This changes 6 payments already asked for" in page
        assert "Payments from 6 December 2025 become £487.07." in page
        assert Calculation.objects.count() == 1

    def test_says_that_payments_end_at_nil(self, client: Client, case: Case) -> None:
        page = client.get(check(client, case, weekly="0", **day("effective_on", "2025-12-20"))).content.decode()
        assert "Payments end." in page
        assert "on 6 December 2025" in page

    def test_asks_twice_about_a_letter_that_came_before_its_date(self, client: Client, case: Case) -> None:
        page = client.get(check(client, case, **day("notified_on", "2025-11-01"))).content.decode()
        assert "You got the letter before the date that is on it." in page

    def test_saves_once_however_often_it_is_pressed(self, client: Client, case: Case) -> None:
        url = check(client, case)
        assert client.post(url).headers["Location"] == reverse("arrears:details", args=[case.pk])
        assert client.post(url).headers["Location"] == reverse("arrears:details", args=[case.pk])
        row = next(one for one in Calculation.objects.all() if one.reason == "annual_review")
        assert row.weekly_pence == 11240
        assert row.notified_on is not None
        assert row.notified_on.isoformat() == "2025-11-24"

    def test_leads_back_to_the_form_when_nothing_was_typed(self, client: Client, case: Case) -> None:
        response = client.get(reverse("arrears:check-decision", args=[case.pk]))
        assert response.headers["Location"] == reverse("arrears:new-decision", args=[case.pk])
