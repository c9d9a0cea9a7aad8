"""Deadlines, reminders and the calendar, seen and pressed on a phone and on a desk."""

import datetime as dt
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from arrears.core.case_values import ClockKind
from cases.models import Case
from cms_tracker.users.models import User
from cms_tracker.web.clock import today
from correspondence import operations
from correspondence.models import ClockEnd, ReminderSettings
from tests.browser.conftest import DESK
from tests.cast import ROSA
from tests.factories import make_case, make_user

SignIn = Callable[[Page, User], None]
Check = Callable[[Page], None]


@pytest.fixture
def rosa(transactional_db: None) -> User:
    rosa = make_user(ROSA)
    User.objects.update(safety_page_seen_at="2025-01-01T12:00Z")
    return rosa


@pytest.fixture
def case(rosa: User) -> Case:
    case = make_case(rosa)
    week, month = today() - dt.timedelta(days=7), today() - dt.timedelta(days=60)
    operations.start_clock(actor=rosa, case=case, kind=ClockKind.RECONSIDERATION, dated_on=week, reached_on=today())
    operations.start_clock(actor=rosa, case=case, kind=ClockKind.TRIBUNAL, dated_on=month)
    return case


class TestDeadlines:
    def test_are_added_read_and_closed_on_a_phone_and_seen_on_a_desk(
        self, phone: Page, rosa: User, case: Case, sign_in: SignIn, check_accessible: Check
    ) -> None:
        sign_in(phone, rosa)
        phone.goto(f"/records/{case.pk}/deadlines/")
        expect(phone.get_by_role("heading", name="Past their day")).to_be_visible()
        phone.get_by_text("Who says so").first.tap()
        check_accessible(phone)
        phone.get_by_role("link", name="Add what started a deadline").tap()
        expect(phone.get_by_role("heading", level=1, name="What started it?")).to_be_visible()
        check_accessible(phone)
        phone.get_by_text("CMS’s final answer to a complaint").tap()
        phone.get_by_role("button", name="Go on to its day").tap()
        expect(phone.get_by_role("heading", level=1, name="CMS’s final answer")).to_be_visible()
        check_accessible(phone)
        for name, value in (("d", today().day), ("m", today().month), ("y", today().year)):
            phone.locator(f"[name=reached_on_{name}]").fill(str(value))
        phone.get_by_role("button", name="Save this deadline").tap()
        expect(phone.locator(".done")).to_contain_text("Saved.")
        phone.get_by_role("link", name="Say what became of it").first.tap()
        expect(phone.get_by_role("heading", level=1, name="What became of it?")).to_be_visible()
        phone.get_by_text("It is done").tap()
        check_accessible(phone)
        phone.get_by_role("button", name="Save what became of it").tap()
        expect(phone.get_by_text("Done, or not needed (1)")).to_be_visible()
        assert ClockEnd.objects.count() == 1
        phone.set_viewport_size(DESK)
        phone.reload()
        check_accessible(phone)


class TestRemindersAndCalendar:
    def test_are_turned_on_only_after_the_risk_was_read(
        self, phone: Page, rosa: User, case: Case, sign_in: SignIn, check_accessible: Check
    ) -> None:
        sign_in(phone, rosa)
        phone.goto("/account/reminders/")
        check_accessible(phone)
        phone.get_by_text(f"Yes, to {ROSA.email}").tap()
        phone.get_by_role("button", name="Save this choice").tap()
        expect(phone.get_by_role("alert")).to_contain_text("leave reminders off")
        phone.get_by_label("Only I read e-mails to this address.").check()
        phone.get_by_role("button", name="Save this choice").tap()
        expect(phone.locator(".done")).to_contain_text("Reminders are on.")
        assert ReminderSettings.objects.get().is_on
        phone.get_by_role("link", name="Read what it means first").tap()
        expect(phone.get_by_role("heading", level=1, name="Before you put your days")).to_be_visible()
        check_accessible(phone)
        phone.get_by_label("Record ending").check()
        phone.get_by_label("Only I see the calendar").check()
        phone.get_by_role("button", name="Make the secret address").tap()
        expect(phone.locator("output")).to_contain_text("/calendar/")
        check_accessible(phone)
        phone.get_by_role("link", name="I have copied it").tap()
        phone.set_viewport_size(DESK)
        expect(phone.get_by_role("button", name="Make a new address")).to_be_visible()
        check_accessible(phone)
