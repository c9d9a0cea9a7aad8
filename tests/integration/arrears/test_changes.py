"""Why it changed: the lines add up exactly, and odd days are answered kindly."""

from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from arrears import queries
from cases.models import Case
from cms_tracker.users.models import User
from tests.factories import make_case
from tests.pages import pence, rows, words
from tests.unit.arrears.build import day

pytestmark = pytest.mark.django_db
Example = Callable[[str], Case]


def url(case: Case, query: str = "") -> str:
    return reverse("arrears:changes", args=[case.pk]) + query


class TestTheLines:
    @time_machine.travel("2025-02-10 09:00")
    def test_add_up_to_the_change(self, client: Client, example: Example) -> None:
        response = client.get(url(example("backdated-change"), "?from=2024-11-24&to=2025-02-10"))
        page = words(response)
        assert "what you owe went from £0.00 to £312.54." in page
        assert "As much came as fell due in these days. CMS decisions about the past made the difference." in page
        found = rows(response)
        assert [pence(row[1]) for row in found] == [[], [55154], [142524], [-142524], [-23900]]
        assert [pence(row[2]) for row in found] == [[0], [55154], [197678], [55154], [31254]]

    @time_machine.travel("2025-02-10 09:00")
    def test_begin_where_cms_last_told_a_decision(self, client: Client, example: Example) -> None:
        first, last = client.get(url(example("backdated-change"))).context["days"]
        assert (first, last) == (day("2025-01-19"), day("2025-02-10"))

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
        then = client.get(url(case, "?from=2025-05-01&to=2025-07-10&then=on"))
        assert "recorded" not in words(now).partition("Compare two")[0].lower()
        assert "Recorded later" in words(then)
        assert now.context["said"].after == then.context["said"].after


class TestTheDays:
    @pytest.mark.parametrize(
        "query",
        [
            "?from=2025-02-30&to=2025-03-01", "?from=x&to=y", "?from=2025-03-01", "?to=2025-03-01",
            "?from=2025-03-01&to=2025-03-01", "?from=2025-03-02&to=2025-03-01", "?from=2025-03-01&to=2999-01-01",
            "?from=0001-01-01&to=2025-03-01", "?from=&to=", "?then=on", "?from=٢٠٢٥-٠١-٠١&to=2025-03-01",
        ],
    )  # fmt: skip
    @time_machine.travel("2025-07-10 09:00")
    def test_that_mean_nothing_are_answered_in_one_sentence(self, client: Client, example: Example, query: str) -> None:
        response = client.get(url(example("direct-pay-missed"), query))
        assert response.status_code == 200
        assert response.context["form"].errors
        assert all(len(errors) == 1 for errors in response.context["form"].errors.values())
        assert response.context["said"] is None

    def test_are_not_asked_for_in_an_empty_record(self, client: Client, rosa: User) -> None:
        assert "Nothing has fallen due and nothing is logged yet." in words(client.get(url(make_case(rosa))))
