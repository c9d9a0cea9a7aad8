"""Why it changed: the lines add up exactly, and odd days are answered kindly."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from arrears import operations, queries
from arrears.core.facts import Route
from cases.models import Case
from cms_tracker.users.models import User
from tests.cast import ADA
from tests.factories import let_in, make_case, make_user, monthly_case
from tests.pages import pence, rows, words
from tests.unit.arrears.build import day

pytestmark = pytest.mark.django_db
Example = Callable[[str], Case]


def by_today(on: str, today: str) -> tuple[dt.date, dt.date]:
    """A day as it is seen with what is known today."""
    return day(on), day(today)


def url(case: Case, query: str = "") -> str:
    return reverse("arrears:changes", args=[case.pk]) + query


class TestTheLines:
    @time_machine.travel("2025-02-10 09:00")
    def test_add_up_to_the_change(self, client: Client, example: Example) -> None:
        response = client.get(url(example("backdated-change"), "?from=2024-11-24&to=2025-02-10"))
        page = words(response)
        assert "On 24 November 2024 nothing was owed. On 10 February 2025 you owed £312.54." in page
        assert "As much came as fell due in these days. CMS decisions about the past made the difference." in page
        found = rows(response)
        assert [pence(row[1]) for row in found] == [[], [55154], [142524], [-142524], [-23900]]
        assert [pence(row[2]) for row in found] == [[0], [55154], [197678], [55154], [31254]]

    @time_machine.travel("2025-02-10 09:00")
    def test_go_back_three_months_by_themselves(self, client: Client, example: Example) -> None:
        view = client.get(url(example("backdated-change"))).context["view"]
        assert (view.first, view.second) == (by_today("2024-11-10", "2025-02-10"), by_today("2025-02-10", "2025-02-10"))

    @time_machine.travel("2026-11-22 09:00")
    def test_go_back_to_the_latest_decision_where_that_is_longer_ago(self, client: Client, example: Example) -> None:
        response = client.get(url(example("backdated-change")))
        assert response.context["view"].first == by_today("2025-01-19", "2026-11-22")
        assert "Decision of 17 January 2025" in words(response)
        assert "Since the decision told on 20 January 2025" in words(response)

    @time_machine.travel("2025-07-10 09:00")
    def test_say_whose_balance_it_was(self, client: Client, rosa: User) -> None:
        case = monthly_case(rosa)
        operations.record_payment(
            actor=rosa, case=case, paid_on=day("2025-06-05"), amount_pence=200000, recorded_on=None, route=Route.DIRECT
        )
        days = url(case, "?from=2025-06-04&to=2025-06-05")
        hers = words(client.get(days))
        assert "On 4 June 2025 you were owed £1,040.00. On 5 June 2025 you were overpaid £960.00." in hers
        ada = make_user(ADA)
        let_in(ada, case, by=rosa, at=dt.datetime(2025, 7, 10, 8, tzinfo=dt.UTC))
        client.force_login(ada)
        seen = words(client.get(days))
        assert "the receiving parent was owed £1,040.00. On 5 June 2025 the receiving parent was overpaid" in seen
        assert "Since the decision told on 3 March 2025" in seen

    @time_machine.travel("2025-07-10 09:00")
    def test_lead_to_the_facts_behind_them(self, client: Client, example: Example) -> None:
        case = example("direct-pay-missed")
        response = client.get(url(case, "?from=2025-04-10&to=2025-04-25"))
        paid = next(one for one in queries.facts_for(case).payments if one.paid_on == day("2025-04-22"))
        assert reverse("arrears:payment", args=[case.pk, paid.id]) in response.content.decode()

    @time_machine.travel("2025-09-10 09:00")
    def test_can_count_only_what_was_known_on_each_day(self, client: Client, example: Example) -> None:
        case = example("collect-and-pay-fees")  # a payment of 4 April was recorded on 1 July
        now = client.get(url(case, "?from=2025-05-01&to=2025-07-10"))
        then = client.get(url(case, "?from=2025-05-01&to=2025-07-10&known=then"))
        assert "recorded" not in words(now).partition("Compare two")[0].lower()
        assert "Recorded later" in words(then)
        assert now.context["said"].after == then.context["said"].after


class TestTheDays:
    @pytest.mark.parametrize(
        "query",
        [
            "?from=2025-02-30&to=2025-03-01", "?from=x&to=y", "?from=2025-03-01", "?to=2025-03-01",
            "?from=2025-03-01&to=2025-03-01", "?from=2025-03-02&to=2025-03-01&from_known=2025-02-30", "?from=2025-03-01&to=2999-01-01",
            "?from=0001-01-01&to=2025-03-01", "?from=&to=", "?known=then", "?from=٢٠٢٥-٠١-٠١&to=2025-03-01",
        ],
    )  # fmt: skip
    @time_machine.travel("2025-07-10 09:00")
    def test_that_mean_nothing_are_answered_in_one_sentence(self, client: Client, example: Example, query: str) -> None:
        response = client.get(url(example("direct-pay-missed"), query))
        assert response.status_code == 200
        assert response.context["form"].errors
        assert all(len(errors) == 1 for errors in response.context["form"].errors.values())
        assert response.context["said"] is None

    @time_machine.travel("2025-07-10 09:00")
    def test_are_typed_into_three_boxes_each_or_stand_in_an_old_link(self, client: Client, example: Example) -> None:
        case = example("direct-pay-missed")
        linked = client.get(url(case, "?from=2025-03-10&to=2025-06-10"))
        typed = client.get(url(case, "?from_d=10&from_m=March&from_y=2025&to_d=10&to_m=6&to_y=2025"))
        assert linked.context["view"] == typed.context["view"]
        assert linked.context["said"] == typed.context["said"]
        assert 'name="from_d" value="10"' in linked.content.decode()

    @time_machine.travel("2025-07-10 09:00")
    def test_that_are_half_typed_stay_as_they_were_typed(self, client: Client, example: Example) -> None:
        query = "?from_d=10&from_m=&from_y=2025&to_d=1&to_m=6&to_y=2025&known=then"
        response = client.get(url(example("direct-pay-missed"), query))
        assert list(response.context["form"].errors) == ["from"]
        assert response.context["said"] is None
        assert 'name="from_d" value="10"' in response.content.decode()
        assert 'value="then" id="id_known_1" checked' in response.content.decode()

    def test_are_not_asked_for_in_an_empty_record(self, client: Client, rosa: User) -> None:
        assert "Nothing has fallen due and nothing is logged yet." in words(client.get(url(make_case(rosa))))
