"""Money in and money out: tried without a trace, kept on a paying parent's record, made into an offer."""

import datetime as dt
import re
import uuid
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arrears import operations, queries
from arrears.core.other_facts import Budget, BudgetCategory, BudgetLine, Every
from arrears.forms.budget import MOST_EXTRA, BudgetForm
from arrears.models import Budget as BudgetRow
from arrears.models import PlanProposal
from cases.core.facts import Perspective, ServiceType
from cases.models import Case
from cases.operations import record_service
from cms_tracker.audit.models import Event
from cms_tracker.users.models import User
from tests.cast import PAUL, ROSA
from tests.factories import make_case, make_user, monthly_case
from tests.typed import day

pytestmark = pytest.mark.django_db

LINES = {
    "amount_wages": "1800", "every_wages": "month", "amount_rent_or_mortgage": "750", "amount_food_and_household": "90",
    "every_food_and_household": "week", "amount_ongoing_maintenance": "60", "every_ongoing_maintenance": "week",
    "every_rent_or_mortgage": "month",
}  # fmt: skip
EVERYTHING = {f"every_{one}": "month" for one in BudgetCategory} | LINES
TRY = EVERYTHING | {"frequency": "monthly", "arrears": "2400"}
KEEP = {"label": "My offer", "part": "100", "frequency": "monthly", **day("first", "2026-12-01")}


@pytest.fixture(autouse=True)
def _on_a_day() -> Any:
    with time_machine.travel(dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def client() -> Client:
    """A browser in which nobody is signed in."""
    return Client()


@pytest.fixture
def paul(client: Client) -> User:
    paul = make_user(PAUL)
    client.force_login(paul)
    return paul


@pytest.fixture
def pauls(paul: User) -> Case:
    """£780 owed of three payments of £260, on Direct Pay."""
    return monthly_case(paul, first_due=dt.date(2026, 9, 1), perspective=Perspective.PAYING)


def keep(client: Client, case: Case, **changed: str) -> str:
    """Save a budget and return the address of its page."""
    answer = client.post(reverse("arrears:new-budget", args=[case.pk]), EVERYTHING | changed)
    assert answer.status_code == 302, answer.context["form"].errors
    return str(answer["Location"])


class TestTrying:
    WHERE = "/plan/budget/"

    def test_needs_no_account_and_keeps_nothing(self, client: Client) -> None:
        answer = client.post(self.WHERE, TRY)

        text = answer.content.decode()
        assert "£400.00 a month is left" in text
        assert "the whole payment would be £660.00 a month." in text
        assert "37% of what comes in. That is within the 40% of net income" in text
        assert "To clear it within two years would need £100.00 a month for the arrears." in text
        assert not BudgetRow.objects.exists()
        assert not Event.objects.exists()

    def test_leads_calmly_to_free_advice_where_money_is_missing_and_shows_no_offer(self, client: Client) -> None:
        text = client.post(self.WHERE, TRY | {"amount_wages": "1300"}).content.decode()

        assert "£100.00 a month is missing" in text
        assert "National Debtline" in text
        assert "StepChange" in text
        assert "Samaritans" in text
        assert "Keep paying what you can in the meantime" in text
        assert "What it would carry" not in text

    def test_says_that_nothing_is_left(self, client: Client) -> None:
        text = client.post(self.WHERE, TRY | {"amount_wages": "1400"}).content.decode()

        assert "Nothing is left over" in text
        assert "What it would carry" not in text

    def test_says_that_the_first_bills_alone_are_too_much(self, client: Client) -> None:
        text = client.post(self.WHERE, TRY | {"amount_wages": "900"}).content.decode()

        assert "The bills that come first are more than what comes in." in text

    def test_can_do_without_what_is_owed(self, client: Client) -> None:
        text = client.post(self.WHERE, TRY | {"arrears": ""}).content.decode()

        assert "The most that this budget leaves for the arrears is £400.00 a month." in text
        assert "Within two years" not in text

    def test_says_that_nothing_is_owed(self, client: Client) -> None:
        assert "Nothing is owed" in client.post(self.WHERE, TRY | {"arrears": "0"}).content.decode()

    def test_warns_of_a_payment_above_the_usual_share(self, client: Client) -> None:
        typed = TRY | {"amount_food_and_household": "", "amount_wages": "2100"}

        assert "That is above the 40%" in client.post(self.WHERE, typed).content.decode()

    def test_says_how_much_more_two_years_would_need(self, client: Client) -> None:
        text = client.post(self.WHERE, TRY | {"arrears": "12000"}).content.decode()

        assert "would need £500.00 a month for the arrears: £100.00 more than is left." in text

    def test_adds_a_line_with_everything_in_place(self, client: Client) -> None:
        once = client.post(self.WHERE, TRY | {"do": "add", "amount_wages": "lots"})
        typed = TRY | {
            "extra": "1", "category_1": "wages", "amount_1": "50", "every_1": "week", "amount_wages": "1800",
        }  # fmt: skip

        answered = client.post(self.WHERE, typed)

        assert not once.context["form"].errors
        assert 'value="lots"' in once.content.decode()
        assert 'name="amount_1"' in once.content.decode()
        assert "£616.67 a month is left" in answered.content.decode()

    def test_goes_on_where_the_new_line_is(self, client: Client) -> None:
        text = client.post(self.WHERE, TRY | {"do": "add"}).content.decode()

        assert text.count("autofocus") == 1
        assert re.search(r'<select name="category_1"[^>]*class="input"[^>]* autofocus', text)

    def test_names_each_line_in_its_own_spelling(self, client: Client) -> None:
        assert "Council Tax or rates, how often" in client.get(self.WHERE).content.decode()

    def test_adds_up_a_budget_in_which_nothing_comes_in_where_that_is_said(self, client: Client) -> None:
        text = client.post(self.WHERE, TRY | {"amount_wages": "", "no_income": "on"}).content.decode()

        assert "£1,400.00 a month is missing" in text

    def test_stops_adding_at_six(self, client: Client) -> None:
        answer = client.post(self.WHERE, TRY | {"do": "add", "extra": "6"})

        assert answer.context["form"].extra_lines == 6
        assert "Add another line" not in answer.content.decode()

    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({"amount_wages": "-5"}, "amount_wages"),
            ({"amount_wages": "1O0"}, "amount_wages"),
            ({"every_wages": "daily"}, "every_wages"),
            ({"frequency": "daily"}, "frequency"),
            ({"arrears": "NaN"}, "arrears"),
            (day("first", "2090-01-01"), "first"),
            ({name: "" for name in LINES if name.startswith("amount")}, "amount_wages"),
            ({"amount_wages": ""}, "amount_wages"),
            ({"no_income": "on"}, "no_income"),
            ({"extra": "1", "category_1": "gold", "amount_1": "5", "every_1": "month"}, "category_1"),
        ],
    )
    def test_names_what_is_wrong_and_keeps_what_was_typed(
        self, client: Client, typed: dict[str, str], field: str
    ) -> None:
        answer = client.post(self.WHERE, TRY | typed)

        assert answer.status_code == 200
        assert list(answer.context["form"].errors) == [field]
        assert answer.context["answer"] is None

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        changed=st.dictionaries(
            st.sampled_from([*TRY, "extra", "do", "category_1", "amount_1", "first_d", "entry"]),
            st.one_of(st.text(max_size=40), st.sampled_from(["0", "1e9", "9999999.99", "٣", "2" * 300, "add"])),
            min_size=1,
            max_size=6,
        )
    )
    def test_answers_anything_typed(self, client: Client, changed: dict[str, str]) -> None:
        assert client.post(self.WHERE, TRY | changed).status_code in {200, 400}  # 400: a null character


