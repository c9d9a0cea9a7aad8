"""The case page: what is owed on a day, what CMS says, what is inferred."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from arrears import operations as money
from arrears.core.facts import Route
from cases.core.facts import Perspective
from cases.models import Case, CaseMembership
from cms_tracker.audit.models import Event
from cms_tracker.users.models import User
from tests.cast import ADA, PAUL, ROSA, SAM
from tests.factories import import_example, let_in, make_case, make_user, monthly_case

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _on_a_day() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def rosa(client: Client) -> User:
    person = make_user(ROSA)
    client.force_login(person)
    return person


@pytest.fixture
def real(rosa: User) -> Case:
    return import_example("p-002456", rosa)


def _text(client: Client, case: Case, **query: str) -> str:
    response = client.get(reverse("pages:overview", args=[case.pk]), query)
    assert response.status_code == 200
    return str(response.content.decode())


class TestTheRealCase:
    def test_shows_both_figures_of_21_february_2024_and_a_difference_that_nothing_explains(
        self, client: Client, real: Case
    ) -> None:
        text = _text(client, real, on="2024-02-21")

        assert "£10,153.01 is owed on 21 February 2024" in text
        assert "£9,532.99" in text
        assert "£620.02 more in this record. Nothing we tried would explain it." in text
        assert "unexplained" in text

    def test_shows_both_plans_with_their_labels(self, client: Client, real: Case) -> None:
        text = _text(client, real, on="2024-02-21")

        assert "97 payments on the £12,391.53 then owed." in text
        assert "141 payments on the £11,368.01 then owed." in text
        assert "118 of the same payments would be left" in text
        assert text.count("Longer than two years") == 2

    def test_leads_to_the_day_of_the_last_entry_when_that_is_long_ago(self, client: Client, real: Case) -> None:
        text = _text(client, real)

        assert "Nothing logged since 1 February 2024." in text
        assert "?on=2024-02-01" in text

    def test_marks_what_the_file_marks_as_inferred(self, client: Client, real: Case) -> None:
        response = client.get(reverse("pages:overview", args=[real.pk]), {"on": "2022-05-01"})

        assert response.context["o"].decision.text == "£71.55 a week"
        assert response.context["o"].decision.is_inferred
        assert response.context["o"].inferred == ["£71.55 a week, the decision from 1 April 2022"]
        assert '<span class="status">Inferred</span>' in response.content.decode()

    def test_does_not_mark_what_was_stated(self, client: Client, real: Case) -> None:
        response = client.get(reverse("pages:overview", args=[real.pk]), {"on": "2024-02-21"})

        assert not response.context["o"].decision.is_inferred

    def test_leaves_out_what_had_not_happened_by_the_day(self, client: Client, real: Case) -> None:
        text = _text(client, real, on="2022-05-01")

        assert "£9,532.99" not in text
        assert "Plan of December 2022" not in text
        assert "Call to CMS" not in text


class TestTheDay:
    @pytest.mark.parametrize(
        "typed", ["2024-02-30", "tomorrow", "", "2024", "9999-01-01", "1850-01-01", "2024-02-21-9"]
    )
    def test_is_today_with_a_word_beside_it_where_it_makes_no_sense(
        self, client: Client, real: Case, typed: str
    ) -> None:
        response = client.get(reverse("pages:overview", args=[real.pk]), {"on": typed})

        assert response.status_code == 200
        assert response.context["o"].on == NOON.date()
        assert list(response.context["form"].errors) == ["on"]

    def test_can_be_typed_into_three_boxes(self, client: Client, real: Case) -> None:
        text = _text(client, real, on_d="21", on_m="2", on_y="2024")

        assert "£10,153.01 is owed on 21 February 2024" in text

    def test_cannot_lie_ahead(self, client: Client, real: Case) -> None:
        assert "has not happened yet" in _text(client, real, on="2027-01-01")


class TestAnEmptyRecord:
    def test_says_where_to_begin_and_no_figure(self, client: Client, rosa: User) -> None:
        case = make_case(rosa)
        text = _text(client, case)

        assert "Nothing to add up yet" in text
        assert "is owed on" not in text
        assert f'href="{reverse("arrears:first-decision", args=[case.pk])}"' in text
        assert "No plan from CMS is on this record." in text

    def test_speaks_the_same_way_to_the_paying_parent(self, client: Client) -> None:
        paul = make_user(PAUL)
        client.force_login(paul)

        assert "Nothing to add up yet" in _text(client, make_case(paul, perspective=Perspective.PAYING))

    def test_has_a_figure_as_soon_as_there_are_payment_dates(self, client: Client, rosa: User) -> None:
        assert "Nothing is owed on 1 March 2025" in _text(client, monthly_case(rosa), on="2025-03-01")


class TestAnOldRecord:
    """Nothing was entered for long: what became of the payments since depends on what came before."""

    @pytest.mark.parametrize(
        ("pence", "said"),
        [
            (26000, "Everything due since then counts as not paid."),
            (31000, "£50.00 of what fell due since is covered by money paid ahead. The rest counts as not paid."),
            (900000, "What has fallen due since is covered by money paid ahead."),
        ],
    )
    def test_says_what_became_of_the_payments_since(self, client: Client, rosa: User, pence: int, said: str) -> None:
        case = monthly_case(rosa)
        money.record_payment(
            actor=rosa, case=case, paid_on=dt.date(2025, 3, 3), amount_pence=pence, recorded_on=None,
            route=Route.DIRECT,
        )  # fmt: skip

        assert f"Nothing logged since 3 March 2025. {said}" in _text(client, case)

    def test_says_so_where_nothing_has_fallen_due(self, client: Client, rosa: User) -> None:
        case = make_case(rosa)
        money.record_payment(
            actor=rosa, case=case, paid_on=dt.date(2025, 3, 3), amount_pence=100, recorded_on=None, route=Route.DIRECT
        )

        assert "Nothing has fallen due since." in _text(client, case)


class TestAnAdviser:
    def test_reads_of_the_figure_given_to_the_client(self, client: Client, rosa: User, real: Case) -> None:
        assert "On the figure given to you, £9,532.99" in _text(client, real, on="2024-02-21")
        ada = make_user(ADA)
        let_in(ada, real, by=rosa, at=NOON)
        client.force_login(ada)

        assert "On the figure given to your client, £9,532.99" in _text(client, real, on="2024-02-21")


class TestNameRecord:
    def test_is_kept_for_the_one_who_gave_it_with_an_audit_row(self, client: Client, rosa: User, real: Case) -> None:
        ada = make_user(ADA)
        let_in(ada, real, by=rosa, at=NOON)
        client.force_login(ada)

        response = client.post(reverse("pages:name-record", args=[real.pk]), {"label": "  Tuesday  "})

        assert response.status_code == 302
        assert CaseMembership.objects.get(case=real, user=ada).label == "Tuesday"
        assert CaseMembership.objects.get(case=real, user=rosa).label == ""
        assert Event.objects.filter(kind="case.named", case_id=real.pk, actor_id=ada.pk).count() == 1

    def test_refuses_a_name_that_is_too_long(self, client: Client, real: Case) -> None:
        response = client.post(reverse("pages:name-record", args=[real.pk]), {"label": "x" * 61})

        assert response.status_code == 200
        assert list(response.context["form"].errors) == ["label"]

    def test_is_not_there_for_a_stranger(self, client: Client, real: Case) -> None:
        address = reverse("pages:name-record", args=[real.pk])
        assert client.get(address).status_code == 200

        client.force_login(make_user(SAM))

        assert client.get(address).status_code == 404
        assert client.get(reverse("pages:overview", args=[real.pk])).status_code == 404
