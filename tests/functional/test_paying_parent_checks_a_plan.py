"""Paul checks a proposed plan without an account, then within his own record."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from arrears import operations
from cases.core.facts import Perspective
from tests.cast import PAUL
from tests.factories import make_case, make_user
from tests.typed import day

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


class TestPayingParentChecksAPlan:
    @time_machine.travel(NOON, tick=False)
    def test_from_the_start_page_to_three_plans_side_by_side(self, client: Client) -> None:
        start = client.get(reverse("pages:home")).content.decode()
        assert f'action="{reverse("arrears:check")}"' in start

        typed = {
            "plans": "1", "arrears": "2,400", "part_1": "80", "frequency_1": "monthly", **day("first_1", "2026-12-01"),
        }  # fmt: skip
        answer = client.post(reverse("arrears:check"), {**typed, "do": "check"}).content.decode()
        assert "This plan takes 30 monthly payments" in answer
        assert "Long repayment plan: longer than two years. CMS calls this an arrangement." in answer
        assert "£100.00" in answer  # what would clear it in two years
        assert "£480.00" in answer  # what would be left then

        two = client.post(reverse("arrears:check"), {**typed, "do": "add"})
        typed |= {"plans": "2", "part_2": "100", "frequency_2": "monthly", **day("first_2", "2026-12-01")}
        assert two.context["form"].errors == {}
        client.post(reverse("arrears:check"), {**typed, "do": "add"})
        typed |= {
            "plans": "3", "total_3": "200", "ongoing_3": "210", "frequency_3": "monthly",
            **day("first_3", "2026-12-01"),
        }  # fmt: skip
        three = client.post(reverse("arrears:check"), {**typed, "do": "check"})

        assert [card.tag.word for card in three.context["cards"]] == [
            "Longer than two years", "Within two years", "Not enough",
        ]  # fmt: skip

    @time_machine.travel(NOON, tick=False)
    def test_within_his_record_from_what_is_owed_today(self, client: Client) -> None:
        paul = make_user(PAUL)
        client.force_login(paul)
        case = make_case(paul, perspective=Perspective.PAYING)
        operations.record_opening_balance(
            actor=paul, case=case, on=dt.date(2026, 11, 2), amount_pence=123400, source="Letter of 2 November"
        )
        compare = reverse("arrears:compare", args=[case.pk])

        assert 'value="1234.00"' in client.get(compare).content.decode()
        for label, part in (("What CMS asked", "120"), ("My offer", "50")):
            client.post(
                compare,
                {
                    "label": label,
                    "arrears": "1234.00",
                    "part": part,
                    "frequency": "monthly",
                    **day("first", "2026-12-01"),
                },
            )
        page = client.get(compare)

        assert "Two plans, side by side" in page.content.decode()
        assert [one.card.verdict.payments for one in page.context["kept"]] == [11, 25]

        client.post(
            reverse("arrears:new-plan", args=[case.pk]),
            {
                **day("agreed_on", "2026-11-20"), **day("first_payment_on", "2026-12-01"),
                "frequency": "monthly", "total": "350", "arrears_part": "50", "cms_word": "agreement",
            },
        )  # fmt: skip
        plans = client.get(reverse("arrears:plans", args=[case.pk])).content.decode()

        assert "Longer than two years" in plans
        assert "CMS's own word for it: “agreement”" in plans
