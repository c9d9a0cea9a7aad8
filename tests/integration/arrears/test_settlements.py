"""Settlements: nothing is given up by an offer, and nothing without the page that says what is given up."""

import datetime as dt
import uuid

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from arrears import operations, queries
from arrears.core.other_facts import Settlement, Step, StepKind
from arrears.models import Settlement as SettlementRow
from arrears.models import Step as StepRow
from cases.core.facts import Perspective
from cases.models import Case
from cms_tracker.refusal import Refusal
from cms_tracker.users.models import User
from cms_tracker.web.clock import today
from tests.cast import ROSA
from tests.factories import make_case, make_user
from tests.filled_form import filled
from tests.pages import words
from tests.typed import day

pytestmark = pytest.mark.django_db

DAY = dt.date(2025, 3, 10)
OFFER = {"arrears": "1000", "amount": "600", **day("offered_on", "2025-03-10"), **day("pay_by", "2025-05-01")}


@pytest.fixture
def rosa() -> User:
    return make_user(ROSA)


@pytest.fixture
def case(rosa: User) -> Case:
    case = make_case(rosa)
    operations.record_opening_balance(actor=rosa, case=case, on=dt.date(2025, 3, 3), amount_pence=100000, source="")
    return case


@pytest.fixture
def client(rosa: User) -> Client:
    client = Client()
    client.force_login(rosa)
    return client


@pytest.fixture
def deal(rosa: User, case: Case) -> uuid.UUID:
    fact = Settlement(
        offered_on=DAY, arrears=100000, amount=60000, pay_by=dt.date(2025, 5, 1), recorded_on=DAY, id=str(uuid.uuid4())
    )
    return operations.record_fact(actor=rosa, case=case, fact=fact)


def _owed(case: Case) -> int:
    return queries.position_of(case, on=today(), known_on=today()).outstanding


def _type(client: Client, case: Case, deal: uuid.UUID, kind: str, **more: str) -> str:
    typed = {"kind": kind, **day("on", "2025-03-20"), **more}
    return client.post(reverse("arrears:settlement-step", args=[case.pk, deal]), typed, follow=True).content.decode()


def _check(case: Case, deal: uuid.UUID) -> str:
    return reverse("arrears:check-settlement", args=[case.pk, deal])


class TestAnOffer:
    def test_gives_nothing_up(self, client: Client, case: Case) -> None:
        client.post(reverse("arrears:new-settlement", args=[case.pk]), OFFER)
        row = SettlementRow.objects.get()
        assert (row.arrears_pence, row.amount_pence, row.pay_by) == (100000, 60000, dt.date(2025, 5, 1))
        assert _owed(case) == 100000

    def test_begins_with_what_the_record_says_is_owed(self, client: Client, case: Case) -> None:
        page = client.get(reverse("arrears:new-settlement", args=[case.pk])).content.decode()
        assert filled(page)["arrears"] == "1000.00"

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ({"amount": "1000"}, "Enter less than £1,000.00."),
            ({"amount": ""}, "Enter the part payment, like 200.00."),
            (day("pay_by", "2025-03-09"), "That is before the day it was offered."),
        ],
    )
    def test_is_refused_beside_its_field(
        self, client: Client, case: Case, typed: dict[str, str], sentence: str
    ) -> None:
        page = client.post(reverse("arrears:new-settlement", args=[case.pk]), OFFER | typed).content.decode()
        assert sentence in page
        assert not SettlementRow.objects.exists()


