"""Money kept apart from the arrears, liability orders, and what is taken off without a payment."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from arrears import operations, queries
from arrears.core.facts import AdjustmentKind, Route
from arrears.models import LiabilityOrder, OtherMoney
from cases import operations as cases
from cases.core.facts import Frequency, Perspective, ServiceType
from cases.models import Case
from cms_tracker.money import pounds
from cms_tracker.users.models import User
from cms_tracker.web.clock import today
from tests.cast import PAUL, ROSA
from tests.factories import import_example, make_case, make_user
from tests.filled_form import filled
from tests.typed import day

pytestmark = pytest.mark.django_db

CHARGE = {"kind": "liability_order", **day("day", "2025-05-02")}
ORDER = {
    "amount": "900", "court": "A court", "reference": "LO 1", **day("from_on", "2025-03-03"),
    **day("to_on", "2025-03-31"), **day("applied_on", "2025-04-10"), **day("granted_on", "2025-05-01"),
}  # fmt: skip


@pytest.fixture
def rosa() -> User:
    return make_user(ROSA)


@pytest.fixture
def case(rosa: User) -> Case:
    return _collected(rosa, Perspective.RECEIVING)


@pytest.fixture
def client(rosa: User) -> Client:
    client = Client()
    client.force_login(rosa)
    return client


def _collected(owner: User, perspective: Perspective) -> Case:
    """£60 a week through CMS, due weekly from 3 March 2025."""
    case, first = make_case(owner, perspective=perspective), dt.date(2025, 3, 3)
    cases.record_service(actor=owner, case=case, type=ServiceType.COLLECT_AND_PAY, from_on=first)
    cases.record_calculation(
        actor=owner, case=case, weekly_pence=6000, effective_on=first, decided_on=None, notified_on=None
    )
    cases.record_schedule(actor=owner, case=case, frequency=Frequency.WEEKLY, first_due_on=first)
    return case


def _page(client: Client, name: str, *args: object) -> str:
    return client.get(reverse(name, args=args)).content.decode()


class TestToday:
    def test_names_the_charges_that_are_owed_to_cms(self, client: Client, rosa: User) -> None:
        case = _collected(rosa, Perspective.PAYING)
        fees = queries.position_of(case, on=today(), known_on=today()).fees_outstanding
        client.post(
            reverse("arrears:new-other-money", args=[case.pk]), CHARGE | {"kind": "enforcement_charge", "amount": "300"}
        )
        page = _page(client, "pages:today", case.pk)
        assert f"{pounds(fees)} of collection fees and £300.00 of enforcement charges are also owed to CMS." in page


class TestThePots:
    def test_say_what_cms_kept_of_what_came(self, client: Client, case: Case, rosa: User) -> None:
        operations.record_payment(
            actor=rosa, case=case, paid_on=dt.date(2025, 3, 3), amount_pence=5760, recorded_on=None,
            route=Route.VIA_CMS_RECEIVED,
        )  # fmt: skip
        page = _page(client, "arrears:other-money", case.pk)
        assert "it has kept £2.40" in page
        assert "Kept by CMS of what came" in page

    def test_say_what_a_paying_parent_was_charged(self, client: Client) -> None:
        paul = make_user(PAUL)
        client.force_login(paul)
        case = _collected(paul, Perspective.PAYING)
        at = queries.position_of(case, on=today(), known_on=today())
        page = _page(client, "arrears:other-money", case.pk)
        assert at.fees_due
        assert f"it has charged £{at.fees_due // 100:,}.{at.fees_due % 100:02d}" in page
        assert "Collection fees still to pay, to CMS" in page

    def test_are_never_in_the_arrears(self, client: Client, case: Case) -> None:
        before = queries.position_of(case, on=today(), known_on=today())
        client.post(reverse("arrears:new-other-money", args=[case.pk]), CHARGE)
        sorry = {"kind": "consolatory_payment", "amount": "250", "reason": "Delay", **day("day", "2025-05-03")}
        client.post(reverse("arrears:new-other-money", args=[case.pk]), sorry)
        assert queries.position_of(case, on=today(), known_on=today()) == before
        page = _page(client, "arrears:other-money", case.pk)
        assert "Enforcement charge: £300.00" in page
        assert "It never takes anything off the arrears." in page
        assert "£250.00" in page


class TestACharge:
    def test_brings_its_usual_amount_and_its_name(self, client: Client, case: Case) -> None:
        client.post(reverse("arrears:new-other-money", args=[case.pk]), CHARGE)
        row = OtherMoney.objects.get()
        assert (row.kind, row.amount_pence, row.reason) == ("enforcement_charge", 30000, "Liability order")

    def test_takes_the_amount_of_the_letter_where_it_gives_one(self, client: Client, case: Case) -> None:
        client.post(reverse("arrears:new-other-money", args=[case.pk]), CHARGE | {"amount": "20", "reason": "Less"})
        row = OtherMoney.objects.get()
        assert (row.amount_pence, row.reason) == (2000, "Less")

    @pytest.mark.parametrize("kind", ["enforcement_charge", "enforcement_charge_paid", "consolatory_payment"])
    def test_of_another_kind_needs_its_amount(self, client: Client, case: Case, kind: str) -> None:
        page = client.post(reverse("arrears:new-other-money", args=[case.pk]), CHARGE | {"kind": kind}).content.decode()
        assert "Enter the amount that the letter gives, like 200.00." in page
        assert not OtherMoney.objects.exists()

    def test_is_refused_beside_its_field(self, client: Client, case: Case) -> None:
        typed = CHARGE | {"amount": "1O0"}
        page = client.post(reverse("arrears:new-other-money", args=[case.pk]), typed).content.decode()
        assert "You typed a letter O." in page
        assert "Enter the amount that" not in page
        page = client.post(reverse("arrears:new-other-money", args=[case.pk]), {}).content.decode()
        assert "Choose what it is." in page

    def test_struck_out_stays_to_be_seen(self, client: Client, case: Case) -> None:
        client.post(reverse("arrears:new-other-money", args=[case.pk]), CHARGE)
        url = reverse("pages:strike-out", args=[case.pk, OtherMoney.objects.get().pk])
        answer = client.post(url, {"reason": "Wrong letter"})
        assert answer.headers["Location"] == reverse("arrears:other-money", args=[case.pk])
        page = _page(client, "arrears:other-money", case.pk)
        assert "Wrong letter" in page
        assert "None on this record." in page


class TestAnOrder:
    def test_stands_beside_the_records_own_figure(self, client: Client, case: Case) -> None:
        client.post(reverse("arrears:new-order", args=[case.pk]), ORDER)
        row = LiabilityOrder.objects.get()
        page = _page(client, "arrears:order", case.pk, row.pk)
        assert "29 days, or 4.14 weeks" in page
        assert "£300.00" in page  # five weeks of £60 fell due, and nothing was paid
        assert "−£600.00" in page
        assert "The two figures differ." in page
        assert queries.position_of(case, on=dt.date(2025, 3, 31), known_on=today()).outstanding == 30000

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            (day("to_on", "2025-03-02"), "That is before the first day of the period."),
            (day("granted_on", "2025-04-09"), "That is before the day CMS asked for it."),
            ({"amount": ""}, "Enter the sum, like 200.00."),
        ],
    )
    def test_is_refused_beside_its_field(
        self, client: Client, case: Case, typed: dict[str, str], sentence: str
    ) -> None:
        page = client.post(reverse("arrears:new-order", args=[case.pk]), ORDER | typed).content.decode()
        assert sentence in page
        assert not LiabilityOrder.objects.exists()

    def test_of_the_anchor_case_agrees_with_the_amount_carried_over(self, client: Client, rosa: User) -> None:
        case = import_example("p-002456", rosa)
        typed = {
            "amount": "12391.53", **day("from_on", "2019-06-22"), **day("to_on", "2021-10-21"),
            **day("granted_on", "2021-10-21"),
        }  # fmt: skip
        page = client.post(reverse("arrears:new-order", args=[case.pk]), typed, follow=True).content.decode()
        assert "853 days, or 121.86 weeks" in page
        assert "The two figures are the same." in page

    def test_that_finds_nothing_in_the_record_says_what_to_do(self, client: Client, case: Case) -> None:
        typed = ORDER | day("from_on", "2020-01-01") | day("to_on", "2020-12-31")
        page = client.post(reverse("arrears:new-order", args=[case.pk]), typed, follow=True).content.decode()
        assert "add the order as an amount carried over" in page

    def test_struck_out_says_so_and_compares_nothing_on_the_list(self, client: Client, case: Case) -> None:
        client.post(reverse("arrears:new-order", args=[case.pk]), ORDER)
        key = LiabilityOrder.objects.get().pk
        client.post(reverse("pages:strike-out", args=[case.pk, key]), {"reason": "Other case"})
        assert "Other case" in _page(client, "arrears:order", case.pk, key)
        assert "Both figures are kept" not in _page(client, "arrears:other-money", case.pk)


class TestTakenOff:
    def test_says_by_when_to_answer_a_notice(self, client: Client, case: Case) -> None:
        url = reverse("arrears:taken-off", args=[case.pk])
        page = client.get(url, day("got", "2025-01-01")).content.decode()
        assert "Thursday 30 January 2025" in page
        assert "That day has passed." in page

    def test_gives_sixty_days_for_an_old_scheme(self, client: Client, rosa: User) -> None:
        case = make_case(rosa, scheme="csa_2003")
        url = reverse("arrears:taken-off", args=[case.pk])
        page = client.get(url, day("got", "2019-02-22")).content.decode()
        assert "Monday 22 April 2019" in page
        assert "A very small debt" not in page

    def test_refuses_a_day_that_is_none(self, client: Client, case: Case) -> None:
        url = reverse("arrears:taken-off", args=[case.pk])
        page = client.get(url, day("got", "2025-01-01") | {"got_d": "32"}).content.decode()
        assert "That day does not exist." in page

    def test_lists_what_was_set_off_and_written_off(self, client: Client, case: Case, rosa: User) -> None:
        for kind in (AdjustmentKind.OFFSET, AdjustmentKind.WRITE_OFF):
            operations.record_adjustment(
                actor=rosa, case=case, kind=kind, on=today(), amount_pence=100, recorded_on=None, reason=f"By {kind}"
            )
        page = _page(client, "arrears:taken-off", case.pk)
        assert "By offset" in page
        assert "By write_off" in page

    def test_shows_what_is_overpaid(self, client: Client, case: Case, rosa: User) -> None:
        operations.record_payment(actor=rosa, case=case, paid_on=today(), amount_pence=10_000_000, recorded_on=None)
        at = queries.position_of(case, on=today(), known_on=today())
        page = _page(client, "arrears:taken-off", case.pk)
        assert at.credit
        assert "Nothing is overpaid" not in page

    def test_leads_to_the_form_with_its_kind_chosen(self, client: Client, case: Case) -> None:
        page = client.get(reverse("arrears:new-adjustment", args=[case.pk]), {"kind": "offset"}).content.decode()
        assert filled(page)["kind"] == "offset"
