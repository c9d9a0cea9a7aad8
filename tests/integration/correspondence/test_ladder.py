"""The page of the ways to collect: for each side, in each nation, with what was noted and what is missing."""

import datetime as dt
import re
from dataclasses import replace
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from arrears import operations as arrears
from arrears.core.event_values import Event, EventKind, Power
from arrears.core.other_facts import LiabilityOrder
from cases import operations as cases
from cases.core.facts import Frequency, Nation, Perspective, ServiceType
from cases.models import Case
from cms_tracker.users.models import User
from correspondence import operations, queries
from correspondence.core.enforcement import Answer, standing
from correspondence.core.enforcement_words import number_of
from correspondence.core.events import POWERS
from correspondence.core.events import number_of as number_of_kind
from correspondence.core.powers import powers_of
from tests.cast import ROSA
from tests.factories import make_case, make_user

TODAY = dt.date(2026, 11, 23)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day() -> Any:
    with time_machine.travel(dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def rosa() -> User:
    return make_user(ROSA)


@pytest.fixture
def client(rosa: User) -> Client:
    client = Client()
    client.force_login(rosa)
    return client


def opened(owner: User, **more: Any) -> Case:
    """A case with £2,000 carried over, on Collect and Pay."""
    case = make_case(owner, **more)
    known = {"actor": owner, "case": case}
    cases.record_service(**known, type=ServiceType.COLLECT_AND_PAY, from_on=dt.date(2025, 1, 6))
    arrears.record_opening_balance(**known, on=dt.date(2025, 1, 6), amount_pence=200_000, source="Letter")
    return case


def note(owner: User, case: Case, kind: str, power: Power, on: str = "2026-03-01", **more: Any) -> None:
    event = Event(kind=EventKind(f"enforcement_{kind}"), power=power, on=dt.date.fromisoformat(on), **more)
    operations.add_event(actor=owner, case=case, event=event)


def page(client: Client, case: Case) -> str:
    answer = client.get(reverse("correspondence:ladder", args=[case.pk]))
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


class TestThePage:
    @pytest.mark.parametrize("nation", Nation)
    def test_shows_the_ways_of_the_nation_and_no_other(self, client: Client, rosa: User, nation: Nation) -> None:
        shown = page(client, opened(rosa, nation=nation))
        here = set(powers_of(nation))
        for power in Power:
            assert (f'id="way-{number_of(power)}"' in shown) is (power in here)

    def test_says_what_is_owed_and_who_chooses(self, client: Client, rosa: User) -> None:
        shown = page(client, opened(rosa))
        assert "Your record shows £2,000.00 on 23 November 2026." in shown
        assert "CMS chooses what to do" in shown

    def test_shows_what_was_tried_asked_and_refused_with_its_day(self, client: Client, rosa: User) -> None:
        case = opened(rosa)
        assert "Nothing is noted yet." in page(client, case)
        note(rosa, case, "asked", Power.DEDUCTION_FROM_EARNINGS, note="By phone")
        note(rosa, case, "failed", Power.DEDUCTION_FROM_EARNINGS, "2026-05-01")
        note(rosa, case, "refused", Power.PASSPORT, "2026-06-01")
        shown = page(client, case)
        assert "1 March 2026: Asked for. By phone" in shown
        assert "1 May 2026: It did not work" in shown
        assert "1 June 2026: CMS said no, or not now" in shown

    def test_says_why_not_yet_and_then_that_it_can_be_asked_for(self, client: Client, rosa: User) -> None:
        case = opened(rosa)
        assert "A deduction from earnings comes first" in page(client, case)
        note(rosa, case, "failed", Power.DEDUCTION_FROM_EARNINGS)
        found = standing(Power.LIABILITY_ORDER, queries.situation_of(case, on=TODAY))
        assert found.answer is Answer.CAN_ASK

    def test_offers_the_letters_of_its_side(self, client: Client, rosa: User) -> None:
        receiving = page(client, opened(rosa))
        paying = page(client, opened(rosa, perspective=Perspective.PAYING))
        assert "Ask why arrears are not being collected" in receiving
        assert "Ask why arrears are not being collected" not in paying
        assert "Letters to answer with" in paying

    def test_says_where_nobody_verified_it(self, client: Client, rosa: User) -> None:
        shown = page(client, opened(rosa, nation=Nation.SCOTLAND))
        assert "Not verified by us" in shown
        assert "Sources disagree on where it exists." in shown

    def test_names_the_page_and_its_address_blandly(self, client: Client, rosa: User) -> None:
        case = opened(rosa)
        assert "<title>Steps" in page(client, case)
        assert reverse("correspondence:ladder", args=[case.pk]).endswith("/steps/")


class TestTheSideThatPays:
    def test_reads_what_each_costs_and_how_to_answer_it_by_when(self, client: Client, rosa: User) -> None:
        shown = page(client, opened(rosa, perspective=Perspective.PAYING, nation=Nation.SCOTLAND))
        assert "CMS adds £300.00 for the paying parent." in shown
        assert "CMS adds £200.00 for the paying parent." in shown
        assert "Count the days: 14 days from service" in shown
        assert "Count the days: 21 days" in shown
        assert "National Debtline" in shown

    def test_is_not_given_the_words_of_the_other_side(self, client: Client, rosa: User) -> None:
        shown = page(client, opened(rosa, perspective=Perspective.PAYING))
        assert "note that CMS said no" not in shown
        assert "You can ask for it" not in shown


class TestThreeLimits:
    def test_stand_apart_with_their_numbers(self, client: Client, rosa: User) -> None:
        shown = page(client, opened(rosa))
        for words in (
            "up to 40% of net income",
            "60% of net pay must be left",
            "At most 40% of gross weekly income",
            "At most £80 a week",
        ):
            assert words in shown


class TestTheSituation:
    def test_counts_what_fell_due_after_a_liability_order_as_new(self, rosa: User) -> None:
        case = opened(rosa)
        known = {"actor": rosa, "case": case}
        cases.record_calculation(
            **known,
            weekly_pence=6000,
            effective_on=dt.date(2026, 1, 5),
            decided_on=dt.date(2026, 1, 5),
            notified_on=dt.date(2026, 1, 5),
        )
        cases.record_schedule(**known, frequency=Frequency.MONTHLY, first_due_on=dt.date(2026, 2, 2))
        order = LiabilityOrder(
            granted_on=dt.date(2025, 6, 1),
            from_on=dt.date(2024, 1, 1),
            to_on=dt.date(2025, 5, 1),
            amount=200_000,
            id="00000000-0000-4000-8000-000000000001",
        )
        assert queries.situation_of(case, on=TODAY).new_arrears == 0
        arrears.record_fact(**known, fact=order)
        situation = queries.situation_of(case, on=TODAY)
        assert situation.new_arrears == 284_000  # ten months of £260, and £240 owed when it was decided
        assert situation.owed == 484_000
        assert standing(Power.LIABILITY_ORDER, situation).answer is Answer.NOT_YET
        without = replace(situation, new_arrears=0)
        assert standing(Power.LIABILITY_ORDER, without).answer is Answer.IN_FORCE

    def test_says_that_a_kept_plan_leaves_only_asking_beside_it(self, client: Client, rosa: User) -> None:
        case = opened(rosa)
        known = {"actor": rosa, "case": case}
        arrears.record_plan(
            **known,
            agreed_on=dt.date(2026, 9, 1),
            first_payment_on=dt.date(2026, 10, 1),
            frequency=Frequency.MONTHLY,
            total_pence=10_000,
            arrears_part_pence=10_000,
        )
        for month in (10, 11):
            arrears.record_payment(**known, paid_on=dt.date(2026, month, 1), amount_pence=10_000, recorded_on=None)
        assert queries.situation_of(case, on=TODAY).plan_is_kept
        shown = page(client, case)
        assert "A plan is being kept" in shown
        assert "Rare while a plan is kept" in shown


class TestANoteFromTheBoard:
    def test_begins_with_the_way_that_was_chosen(self, client: Client, rosa: User) -> None:
        case = opened(rosa)
        way = number_of(Power.CHARGING_ORDER)
        chosen = client.get(reverse("correspondence:choose-event", args=[case.pk]), {"way": way}).content.decode()
        kind = number_of_kind(EventKind.ENFORCEMENT_MADE)
        address = reverse("correspondence:new-event", args=[case.pk, kind])
        assert f"{address}?way={way}" in chosen
        assert reverse("correspondence:new-event", args=[case.pk, 1]) not in chosen
        form = client.get(address, {"way": way}).content.decode()
        assert f'<option value="charging_order" selected>{POWERS[Power.CHARGING_ORDER]}</option>' in form

    @pytest.mark.parametrize("way", ["0", "99", "x", "", "1 "])
    def test_takes_no_notice_of_one_that_is_none(self, client: Client, rosa: User, way: str) -> None:
        case = opened(rosa)
        chosen = client.get(reverse("correspondence:choose-event", args=[case.pk]), {"way": way}).content.decode()
        assert reverse("correspondence:new-event", args=[case.pk, 1]) in chosen
        assert "?way" not in chosen
