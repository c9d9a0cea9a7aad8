"""Logging: what the form offers is what is saved, and nothing is saved half."""

import uuid
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arrears import queries
from arrears.models import Evidence, Observation, Payment
from cases.models import Case
from cms_tracker.users.models import User
from tests.factories import make_case, monthly_case
from tests.filled_form import filled
from tests.pages import words
from tests.typed import day as typed
from tests.unit.arrears.build import day

pytestmark = pytest.mark.django_db
Example = Callable[[str], Case]
TODAY = "2025-04-22 09:00"


def url(case: Case, query: str = "") -> str:
    return reverse("arrears:log-payment", args=[case.pk]) + query


def as_shown(client: Client, case: Case, query: str = "", **answers: object) -> dict[str, object]:
    """What a browser sends: the hidden fields and the answers filled in, and then the person's own."""
    form = client.get(url(case, query)).context["form"]
    sent = {"entry": str(form["entry"].value()), "route": form["route"].value()}
    if form["when"].value():
        sent["when"] = form["when"].value()
    if form.asked:
        sent["due"] = form.asked.due_on.isoformat()
    if form["expected"].value():
        sent["expected"] = form["expected"].value()
    return {**sent, **answers}


def saved(client: Client, case: Case, sent: dict[str, object]) -> str:
    """Send the form, expect it to be taken, and return what the person is told."""
    response = client.post(url(case), sent, follow=True)
    assert response.redirect_chain, response.context["form"].errors
    assert response.redirect_chain[-1][0] == reverse("pages:today", args=[case.pk])
    said, _, way_back = str(next(iter(response.context["messages"]))).partition(" <a ")
    assert str(sent["entry"]) in way_back
    assert client.get(reverse("pages:strike-out", args=[case.pk, sent["entry"]])).status_code == 200
    return said


