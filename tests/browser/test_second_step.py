"""A passkey is made and used in a real browser; the pages of the second step are looked at."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from cms_tracker.users import codes
from cms_tracker.users.models import User
from tests.browser.conftest import DESK, PHONE
from tests.cast import ROSA
from tests.factories import make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def rosa(transactional_db: None) -> User:
    user = make_user(ROSA)
    User.objects.update(safety_page_seen_at=timezone.now())
    return user


def with_a_lock(page: Page) -> None:
    """Give the browser a device that makes passkeys and whose lock is always opened."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


class TestAPasskey:
    def test_is_added_and_then_signs_in_alone(
        self, page: Page, rosa: User, sign_in: Any, check_accessible: Any, picture: Any
    ) -> None:
        sign_in(page, rosa)
        with_a_lock(page)
        page.goto("/account/second-step/passkey/")
        check_accessible(page)
        picture(page, "add-passkey")
        page.get_by_label("Name of this passkey").fill("My phone")
        page.get_by_role("button", name="Add this passkey").click()
        expect(page.get_by_role("status").filter(has_text="Your passkey is added")).to_be_visible()
        page.get_by_role("button", name="Make ten recovery codes").click()
        expect(page.locator("code")).to_have_count(10)
        check_accessible(page)
        picture(page, "recovery-codes-made")
        page.context.clear_cookies()
        page.goto("/account/login/")
        page.get_by_role("link", name="Sign in with a passkey").click()
        check_accessible(page)
        picture(page, "sign-in-with-passkey")
        page.get_by_role("button", name="Use your passkey").click()
        page.wait_for_url("**/records/new/")
        page.goto("/account/second-step/")
        expect(page.get_by_text("My phone. Last used")).to_be_visible()
        check_accessible(page)
        picture(page, "second-step-on")

    def test_says_so_where_there_is_no_script(self, plain_page: Page, rosa: User) -> None:
        plain_page.goto("/account/login/passkey/")
        expect(plain_page.get_by_text("Passkeys need JavaScript")).to_be_visible()


class TestAnApp:
    @pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
    def test_is_set_up_without_a_script_and_asked_for_at_the_next_sign_in(
        self,
        open_context: Callable[..., BrowserContext],
        rosa: User,
        sign_in: Any,
        viewport: dict[str, int],
    ) -> None:
        page = open_context(viewport=viewport, java_script_enabled=False).new_page()
        sign_in(page, rosa)
        page.goto("/account/second-step/app/")
        secret = page.locator("output").inner_text()
        page.get_by_label("Code").fill(codes.code_of(secret, codes.step_at(timezone.now()) - 1))
        page.get_by_role("button", name="Save this app").click()
        expect(page.get_by_text("Your app is set up")).to_be_visible()
        page.context.clear_cookies()
        page.goto("/account/login/")
        page.get_by_label("E-mail address").fill(ROSA.email)
        page.get_by_label("Password").fill(ROSA.password)
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", name="The second step")).to_be_visible()
        page.get_by_label("Code").fill(codes.code_of(secret, codes.step_at(timezone.now())))
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/records/new/")

    def test_is_asked_for_and_taken_away_on_pages_that_everybody_can_use(
        self, page: Page, rosa: User, sign_in: Any, check_accessible: Any, picture: Any
    ) -> None:
        sign_in(page, rosa)
        page.goto("/account/second-step/app/")
        secret = page.locator("output").inner_text()
        page.get_by_label("Code").fill(codes.code_of(secret, codes.step_at(timezone.now()) - 1))
        page.get_by_role("button", name="Save this app").click()
        page.goto("/account/second-step/app/remove/")
        check_accessible(page)
        picture(page, "remove-app")
        page.context.clear_cookies()
        page.goto("/account/login/")
        page.get_by_label("E-mail address").fill(ROSA.email)
        page.get_by_label("Password").fill(ROSA.password)
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", name="The second step")).to_be_visible()
        for viewport in (PHONE, DESK):
            page.set_viewport_size(viewport)
            check_accessible(page)
        picture(page, "ask-second-step")


class TestThePages:
    @pytest.mark.parametrize(
        ("path", "name"),
        [
            ("/account/", "account"),
            ("/account/second-step/", "second-step"),
            ("/account/second-step/app/", "add-app"),
            ("/account/address/", "change-address"),
            ("/account/confirm/", "confirm"),
            ("/account/address/no-such-link/", "confirm-new-address"),
        ],
    )
    def test_are_accessible(
        self, page: Page, rosa: User, sign_in: Any, check_accessible: Any, picture: Any, path: str, name: str
    ) -> None:
        sign_in(page, rosa)
        page.goto(path)
        for viewport in (PHONE, DESK):
            page.set_viewport_size(viewport)
            check_accessible(page)
        picture(page, name)
