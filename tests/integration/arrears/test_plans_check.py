"""The public plan checker: anybody may ask, nothing is kept."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.typed import day

pytestmark = pytest.mark.django_db

REAL = {
    "plans": "1",
    "arrears": "£12,391.53",
    "part_1": "127.94",
    "frequency_1": "monthly",
    "do": "check",
    **day("first_1", "2022-04-01"),
}


@pytest.fixture
def client() -> Client:
    """Nobody in particular: the checker needs no account."""
    return Client()


@pytest.fixture(autouse=True)
def _on_a_day() -> Any:
    with time_machine.travel(dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC), tick=False):
        yield


def _send(client: Client, **typed: str) -> Any:
    return client.post(reverse("arrears:check"), {**REAL, **typed})


def _rows() -> int:
    return sum(model._default_manager.count() for model in apps.get_models())


class TestCheck:
    def test_answers_the_real_case_without_an_account(self, client: Client) -> None:
        response = _send(client)

        text = response.content.decode()
        assert response.status_code == 200
        assert "This plan takes 97 monthly payments" in text
        for figure in ("£12,391.53", "£109.29", "1 April 2030", "£516.32", "£9,320.97"):
            assert figure in text

    def test_stores_nothing(self, client: Client) -> None:
        before = _rows()

        _send(client)

        assert _rows() == before
        assert "sessionid" not in client.cookies

    def test_ignores_amounts_in_the_address(self, client: Client) -> None:
        response = client.get(reverse("arrears:check"), REAL)

        assert "12,391.53" not in response.content.decode()
        assert response.context["cards"] == []

    def test_takes_the_whole_payment_apart(self, client: Client) -> None:
        response = _send(client, part_1="", total_1="500", ongoing_1="310.05", fee_1="62.01")

        assert "£127.94" in response.content.decode()
        assert "97" in response.content.decode()

    def test_refuses_amounts_that_do_not_agree_beside_the_field(self, client: Client) -> None:
        response = _send(client, total_1="500", ongoing_1="300")

        assert response.context["cards"] == []
        assert response.context["form"].errors == {
            "part_1": ["This does not agree: the total less ongoing and fee leaves £200.00."]
        }

    def test_says_by_how_much_a_payment_is_short(self, client: Client) -> None:
        response = _send(client, part_1="", total_1="300", ongoing_1="372.06")

        assert "It is short by £72.07." in response.content.decode()

    def test_says_that_nothing_is_owed(self, client: Client) -> None:
        assert "Nothing is owed" in _send(client, arrears="0").content.decode()

    def test_answers_a_review_date_and_an_income(self, client: Client) -> None:
        response = _send(
            client, part_1="", total_1="500", ongoing_1="372.06", income="300", income_every="weekly",
            **day("first_1", "2026-12-01"), **day("review", "2027-06-01"),
        )  # fmt: skip

        figures = dict(response.context["cards"][0].figures)
        assert figures["To clear by 1 June 2027"] == "£1,770.22"
        assert figures["Share of net income"] == "38%"

    @pytest.mark.parametrize(
        ("field", "typed", "message"),
        [
            ("arrears", "1e5", "Write the amount out in full, like 100000.00. You typed a letter e."),
            ("arrears", "", "Enter what is owed, like 200.00."),
            ("part_1", "1_000", "Leave out the underscore. Use numbers only, like 1000.00."),
            ("part_1", "-0", "Enter an amount without a minus sign, like 200.00."),
            ("part_1", "", "Enter the part that goes to the arrears, or the whole payment below."),
            ("ongoing_1", "", "Enter how much of the whole payment is ongoing maintenance. If none is due, enter 0."),
            ("total_1", "", "Enter the whole payment too, or leave these questions empty."),
        ],
    )
    def test_names_what_is_wrong_and_keeps_what_was_typed(
        self, client: Client, field: str, typed: str, message: str
    ) -> None:
        others = {"ongoing_1": {"total_1": "500"}, "total_1": {"ongoing_1": "300"}}.get(field, {})

        response = _send(client, **{**others, field: typed})

        assert response.status_code == 200
        assert response.context["form"].errors[field] == [message]
        if field != "arrears":
            assert "£12,391.53" in response.content.decode()
        assert response.context["cards"] == []

    def test_refuses_a_first_payment_far_ahead(self, client: Client) -> None:
        response = _send(client, **day("first_1", "2052-01-01"))

        (message,) = response.context["form"].errors["first_1"]
        assert "too far ahead" in message


class TestSeveralPlans:
    def test_adds_one_and_judges_nothing_yet(self, client: Client) -> None:
        response = _send(client, arrears="", do="add")

        form = response.context["form"]
        assert form.errors == {}
        assert [one.number for one in form.inputs] == [1, 2]
        assert form["part_1"].value() == "127.94"
        assert form["first_2"].value() == ["1", "4", "2022"]

    def test_keeps_odd_typing_when_one_is_added(self, client: Client) -> None:
        assert "12 pounds?" in _send(client, arrears="12 pounds?", do="add").content.decode()

    def test_stops_at_three(self, client: Client) -> None:
        response = _send(client, plans="3", do="add")

        assert len(response.context["form"].inputs) == 3

    def test_takes_the_right_one_away(self, client: Client) -> None:
        response = _send(client, plans="3", part_1="1", part_2="2", part_3="3", do="remove-2")

        form = response.context["form"]
        assert [one.part.value() for one in form.inputs] == ["1", "3"]

    def test_sets_three_side_by_side(self, client: Client) -> None:
        second = {"part_2": "81", "frequency_2": "monthly", **day("first_2", "2022-12-01")}
        third = {"part_3": "516.32", "frequency_3": "monthly", **day("first_3", "2022-12-01")}

        response = _send(client, plans="3", **second, **third)

        assert [card.tag.word for card in response.context["cards"]] == [
            "Longer than two years", "Longer than two years", "Within two years",
        ]  # fmt: skip

    def test_names_the_plan_that_is_wrong(self, client: Client) -> None:
        response = _send(client, plans="2", part_2="x", frequency_2="monthly", **day("first_2", "2022-12-01"))

        assert "Plan 2, arrears part of each payment: Use numbers only" in response.content.decode()


class TestTheStartPage:
    def test_asks_the_first_questions_of_the_same_form(self, client: Client) -> None:
        page = client.get("/").content.decode()

        for name in ("plans", "arrears", "part_1", "frequency_1", "first_1_d", "first_1_m", "first_1_y"):
            assert f'name="{name}"' in page


ODD = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["", "0", "0.01", "9999999.99", "1e5", "NaN", "²", "٣", "-0", "2" * 400, "31", "12", "2026", "9999"]
    ),
)
NAMES = [
    "plans", "arrears", "income", "income_every", "review_d", "review_m", "review_y", "do",
    *(
        f"{name}_{number}"
        for number in (1, 2, 3)
        for name in ("part", "total", "ongoing", "fee", "frequency", "first")
    ),
    *(f"first_{number}_{part}" for number in (1, 2, 3) for part in "dmy"),
]  # fmt: skip


class TestAnythingTyped:
    @settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        changed=st.dictionaries(st.sampled_from(NAMES), ODD, max_size=12),
        plans=st.sampled_from(["1", "2", "3", "4", "x"]),
        do=st.sampled_from(["check", "add", "remove-1", "remove-3", "remove-9", ""]),
    )
    def test_is_answered(self, client: Client, changed: dict[str, str], plans: str, do: str) -> None:
        response = client.post(reverse("arrears:check"), {**REAL, "plans": plans, "do": do, **changed})

        assert response.status_code in {200, 400}  # 400: a null character, refused at the door
