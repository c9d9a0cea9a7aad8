"""Rosa and Paul ask what they can do next, each in a record of their own; somebody without one asks too."""

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from correspondence.core.steps import book
from correspondence.models import ClockStart
from tests.cast import PAUL, ROSA
from tests.factories import import_example, make_user

pytestmark = pytest.mark.django_db


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


class TestRosa:
    def test_learns_why_nothing_is_enforced_and_challenges_the_plan_instead(self, client: Client) -> None:
        rosa = make_user(ROSA)
        case = import_example("p-002456", rosa)
        client.force_login(rosa)
        with time_machine.travel(dt.datetime(2023, 2, 1, 9, tzinfo=dt.UTC), tick=False):
            page = text(client.get(reverse("correspondence:next", args=[case.pk])))
            assert "Not available. The plan of 1 December 2022 is being kept" in page

            number = book.actions()["challenge-plan"].number
            pressed = client.post(reverse("correspondence:begin", args=[case.pk, number]))
            assert "Challenge a plan that takes too long" in text(client.get(pressed.url))

            kept = text(client.get(reverse("correspondence:deadlines", args=[case.pk])))
            assert "Ask CMS to look at the length of the plan" in kept
            assert "Act by Wednesday 15 February 2023" in kept


class TestPaul:
    def test_is_told_to_go_on_paying_and_puts_an_offer_on_his_list(self, client: Client) -> None:
        paul = make_user(PAUL)
        case = import_example("collect-and-pay-fees", paul)
        client.force_login(paul)
        page = text(client.get(reverse("correspondence:next", args=[case.pk])))
        assert "Keep paying what falls due" in page
        assert "Get free debt advice" in page
        assert "Ask CMS what it is doing to collect" not in page

        number = book.actions()["offer-plan"].number
        pressed = client.post(reverse("correspondence:begin", args=[case.pk, number]))
        assert pressed.url == reverse("correspondence:new-letter", args=[case.pk, "plan-offer"])
        assert ClockStart.objects.get(kind="own_step").note == "Offer CMS a plan"


class TestAVisitor:
    def test_asks_without_an_account_and_is_shown_both_what_is_open_and_what_is_not(self, client: Client) -> None:
        assert "What can I do next?" in text(client.get("/next/"))
        told = {"side": "paying", "service": "collect", "owed": "yes", "paper": "court_papers", "nation": "scotland"}
        page = text(client.post("/next/", told))
        assert "Object to the liability order in the sheriff court" in page
        assert "Stopping payments until the arrears are settled Not available." in page
        assert not ClockStart.objects.exists()