class TestThePageBefore:
    @pytest.mark.parametrize("kind", ["consented", "agreed"])
    def test_says_what_is_given_up_and_writes_nothing_yet(
        self, client: Client, case: Case, deal: uuid.UUID, kind: str
    ) -> None:
        page = _type(client, case, deal, kind)
        assert "£400.00 would be given up for good" in page
        assert "You give up £400.00 for good." in page
        assert "What is owed goes from £1,000.00 to £600.00" in page
        assert "It cannot be undone." in page
        assert "checked" not in page
        assert not StepRow.objects.exists()

    def test_records_it_once_it_was_read(self, client: Client, case: Case, deal: uuid.UUID) -> None:
        page = _type(client, case, deal, "agreed", note="Letter of 20 March")
        answer = client.post(_check(case, deal), filled(page) | {"understood": "on", "words": "I want it over."})
        assert answer.headers["Location"] == reverse("arrears:settlement", args=[case.pk, deal])
        row = StepRow.objects.get()
        assert (row.kind, row.amount_pence, row.note) == ("agreed", 40000, "I want it over.\nLetter of 20 March")
        assert _owed(case) == 60000

    def test_cannot_be_left_out(self, client: Client, case: Case, deal: uuid.UUID) -> None:
        url = _check(case, deal)
        assert client.post(url, {"understood": "on"}).status_code == 302  # nothing typed: nothing to record
        typed = {"kind": "agreed", **day("on", "2025-03-20")}
        client.post(reverse("arrears:settlement-step", args=[case.pk, deal]), typed)  # and the page is not asked for
        page = client.post(url, {"understood": "on", "read": "made up"}).content.decode()
        assert "This page was not read yet" in page
        assert not StepRow.objects.exists()
        client.post(url, filled(page) | {"understood": "on"})
        assert StepRow.objects.count() == 1

    def test_asks_for_the_tick(self, client: Client, case: Case, deal: uuid.UUID) -> None:
        page = _type(client, case, deal, "consented")
        again = client.post(_check(case, deal), filled(page)).content.decode()
        assert "Tick the box if you have read what is given up." in again
        assert not StepRow.objects.exists()

    def test_is_shown_again_where_its_figures_have_changed(
        self, client: Client, case: Case, deal: uuid.UUID, rosa: User
    ) -> None:
        page = _type(client, case, deal, "agreed")
        operations.record_payment(actor=rosa, case=case, paid_on=DAY, amount_pence=100, recorded_on=DAY)
        again = client.post(_check(case, deal), filled(page) | {"understood": "on"}).content.decode()
        assert "its figures have changed" in again
        assert not StepRow.objects.exists()

    def test_pressed_twice_records_it_once(self, client: Client, case: Case, deal: uuid.UUID) -> None:
        sent = filled(_type(client, case, deal, "agreed")) | {"understood": "on"}
        for _ in range(2):
            assert client.post(_check(case, deal), sent).status_code == 302
        assert StepRow.objects.count() == 1

    def test_shows_a_refusal_of_the_rules(self, client: Client, case: Case, deal: uuid.UUID) -> None:
        page = _type(client, case, deal, "agreed", amount="400.01")
        again = client.post(_check(case, deal), filled(page) | {"understood": "on"}).content.decode()
        assert "That is more than £400.00" in again
        assert not StepRow.objects.exists()


class TestWhoseWords:
    def test_are_asked_of_the_receiving_parent_as_theirs(self, client: Client, case: Case, deal: uuid.UUID) -> None:
        page = _type(client, case, deal, "consented")
        assert "What did you write to CMS?" in page
        assert "What did the receiving parent say" not in page

    def test_are_asked_of_everybody_else_as_another_persons(self, client: Client, rosa: User) -> None:
        case = make_case(rosa, perspective=Perspective.PAYING)
        operations.record_opening_balance(actor=rosa, case=case, on=dt.date(2025, 3, 3), amount_pence=100000, source="")
        fact = Settlement(offered_on=DAY, arrears=100000, amount=60000, recorded_on=DAY, id=str(uuid.uuid4()))
        page = _type(client, case, operations.record_fact(actor=rosa, case=case, fact=fact), "agreed")
        assert "What did the receiving parent say, in their own words?" in page
        assert "What did you write to CMS?" not in page


