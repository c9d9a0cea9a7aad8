"""Logging on a phone: three presses, with a thumb, with a keyboard, and without JavaScript."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from dateutil.relativedelta import relativedelta
from playwright.sync_api import Page, expect

from arrears import queries
from arrears.models import Observation, Payment
from cases.models import Case
from cms_tracker.users.models import User
from cms_tracker.web.clock import today
from tests.browser.conftest import DESK, NARROWEST, PHONE
from tests.cast import ROSA
from tests.factories import make_user, monthly_case

SignIn = Callable[[Page, User], None]
Check = Callable[[Page], None]


@pytest.fixture
def rosa(transactional_db: None) -> User:
    rosa = make_user(ROSA)
    User.objects.update(safety_page_seen_at="2025-01-01T12:00Z")
    return rosa


@pytest.fixture
def case(rosa: User) -> Case:
    """Three payments have fallen due, the last one ten days ago or a little more; nothing is logged."""
    return monthly_case(rosa, first_due=today() - dt.timedelta(days=10) - relativedelta(months=2))


@pytest.fixture
def latest_due(case: Case) -> dt.date:
    return queries.position_of(case, on=today(), known_on=today()).instalments[-1].due_on


class TestLogging:
    def test_takes_three_presses_from_today(
        self, phone: Page, rosa: User, case: Case, latest_due: dt.date, sign_in: SignIn
    ) -> None:
        sign_in(phone, rosa)
        phone.goto(f"/records/{case.pk}/")
        phone.get_by_role("link", name="Log what came, or did not").tap()
        phone.get_by_text("All of it, £260.00, on the day it was due").tap()
        phone.get_by_role("button", name="Save this payment").tap()
        expect(phone.locator(".done")).to_contain_text("£260.00 logged.")
        assert Payment.objects.get().paid_on == latest_due

    def test_asks_four_things_at_most_and_only_what_the_answer_needs(
        self,
        phone: Page,
        rosa: User,
        case: Case,
        sign_in: SignIn,
        check_accessible: Check,
        picture: Callable[..., None],
    ) -> None:
        sign_in(phone, rosa)
        phone.goto(f"/records/{case.pk}/payments/log/")
        asked = phone.locator("form.log > .field:visible, form.log .revealed:visible")
        expect(asked).to_have_count(3)
        phone.get_by_label("All of it, £260.00, on the day it was due").check()
        expect(asked).to_have_count(2)
        phone.get_by_label("A different amount").check()
        expect(asked).to_have_count(4)
        for viewport in (NARROWEST, PHONE, DESK):
            phone.set_viewport_size(viewport)
            check_accessible(phone)
        picture(phone, "log-payment")
        phone.get_by_label("Nothing", exact=True).check()
        expect(asked).to_have_count(1)
        phone.get_by_role("button", name="Save this payment").click()
        expect(phone.locator(".done")).to_contain_text("Noted: nothing came")
        assert Observation.objects.count() == 1

    def test_leads_from_the_summary_to_the_answer_that_needs_another_look(
        self,
        phone: Page,
        rosa: User,
        case: Case,
        sign_in: SignIn,
        check_accessible: Check,
        picture: Callable[..., None],
    ) -> None:
        sign_in(phone, rosa)
        phone.goto(f"/records/{case.pk}/payments/log/")
        phone.get_by_label("A different amount").check()
        phone.get_by_label("Amount that came").fill("2O0")
        phone.get_by_label("Another day", exact=True).check()
        next_year = today().year + 1
        for box, value in (("Day", "22"), ("Month", "4"), ("Year", str(next_year))):
            phone.get_by_label(box, exact=True).fill(value)
        phone.get_by_role("button", name="Save this payment").click()
        expect(phone.get_by_role("alert")).to_contain_text("2 answers need another look")
        assert phone.title().startswith("Error: Log")
        check_accessible(phone)
        picture(phone, "log-payment-error")
        phone.get_by_role("alert").get_by_role("link", name="You typed a letter O").click()
        expect(phone.get_by_label("Amount that came")).to_be_focused()
        expect(phone.get_by_label("Amount that came")).to_have_value("2O0")
        phone.get_by_role("alert").get_by_role("link", name=f"The year {next_year} has not happened yet").click()
        expect(phone.get_by_label("Day", exact=True)).to_be_focused()
        assert not Payment.objects.exists()

    def test_works_without_javascript_and_by_keyboard(
        self, plain_page: Page, rosa: User, case: Case, latest_due: dt.date, sign_in: SignIn
    ) -> None:
        sign_in(plain_page, rosa)
        plain_page.goto(f"/records/{case.pk}/payments/log/")
        plain_page.get_by_label("All of it, £260.00, on another day").focus()
        plain_page.keyboard.press("Space")
        plain_page.get_by_label(re.compile("^The day it was due")).focus()
        plain_page.keyboard.press("Space")
        plain_page.get_by_role("button", name="Save this payment").press("Enter")
        expect(plain_page.locator(".done")).to_contain_text("£260.00 logged.")
        assert Payment.objects.get().paid_on == latest_due

    def test_pressed_twice_makes_one_payment(self, page: Page, rosa: User, case: Case, sign_in: SignIn) -> None:
        sign_in(page, rosa)
        page.goto(f"/records/{case.pk}/payments/log/")
        page.get_by_label("All of it, £260.00, on the day it was due").check()
        page.get_by_role("button", name="Save this payment").dblclick()
        expect(page.locator(".done")).to_contain_text("£260.00 logged.")
        page.go_back()
        assert Payment.objects.filter(paid_on__lte=today() + dt.timedelta(days=1)).count() == 1

    def test_in_two_tabs_is_logged_once_unless_it_is_meant(
        self,
        phone: Page,
        rosa: User,
        case: Case,
        sign_in: SignIn,
        check_accessible: Check,
        picture: Callable[..., None],
    ) -> None:
        sign_in(phone, rosa)
        other = phone.context.new_page()
        for tab in (phone, other):
            tab.goto(f"/records/{case.pk}/payments/log/")
            tab.get_by_label("All of it, £260.00, on the day it was due").check()
        phone.get_by_role("button", name="Save this payment").click()
        expect(phone.locator(".done").get_by_role("link", name="A slip? Strike it out")).to_be_visible()
        other.get_by_role("button", name="Save this payment").click()
        expect(other.get_by_role("alert")).to_contain_text("is already logged, perhaps in another tab")
        check_accessible(other)
        picture(other, "log-payment-twice")
        assert Payment.objects.count() == 1
        other.get_by_role("button", name="Save this payment").click()
        expect(other.locator(".done")).to_contain_text("£260.00 logged.")
        assert Payment.objects.count() == 2