class TestKeeping:
    def test_begins_with_the_maintenance_that_is_due(self, client: Client, pauls: Case) -> None:
        form = client.get(reverse("arrears:new-budget", args=[pauls.pk])).context["form"]

        assert form["amount_ongoing_maintenance"].value() == "60.00"
        assert form["every_ongoing_maintenance"].value() == "week"

    def test_counts_the_fee_where_cms_collects(self, client: Client, paul: User, pauls: Case) -> None:
        record_service(actor=paul, case=pauls, type=ServiceType.COLLECT_AND_PAY, from_on=dt.date(2026, 10, 1))

        form = client.get(reverse("arrears:new-budget", args=[pauls.pk])).context["form"]

        assert form["amount_ongoing_maintenance"].value() == "72.00"

    def test_asks_what_comes_in_where_only_the_maintenance_stands(self, client: Client, pauls: Case) -> None:
        shown = client.get(reverse("arrears:new-budget", args=[pauls.pk])).context["form"]
        typed = {one.html_name: one.value() or "" for one in shown}

        answer = client.post(reverse("arrears:new-budget", args=[pauls.pk]), typed)

        assert "Enter what comes in, or tick: nothing is coming in." in answer.content.decode()
        assert not BudgetRow.objects.exists()

    def test_begins_again_with_the_last_budget(self, client: Client, pauls: Case) -> None:
        keep(client, pauls, extra="1", category_1="wages", amount_1="50", every_1="week")

        answer = client.get(reverse("arrears:new-budget", args=[pauls.pk]))

        form, text = answer.context["form"], answer.content.decode()
        assert "The boxes hold the budget of 22 November 2026." in text
        assert "on no list" not in text
        assert form["amount_wages"].value() == "1800.00"
        assert (form["category_1"].value(), form["amount_1"].value(), form["every_1"].value()) == (
            "wages", "50.00", "week",
        )  # fmt: skip
        assert form["amount_ongoing_maintenance"].value() == "60.00"

    def test_fills_in_as_many_lines_as_the_page_has(self) -> None:
        line = BudgetLine(category=BudgetCategory.WAGES, amount=100, every=Every.WEEK)

        form = BudgetForm.begun([line] * (MOST_EXTRA + 3))

        assert form.extra_lines == MOST_EXTRA
        assert form[f"amount_{MOST_EXTRA}"].value() == "1.00"

    def test_is_listed_with_what_it_leaves(self, client: Client, pauls: Case) -> None:
        keep(client, pauls)

        text = client.get(reverse("arrears:plans", args=[pauls.pk])).content.decode()

        assert "Budget of 22 November 2026: £400.00 a month is left" in text

    def test_makes_one_fact_with_its_lines_and_its_audit_row(self, client: Client, pauls: Case) -> None:
        entry = str(uuid.uuid4())
        for _ in range(2):
            keep(client, pauls, entry=entry)

        (found,) = queries.facts_for(pauls).budgets
        assert found.on == dt.date(2026, 11, 22)
        assert BudgetLine(category=BudgetCategory.WAGES, amount=180000, every=Every.MONTH) in found.lines
        assert len(found.lines) == 4
        assert Event.objects.filter(kind="budget.recorded", case_id=pauls.pk).count() == 1

    def test_never_shows_on_the_overview_or_today(self, client: Client, pauls: Case) -> None:
        client.get(keep(client, pauls, amount_wages="1234.56"))  # the page that says it was saved

        for name in ("pages:overview", "pages:today"):
            text = client.get(reverse(name, args=[pauls.pk])).content.decode()
            assert "udget" not in text
            assert "1,234.56" not in text

    def test_is_no_page_of_a_receiving_parents_record(self, client: Client) -> None:
        rosa = make_user(ROSA)
        client.force_login(rosa)
        case = make_case(rosa)

        answer = client.post(reverse("arrears:new-budget", args=[case.pk]), EVERYTHING)

        assert "A budget belongs to the record of the parent who pays." in answer.content.decode()
        assert not BudgetRow.objects.exists()
        assert "budget" not in client.get(reverse("arrears:plans", args=[case.pk])).content.decode()


