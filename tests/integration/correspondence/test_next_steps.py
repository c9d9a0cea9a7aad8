"""What next: from the facts of a record, with one press for the task and the letter."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from cases.models import Case
from cms_tracker.audit.models import Event
from cms_tracker.refusal import Refusal
from cms_tracker.users.models import User
from correspondence import operations, queries
from correspondence.core.next_steps import answer
from correspondence.core.steps import book
from correspondence.models import ClockStart
from tests.cast import PAUL, ROSA
from tests.factories import import_example, make_user
from tests.pages import words

pytestmark = pytest.mark.django_db

ON = dt.date(2023, 2, 1)


@pytest.fixture
def rosa() -> User:
    return make_user(ROSA)


@pytest.fixture
def case(rosa: User) -> Case:
    return import_example("p-002456", rosa)


def number(code: str) -> int:
    return book.actions()[code].number


def press(client: Client, case: Case, code: str) -> Any:
    return client.post(reverse("correspondence:begin", args=[case.pk, number(code)]))


class TestThePage:
    def test_tells_rosa_that_a_kept_plan_holds_enforcement_back_and_what_she_can_do(
        self, client: Client, rosa: User, case: Case
    ) -> None:
        client.force_login(rosa)
        with time_machine.travel(ON):
            page = words(client.get(reverse("correspondence:next", args=[case.pk])))
        assert "Having CMS enforce now Not available. The plan of 1 December 2022 is being kept" in page
        assert "Ask CMS to look at the length of the plan At this rate the plan runs until 1 August 2034." in page
        assert "decision P-002456, 21 February 2024 . We checked on 22 November 2026." in page

    def test_says_why_a_letter_has_to_wait(self, client: Client) -> None:
        paul = make_user(PAUL)
        client.force_login(paul)
        page = words(client.get(reverse("correspondence:next", args=[import_example("backdated-change", paul).pk])))
        assert "Write down your budget" in page
        assert "The letter cannot be made yet." not in page.split("Offer CMS a plan")[0]
        assert "Stopping payments until the arrears are settled Not available." in page

    @pytest.mark.parametrize("rule", list(book.actions().values()), ids=lambda one: one.code)
    def test_leads_to_pages_that_exist(self, case: Case, rule: book.ActionRule) -> None:
        assert not rule.page or reverse(rule.page, args=[case.pk])
        assert not rule.place or reverse(rule.place)


class TestAPress:
    def test_makes_the_task_with_its_audit_row_and_goes_on_to_the_letter(
        self, client: Client, rosa: User, case: Case
    ) -> None:
        client.force_login(rosa)
        with time_machine.travel(ON):
            answered = press(client, case, "challenge-plan")
        assert answered.url == reverse("correspondence:new-letter", args=[case.pk, "plan-too-long"])
        (task,) = ClockStart.objects.filter(case=case, kind="own_step")
        assert (task.dated_on, task.note) == (ON, "Ask CMS to look at the length of the plan")
        assert (
            Event.objects.filter(case_id=case.pk, subject__contains=str(task.pk), kind="clockstart.recorded").count()
            == 1
        )
        (deadline,) = [one for one in queries.deadlines_of(case, on=ON).open if one.id == task.pk]
        assert deadline.act_on == dt.date(2023, 2, 15)
        assert deadline.title == "Ask CMS to look at the length of the plan"

    def test_finds_the_first_when_it_is_pressed_again(self, rosa: User, case: Case) -> None:
        for _ in range(2):
            operations.begin_step(actor=rosa, case=case, number=number("challenge-plan"), on=ON)
        assert ClockStart.objects.filter(case=case, kind="own_step").count() == 1

    def test_adds_nothing_where_a_time_limit_for_it_runs(self, rosa: User, case: Case) -> None:
        before = ClockStart.objects.count()
        on = dt.date(2022, 12, 5)
        assert answer(queries.snapshot_of(case, on=on)).has("challenge-decision")
        found = operations.begin_step(actor=rosa, case=case, number=number("challenge-decision"), on=on)
        assert found.rule.code == "challenge-decision"
        assert ClockStart.objects.count() == before

    def test_adds_nothing_for_what_needs_no_day(self, client: Client, rosa: User, case: Case) -> None:
        client.force_login(rosa)
        before = ClockStart.objects.count()
        answered = press(client, case, "keep-record")
        assert answered.url == reverse("correspondence:new-contact", args=[case.pk])
        assert ClockStart.objects.count() == before

    def test_refuses_what_is_not_open_and_shows_what_is(self, client: Client, rosa: User, case: Case) -> None:
        client.force_login(rosa)
        with time_machine.travel(ON):
            answered = press(client, case, "ask-enforcement")
            assert answered.url == reverse("correspondence:next", args=[case.pk])
            assert "This has changed." in words(client.get(answered.url))
        with pytest.raises(Refusal, match="This has changed"):
            operations.begin_step(actor=rosa, case=case, number=999, on=ON)


class TestSignedOut:
    def test_answers_on_the_page_and_keeps_nothing(self, client: Client) -> None:
        path = reverse("correspondence:ask-next")
        assert path == "/next/"
        told = {"side": "receiving", "service": "private", "owed": "yes", "event": "private_broke"}
        answered = client.post(path, told)
        page = words(answered)
        assert (
            "Having CMS collect what was agreed privately Not available. A private arrangement has broken down." in page
        )
        assert "Apply to CMS" in page
        assert not Event.objects.exists()
        assert "no-store" in answered.headers["Cache-Control"]

    def test_sends_nobody_who_is_worried_to_the_other_parent(self, client: Client) -> None:
        told = {"side": "receiving", "service": "collect", "owed": "yes", "worry": "yes"}
        page = words(client.post(reverse("correspondence:ask-next"), told))
        assert "See how to stay safe" in page
        assert "Agree a plan together" not in page

    def test_names_the_question_that_is_not_answered(self, client: Client) -> None:
        page = words(client.post(reverse("correspondence:ask-next"), {"side": "x", "plan": "y"}))
        assert "Choose how the money is paid" in page
