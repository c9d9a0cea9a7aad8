"""The plan checker and the plans of a case, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from cms_tracker.users.models import User
from tests.browser.conftest import DESK, NARROWEST
from tests.cast import ROSA
from tests.factories import import_example, make_user

SignIn = Callable[[Page, User], None]
Check = Callable[[Page], None]
WIDTHS = pytest.mark.parametrize("viewport", [NARROWEST, DESK], ids=["narrowest", "desk"])


def _fill(page: Page, number: int, part: str) -> None:
    page.locator(f"#id_part_{number}").fill(part)
    for box, text in enumerate(("1", "4", "2022")):
        page.locator(f"#id_first_{number}_{box}").fill(text)


class TestThePlanChecker:
    @WIDTHS
    def test_answers_accessibly_at_every_width(
        self, open_context: Callable[..., BrowserContext], check_accessible: Check, viewport: dict[str, int]
    ) -> None:
        page = open_context(viewport=viewport).new_page()
        page.goto("/plan/")
        check_accessible(page)
        page.get_by_label("How much is owed").fill("12391.53")
        _fill(page, 1, "127.94")

        page.get_by_role("button", name="Check this plan").click()

        expect(page.get_by_role("heading", level=1)).to_have_text("This plan takes 97 monthly payments")
        check_accessible(page)

    def test_shows_its_errors_accessibly(self, phone: Page, check_accessible: Check) -> None:
        phone.goto("/plan/")
        phone.get_by_label("How much is owed").fill("1O0")

        phone.get_by_role("button", name="Check this plan").click()

        expect(phone.get_by_role("alert")).to_contain_text("You typed a letter O.")
        check_accessible(phone)
        phone.get_by_role("alert").get_by_role("link").first.click()
        expect(phone.get_by_label("How much is owed")).to_be_focused()

    def test_works_with_the_keyboard_and_without_javascript(self, plain_page: Page) -> None:
        plain_page.goto("/plan/")
        plain_page.get_by_label("How much is owed").fill("12391.53")
        _fill(plain_page, 1, "127.94")
        plain_page.get_by_role("button", name="Add another plan").press("Enter")
        plain_page.locator("#id_part_2").fill("516.32")
        plain_page.locator("#id_part_2").press("Enter")

        expect(plain_page.get_by_role("heading", level=1)).to_have_text("Two plans, side by side")
        expect(plain_page.locator(".plan .status")).to_have_text(["Longer than two years", "Within two years"])

    def test_leaves_nothing_in_the_address(self, page: Page) -> None:
        page.goto("/plan/")
        page.get_by_label("How much is owed").fill("12391.53")
        _fill(page, 1, "127.94")

        page.get_by_role("button", name="Check this plan").click()

        assert page.url.endswith("/plan/")


class TestThePlansOfTheRealCase:
    @WIDTHS
    def test_are_accessible_at_every_width(
        self,
        open_context: Callable[..., BrowserContext],
        sign_in: SignIn,
        check_accessible: Check,
        viewport: dict[str, int],
    ) -> None:
        rosa = make_user(ROSA)
        case = import_example("p-002456", rosa)
        page = open_context(viewport=viewport).new_page()
        sign_in(page, rosa)

        for place in ("plans/", "plans/new/", "plans/compare/", "overview/?on=2024-02-21", "overview/name/"):
            page.goto(f"/records/{case.pk}/{place}")
            check_accessible(page)

    def test_are_accessible_in_the_dark(
        self,
        open_context: Callable[..., BrowserContext],
        sign_in: SignIn,
        check_accessible: Check,
    ) -> None:
        rosa = make_user(ROSA)
        case = import_example("p-002456", rosa)
        page = open_context(color_scheme="dark").new_page()
        sign_in(page, rosa)

        page.goto(f"/records/{case.pk}/plans/")

        check_accessible(page)

    def test_have_their_pictures_taken(self, page: Page, sign_in: SignIn, picture: Callable[..., None]) -> None:
        rosa = make_user(ROSA)
        case = import_example("p-002456", rosa)
        sign_in(page, rosa)

        for place, name, heading in (
            ("plans/", "plans", "2 repayment plans on this record"),
            ("overview/?on=2024-02-21", "case", "£10,153.01 is owed on 21 February 2024"),
        ):
            page.goto(f"/records/{case.pk}/{place}")
            expect(page.get_by_role("heading", level=1)).to_have_text(heading)
            picture(page, name)