class TestWhatCame:
    @pytest.fixture(autouse=True)
    def _on_22_april(self) -> Iterator[None]:
        with time_machine.travel(TODAY):
            yield

    def test_offers_the_payment_that_is_expected(self, client: Client, rosa: User) -> None:
        page = words(client.get(url(monthly_case(rosa))))
        assert "£260.00 was due on Thursday 3 April 2025. Nothing is logged for it yet." in page
        assert "All of it, £260.00, on the day it was due" in page

    @pytest.mark.parametrize(("due", "is_ticked"), [("2025-04-22", True), ("2025-04-19", True), ("2025-04-18", False)])
    def test_ticks_today_only_while_today_is_likely(
        self, client: Client, rosa: User, due: str, is_ticked: bool
    ) -> None:
        case = monthly_case(rosa, first_due=day(due))
        form = client.get(url(case)).context["form"]
        days = [value for value, _ in form.fields["when"].choices]
        answers = [value for value, _ in form.fields["came"].choices]
        assert (form["when"].value() == "today") is is_ticked
        assert (days[0] == "due") is not is_ticked
        assert ("all_on_day" in answers) is not is_ticked

    def test_what_came_on_the_day_it_was_due_is_one_answer(self, client: Client, rosa: User) -> None:
        case = monthly_case(rosa)
        assert saved(client, case, as_shown(client, case, came="all_on_day")).startswith("£260.00 logged.")
        assert Payment.objects.get(case_id=case.pk).paid_on == day("2025-04-03")
        assert client.get(url(case, "?due=2025-04-03")).context["asked"].left == 0

    def test_all_of_it_is_the_amount_that_was_shown(self, client: Client, rosa: User) -> None:
        case = monthly_case(rosa)
        sent = as_shown(client, case, came="all", when="today")
        assert saved(client, case, sent) == "£260.00 logged. The payment of April 2025 is covered."
        payment = Payment.objects.get(pk=sent["entry"])
        assert (payment.amount_pence, payment.paid_on) == (26000, day("2025-04-22"))
        assert payment.recorded_on == day("2025-04-22")

    def test_a_different_amount_says_what_is_still_owed(self, client: Client, rosa: User) -> None:
        case = monthly_case(rosa)
        said = saved(client, case, as_shown(client, case, came="other", amount="£200", when="due"))
        assert said == "£200.00 logged. £60.00 of April 2025 is still owed."
        assert Payment.objects.get(case_id=case.pk).paid_on == day("2025-04-03")

    def test_another_day_may_be_chosen(self, client: Client, rosa: User) -> None:
        case = monthly_case(rosa)
        saved(client, case, as_shown(client, case, came="all", when="other", **typed("day", "2025-04-10")))
        assert Payment.objects.get(case_id=case.pk).paid_on == day("2025-04-10")

    def test_nothing_is_noted_for_the_payment_and_changes_no_figure(self, client: Client, rosa: User) -> None:
        case = monthly_case(rosa)
        before = queries.position_of(case, on=day("2025-04-22"), known_on=day("2025-04-22"))
        said = saved(client, case, as_shown(client, case, came="none", note="No answer"))
        assert said == "Noted: nothing came for 3 April 2025. £260.00 of it is still owed."
        noted = Observation.objects.get(case_id=case.pk)
        assert (noted.due_on, noted.noted_on, noted.note) == (day("2025-04-03"), day("2025-04-22"), "No answer")
        assert queries.position_of(case, on=day("2025-04-22"), known_on=day("2025-04-22")).due == before.due

    def test_the_next_one_is_filled_in_after_it(self, client: Client, rosa: User) -> None:
        case = monthly_case(rosa)
        saved(client, case, as_shown(client, case, came="none"))
        assert client.get(url(case)).context["asked"].due_on == day("2025-03-03")

    def test_more_than_expected_is_taken_and_a_slip_is_pointed_at(self, client: Client, rosa: User) -> None:
        case = monthly_case(rosa)
        said = saved(client, case, as_shown(client, case, came="other", amount="2600", when="today"))
        assert "more than ten times what was expected" in said
        assert "counts towards the next payment" in said

    def test_an_early_payment_may_be_logged_for_a_date_to_come(self, client: Client, rosa: User) -> None:
        case = monthly_case(rosa)
        sent = as_shown(client, case, "?due=2025-05-03", came="none")
        refused = client.post(url(case), sent)
        assert "Nothing" not in [words for _, words in refused.context["form"].fields["came"].choices]
        assert refused.context["form"].errors["came"] == ["Choose what came."]
        assert saved(client, case, {**sent, "came": "all"}).startswith("£260.00 logged.")

    def test_sent_twice_makes_one_row(self, client: Client, rosa: User) -> None:
        case = monthly_case(rosa)
        for came in ("all_on_day", "none"):
            sent = as_shown(client, case, came=came)
            assert saved(client, case, sent) == saved(client, case, sent)
        assert Payment.objects.filter(case_id=case.pk).count() == 1
        assert Observation.objects.filter(case_id=case.pk).count() == 1

    def test_money_may_be_logged_before_any_decision(self, client: Client, rosa: User) -> None:
        case = make_case(rosa)
        assert "no payment dates yet" in words(client.get(url(case)))
        saved(client, case, as_shown(client, case, came="other", amount="50", when="today"))
        assert Payment.objects.get(case_id=case.pk).amount_pence == 5000


class TestAnotherTab:
    @pytest.fixture(autouse=True)
    def _on_22_april(self) -> Iterator[None]:
        with time_machine.travel(TODAY):
            yield

    @pytest.mark.parametrize("came", ["all", "all_on_day", "other"])
    def test_that_logged_it_all_is_named_and_sending_again_is_meant(
        self, client: Client, rosa: User, came: str
    ) -> None:
        case = monthly_case(rosa)
        first, second = (
            as_shown(client, case, came=came, amount="260", when="due", note="From my bank") for _ in range(2)
        )
        saved(client, case, first)
        refused = client.post(url(case), second)
        assert refused.status_code == 200
        assert (
            "£260.00 for 3 April 2025 is already logged, perhaps in another tab. Log this only if more money came."
        ) in words(refused)
        assert list(refused.context["form"].errors) == ["amount"]
        assert Payment.objects.filter(case_id=case.pk).count() == 1
        again = filled(refused.content.decode())
        assert (again["came"], again["amount"], again["when"], again["note"]) == (
            "other",
            "260" if came == "other" else "260.00",
            "due",
            "From my bank",
        )
        saved(client, case, again)
        assert [one.amount_pence for one in Payment.objects.filter(case_id=case.pk)] == [26000, 26000]

    def test_that_logged_a_part_leaves_the_rest_to_be_confirmed(self, client: Client, rosa: User) -> None:
        case = monthly_case(rosa)
        second = as_shown(client, case, came="all_on_day")
        saved(client, case, as_shown(client, case, came="other", amount="100", when="due"))
        refused = client.post(url(case), second)
        assert "£100.00 for 3 April 2025 is already logged" in str(refused.context["form"].errors["came"])
        assert "All that was left, £160.00, on the day it was due" in words(refused)
        saved(client, case, filled(refused.content.decode()))
        assert sorted(one.amount_pence for one in Payment.objects.filter(case_id=case.pk)) == [10000, 16000]


