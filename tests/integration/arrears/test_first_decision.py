"""The first decision: four pages, a check by the engine, one save of everything or nothing."""

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arrears import operations
from arrears.models import OpeningBalance
from cases import queries
from cases.core.facts import Frequency, Perspective
from cases.models import Calculation, Case, PaymentSchedule, ServicePeriod
from cms_tracker.audit.models import Event
from cms_tracker.refusal import Refusal
from cms_tracker.users.models import User
from tests.cast import ROSA
from tests.factories import first_letter, make_case, make_user
from tests.typed import FIRST_LETTER, day

pytestmark = pytest.mark.django_db


@pytest.fixture
def rosa() -> User:
    return make_user(ROSA)


@pytest.fixture
def case(rosa: User) -> Case:
    return make_case(rosa)


@pytest.fixture
def client(rosa: User) -> Client:
    client = Client()
    client.force_login(rosa)
    return client


def page_url(case: Case, page: str) -> str:
    return reverse("arrears:first-page", args=[case.pk, page])


def answer(client: Client, case: Case, **changes: dict[str, str]) -> str:
    """Answer every page and return the address of the check page."""
    for page, typed in FIRST_LETTER.items():
        response = client.post(page_url(case, page), {**typed, **changes.get(page, {})})
        assert response.status_code == 302, page
    return reverse("arrears:check-first-decision", args=[case.pk])


CARRIED = {"brought": "yes", "amount": "1,200", "source": "Liability order", **day("carried_on", "2025-01-05")}


class TestThePages:
    def test_are_asked_one_after_the_other(self, client: Client, case: Case) -> None:
        start = reverse("arrears:first-decision", args=[case.pk])
        for page, typed in FIRST_LETTER.items():
            assert client.get(start).headers["Location"] == page_url(case, page)
            client.post(page_url(case, page), typed)
        assert client.get(start).headers["Location"] == reverse("arrears:check-first-decision", args=[case.pk])

    def test_show_what_was_typed_when_they_are_opened_again(self, client: Client, case: Case) -> None:
        answer(client, case, amount={"weekly": "£1,060.5"})
        page = client.get(page_url(case, "amount")).content.decode()
        assert 'value="£1,060.5"' in page
        assert 'value="2025"' in page

    def test_lead_back_to_the_first_page_without_an_answer(self, client: Client, case: Case) -> None:
        response = client.get(reverse("arrears:check-first-decision", args=[case.pk]), follow=True)
        assert response.redirect_chain[-1][0] == page_url(case, "amount")

    def test_do_not_exist_under_other_names(self, client: Client, case: Case) -> None:
        assert client.get(page_url(case, "amount")).status_code == 200
        assert client.get(page_url(case, "bogus")).status_code == 404

    @pytest.mark.parametrize(
        ("page", "typed", "sentence"),
        [
            ("amount", {"weekly": "1e5"}, "You typed a letter e."),
            ("amount", {"weekly": ""}, "Enter the weekly amount, like 200.00."),
            ("amount", day("effective_on", "2052-01-06"), "The year 2052 is too far ahead. Did you mean 2025?"),
            ("letter", day("decided_on", "2052-01-06"), "The year 2052 has not happened yet."),
            ("letter", {"notified_on_d": "31", "notified_on_m": "2"}, "That day does not exist."),
            ("payments", {"service": ""}, "Choose Direct Pay or Collect and Pay."),
            ("payments", {"instalment": "-5"}, "without a minus sign"),
            ("before", {"brought": "yes"}, "Say where the amount comes from"),
            ("before", {"brought": ""}, "Choose yes or no."),
        ],
    )
    def test_refuse_bad_answers_in_one_sentence(
        self, client: Client, case: Case, page: str, typed: dict[str, str], sentence: str
    ) -> None:
        shown = client.post(page_url(case, page), {**FIRST_LETTER[page], **typed}).content.decode()
        assert shown.count(sentence) >= 2
        assert "Nothing has been saved yet" in shown

    def test_forget_what_stands_behind_a_no(self, client: Client, case: Case) -> None:
        check = answer(client, case, before={"amount": "1e5", "source": "x", "carried_on_d": "40"})
        client.post(check)
        assert OpeningBalance.objects.count() == 0
        assert Calculation.objects.count() == 1

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        page=st.sampled_from(list(FIRST_LETTER)),
        typed=st.dictionaries(
            st.sampled_from(
                [
                    "weekly",
                    "effective_on_d",
                    "effective_on_m",
                    "effective_on_y",
                    "decided_on_y",
                    "notified_on_d",
                    "service",
                    "frequency",
                    "first_due_on_y",
                    "instalment",
                    "service_from_d",
                    "service_from_y",
                    "brought",
                    "amount",
                    "carried_on_y",
                    "source",
                ]
            ),
            st.one_of(
                st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=40),
                st.integers(-10, 10_000).map(str),
            ),
        ),
    )
    def test_never_break(self, client: Client, case: Case, page: str, typed: dict[str, str]) -> None:
        assert client.post(page_url(case, page), {**FIRST_LETTER[page], **typed}).status_code in {200, 302}
        assert client.get(reverse("arrears:check-first-decision", args=[case.pk])).status_code in {200, 302}


