"""Rosa asks for collection, and what she confirms goes into her record; Paul shows what he can pay."""

import datetime as dt
import re
import uuid
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from arrears import operations as money
from arrears.core.other_facts import Budget, BudgetCategory, BudgetLine, Every
from arrears.models import Observation
from cases.models import Case
from cms_tracker.users.models import User
from correspondence.models import Letter
from tests.cast import PAUL, ROSA
from tests.factories import make_user
from tests.filled_form import filled
from tests.functional.direct_pay import MISSED_UNLOGGED, direct_pay_case

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day() -> Any:
    with time_machine.travel(dt.datetime(2025, 7, 10, 9, 32, tzinfo=dt.UTC), tick=False):
        yield


def url(name: str, case: Case, *args: object) -> str:
    return reverse(f"correspondence:{name}", args=[case.pk, *args])


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def signed_in(user: User) -> Client:
    visitor = Client()
    visitor.force_login(user)
    return visitor


def make(visitor: Client, case: Case, kind: str, **answers: object) -> Letter:
    """Choose, check, make: as the pages lead."""
    write = url("new-letter", case, kind)
    form = filled(visitor.get(write).content.decode())
    chosen = visitor.post(write, form | {"sender": "The Sender"} | answers)
    assert chosen.status_code == 302, text(chosen)
    made = visitor.post(chosen.url, filled(visitor.get(chosen.url).content.decode()))
    assert made.status_code == 302, text(made)
    return Letter.objects.get(case=case)


class TestMovingToCollectAndPay:
    def test_notes_what_was_confirmed_and_shows_it_before(self) -> None:
        rosa = make_user(ROSA)
        case = direct_pay_case(rosa)
        visitor = signed_in(rosa)
        answers = {"reported": ["2025-04-03", "2025-05-03"], "nothing_came": ["2025-06-03"], "said": "He will not pay."}
        letter = make(visitor, case, "move-to-collect", **answers)
        words = re.sub(r"\s+", " ", letter.html)
        for part in ("Since 3 April 2025, 4 payments have fallen due, and 3 of them did not come in full.",
                     "<strong>£580.00</strong> of the £780.00 due for them is unpaid", "He will not pay.",
                     "section 4(2A) of the Child Support Act 1991", "4% of each payment", "20% on top"):  # fmt: skip
            assert part in words
        assert Observation.objects.filter(case=case, due_on=MISSED_UNLOGGED).exists()

    def test_names_each_payment_that_is_confirmed_before_it_is_noted(self) -> None:
        rosa = make_user(ROSA)
        case = direct_pay_case(rosa)
        visitor = signed_in(rosa)
        write = url("new-letter", case, "move-to-collect")
        answers = {"nothing_came": ["2025-06-03"], "sender": "Rosa Martin"}
        chosen = visitor.post(write, filled(visitor.get(write).content.decode()) | answers)
        assert "Nothing came for 3 June 2025. We note this in your record." in text(visitor.get(chosen.url))


class TestHardship:
    @pytest.fixture
    def paul(self) -> User:
        return make_user(PAUL)

    @pytest.fixture
    def case(self, paul: User) -> Case:
        case = direct_pay_case(paul, perspective="paying")
        lines = (
            BudgetLine(category=BudgetCategory.WAGES, amount=33000, every=Every.WEEK),
            BudgetLine(category=BudgetCategory.RENT_OR_MORTGAGE, amount=95000, every=Every.MONTH),
            BudgetLine(category=BudgetCategory.ONGOING_MAINTENANCE, amount=26000, every=Every.MONTH),
        )
        budget = Budget(on=dt.date(2025, 7, 1), lines=lines, id=str(uuid.uuid4()))
        money.record_fact(actor=paul, case=case, fact=budget)
        return case

    def test_is_said_with_the_budget_and_an_offer(self, paul: User, case: Case) -> None:
        letter = make(
            signed_in(paul), case, "hardship", plan="none", asked="100", ongoing="260", offered="50",
            from_on_d="1", from_on_m="8", from_on_y="2025", reason="My hours were cut.",
        )  # fmt: skip
        words = re.sub(r"\s+", " ", letter.html)
        for part in ("You ask me for £100.00 a month towards arrears, besides £260.00",
                     "accept <strong>£50.00 a month</strong> from 1 August 2025", "My hours were cut.",
                     "My budget leaves £220.00 a month, and I offer £50.00 a month of it.",
                     "I would pay £310.00 a month",
                     "17 payments clear them, the last on 1 December 2026."):  # fmt: skip
            assert part in words

    def test_asks_for_the_amounts_that_no_plan_gives_and_keeps_what_was_typed(self, paul: User, case: Case) -> None:
        visitor = signed_in(paul)
        write = url("new-letter", case, "hardship")
        form = filled(visitor.get(write).content.decode())
        typed = {"plan": "none", "offered": "50", "reason": "My hours were cut.", "sender": "Paul Reed"}
        page = visitor.post(write, form | typed)
        assert page.status_code == 200
        assert "Enter what CMS asks for each month towards arrears." in text(page)
        assert "My hours were cut." in text(page)
        too_much = visitor.post(
            write, form | typed | {"asked": "400", "ongoing": "260", "offered": "300", "from_on_d": "1",
                                   "from_on_m": "8", "from_on_y": "2025"},
        )  # fmt: skip
        assert "Your budget leaves £220.00 a month." in text(too_much)
        assert not Letter.objects.exists()