class TestCollectAndPay:
    @time_machine.travel("2025-07-04 09:00")
    def test_fills_in_the_fee_for_the_paying_parent(self, client: Client, example: Example) -> None:
        case = example("collect-and-pay-fees")
        page = words(client.get(url(case, "?due=2025-07-04")))
        assert "With the fee of £8.47, you pay CMS £50.82." in page
        said = saved(client, case, as_shown(client, case, "?due=2025-07-04", came="all"))
        assert said == "£50.82 logged. The payment of 4 July 2025 is covered. £8.47 of it went to the collection fee."


class TestBadInput:
    @pytest.mark.parametrize(
        ("answers", "field"),
        [
            ({}, "came"),
            ({"came": "some"}, "came"),
            ({"came": "other"}, "amount"),
            *(
                ({"came": "other", "amount": amount}, "amount")
                for amount in ("0", "-5", "1e5", "NaN", "1_000", "2O0", "1.234", "٣", "9" * 30, "£", "1,23")
            ),
            ({"came": "all", "when": ""}, "when"),
            ({"came": "all", "when": "someday"}, "when"),
            ({"came": "all", "when": "other"}, "day"),
            ({"came": "all", "when": "other", **typed("day", "2025-04-23")}, "day"),
            ({"came": "all", "when": "other", "day_d": "31", "day_m": "2", "day_y": "2025"}, "day"),
            ({"came": "all", "when": "other", "day_d": "1", "day_m": "2", "day_y": "20255"}, "day"),
            ({"came": "all", "route": "pigeon"}, "route"),
            ({"came": "all", "note": "x" * 2001}, "note"),
            ({"came": "all", "expected": "lots"}, "expected"),
            ({"came": "all", "expected": "9" * 6000}, "expected"),
        ],
    )
    @time_machine.travel(TODAY)
    def test_is_answered_beside_the_field_and_writes_nothing(
        self, client: Client, rosa: User, answers: dict[str, str], field: str
    ) -> None:
        case = monthly_case(rosa)
        response = client.post(url(case), {**as_shown(client, case, when="today"), **answers})
        assert response.status_code == 200
        assert list(response.context["form"].errors) == [field]
        assert len(response.context["form"].errors[field]) == 1
        assert b"Error: Log" in response.content
        assert not Payment.objects.exists()

    @time_machine.travel(TODAY)
    def test_keeps_what_was_typed_and_says_that_the_file_is_to_be_chosen_again(
        self, client: Client, rosa: User
    ) -> None:
        case = monthly_case(rosa)
        sent = as_shown(client, case, came="other", amount="2O0", when="other", day_d="22", day_m="4", day_y="2052")
        sent["proof"] = SimpleUploadedFile("bank.pdf", b"%PDF-1.4")
        page = client.post(url(case), sent).content.decode()
        for typed_in in ('value="2O0"', 'value="22"', 'value="2052"', "Choose it again."):
            assert typed_in in page
        assert "You typed a letter O. Use 0." in page
        assert "The year 2052 has not happened yet. Did you mean 2025?" in page
        assert not Evidence.objects.exists()

    @time_machine.travel(TODAY)
    @pytest.mark.parametrize("due", ["2025-04-04", "soon", "2025-02-31", "1", "9999-12-31"])
    def test_says_that_no_payment_is_due_on_a_day(self, client: Client, rosa: User, due: str) -> None:
        response = client.get(url(monthly_case(rosa)), {"due": due})
        assert response.status_code == 200

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        st.dictionaries(
            st.sampled_from(["came", "amount", "when", "day_d", "day_m", "day_y", "route", "note", "due", "expected"]),
            st.one_of(st.text(max_size=30), st.sampled_from(["all", "none", "other", "today", "due", "12", "2025"])),
        )
    )
    def test_never_breaks(self, client: Client, rosa: User, sent: dict[str, str]) -> None:
        case = getattr(self, "case", None) or monthly_case(rosa)
        self.case = case
        response = client.post(url(case), {"entry": str(uuid.uuid4()), **sent})
        assert response.status_code in {200, 302, 400}  # 400: a NUL byte, which no form can send
