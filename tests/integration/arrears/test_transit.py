"""Money on its way: recorded step by step, moving no figure, and taken along with a record."""

import datetime as dt
import re
import uuid
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from arrears import operations, queries
from arrears.core import case_file
from arrears.core.facts import Route
from arrears.core.position import position
from arrears.core.transit_facts import Leg, LegKind, Way
from arrears.models import TransitLeg
from cases import operations as cases
from cases.core.facts import Perspective, ServiceType
from cases.models import Case
from cms_tracker.pages import case_transfer
from cms_tracker.refusal import Refusal
from cms_tracker.rights.archive.rows import rows_of_record
from cms_tracker.users.models import User
from tests.cast import PAUL, ROSA
from tests.factories import make_case, make_user
from tests.typed import day

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
ON = dt.date(2026, 11, 23)
TYPED = {
    "way": "earnings", "kind": "deducted", "amount": "120", "reference": "PAY 10", **day("on", "2026-10-28"),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def paul() -> User:
    return make_user(PAUL)


@pytest.fixture
def case(paul: User) -> Case:
    case = make_case(paul, perspective=Perspective.PAYING)
    cases.record_service(actor=paul, case=case, type=ServiceType.COLLECT_AND_PAY, from_on=dt.date(2026, 1, 5))
    return case


@pytest.fixture
def client(paul: User) -> Client:
    client = Client()
    client.force_login(paul)
    return client


def leg(kind: LegKind = LegKind.DEDUCTED, *, number: int = 0, way: Way = Way.EARNINGS, payment_id: str = "") -> Leg:
    """A leg of £120 that was told today."""
    return Leg(
        number=number, kind=kind, way=way, on=dt.date(2026, 10, 28), recorded_on=ON, gross=12000,
        payment_id=payment_id, id=str(uuid.uuid4()),
    )  # fmt: skip


class TestTheForm:
    def test_adds_a_sum_and_says_when_to_ask(self, client: Client, case: Case) -> None:
        page = client.post(reverse("arrears:new-transit", args=[case.pk]), TYPED, follow=True).content.decode()
        assert "£120.00: On its way to CMS" in page
        assert "by 19 November 2026, usually" in page
        assert "Not verified by us" in page
        assert "whether it is held in suspense" in page
        assert "Reference: PAY 10." in page

    def test_adds_the_next_step_to_the_same_sum(self, client: Client, case: Case) -> None:
        client.post(reverse("arrears:new-transit", args=[case.pk]), TYPED)
        url = reverse("arrears:next-transit", args=[case.pk, 1])
        assert "If all of it arrives: £120.00." in client.get(url).content.decode()
        client.post(url, {"kind": "received", "amount": "100", **day("on", "2026-11-18")})
        page = client.get(reverse("arrears:transit", args=[case.pk, 1])).content.decode()
        assert "£20.00 is missing at this step." in page
        assert [row.number for row in TransitLeg.objects.all()] == [1, 1]

    def test_keeps_money_that_was_passed_on_as_what_came(self, client: Client, case: Case) -> None:
        typed = TYPED | {"kind": "paid_out", "amount": "96", "fee": "4"}
        client.post(reverse("arrears:new-transit", args=[case.pk]), typed)
        row = TransitLeg.objects.get()
        assert (row.gross_pence, row.fee_pence, row.net_pence) == (None, 400, 9600)

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"amount": "0"}, "more than"),
            ({"amount": "-5"}, "without a minus sign"),
            ({"amount": "1e9"}, "letter e"),
            ({"kind": "lost"}, "not one of the available choices"),
            ({"way": ""}, "Choose how it travels."),
            ({"kind": ""}, "Choose what happened."),
            ({"fee": "5"}, "CMS keeps no fee at this step."),
            ({"kind": "allocated", "fee": "120"}, "as much as the sum itself"),
            ({"on_y": "2027"}, "2027|future|after today"),
            ({"reference": "x" * 61}, "60"),
        ],
    )
    def test_says_what_is_wrong_and_writes_nothing(
        self, client: Client, case: Case, changed: dict[str, str], said: str
    ) -> None:
        page = client.post(reverse("arrears:new-transit", args=[case.pk]), TYPED | changed).content.decode()
        assert re.search(said, page)
        assert not TransitLeg.objects.exists()

    def test_leads_to_the_payment_that_it_became(self, client: Client, case: Case, paul: User) -> None:
        paid = operations.record_payment(
            actor=paul, case=case, paid_on=dt.date(2026, 10, 28), amount_pence=12000, recorded_on=None,
            route=Route.VIA_CMS_PAID,
        )  # fmt: skip
        url = reverse("arrears:new-transit", args=[case.pk])
        assert "£120.00 on 28 October 2026" in client.get(url).content.decode()
        page = client.post(url, TYPED | {"payment": str(paid.pk)}, follow=True).content.decode()
        assert reverse("arrears:payment", args=[case.pk, paid.pk]) in page

    def test_answers_404_for_a_sum_that_is_not_there(self, client: Client, case: Case) -> None:
        for name in ("arrears:transit", "arrears:next-transit"):
            assert client.get(reverse(name, args=[case.pk, 2])).status_code == 404
        assert client.post(reverse("arrears:next-transit", args=[case.pk, 10**30])).status_code == 404