class TestTheCheck:
    def test_says_what_follows_before_anything_is_saved(self, client: Client, case: Case) -> None:
        page = client.get(answer(client, case)).content.decode()
        assert "Payments of £260.00 a month from 3 February 2025." in page
        assert "CMS&#x27;s 52-week total divided by 12" in page
        assert "28 days before the first payment date, at £60.00 a week" in page
        assert Calculation.objects.count() == 0

    def test_uses_the_amount_that_the_letter_states(self, client: Client, case: Case) -> None:
        page = client.get(answer(client, case, payments={"instalment": "259.99"})).content.decode()
        assert "Payments of £259.99 a month" in page
        assert "That is the amount the letter states." in page

    def test_keeps_the_fee_apart_on_a_paying_parents_file(self, client: Client, rosa: User) -> None:
        case = make_case(rosa, perspective=Perspective.PAYING)
        page = client.get(answer(client, case, payments={"service": "collect_and_pay"})).content.decode()
        assert "Payments of £260.00 a month" in page
        assert "a collection fee, £52.00 on the first. That is owed to CMS, and it is not arrears." in page

    def test_asks_twice_about_odd_answers_and_still_saves_them(self, client: Client, case: Case) -> None:
        check = answer(client, case, amount={"weekly": "600"})
        assert "£600.00 a week is unusually high." in client.get(check).content.decode()
        assert client.post(check).status_code == 302
        assert Calculation.objects.get().weekly_pence == 60000


class TestSaving:
    def test_saves_everything_at_once(self, client: Client, case: Case) -> None:
        response = client.post(answer(client, case, before=CARRIED))
        assert response.headers["Location"] == reverse("pages:today", args=[case.pk])
        row = Calculation.objects.get()
        assert (row.weekly_pence, row.instalment_pence, row.reason) == (6000, None, "first")
        assert ServicePeriod.objects.get().from_on == row.effective_on
        assert PaymentSchedule.objects.get().frequency == Frequency.MONTHLY
        assert OpeningBalance.objects.get().amount_pence == 120000

    def test_saves_once_however_often_it_is_pressed(self, client: Client, case: Case) -> None:
        check = answer(client, case, before=CARRIED)
        client.get(check)
        client.post(check)
        assert client.post(check).headers["Location"] == reverse("pages:today", args=[case.pk])
        assert Calculation.objects.count() == OpeningBalance.objects.count() == 1

    def test_takes_a_service_that_began_on_another_day(self, client: Client, case: Case) -> None:
        client.post(answer(client, case, payments=day("service_from", "2025-02-01")))
        assert ServicePeriod.objects.get().from_on.isoformat() == "2025-02-01"

    def test_leads_to_a_later_decision_once_there_is_one(self, client: Client, case: Case) -> None:
        client.post(answer(client, case))
        start = client.get(reverse("arrears:first-decision", args=[case.pk]))
        assert start.headers["Location"] == reverse("arrears:new-decision", args=[case.pk])
        again = client.get(page_url(case, "amount"))
        assert again.headers["Location"] == reverse("arrears:new-decision", args=[case.pk])

    def test_says_on_the_check_page_what_stands_in_the_way(self, client: Client, case: Case) -> None:
        dates = {"frequency": "weekly", **day("first_due_on", "2025-02-03")}
        client.post(reverse("cases:new-dates", args=[case.pk]), dates)
        page = client.post(answer(client, case, before=CARRIED)).content.decode()
        assert "You already have payment dates that start on this day." in page
        assert Calculation.objects.count() == OpeningBalance.objects.count() == 0


class TestAnAmountCarriedOverAlready:
    def test_is_named_on_the_check_page_with_the_page_to_change(self, client: Client, case: Case) -> None:
        typed = {"amount": "5", "source": "Order", **day("carried_on", "2025-01-05")}
        client.post(reverse("arrears:new-opening", args=[case.pk]), typed)
        page = client.post(answer(client, case, before=CARRIED)).content.decode()
        assert "Your record holds an amount carried over already." in page
        assert f'href="{page_url(case, "before")}">Change what was carried over' in page
        assert Calculation.objects.count() == 0


class TestRecordFirstLetter:
    def test_adds_one_of_each_however_often_it_is_called(self, rosa: User, case: Case) -> None:
        letter = first_letter()
        for _ in range(2):
            operations.record_first_letter(actor=rosa, case=case, letter=letter)
        assert Calculation.objects.count() == ServicePeriod.objects.count() == PaymentSchedule.objects.count() == 1

    def test_writes_nothing_at_all_when_one_part_is_refused(self, rosa: User, case: Case) -> None:
        operations.record_first_letter(actor=rosa, case=case, letter=first_letter())
        events = Event.objects.count()
        with pytest.raises(Refusal):
            operations.record_first_letter(actor=rosa, case=case, letter=first_letter())
        assert Calculation.objects.count() == 1
        assert Event.objects.count() == events
        assert len(queries.strike_outs([case.pk])) == 0
