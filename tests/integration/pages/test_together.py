"""Several receiving parents: each debt by itself, one payment shared by children into each record."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from arrears.models import Payment
from cases import operations
from cases.core.facts import Frequency, Perspective, ServiceType
from cases.core.references import grouped
from cases.core.roles import Role
from cases.models import Case
from cms_tracker.users.models import User
from tests.cast import PAUL, ROSA
from tests.factories import let_in, make_case, make_user
from tests.integration.writes import NOON
from tests.pages import words

pytestmark = pytest.mark.django_db
URL = reverse("pages:together")


@pytest.fixture
def paul(client: Client) -> User:
    paul = make_user(PAUL)
    client.force_login(paul)
    return paul


def debt(owner: User, name: str, *children: str, weekly: int = 0) -> Case:
    case = make_case(owner, perspective=Perspective.PAYING, other_parent=name, children=children)
    if weekly:
        decide(owner, case, weekly, on=NOON.date())
    return case


def decide(owner: User, case: Case, weekly: int, *, on: dt.date) -> None:
    operations.record_calculation(
        actor=owner, case=case, weekly_pence=weekly, effective_on=on, decided_on=None, notified_on=None
    )


def ended(owner: User, name: str, *children: str) -> Case:
    """A debt whose liability CMS has ended: the decision in force is for nothing."""
    case = debt(owner, name, *children, weekly=3000)
    decide(owner, case, 0, on=NOON.date() + dt.timedelta(days=70))
    return case


@pytest.fixture
def two(paul: User) -> tuple[Case, Case]:
    return debt(paul, "Parent A", "Child 1", "Child 2", weekly=4000), debt(paul, "Parent B", "Child 3", weekly=2000)


PAID: dict[str, Any] = {"amount": "300.01", "paid_on_d": "3", "paid_on_m": "3", "paid_on_y": "2025"}


class TestThePage:
    def test_shows_each_debt_and_that_none_counts_for_another(self, client: Client, two: tuple[Case, Case]) -> None:
        page = words(client.get(URL))
        assert "Parent A" in page
        assert "Parent B" in page
        assert "Money paid for one does not count for another." in page
        assert "£60.00 a week for 3 children. They are shared by children." in page

    def test_says_what_shares_by_children_would_be_where_they_are_not(self, client: Client, paul: User) -> None:
        debt(paul, "Parent A", "Child 1", weekly=4000)
        debt(paul, "Parent B", "Child 2", weekly=2000)
        assert "that would be £30.00 for Parent A, £30.00 for Parent B" in words(client.get(URL))

    def test_leaves_out_a_record_whose_liability_ended(
        self, client: Client, paul: User, two: tuple[Case, Case]
    ) -> None:
        ended(paul, "Parent C", "Child 4")
        page = words(client.get(URL))
        assert "Once each record has a decision" not in page
        assert "£60.00 a week for 3 children. They are shared by children." in page
        assert "no more falls due there: Parent C." in page

    def test_waits_for_a_record_without_a_decision(self, client: Client, paul: User, two: tuple[Case, Case]) -> None:
        debt(paul, "Parent C", "Child 4")
        page = words(client.get(URL))
        assert "Once each record has a decision in force" in page
        assert "Not decided" in page

    def test_has_nothing_to_share_where_one_record_goes_on(self, client: Client, paul: User) -> None:
        debt(paul, "Parent A", "Child 1", weekly=4000)
        ended(paul, "Parent C", "Child 4")
        page = words(client.get(URL))
        assert "not two records here in which maintenance goes on" in page
        assert "Share one payment" not in page

    def test_is_not_there_for_one_debt_or_for_somebody_elses(self, client: Client, paul: User) -> None:
        rosa = make_user(ROSA)
        debt(paul, "Parent A", "Child 1")
        theirs = debt(rosa, "Parent B", "Child 2")
        let_in(paul, theirs, by=rosa, role=Role.HELPER, at=NOON)
        assert client.get(URL).status_code == 404
        assert URL not in client.get(reverse("cases:records")).content.decode()

    def test_is_linked_from_the_records(self, client: Client, two: tuple[Case, Case]) -> None:
        assert URL in client.get(reverse("cases:records")).content.decode()


class TestTwoOfOneName:
    def test_are_told_apart_by_their_references(self, client: Client, paul: User) -> None:
        one, two = (
            debt(paul, "Other parent", "Child 1", weekly=4000),
            debt(paul, "Other parent", "Child 2", weekly=2000),
        )
        page = words(client.get(URL))
        assert (
            f"£30.00 for Other parent ({grouped(one.reference)}), £30.00 for Other parent ({grouped(two.reference)})"
        ) in page
        assert f"Other parent ({grouped(two.reference)}) £150.00" in words(client.post(URL, PAID))


class TestTheNextPayment:
    @time_machine.travel("2025-03-04 09:00")
    def test_holds_the_fee_as_on_today_and_says_what_it_is_on_a_phone(
        self, client: Client, two: tuple[Case, Case], paul: User
    ) -> None:
        operations.record_service(actor=paul, case=two[0], type=ServiceType.COLLECT_AND_PAY, from_on=NOON.date())
        operations.record_schedule(
            actor=paul, case=two[0], frequency=Frequency.WEEKLY, first_due_on=dt.date(2025, 3, 10)
        )
        page = client.get(URL)
        assert "£48.00 on 10 March 2025 £40.00 maintenance and £8.00 fee" in words(page)
        assert 'data-label="Next payment"' in page.content.decode()
        assert "£48.00, in 6 days" in words(client.get(reverse("pages:today", args=[two[0].pk])))


class TestSharingAPayment:
    def test_shows_the_shares_before_anything_is_written(self, client: Client, two: tuple[Case, Case]) -> None:
        page = words(client.post(URL, PAID))
        assert "£200.01 for 2 children" in page
        assert "£100.00 for 1 child" in page
        assert not Payment.objects.exists()

    def test_writes_a_payment_in_each_record_once(self, client: Client, two: tuple[Case, Case]) -> None:
        entry = client.get(URL).context["form"]["entry"].value()
        for _ in range(2):
            assert client.post(URL, PAID | {"save": "1", "entry": str(entry)}).status_code == 302
        found = Payment.objects.order_by("-amount_pence").values_list("case_id", "amount_pence", "route", "note")
        said = "Part of one payment of £300.01, shared by children: {} of 3."
        assert list(found) == [
            (two[0].pk, 20001, "via_cms_paid", said.format(2)),
            (two[1].pk, 10000, "via_cms_paid", said.format(1)),
        ]

    def test_says_what_is_wrong_and_keeps_what_was_typed(self, client: Client, two: tuple[Case, Case]) -> None:
        page = client.post(URL, PAID | {"amount": "3OO", "save": "1"}).content.decode()
        assert "You typed a letter O." in page
        assert 'value="3OO"' in page
        assert not Payment.objects.exists()

    def test_gives_nothing_to_a_record_whose_liability_ended(
        self, client: Client, paul: User, two: tuple[Case, Case]
    ) -> None:
        over = ended(paul, "Parent C", "Child 4")
        entry = client.get(URL).context["form"]["entry"].value()
        assert client.post(URL, PAID | {"save": "1", "entry": str(entry)}).status_code == 302
        assert Payment.objects.count() == 2
        assert not Payment.objects.filter(case=over).exists()

    def test_refuses_the_same_page_with_other_answers(self, client: Client, two: tuple[Case, Case]) -> None:
        entry = {"save": "1", "entry": str(client.get(URL).context["form"]["entry"].value())}
        client.post(URL, PAID | entry)
        response = client.post(URL, PAID | entry | {"amount": "299"})
        assert "This was saved before with other answers." in response.content.decode()
        assert Payment.objects.count() == 2

    def test_takes_a_form_without_its_key(self, client: Client, two: tuple[Case, Case]) -> None:
        assert client.post(URL, PAID | {"save": "1"}).status_code == 302
        assert Payment.objects.count() == 2

    def test_needs_the_children_of_each(self, client: Client, paul: User) -> None:
        debt(paul, "Parent A", "Child 1", weekly=4000)
        debt(paul, "Parent B", weekly=2000)
        assert "Add the children to each record" in words(client.post(URL, PAID | {"save": "1"}))
        assert not Payment.objects.exists()
