"""Paul makes a budget and an offer; CMS agrees; he misses a payment. Rosa reads CMS's word beside ours."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from arrears import operations
from arrears.core.facts import AllocationPart
from arrears.models import PlanProposal, RepaymentPlan
from cases.core.facts import Perspective
from cases.models import Case
from cms_tracker.users.models import User
from tests.cast import PAUL, ROSA
from tests.factories import make_user, monthly_case
from tests.typed import day

pytestmark = pytest.mark.django_db

FIRST_DUE = dt.date(2026, 8, 3)
BUDGET = {
    "amount_wages": "1700", "every_wages": "month",
    "amount_rent_or_mortgage": "700", "every_rent_or_mortgage": "month",
    "amount_ongoing_maintenance": "60", "every_ongoing_maintenance": "week",
    "amount_food_and_household": "120", "every_food_and_household": "week",
}  # fmt: skip


@pytest.fixture
def clock() -> Iterator[Any]:
    """The day on which it begins: Thursday 15 October 2026. £780 of three payments is owed."""
    with time_machine.travel(dt.datetime(2026, 10, 15, 12, tzinfo=dt.UTC), tick=False) as traveller:
        yield traveller


def at(clock: Any, client: Client, who: User, *, month: int, on: int) -> None:
    """Another day of 2026, on which the same person signs in again."""
    clock.move_to(dt.datetime(2026, month, on, 12, tzinfo=dt.UTC), tick=False)
    client.force_login(who)


def owing(owner: User, perspective: Perspective) -> Case:
    """£60 a week, £260 a month from 3 August 2026, and nothing paid."""
    return monthly_case(owner, first_due=FIRST_DUE, perspective=perspective)


def pay(owner: User, case: Case, on: dt.date, pence: int) -> None:
    operations.record_payment(actor=owner, case=case, paid_on=on, amount_pence=pence, recorded_on=on)


def every_choice(client: Client, case: Case) -> dict[str, str]:
    """The form as a browser sends it before anything is typed."""
    form = client.get(reverse("arrears:new-budget", args=[case.pk])).context["form"]
    return {name: str(form[name].value() or "") for name in form.fields}


class TestPaul:
    def test_goes_from_a_budget_to_an_offer_to_a_plan_that_is_at_risk_and_then_not_kept(
        self, client: Client, clock: Any
    ) -> None:
        paul = make_user(PAUL)
        case = owing(paul, Perspective.PAYING)
        client.force_login(paul)

        # A budget: £1,700.00 comes in; £700.00, £260.00 and £520.00 go out.
        made = client.post(reverse("arrears:new-budget", args=[case.pk]), every_choice(client, case) | BUDGET)
        budget = client.get(made["Location"]).content.decode()
        assert "£220.00 a month is left" in budget
        assert "the whole payment would be £480.00 a month." in budget

        # An offer of less than that, kept beside other plans.
        typed = {"label": "My offer", "part": "65", "frequency": "monthly", **day("first", "2026-11-03")}
        kept = client.post(made["Location"], typed, follow=True).content.decode()
        assert "This plan takes 12 monthly payments" in kept
        offer = PlanProposal.objects.get()

        # Put to CMS, and agreed three weeks later.
        client.post(reverse("arrears:send-proposal", args=[case.pk, offer.pk]), day("sent_on", "2026-10-15"))
        at(clock, client, paul, month=11, on=2)
        said = {"answer": "agreed", **day("answered_on", "2026-10-30")}
        form = client.post(
            reverse("arrears:answer-proposal", args=[case.pk, offer.pk]), said, follow=True
        ).context["form"]  # fmt: skip
        typed = {
            "total": form["total"].value(), "arrears_part": form["arrears_part"].value(), "frequency": "monthly",
            "cms_word": "agreement", "origin": "negotiated",
            **day("agreed_on", "2026-10-30"), **day("first_payment_on", "2026-11-03"),
        }  # fmt: skip
        client.post(reverse("arrears:new-plan", args=[case.pk]), typed)
        plan = RepaymentPlan.objects.get()
        assert (plan.total_pence, plan.arrears_part_pence) == (32500, 6500)
        page = reverse("arrears:plan", args=[case.pk, plan.pk])

        # November is paid in full.
        at(clock, client, paul, month=11, on=3)
        pay(paul, case, dt.date(2026, 11, 3), 32500)
        assert "Kept so far" in client.get(page).content.decode()

        # In December only ongoing maintenance comes: the arrears part is late, and nothing else.
        at(clock, client, paul, month=12, on=4)
        pay(paul, case, dt.date(2026, 12, 3), 26000)
        late = client.get(page).content.decode()
        assert "At risk: a payment is late" in late
        assert "It still counts as kept here if the rest comes by Tuesday 8 December 2026." in late
        assert "Ongoing maintenance was covered in that time." in late
        assert "£65.00 of £130.00 came for the arrears." in late

        # Three working days later it is over.
        at(clock, client, paul, month=12, on=9)
        over = client.get(page).content.decode()
        assert "Not kept" in over
        assert "None came" in over
        assert "Ongoing maintenance was covered in that time." in over

        # He makes it up: the plan is kept again, and the page says that one came late.
        at(clock, client, paul, month=12, on=11)
        pay(paul, case, dt.date(2026, 12, 11), 6500)
        again = client.get(page).content.decode()
        assert "Kept so far" in again
        assert "1 payment came after the days of grace. CMS could have acted then." in again


class TestRosa:
    def test_sees_cms_word_and_ours_and_no_budget(self, client: Client, clock: Any) -> None:
        rosa = make_user(ROSA)
        case = owing(rosa, Perspective.RECEIVING)
        client.force_login(rosa)
        typed = {
            "total": "270", "arrears_part": "10", "frequency": "monthly", "cms_word": "agreement",
            **day("agreed_on", "2026-10-10"), **day("first_payment_on", "2026-11-03"),
        }  # fmt: skip
        client.post(reverse("arrears:new-plan", args=[case.pk]), typed)
        plan = RepaymentPlan.objects.get()

        # The arrears part comes and the instalment of November does not.
        at(clock, client, rosa, month=11, on=20)
        operations.record_payment(
            actor=rosa, case=case, paid_on=dt.date(2026, 11, 3), amount_pence=1000, recorded_on=None,
            allocation=[AllocationPart(due_on=FIRST_DUE, amount=1000)],
        )  # fmt: skip
        said = {"kind": "completed", "note": "The debt is cleared", **day("happened_on", "2026-11-18")}
        client.post(reverse("arrears:new-step", args=[case.pk, plan.pk]), said)

        text = client.get(reverse("arrears:plan", args=[case.pk, plan.pk])).content.decode()

        assert "“agreement”" in text
        assert "Long repayment plan: longer than two years. CMS calls this an arrangement." in text
        assert "CMS said it was complete. “The debt is cleared”" in text
        assert "By this record it was not so on that day: not kept." in text
        assert "1 payment fell due: £10.00 of £10.00 came for the arrears." in text
        assert "Ongoing maintenance is short by £260.00." in text
        plans = client.get(reverse("arrears:plans", args=[case.pk])).content.decode()
        assert "budget" not in plans.lower()