class TestTheOffer:
    def test_is_kept_as_a_plan_with_the_income_of_the_budget(self, client: Client, pauls: Case) -> None:
        where = keep(client, pauls)

        answer = client.post(where, KEEP, follow=True)

        ((_, terms),) = queries.proposal_terms(pauls.pk)
        assert (terms.total, terms.ongoing, terms.arrears, terms.net_income) == (36000, 26000, 78000, 180000)
        assert "This plan takes 8 monthly payments" in answer.content.decode()

    def test_is_first_guessed_as_what_is_left(self, client: Client, pauls: Case) -> None:
        answer = client.get(keep(client, pauls))

        assert answer.context["form"]["part"].value() == "400.00"
        assert answer.context["form"]["first"].value() == dt.date(2026, 12, 1)

    def test_is_refused_above_what_is_left(self, client: Client, pauls: Case) -> None:
        answer = client.post(keep(client, pauls), KEEP | {"part": "100", "frequency": "weekly"})

        assert answer.context["form"].errors["part"] == [
            "This budget leaves £92.30 for each payment. Offer that or less."
        ]
        assert not PlanProposal.objects.exists()

    def test_is_not_asked_for_where_nothing_is_left(self, client: Client, pauls: Case) -> None:
        where = keep(client, pauls, amount_wages="900")

        answer = client.post(where, KEEP)

        assert "Keep this offer" not in answer.content.decode()
        assert not PlanProposal.objects.exists()

    def test_says_that_ongoing_maintenance_is_left_out(self, client: Client, pauls: Case) -> None:
        text = client.get(keep(client, pauls, amount_ongoing_maintenance="")).content.decode()

        assert "This budget has no ongoing maintenance in it, but this record shows £60.00 a week." in text

    def test_is_refused_with_three_kept_already(self, client: Client, pauls: Case) -> None:
        where = keep(client, pauls)
        for _ in range(3):
            client.post(where, KEEP)

        answer = client.post(where, KEEP)

        assert answer.context["form"].non_field_errors() == ["You can keep three plans at a time. Remove one first."]

    def test_is_closed_once_the_budget_is_struck_out(self, client: Client, pauls: Case) -> None:
        where = keep(client, pauls)
        (kept,) = queries.facts_for(pauls).budgets
        client.post(reverse("pages:strike-out", args=[pauls.pk, kept.id]), {"reason": "wrong month"})

        text = client.get(where).content.decode()

        assert "wrong month" in text
        assert "Keep this offer" not in text

    def test_of_another_case_is_not_found(self, client: Client, paul: User, pauls: Case) -> None:
        other = make_case(paul, perspective=Perspective.PAYING)
        kept = operations.record_fact(
            actor=paul, case=other, fact=Budget(on=dt.date(2026, 11, 1), id=str(uuid.uuid4()))
        )

        assert client.get(reverse("arrears:budget", args=[pauls.pk, kept])).status_code == 404
