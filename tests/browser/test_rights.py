"""Taking, deleting, bringing back and complaining: readable for everybody, and without JavaScript."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from cms_tracker.users.models import User
from tests.browser.conftest import DESK, NARROWEST
from tests.cast import ROSA
from tests.factories import make_case, make_user

Check = Callable[[Page], None]
SignIn = Callable[[Page, User], None]


class TestEveryPage:
    def test_is_accessible(
        self,
        open_context: Callable[..., BrowserContext],
        sign_in: SignIn,
        transactional_db: None,
        check_accessible: Check,
        picture: Callable[..., None],
    ) -> None:
        rosa = make_user(ROSA)
        User.objects.update(safety_page_seen_at="2026-01-01T12:00Z")
        case = make_case(rosa)
        for viewport, scheme in [(NARROWEST, "dark"), (DESK, "light")]:
            page = open_context(viewport=viewport, color_scheme=scheme).new_page()
            for path in ("/back/", "/complain/", "/complain/answer/", "/privacy/"):
                page.goto(path)
                check_accessible(page)
                picture(page, "rights" + path.replace("/", "-"))
            sign_in(page, rosa)
            mine = [f"/account/{name}" for name in ("", "copy/", "days/", "close/")]
            for path in (*mine, f"/records/{case.pk}/delete/"):
                page.goto(path)
                expect(page.get_by_role("heading", level=1)).to_be_visible()
                check_accessible(page)
                picture(page, "rights" + path.replace("/", "-").replace(str(case.pk), "record"))


class TestComplaining:
    def test_works_without_javascript_and_with_the_keyboard(
        self, plain_page: Page, transactional_db: None, picture: Callable[..., None]
    ) -> None:
        plain_page.goto("/complain/")
        plain_page.get_by_role("button", name="Send this complaint").click()
        expect(plain_page).to_have_title(re.compile("^Error: "))
        plain_page.get_by_label("What went wrong?").fill("A page was hard to read.")
        plain_page.keyboard.press("Tab")
        plain_page.keyboard.press("Enter")
        expect(plain_page.get_by_role("heading", level=1)).to_have_text("We have your complaint")
        picture(plain_page, "rights-complained")
        reference, code = plain_page.locator("output").all_text_contents()
        plain_page.get_by_role("link", name="Read the answer to a complaint").click()
        plain_page.get_by_label("The reference").fill(reference)
        plain_page.get_by_label("The code").fill(code)
        plain_page.get_by_role("button", name="Show the answer").click()
        expect(plain_page.get_by_text("It is not answered yet.")).to_be_visible()


class TestChangingOnesMind:
    def test_is_done_with_the_code_that_was_shown_once(
        self, plain_page: Page, sign_in: SignIn, transactional_db: None
    ) -> None:
        rosa = make_user(ROSA)
        User.objects.update(safety_page_seen_at="2026-01-01T12:00Z")
        make_case(rosa)
        sign_in(plain_page, rosa)
        plain_page.goto("/account/days/")
        plain_page.get_by_label("14 days").check()
        plain_page.get_by_role("button", name="Save this and show me the code").click()
        code = plain_page.locator("output").text_content() or ""
        plain_page.goto("/account/close/")
        plain_page.get_by_label("Confirm by typing the word delete").fill("delete")
        plain_page.get_by_role("button", name="Delete my sign-in and my records").click()
        expect(plain_page.get_by_text("Your sign-in and your records are deleted.")).to_be_visible()
        plain_page.goto("/back/")
        plain_page.get_by_label("The e-mail address you signed in with").fill(ROSA.email)
        plain_page.get_by_label("The code").fill(code)
        plain_page.get_by_role("button", name="Bring it back").click()
        expect(plain_page.get_by_text("What you deleted is back.")).to_be_visible()
