"""Entering many at once: what is right is saved once, what is wrong stays on the page as it was typed."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from arrears import queries
from arrears.models import Payment, Statement
from cases.models import Calculation, Case, CaseMembership, PaymentSchedule
from cms_tracker.pages.many import MOST, MOST_IN_GRID
from cms_tracker.rights.operations import choose_days
from cms_tracker.users.models import User
from correspondence.models import Contact
from tests.cast import PAUL, ROSA
from tests.factories import make_case, make_user, monthly_case
from tests.pages import words

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


def url(case: Case) -> str:
    return reverse("pages:many", args=[case.pk])


def row(number: int, what: str, day: str, amount: str = "", other_day: str = "", words: str = "") -> dict[str, str]:
    cells = {"what": what, "day": day, "amount": amount, "other_day": other_day, "words": words}
    return {f"{name}-{number}": value for name, value in cells.items()}


def send(client: Client, case: Case, act: str, **typed: str) -> Any:
    return client.post(url(case), {"act": act, **typed})


def form_of(response: Any) -> dict[str, str]:
    """What the page would send again: what it holds as right, and the cells of its grid."""
    context = response.context
    cells = {cell.name: cell.value for line in context["lines"] for cell in line.cells}
    return {"held": context["held"], "batch": str(context["batch"]), "paste": context["paste"], **cells}


BAG = "\n".join(
    (
        "What\tDay\tAmount\tOther day\tWords",
        "decision\t3/2/2025\t60.00\t6/1/2025\tfirst",
        "payment dates\t3/3/2025\t\t\tmonthly",
        "payment\t3/3/2025\t260",
        "payment\t3/4/2025\t26O",
        "letter in\t10/4/2025\t\t\tThey wrote that £500 is owed",
        "CMS figure\t10/4/2025\t500\t\tThe letter",
    )
)


class TestChecking:
    def test_saves_nothing_and_keeps_what_is_wrong_in_the_grid(self, client: Client, case: Case) -> None:
        response = send(client, case, "check", paste=BAG)
        assert len(response.context["new"]) == 5
        (wrong,) = [line for line in response.context["lines"] if line.errors]
        assert [cell.value for cell in wrong.cells] == ["payment", "3/4/2025", "26O", "", ""]
        assert "You typed a letter O." in response.content.decode()
        assert not Payment.objects.exists()

    def test_is_still_there_when_the_page_is_opened_again(self, client: Client, case: Case) -> None:
        send(client, case, "check", paste=BAG)
        response = client.get(url(case))
        assert len(response.context["new"]) == 5
        assert "26O" in response.content.decode()

    def test_forgets_what_is_thrown_away(self, client: Client, case: Case) -> None:
        send(client, case, "check", paste=BAG)
        send(client, case, "forget")
        assert client.get(url(case)).context["new"] == []

    def test_opens_every_row_to_be_changed(self, client: Client, case: Case) -> None:
        checked = send(client, case, "check", paste=BAG)
        response = client.post(url(case), form_of(checked) | {"act": "open"})
        assert response.context["held"] == ""
        assert len([line for line in response.context["lines"] if line.cells[1].value]) == 6

    def test_adds_empty_rows_without_a_word_about_errors(self, client: Client, case: Case) -> None:
        response = send(client, case, "more", **row(1, "payment", "3/3/2025", "26O"))
        assert not [line for line in response.context["lines"] if line.errors]
        assert len(response.context["lines"]) == 11  # the one typed, and ten more

    def test_loses_no_row_of_a_bag_that_is_too_big_for_the_grid(self, client: Client, case: Case) -> None:
        wrong = "\n".join(f"payment\t{number}/13/2025\t5" for number in range(1, MOST_IN_GRID + 41))
        response = send(client, case, "check", paste=wrong)
        again = client.post(url(case), form_of(response) | {"act": "check"})
        assert response.context["wrong"] == again.context["wrong"] == MOST_IN_GRID + 40

    def test_says_how_many_rows_it_takes_and_keeps_the_others(self, client: Client, case: Case) -> None:
        response = send(client, case, "check", paste="\n".join(["nothing came\t3/3/2025"] * (MOST + 3)))
        assert response.context["too_many"]
        assert response.context["paste"].count("\n") == 2

    def test_shows_each_row_as_it_was_understood(self, client: Client, case: Case) -> None:
        page = words(send(client, case, "check", paste=BAG))
        assert "counts from 6 January 2025. first" in page
        assert "3 March 2025 £260.00" in page

    def test_opens_the_list_where_a_row_is_nothing_it_knows(self, client: Client, case: Case) -> None:
        assert send(client, case, "check", paste="paymemt\t3/3/2025\t5").context["is_unknown"]

    def test_doubts_money_through_cms_on_direct_pay(self, client: Client, rosa: User) -> None:
        case = monthly_case(rosa)
        page = words(send(client, case, "check", **row(1, "CMS payment", "3/4/2025", "48")))
        assert "The record says Direct Pay for this day." in page

    @pytest.mark.parametrize("days", [0, 7])
    def test_is_forgotten_with_the_record(self, client: Client, rosa: User, case: Case, days: int) -> None:
        """At once, also where the record itself can be brought back for some days."""
        choose_days(actor=rosa, days=days)
        send(client, case, "check", paste="letter in\t3/3/2025\t\t\tSecret words")
        assert "Secret words" in str(dict(client.session))
        client.post(reverse("rights:delete-record", args=[case.pk]), {"word": "delete"})
        assert Case.objects.filter(pk=case.pk).exists() is (days > 0)
        assert "Secret words" not in str(dict(client.session))

    def test_is_forgotten_when_the_person_may_see_it_no_more(self, client: Client, case: Case) -> None:
        send(client, case, "check", paste="letter in\t3/3/2025\t\t\tSecret words")
        CaseMembership.objects.filter(case=case).delete()
        assert client.get(url(case)).status_code == 404
        assert "Secret words" not in str(dict(client.session))


class TestSaving:
    def test_writes_what_is_right_and_keeps_what_is_wrong(self, client: Client, case: Case) -> None:
        checked = send(client, case, "check", paste=BAG)
        response = client.post(url(case), form_of(checked) | {"act": "save"}, follow=True)
        assert "5 rows are in the record." in response.content.decode()
        assert "26O" in response.content.decode()
        kinds = (Calculation, PaymentSchedule, Payment, Contact, Statement)
        assert [kind._default_manager.count() for kind in kinds] == [1] * 5
        assert queries.facts_for(case).payments[0].amount == 26000

    def test_twice_writes_once(self, client: Client, case: Case) -> None:
        form = form_of(send(client, case, "check", paste=BAG)) | {"act": "save"}
        client.post(url(case), form)
        client.post(url(case), form)
        assert Payment.objects.count() == Contact.objects.count() == 1

    def test_goes_on_to_the_timeline_when_all_is_saved(self, client: Client, case: Case) -> None:
        response = send(client, case, "save", **row(1, "payment", "3/3/2025", "260"))
        assert response["Location"] == reverse("correspondence:timeline", args=[case.pk])

    def test_leaves_out_what_is_there_unless_it_happened_twice(self, client: Client, case: Case) -> None:
        first = row(1, "payment", "3/3/2025", "260")
        send(client, case, "save", **first)
        checked = send(client, case, "check", **first)
        assert len(checked.context["again"]) == 1
        client.post(url(case), form_of(checked) | {"act": "save"})
        assert Payment.objects.count() == 1
        client.post(url(case), form_of(checked) | {"act": "save", "again": "1"})
        assert Payment.objects.count() == 2

    @pytest.mark.parametrize(
        ("cells", "why"),
        [
            (("payment dates", "3/3/2025", "", "", "weekly"), "Other payment dates begin on this day"),
            (("service", "3/3/2025", "", "", "Collect and Pay"), "Another service begins on this day"),
        ],
    )
    def test_refuses_what_cannot_stand_beside_the_record(
        self, client: Client, rosa: User, cells: tuple[str, ...], why: str
    ) -> None:
        case = monthly_case(rosa)
        two = row(1, *cells) | row(2, cells[0], "4/3/2025", *cells[2:])
        response = client.post(url(case), two | {"act": "save"}, follow=True)
        assert why in response.content.decode()
        assert len(queries.facts_for(case).schedules) + len(queries.facts_for(case).services) == 3

    def test_never_takes_two_payment_dates_on_one_day(self, client: Client, rosa: User) -> None:
        case = monthly_case(rosa)
        send(client, case, "save", again="1", **row(1, "payment dates", "3/3/2025", "", "", "monthly"))
        assert len(queries.facts_for(case).schedules) == 1

    def test_takes_one_amount_carried_over(self, client: Client, case: Case) -> None:
        two = row(1, "carried over", "3/3/2024", "5", "", "Order") | row(2, "", "4/3/2024", "6", "", "Letter")
        response = client.post(url(case), two | {"act": "save"}, follow=True)
        assert "holds an amount carried over already" in response.content.decode()
        assert [one.amount for one in queries.facts_for(case).openings] == [500]

    def test_reads_a_row_as_the_paying_parent_sees_it(self, client: Client) -> None:
        paul = make_user(PAUL)
        client.force_login(paul)
        case = make_case(paul, perspective="paying")
        send(client, case, "save", **row(1, "CMS payment", "3/3/2025", "312"))
        assert Payment.objects.get().route == "via_cms_paid"


def test_takes_no_more_fields_than_a_form_may_have(client: Client, case: Case) -> None:
    wrong = "\n".join(f"payment\t{number}/13/2025\t5" for number in range(1, MOST_IN_GRID + 1))
    page = send(client, case, "more", paste=wrong).content.decode()
    assert len(re.findall(r'<input type="text"', page)) < 480
    assert send(client, case, "check", **form_of(send(client, case, "more", paste=wrong))).status_code == 200
