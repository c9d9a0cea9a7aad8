"""The ways to collect and what happened, seen and pressed on a phone and on a desk, by both sides."""

import datetime as dt
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from arrears import operations as arrears
from arrears.core.event_values import Event, EventKind, Power
from cases import operations as cases
from cases.core.facts import Nation, Perspective, ServiceType
from cases.models import Case
from cms_tracker.users.models import User
from cms_tracker.web.clock import today
from correspondence import operations
from correspondence.core.enforcement_words import number_of
from correspondence.models import CaseEvent
from tests.browser.conftest import DESK, PHONE
from tests.cast import PAUL, ROSA, Person
from tests.factories import make_case, make_user

SignIn = Callable[[Page, User], None]
Check = Callable[[Page], None]
Picture = Callable[..., None]


def person(who: Person) -> User:
    made = make_user(who)
    User.objects.update(safety_page_seen_at="2025-01-01T12:00Z")
    return made


def opened(owner: User, *, perspective: Perspective, nation: Nation) -> Case:
    """A case with £5,000 carried over, on Collect and Pay, in which some of it was tried."""
    case = make_case(owner, perspective=perspective, nation=nation)
    known = {"actor": owner, "case": case}
    cases.record_service(**known, type=ServiceType.COLLECT_AND_PAY, from_on=dt.date(2025, 1, 6))
    arrears.record_opening_balance(**known, on=dt.date(2025, 1, 6), amount_pence=500_000, source="Letter")
    for kind, on in ((EventKind.ENFORCEMENT_MADE, 200), (EventKind.ENFORCEMENT_FAILED, 100)):
        event = Event(
            kind=kind, power=Power.DEDUCTION_FROM_EARNINGS, on=today() - dt.timedelta(days=on), note="Left the job"
        )
        operations.add_event(**known, event=event)
    return case


@pytest.fixture
def hers(transactional_db: None) -> tuple[User, Case]:
    rosa = person(ROSA)
    return rosa, opened(rosa, perspective=Perspective.RECEIVING, nation=Nation.ENGLAND)


@pytest.fixture
def his(transactional_db: None) -> tuple[User, Case]:
    paul = person(PAUL)
    return paul, opened(paul, perspective=Perspective.PAYING, nation=Nation.SCOTLAND)


class TestTheReceivingParent:
    def test_sees_what_was_tried_and_notes_what_cms_said(
        self, phone: Page, hers: tuple[User, Case], sign_in: SignIn, check_accessible: Check, picture: Picture
    ) -> None:
        rosa, case = hers
        sign_in(phone, rosa)
        phone.goto(f"/records/{case.pk}/steps/")
        expect(phone.get_by_role("heading", level=1, name="Ways to collect")).to_be_visible()
        phone.get_by_text("What must come first, and its limits").first.tap()
        check_accessible(phone)
        picture(phone, "ladder-receiving")
        card = phone.locator(f"#way-{number_of(Power.LIABILITY_ORDER)}")
        card.get_by_role("link", name="Note what happened with it").tap()
        expect(phone.get_by_role("heading", level=1, name="What happened?")).to_be_visible()
        check_accessible(phone)
        phone.get_by_role("link", name="CMS said no, or not now").tap()
        expect(phone.get_by_label("Which way of collecting?")).to_have_value("liability_order")
        check_accessible(phone)
        picture(phone, "event-form")
        for name, value in (("d", today().day), ("m", today().month), ("y", today().year)):
            phone.locator(f"[name=on_{name}]").fill(str(value))
        phone.get_by_role("button", name="Save what happened").tap()
        expect(phone.locator(".done")).to_contain_text("Saved.")
        check_accessible(phone)
        picture(phone, "events")
        assert CaseEvent.objects.filter(power="liability_order", kind="enforcement_refused").count() == 1

    def test_sees_it_on_a_desk(
        self, page: Page, hers: tuple[User, Case], sign_in: SignIn, check_accessible: Check
    ) -> None:
        rosa, case = hers
        page.set_viewport_size(DESK)
        sign_in(page, rosa)
        for path in ("steps/", "events/", "events/new/"):
            page.goto(f"/records/{case.pk}/{path}")
            check_accessible(page)


class TestThePayingParent:
    def test_sees_what_each_costs_and_how_to_answer_it(
        self, page: Page, his: tuple[User, Case], sign_in: SignIn, check_accessible: Check, picture: Picture
    ) -> None:
        paul, case = his
        sign_in(page, paul)
        for size in (PHONE, DESK):
            page.set_viewport_size(size)
            page.goto(f"/records/{case.pk}/steps/")
            expect(page.get_by_role("heading", name="How to answer it").first).to_be_visible()
            check_accessible(page)
        picture(page, "ladder-paying")
        page.get_by_role("link", name="Count the days: 21 days").click()
        expect(page.get_by_role("heading", level=1, name="A liability order application in Scotland")).to_be_visible()