class TestAStep:
    def test_moves_no_figure(self, paul: User, case: Case) -> None:
        operations.record_opening_balance(actor=paul, case=case, on=ON, amount_pence=5000, source="")
        before = position(queries.facts_for(case), on=ON, known_on=ON)
        for kind in LegKind:
            operations.record_leg(actor=paul, case=case, leg=leg(kind, number=0 if kind is LegKind.DEDUCTED else 1))
        assert position(queries.facts_for(case), on=ON, known_on=ON) == before
        assert len(queries.facts_for(case).transits) == 4

    def test_is_the_same_one_when_it_is_sent_twice(self, paul: User, case: Case) -> None:
        one = leg()
        rows = [operations.record_leg(actor=paul, case=case, leg=one) for _ in range(2)]
        assert rows[0].pk == rows[1].pk
        assert operations.record_leg(actor=paul, case=case, leg=leg()).number == 2

    def test_is_refused_where_the_sum_goes_another_way(self, paul: User, case: Case) -> None:
        operations.record_leg(actor=paul, case=case, leg=leg())
        with pytest.raises(Refusal, match="another way"):
            operations.record_leg(actor=paul, case=case, leg=leg(LegKind.RECEIVED, number=1, way=Way.BANK))

    def test_is_refused_with_a_payment_of_another_record(self, paul: User, case: Case) -> None:
        rosa = make_user(ROSA)
        other = make_case(rosa)
        paid = operations.record_payment(actor=rosa, case=other, paid_on=ON, amount_pence=1, recorded_on=None)
        with pytest.raises(Refusal, match="not in your record"):
            operations.record_leg(actor=paul, case=case, leg=leg(payment_id=str(paid.pk)))

    def test_is_refused_with_a_payment_that_was_struck_out(self, paul: User, case: Case) -> None:
        paid = operations.record_payment(actor=paul, case=case, paid_on=ON, amount_pence=1, recorded_on=None)
        cases.strike_out(actor=paul, case=case, fact_id=paid.pk, on=ON, reason="Slip")
        with pytest.raises(Refusal, match="not in your record"):
            operations.record_leg(actor=paul, case=case, leg=leg(payment_id=str(paid.pk)))

    def test_can_be_struck_out_and_stays_to_be_seen(self, client: Client, paul: User, case: Case) -> None:
        row = operations.record_leg(actor=paul, case=case, leg=leg())
        url = reverse("pages:strike-out", args=[case.pk, row.pk])
        assert "this step" in client.get(url).content.decode()
        page = client.post(url, {"reason": "Typed twice"}, follow=True).content.decode()
        assert "This sum was struck out" in page
        listed = client.get(reverse("arrears:transits", args=[case.pk])).content.decode()
        assert "Typed twice" in listed
        assert "Late: ask where it is" not in listed


class TestTheTimeline:
    def test_shows_each_step_and_leads_to_its_sum(self, client: Client, paul: User, case: Case) -> None:
        operations.record_leg(actor=paul, case=case, leg=leg())
        page = client.get(reverse("correspondence:timeline", args=[case.pk])).content.decode()
        assert "Money on its way: £120.00" in page
        assert reverse("arrears:transit", args=[case.pk, 1]) in page


class TestWhatNext:
    def test_says_to_ask_where_the_money_is(self, client: Client, paul: User, case: Case) -> None:
        cases.record_calculation(
            actor=paul, case=case, weekly_pence=10000, effective_on=dt.date(2026, 1, 5), decided_on=None,
            notified_on=None,
        )  # fmt: skip
        url = reverse("correspondence:next", args=[case.pk])
        assert "Ask CMS where the money is" not in client.get(url).content.decode()
        operations.record_leg(actor=paul, case=case, leg=leg())
        page = client.get(url).content.decode()
        assert "Ask CMS where the money is" in page
        assert "£120.00 has been on its way through CMS since 28 October 2026" in page
        assert reverse("arrears:transits", args=[case.pk]) in page
        assert reverse("correspondence:moving", args=[case.pk]) in page


class TestTakenAlong:
    def test_with_the_record_and_its_payment(self, paul: User, case: Case) -> None:
        paid = operations.record_payment(
            actor=paul, case=case, paid_on=dt.date(2026, 10, 28), amount_pence=12000, recorded_on=None,
            route=Route.VIA_CMS_PAID,
        )  # fmt: skip
        operations.record_payment(actor=paul, case=case, paid_on=ON, amount_pence=1, recorded_on=None)
        operations.record_leg(actor=paul, case=case, leg=leg(payment_id=str(paid.pk)))
        text = case_transfer.hand_out(case, actor=paul)
        again = case_transfer.bring_in(case_file.parse(text), owner=paul)
        (moved,) = queries.facts_for(again).transits
        payments = {one.id: one for one in queries.facts_for(again).payments}
        assert payments[moved.payment_id].amount == 12000
        assert moved.payment_id != str(paid.pk)
        assert case_transfer.hand_out(again, actor=paul) == text

    def test_with_the_copy_of_all_that_is_kept(self, paul: User, case: Case) -> None:
        operations.record_leg(actor=paul, case=case, leg=leg())
        copy = b"".join(rows_of_record(case.pk)).decode()
        assert '"TransitLeg": [' in copy
        assert '"gross_pence": 12000' in copy


class TestTheLimitOnPay:
    @pytest.mark.parametrize(("order", "taken", "short"), [("150", "£150.00", "£0.00"), ("600", "£480.00", "£120.00")])
    def test_leaves_what_is_protected(self, client: Client, case: Case, order: str, taken: str, short: str) -> None:
        url = reverse("arrears:pay-limit", args=[case.pk])
        page = client.get(url, {"pay": "1200", "order": order}).content.decode()
        assert f"{taken} may be taken" in page
        assert "£720.00" in page
        assert short in page

    def test_says_what_is_wrong(self, client: Client, case: Case) -> None:
        page = client.get(reverse("arrears:pay-limit", args=[case.pk]), {"pay": "lots"}).content.decode()
        assert "Use numbers only, like 200.00." in page
        assert "Enter the order, like 200.00." in page
        assert "may be taken</h2>" not in page
