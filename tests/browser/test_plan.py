"""The plan checker and the plans of a case, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from cases.core.facts import Perspective
from cms_tracker.users.models import User
from tests.browser.conftest import DESK, NARROWEST
from tests.cast import PAUL, ROSA
from tests.factories import import_example, make_user, monthly_case

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


class TestABudget:
    @WIDTHS
    def test_adds_up_accessibly_at_every_width(
        self, open_context: Callable[..., BrowserContext], check_accessible: Check, viewport: dict[str, int]
    ) -> None:
        page = open_context(viewport=viewport).new_page()
        page.goto("/plan/budget/")
        check_accessible(page)
        page.get_by_label("Wages", exact=True).fill("1800")
        page.get_by_label("Rent or mortgage", exact=True).fill("750")
        page.get_by_role("button", name="Add another line").press("Enter")
        page.get_by_label("Extra line 1, what it is").select_option("other_debts")
        page.get_by_role("textbox", name="Extra line 1, amount").fill("50")
        page.get_by_label("Extra line 1, amount, how often").select_option("week")
        page.get_by_label("How much is owed").fill("2400")
        page.get_by_role("button", name="Add up this budget").press("Enter")

        expect(page.get_by_role("heading", level=1)).to_have_text("£833.33 a month is left")
        check_accessible(page)
        page.get_by_label("Wages", exact=True).fill("100")
        page.get_by_role("button", name="Add up this budget").press("Enter")
        expect(page.get_by_role("heading", name="Help that is free")).to_be_visible()
        check_accessible(page)

    def test_becomes_an_offer_on_the_record_of_the_parent_who_pays(
        self, phone: Page, sign_in: SignIn, check_accessible: Check
    ) -> None:
        paul = make_user(PAUL)
        case = monthly_case(paul, perspective=Perspective.PAYING)
        sign_in(phone, paul)
        phone.goto(f"/records/{case.pk}/plans/")
        phone.get_by_role("link", name="Make a budget").click()
        phone.get_by_label("Wages", exact=True).fill("1800")
        phone.get_by_role("button", name="Save this budget").press("Enter")
        expect(phone.get_by_role("heading", level=1)).to_have_text("£1,540.00 a month is left")
        check_accessible(phone)

        phone.get_by_role("button", name="Keep this offer").press("Enter")
        phone.get_by_role("link", name="I have sent it to CMS").click()
        check_accessible(phone)
        phone.get_by_role("button", name="Save this day").press("Enter")
        phone.get_by_role("link", name="CMS has answered").click()

        check_accessible(phone)

    def test_works_without_javascript(self, plain_page: Page) -> None:
        plain_page.goto("/plan/budget/")
        plain_page.get_by_label("Wages", exact=True).fill("1800")
        plain_page.get_by_role("button", name="Add another line").press("Enter")
        plain_page.get_by_label("Extra line 1, what it is").select_option("other_debts")
        plain_page.get_by_role("textbox", name="Extra line 1, amount").fill("800")
        plain_page.get_by_role("button", name="Add up this budget").press("Enter")

        expect(plain_page.get_by_role("heading", level=1)).to_have_text("£1,000.00 a month is left")


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

    @WIDTHS
    def test_say_how_each_one_is_kept_and_what_would_change_it(
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
        page.goto(f"/records/{case.pk}/plans/")
        page.get_by_role("link", name="Plan of December 2022", exact=True).click()
        check_accessible(page)

        page.get_by_label("Ongoing maintenance becomes, a week").fill("80")
        page.get_by_role("button", name="Try this").press("Enter")

        expect(page.get_by_role("heading", name="If ongoing maintenance becomes £80.00 a week")).to_be_visible()
        check_accessible(page)
        page.get_by_role("link", name="Record what CMS said").click()
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
