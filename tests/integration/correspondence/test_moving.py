"""Both services side by side for one record, for either side."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from arrears.core.event_values import Event, EventKind
from cases import operations as cases
from cases.core.facts import Frequency, Nation, Perspective, ServiceType
from cases.models import Case
from cms_tracker.users.models import User
from correspondence import operations
from tests.cast import PAUL, ROSA
from tests.factories import make_case, make_user

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
FIRST = dt.date(2026, 9, 7)


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


def collected(owner: User, perspective: Perspective, service: ServiceType, **more: object) -> Case:
    """£60 a week since September, of which nothing was paid."""
    case = make_case(owner, perspective=perspective, **more)
    cases.record_service(actor=owner, case=case, type=service, from_on=FIRST)
    cases.record_calculation(
        actor=owner, case=case, weekly_pence=6000, effective_on=FIRST, decided_on=None, notified_on=None
    )
    cases.record_schedule(actor=owner, case=case, frequency=Frequency.WEEKLY, first_due_on=FIRST)
    return case


def page_of(client: Client, owner: User, case: Case) -> str:
    client.force_login(owner)
    return client.get(reverse("correspondence:moving", args=[case.pk])).content.decode()


class TestThePage:
    def test_shows_rosa_what_moving_would_cost_and_the_letter(self, client: Client) -> None:
        rosa = make_user(ROSA)
        case = collected(rosa, Perspective.RECEIVING, ServiceType.DIRECT_PAY)
        page = page_of(client, rosa, case)
        assert "Direct Pay since 7 September 2026." in page
        assert "On Collect and Pay £2.40 a week less would reach you" in page
        assert "£72.00" in page
        assert "£57.60" in page
        assert reverse("correspondence:new-letter", args=[case.pk, "move-to-collect"]) in page
        assert "Fees that are announced, not in force" in page
        assert "<title>Two services" in page

    def test_shows_paul_what_it_would_cost_him_and_no_letter(self, client: Client) -> None:
        paul = make_user(PAUL)
        case = collected(paul, Perspective.PAYING, ServiceType.DIRECT_PAY)
        page = page_of(client, paul, case)
        assert "On Collect and Pay you would pay £12.00 a week more." in page
        assert reverse("correspondence:new-letter", args=[case.pk, "move-to-collect"]) not in page

    def test_says_until_when_a_notice_holds(self, client: Client) -> None:
        paul = make_user(PAUL)
        case = collected(paul, Perspective.PAYING, ServiceType.DIRECT_PAY)
        for kind, on in ((EventKind.FAILURE_NOTICE, dt.date(2026, 3, 2)), (EventKind.ARREARS_NOTICE, FIRST)):
            operations.add_event(actor=paul, case=case, event=Event(kind=kind, on=on))
        page = page_of(client, paul, case)
        assert "up to 2 March 2027" in page
        assert "New arrears need no further notice" in page

    def test_marks_what_is_not_verified(self, client: Client) -> None:
        rosa = make_user(ROSA)
        page = page_of(client, rosa, collected(rosa, Perspective.RECEIVING, ServiceType.COLLECT_AND_PAY))
        for soft in ("six months of payments on time", "A law of 2023", "fees on arrears that built up"):
            assert "Not verified by us." in page[page.index(soft) : page.index(soft) + 500]
        assert "Where has the money got to?" in page

    def test_does_not_give_the_rules_as_those_of_northern_ireland(self, client: Client) -> None:
        rosa = make_user(ROSA)
        case = collected(rosa, Perspective.RECEIVING, ServiceType.DIRECT_PAY, nation=Nation.NORTHERN_IRELAND)
        assert "We could not read the ones of Northern Ireland." in page_of(client, rosa, case)

    def test_asks_for_the_service_where_it_is_not_known(self, client: Client) -> None:
        rosa = make_user(ROSA)
        page = page_of(client, rosa, make_case(rosa))
        assert "does not say which service you use" in page
        assert "nothing to compare" in page