class TestWhatFollows:
    def _agree(self, rosa: User, case: Case, deal: uuid.UUID) -> None:
        step = Step(kind=StepKind.AGREED, on=DAY, recorded_on=DAY, amount=40000, id=str(uuid.uuid4()))
        operations.record_step(actor=rosa, case=case, subject="settlement", subject_id=deal, step=step)

    def test_comes_back_where_cms_cancels_it(self, client: Client, case: Case, deal: uuid.UUID, rosa: User) -> None:
        self._agree(rosa, case, deal)
        _type(client, case, deal, "cancelled")
        assert StepRow.objects.get(kind="cancelled").amount_pence == 40000
        assert _owed(case) == 100000

    def test_is_called_a_cancelled_settlement_on_every_page(
        self, client: Client, case: Case, deal: uuid.UUID, rosa: User
    ) -> None:
        self._agree(rosa, case, deal)
        _type(client, case, deal, "cancelled")
        paid = operations.record_payment(
            actor=rosa, case=case, paid_on=dt.date(2025, 3, 21), amount_pence=70000, recorded_on=None
        )
        pages = {
            name: words(client.get(reverse(name, args=[case.pk, *more]) + query))
            for name, more, query in (
                ("pages:today", (), ""),
                ("arrears:payments", (), ""),
                ("arrears:changes", (), "?from_d=1&from_m=3&from_y=2025&to_d=22&to_m=3&to_y=2025"),
                ("arrears:breakdown", (), ""),
                ("arrears:payment", (paid.pk,), ""),
            )
        }
        for page in pages.values():
            assert "orrect" not in page.replace("Correct ", "")
        assert "All of it came back when CMS cancelled a settlement." in pages["pages:today"]
        assert "A settlement, cancelled £400.00 on 20 March 2025" in pages["arrears:payments"]
        assert "A settlement, cancelled" in pages["arrears:changes"]
        assert "CMS cancelled a settlement. What was given up by it is owed again." in pages["arrears:changes"]
        assert "A settlement, cancelled" in pages["arrears:breakdown"]
        assert "A settlement, cancelled, 20 March 2025 £100.00" in pages["arrears:payment"]

    def test_leaves_what_fell_due_and_was_paid_as_they_were(
        self, client: Client, case: Case, deal: uuid.UUID, rosa: User
    ) -> None:
        self._agree(rosa, case, deal)
        payments = words(client.get(reverse("arrears:payments", args=[case.pk])))
        assert "£1,000.00 has fallen due. £0.00 has come. £400.00 was taken off. £600.00 is still owed." in payments
        account = words(client.get(reverse("arrears:breakdown", args=[case.pk])))
        assert "Fell due £1,000.00 Paid £0.00 Taken off £400.00 Balance £600.00" in account

    @time_machine.travel("2025-04-01 09:00")
    def test_stands_first_on_today_while_it_is_to_be_paid(
        self, client: Client, case: Case, deal: uuid.UUID, rosa: User
    ) -> None:
        self._agree(rosa, case, deal)
        page = words(client.get(reverse("pages:today", args=[case.pk])))
        todo = page.partition("What you can do now")[2].strip()
        assert todo.startswith("See whether the £600.00 of the settlement comes by 1 May 2025")
        assert "Then the arrears that were given up come back." in todo

    def test_cannot_come_back_for_more_than_was_given_up(
        self, client: Client, case: Case, deal: uuid.UUID, rosa: User
    ) -> None:
        self._agree(rosa, case, deal)
        assert "takes back more than was counted" in _type(client, case, deal, "cancelled", amount="400.01")

    def test_cannot_be_cancelled_or_paid_before_cms_confirmed_it(
        self, client: Client, case: Case, deal: uuid.UUID
    ) -> None:
        for kind in ("cancelled", "paid"):
            assert "CMS has not confirmed this settlement" in _type(client, case, deal, kind)
        assert not StepRow.objects.exists()

    def test_is_said_when_its_day_passes_unpaid_and_when_it_was_paid(
        self, client: Client, case: Case, deal: uuid.UUID, rosa: User
    ) -> None:
        self._agree(rosa, case, deal)
        page = client.get(reverse("arrears:settlement", args=[case.pk, deal])).content.decode()
        assert "£600.00 was to be paid by 1 May 2025" in page
        assert "CMS may cancel the settlement" in page
        _type(client, case, deal, "paid")
        page = client.get(reverse("arrears:settlement", args=[case.pk, deal])).content.decode()
        assert "It was paid. £400.00 was given up, for good." in page

    def test_is_not_a_step_of_another_kind(self, case: Case, deal: uuid.UUID, rosa: User) -> None:
        step = Step(kind=StepKind.BROKEN, on=DAY, recorded_on=DAY, id=str(uuid.uuid4()))
        with pytest.raises(Refusal, match="cannot be said"):
            operations.record_step(actor=rosa, case=case, subject="settlement", subject_id=deal, step=step)
