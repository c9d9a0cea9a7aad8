"""What next, in a record and without one: read, pressed and asked on a phone and on a desk."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from cms_tracker.users.models import User
from correspondence.models import ClockStart
from tests.browser.conftest import DESK, PHONE
from tests.cast import ROSA
from tests.factories import import_example, make_user

SignIn = Callable[[Page, User], None]
Check = Callable[[Page], None]
WIDTHS = pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])


@pytest.fixture
def rosa(transactional_db: None) -> User:
    rosa = make_user(ROSA)
    User.objects.update(safety_page_seen_at="2025-01-01T12:00Z")
    return rosa


class TestInARecord:
    @WIDTHS
    def test_shows_what_is_open_and_makes_the_task_and_the_letter_in_one_press(
        self,
        open_context: Callable[..., BrowserContext],
        rosa: User,
        sign_in: SignIn,
        check_accessible: Check,
        viewport: dict[str, int],
    ) -> None:
        case = import_example("p-002456", rosa)
        page = open_context(viewport=viewport).new_page()
        sign_in(page, rosa)
        page.goto(f"/records/{case.pk}/next/")
        expect(page.get_by_role("heading", level=1, name="What next")).to_be_visible()
        expect(page.get_by_role("heading", name="Having CMS enforce now")).to_be_visible()
        page.locator("details.more > summary").first.click()
        check_accessible(page)

        card = page.locator(
            "article", has=page.get_by_role("heading", name="Ask CMS to look at the length of the plan")
        )
        card.get_by_role("button", name="Start this letter").click()

        expect(page.locator(".done")).to_contain_text("It is on your list of days to keep")
        expect(page.get_by_role("heading", level=1, name="Challenge a plan that takes too long")).to_be_visible()
        assert ClockStart.objects.filter(case=case, kind="own_step").count() == 1


class TestWithoutARecord:
    @WIDTHS
    def test_answers_a_few_questions_accessibly_and_keeps_them_out_of_the_address(
        self, open_context: Callable[..., BrowserContext], check_accessible: Check, viewport: dict[str, int]
    ) -> None:
        page = open_context(viewport=viewport).new_page()
        page.goto("/next/")
        page.get_by_text("Say more, if you like").click()
        check_accessible(page)
        page.get_by_label("Receiving parent", exact=True).check()
        page.get_by_label("Direct Pay").check()
        page.get_by_label("Yes", exact=True).check()
        page.get_by_label("Is there a repayment plan?").select_option("kept")
        page.get_by_role("button", name="Show what I can do").click()

        expect(page.get_by_role("heading", name="Having CMS enforce now")).to_be_visible()
        assert page.url.endswith("/next/")
        check_accessible(page)

    def test_works_without_javascript_and_says_what_is_missing(self, plain_page: Page) -> None:
        plain_page.goto("/next/")
        plain_page.get_by_role("button", name="Show what I can do").press("Enter")
        expect(plain_page.get_by_role("alert")).to_contain_text("Choose which parent you are.")
        plain_page.get_by_label("Paying parent", exact=True).check()
        plain_page.get_by_label("I am not sure").check()
        plain_page.get_by_role("button", name="Show what I can do").press("Enter")
        expect(plain_page.get_by_role("heading", name="Keep paying what falls due")).to_be_visible()
