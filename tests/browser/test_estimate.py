"""The illustration of a weekly amount, and where its numbers come from, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from cms_tracker.users.models import User
from tests.browser.conftest import DESK, PHONE
from tests.cast import ROSA
from tests.factories import import_example, make_user

SignIn = Callable[[Page, User], None]
Check = Callable[[Page], None]
WIDTHS = pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])


class TestWithoutAnAccount:
    @WIDTHS
    def test_answers_with_its_steps_accessibly(
        self, open_context: Callable[..., BrowserContext], check_accessible: Check, viewport: dict[str, int]
    ) -> None:
        page = open_context(viewport=viewport).new_page()
        page.goto("/estimate/")
        check_accessible(page)
        page.get_by_label("Gross income of the paying parent").fill("600")
        page.get_by_label("That income is for").select_option("week")
        page.get_by_role("button", name="Add another child").click()
        check_accessible(page)

        page.get_by_role("button", name="Work it out").click()

        expect(page.get_by_role("heading", level=1)).to_have_text("This would come to £96.00 a week")
        expect(page.locator(".working")).to_contain_text("16% of £600.00")
        check_accessible(page)

    def test_works_with_the_keyboard_and_without_javascript(self, plain_page: Page) -> None:
        plain_page.goto("/estimate/")
        plain_page.locator("#id_income").fill("24OOO")
        plain_page.locator("#id_income").press("Enter")
        expect(plain_page.get_by_role("alert")).to_contain_text("You typed a letter O.")

        plain_page.get_by_label("Yes").check()
        expect(plain_page.locator("#id_income")).to_be_hidden()
        plain_page.get_by_role("button", name="Work it out").press("Enter")

        expect(plain_page.get_by_role("heading", level=1)).to_have_text("This would come to £7.00 a week")


class TestOnARecord:
    @WIDTHS
    def test_stands_beside_the_decision_accessibly(
        self,
        open_context: Callable[..., BrowserContext],
        sign_in: SignIn,
        check_accessible: Check,
        viewport: dict[str, int],
    ) -> None:
        rosa = make_user(ROSA)
        case = import_example("direct-pay-missed", owner=rosa)
        page = open_context(viewport=viewport).new_page()
        sign_in(page, rosa)
        page.goto(f"/records/{case.pk}/details/")
        page.get_by_role("link", name="Is the weekly amount plausible?").click()
        check_accessible(page)
        page.get_by_label("Gross income of the paying parent").fill("42000")

        page.get_by_role("button", name="Put it beside the decision").click()

        expect(page.get_by_role("heading", level=1)).to_contain_text("than this illustration")
        expect(page.get_by_role("heading", name="What a difference can mean")).to_be_visible()
        check_accessible(page)


class TestWhereOurFactsComeFrom:
    @WIDTHS
    def test_is_readable_at_every_width(
        self, open_context: Callable[..., BrowserContext], check_accessible: Check, viewport: dict[str, int]
    ) -> None:
        page = open_context(viewport=viewport).new_page()
        page.goto("/sources/")

        page.get_by_role("link", name="Time limits").click()

        expect(page.get_by_role("heading", name="Time limits")).to_be_in_viewport()
        check_accessible(page)
