"""Today says the position first, as the engine has it, and never breaks on a day in the address."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from arrears import operations
from arrears.core.case_values import PostedHow
from arrears.core.facts import Route
from cases.core.facts import Frequency, Perspective
from cases.models import Case
from cms_tracker.users.models import User
from cms_tracker.web.clock import now
from correspondence import operations as correspondence
from correspondence import queries as letters
from correspondence.core.letters.asks import Answers
from correspondence.core.letters.draft import Choices
from correspondence.core.letters.envelope import fingerprint
from correspondence.core.letters.missed_payments import KIND
from correspondence.models import Letter
from tests.cast import ADA
from tests.factories import let_in, make_case, make_user, monthly_case
from tests.functional.direct_pay import direct_pay_case
from tests.pages import words
from tests.unit.arrears.build import day

pytestmark = pytest.mark.django_db
Example = Callable[[str], Case]


def today(client: Client, case: Case, query: str = "") -> str:
    response = client.get(reverse("pages:today", args=[case.pk]) + query)
    assert response.status_code == 200
    return words(response)


def log(case: Case) -> str:
    return reverse("arrears:log-payment", args=[case.pk])


def with_plan(user: User, case: Case, *, first_on: str) -> None:
    """A plan of £100.00 a month for the arrears, and nothing else in it."""
    operations.record_plan(
        actor=user, case=case, agreed_on=day("2026-11-10"), first_payment_on=day(first_on),
        frequency=Frequency.MONTHLY, total_pence=10000, arrears_part_pence=10000,
    )  # fmt: skip


class TestThePosition:
    @time_machine.travel("2025-07-10 09:00")
    def test_is_one_line_with_its_causes_and_the_next_date(self, client: Client, example: Example) -> None:
        page = today(client, example("direct-pay-missed"))
        assert "Thursday 10 July 2025 You are owed £520.00" in page
        assert "£320.00 is from the April and May payments." in page
        assert "£200.00 is from the days before the first payment was due." in page
        assert "Next payment due Sunday 3 August £260.00, in 24 days" in page

    @time_machine.travel("2025-02-10 09:00")
    def test_speaks_to_a_paying_parent(self, client: Client, example: Example) -> None:
        page = today(client, example("backdated-change"))
        assert "You owe £312.54" in page
        assert "Your next payment" in page
        assert "Check a repayment plan" in page

    @time_machine.travel("2026-11-22 09:00")
    def test_keeps_fees_apart_on_collect_and_pay(self, client: Client, example: Example) -> None:
        page = today(client, example("collect-and-pay-fees"), "?on=2025-09-10")
        assert "You owe £615.17" in page
        assert "£84.70 of collection fees is also owed to CMS. Fees are not arrears." in page
        assert "£203.28, in 16 days £169.40 maintenance and £33.88 fee, to CMS Reference 1200 0000 0004" in page

    @time_machine.travel("2026-11-22 09:00")
    def test_shows_the_real_case_as_it_stood(self, client: Client, example: Example) -> None:
        page = today(client, example("p-002456"), "?on=2024-02-21")
        assert "As of Wednesday 21 February 2024" in page
        assert "You are owed £10,153.01" in page
        assert "CMS said £9,532.99 for 21 February 2024." in page
        assert "marked as inferred" in page

    @time_machine.travel("2026-11-22 09:00")
    def test_adds_what_the_plan_asks_to_the_next_payment(self, client: Client, example: Example) -> None:
        page = today(client, example("p-002456"), "?on=2024-02-21")
        assert "£400.53, in 9 days £319.53 maintenance and £81.00 for the arrears, by the plan" in page

    @time_machine.travel("2026-11-22 09:00")
    def test_names_the_day_of_the_plan_where_it_is_another(self, client: Client, rosa: User) -> None:
        case = monthly_case(rosa, first_due=day("2026-09-01"))
        with_plan(rosa, case, first_on="2026-11-25")
        page = today(client, case)
        assert "Tuesday 1 December £260.00, in 9 days £100.00 for the arrears on 25 November 2026, by the plan" in page

    @time_machine.travel("2026-11-22 09:00")
    def test_shows_the_plan_where_no_maintenance_is_to_come(self, client: Client, rosa: User) -> None:
        case = make_case(rosa, perspective=Perspective.PAYING)
        operations.record_opening_balance(
            actor=rosa, case=case, on=day("2026-01-01"), amount_pence=50000, source=""
        )  # fmt: skip
        with_plan(rosa, case, first_on="2026-11-22")
        page = today(client, case)
        assert "Sunday 22 November £100.00, today £100.00 for the arrears, by your plan" in page

    @time_machine.travel("2026-11-22 09:00")
    def test_says_honestly_when_nothing_has_been_logged_for_long(self, client: Client, example: Example) -> None:
        case = example("p-002456")
        page = today(client, case)
        assert "Nothing has been logged since 1 February 2024." in page
        assert "The figure counts every payment since then as not paid: 33 of them." in page
        assert (
            f"{reverse('pages:today', args=[case.pk])}?on=2024-02-01"
            in client.get(reverse("pages:today", args=[case.pk])).content.decode()
        )

    @time_machine.travel("2025-07-10 09:00")
    def test_says_when_more_came_than_was_due(self, client: Client, rosa: User, example: Example) -> None:
        case = example("direct-pay-missed")
        operations.record_payment(
            actor=rosa, case=case, paid_on=day("2025-07-10"), amount_pence=54000, recorded_on=None, route=Route.DIRECT
        )
        page = today(client, case)
        assert "Overpaid by £20.00 It counts towards what falls due next." in page
        assert "£240.00, in 24 days The rest of £260.00 is covered by what was paid ahead." in page
        assert "£260.00 is due on Sunday 3 August 2025." in words(client.get(log(case)))

    @time_machine.travel("2025-07-10 09:00")
    def test_asks_for_nothing_that_was_paid_ahead(self, client: Client, rosa: User, example: Example) -> None:
        case = example("direct-pay-missed")
        operations.record_payment(
            actor=rosa, case=case, paid_on=day("2025-07-10"), amount_pence=80000, recorded_on=None, route=Route.DIRECT
        )
        page = today(client, case)
        assert "Next payment, covered already Sunday 3 August £260.00, in 24 days" in page
        assert "Covered by what was paid ahead." in page
        form = words(client.get(log(case)))
        assert "£260.00 is due on Sunday 3 August 2025. What was paid ahead covers it." in form
        assert "Nothing" not in form.partition("You can log more money here.")[2].partition("Save this payment")[0]

    @time_machine.travel("2025-06-10 09:00")
    def test_says_that_no_payment_was_logged_and_names_no_day_since(self, client: Client, rosa: User) -> None:
        page = today(client, monthly_case(rosa))
        assert "No payment has been logged. All 4 that fell due count as not paid." in page
        assert "See where it stood" not in page

    @time_machine.travel("2025-07-10 09:00")
    def test_leads_from_the_days_before_the_first_payment_to_their_working(
        self, client: Client, example: Example
    ) -> None:
        case = example("direct-pay-missed")
        page = client.get(reverse("pages:today", args=[case.pk]))
        assert "or how £200.00 comes about" in words(page)
        assert "Before the first payment" in words(client.get(page.context["working"][1]))

    @time_machine.travel("2025-07-10 09:00")
    def test_does_not_call_the_client_of_an_adviser_you(self, rosa: User, example: Example) -> None:
        case, ada = example("direct-pay-missed"), make_user(ADA)
        let_in(ada, case, by=rosa, at=now())
        client = Client()
        client.force_login(ada)
        assert "The receiving parent is owed £520.00" in today(client, case)


class TestWhatToDo:
    def test_begins_with_the_decision_in_an_empty_record(self, client: Client, rosa: User) -> None:
        page = today(client, make_case(rosa))
        assert "Nothing to add up yet" in page
        assert page.index("Add your CMS decision") < page.index("Log a payment")

    @time_machine.travel("2025-07-10 09:00")
    def test_is_three_things_at_most_each_with_a_page(self, client: Client, example: Example) -> None:
        case = example("direct-pay-missed")
        response = client.get(reverse("pages:today", args=[case.pk]))
        todo = response.context["todo"]
        assert next(one.title for one in todo) == "Log the payment of May 2025"
        assert len(todo) == 3
        for one in todo:
            assert client.get(one.url).status_code == 200

    @time_machine.travel("2025-07-10 09:00")
    def test_opens_the_form_for_the_payment_that_it_names(self, client: Client, rosa: User) -> None:
        case = monthly_case(rosa)
        for due, pence in (("2025-03-03", 26000), ("2025-05-03", 26000), ("2025-06-03", 26000), ("2025-07-03", 20000)):
            operations.record_payment(
                actor=rosa, case=case, paid_on=day(due), amount_pence=pence, recorded_on=None, route=Route.DIRECT
            )
        first = client.get(reverse("pages:today", args=[case.pk])).context["todo"][0]
        assert first.title == "Log the payment of April 2025"
        assert "£260.00 was due on Thursday 3 April 2025." in words(client.get(first.url))
        assert client.get(log(case)).context["asked"].due_on == day("2025-04-03")

    def test_ends_with_a_way_to_log_a_call(self, client: Client, rosa: User) -> None:
        case = make_case(rosa)
        page = client.get(reverse("pages:today", args=[case.pk])).content.decode()
        assert f'<a href="{reverse("correspondence:new-contact", args=[case.pk])}">Log a call or letter</a>' in page


class TestWhatCmsWasTold:
    @pytest.fixture(autouse=True)
    def _on_10_july(self) -> Iterator[None]:
        with time_machine.travel("2025-07-10 09:00"):
            yield

    def test_is_not_to_be_told_again_and_says_when_a_reply_is_asked_for(self, client: Client, rosa: User) -> None:
        case = direct_pay_case(rosa)
        assert "Tell CMS about 2 missed or short payments" in today(client, case)
        letter = self.report(rosa, case, "2025-05-03")
        assert "Tell CMS about 2 missed or short payments" in today(client, case), "made, but not sent"
        correspondence.mark_posted(
            actor=rosa, case=case, letter_id=letter.pk, posted_on=day("2025-07-10"), how=PostedHow.POST
        )
        page = today(client, case)
        assert "Tell CMS about the short payment of April 2025" in page
        assert "You told CMS on 10 July 2025. A reply is asked for by" in page
        assert (
            reverse("correspondence:letter", args=[case.pk, letter.pk])
            in client.get(reverse("pages:today", args=[case.pk])).content.decode()
        )
        with time_machine.travel("2025-08-20 09:00"):
            client.force_login(rosa)
            assert "A reply was asked for by" in today(client, case)

    def test_is_past_once_the_money_came(self, client: Client, rosa: User) -> None:
        case = direct_pay_case(rosa)
        letter = self.report(rosa, case, "2025-05-03")
        correspondence.mark_posted(
            actor=rosa, case=case, letter_id=letter.pk, posted_on=day("2025-07-10"), how=PostedHow.POST
        )
        operations.record_payment(
            actor=rosa, case=case, paid_on=day("2025-05-03"), amount_pence=26000, recorded_on=None
        )
        assert "You told CMS" not in today(client, case)

    def report(self, rosa: User, case: Case, due: str) -> Letter:
        choices = Choices(sender="R. Parent", answers=Answers({"reported": (due,), "ask_collect": "no"}))
        draft = fingerprint(letters.draft_of(case, KIND, choices, on=day("2025-07-10")))
        return correspondence.make_letter(
            actor=rosa, case=case, kind=KIND, choices=choices, on=day("2025-07-10"), checked=draft
        )


class TestAnotherDay:
    @pytest.mark.parametrize(
        "on", ["2025-02-30", "tomorrow", "2999-01-01", "0001-01-01", "", "2025-1-1", "٢٠٢٥-٠١-٠١", "-", "2025-01-01x"]
    )
    def test_answers_a_day_that_means_nothing_in_one_sentence(self, client: Client, example: Example, on: str) -> None:
        response = client.get(reverse("pages:today", args=[example("direct-pay-missed").pk]), {"on": on})
        assert response.status_code == 200
        assert len(response.context["form"].errors.get("on", [])) <= 1

    @time_machine.travel("2025-07-10 09:00")
    def test_says_that_a_day_to_come_has_not_happened(self, client: Client, example: Example) -> None:
        assert "has not happened yet" in today(client, example("direct-pay-missed"), "?on=2025-07-11")
