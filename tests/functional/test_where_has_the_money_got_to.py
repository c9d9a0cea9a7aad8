"""A deduction that CMS did not credit, and money that it collected and did not pass on: both sides, no JavaScript."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from arrears import queries
from cases.core.facts import Perspective
from tests.cast import PAUL, ROSA
from tests.factories import make_user
from tests.filled_form import filled
from tests.functional.test_money_that_is_not_arrears import collected, send
from tests.typed import day

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
ON = dt.date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


class TestPaulsDeductionIsLost:
    def test_and_he_asks_with_the_day_and_the_reference(self, client: Client) -> None:
        paul = make_user(PAUL)
        client.force_login(paul)
        case = collected(paul, Perspective.PAYING)
        owed = queries.position_of(case, on=ON, known_on=ON).outstanding

        pots = client.get(reverse("arrears:other-money", args=[case.pk])).content.decode()
        assert reverse("arrears:transits", args=[case.pk]) in pots
        page = send(
            client, reverse("arrears:new-transit", args=[case.pk]),
            way="earnings", kind="deducted", amount="120", reference="PAY 10", **day("on", "2026-10-28"),
        )  # fmt: skip
        assert "It moves no balance" in page
        assert "Late: ask where it is" in page
        assert "The usual day was 19 November 2026." in page
        assert "Reference: PAY 10." in page
        assert reverse("correspondence:new-letter", args=[case.pk, "account-breakdown"]) in page

        page = send(
            client, reverse("arrears:next-transit", args=[case.pk, 1]),
            kind="received", amount="120", note="The online account", **day("on", "2026-11-23"),
        )  # fmt: skip
        assert "Ask where it is" not in page.replace("Late: ask where it is", "")
        assert "CMS should say what it was counted for by 7 December 2026, usually." in page
        assert queries.position_of(case, on=ON, known_on=ON).outstanding == owed


class TestRosasMoneyIsNotPassedOn:
    def test_until_it_comes_and_she_sees_that_it_is_whole(self, client: Client) -> None:
        rosa = make_user(ROSA)
        client.force_login(rosa)
        case = collected(rosa, Perspective.RECEIVING)
        page = send(
            client, reverse("arrears:new-transit", args=[case.pk]),
            way="earnings", kind="received", amount="120", note="CMS on the phone", **day("on", "2026-11-02"),
        )  # fmt: skip
        assert "It should reach the receiving parent by 16 November 2026, usually." in page
        assert "It has not reached the receiving parent." in page
        form = client.get(reverse("arrears:next-transit", args=[case.pk, 1])).content.decode()
        assert "If all is as usual: £96.00, after a fee of £4.00." in form
        assert filled(form)["kind"] == "paid_out"

        page = send(
            client, reverse("arrears:next-transit", args=[case.pk, 1]),
            kind="paid_out", amount="96", **day("on", "2026-11-23"),
        )  # fmt: skip
        assert "At the end of its way" in page
        listed = client.get(reverse("arrears:transits", args=[case.pk])).content.decode()
        assert "£120.00: Passed on to the receiving parent" in listed
        assert "Late: ask where it is" not in listed
