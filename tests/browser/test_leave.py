"""Leave this page, in a real browser: blank at once, signed out, and nothing behind Back."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from cms_tracker.users.models import User
from tests.cast import ROSA
from tests.factories import make_user

SignIn = Callable[[Page, User], None]
BEGUN = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.fixture
def rosa(transactional_db: None) -> User:
    """Rosa, who has seen the safety page."""
    rosa = make_user(ROSA)
    User.objects.update(safety_page_seen_at="2026-01-01T12:00Z")
    return rosa


def at_your_sign_in(page: Page) -> None:
    """Three pages deep, by links, as a person gets there."""
    page.goto("/account/")
    page.get_by_role("link", name="Change your password").click()
    page.get_by_role("link", name="Your sign-in").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your sign-in")


def shows_nothing_behind(page: Page) -> None:
    """Go back as far as there is anything; no page of ours may show a word."""
    for _ in range(6):
        page.go_back(wait_until="load")
        if page.url == "about:blank":
            return
        page.wait_for_timeout(100)
        words = page.locator("body").inner_text()
        assert words.strip() in {"", "One moment\nGo on", "Rain later"}, f"{page.url} shows {words[:80]!r}"
        assert page.title() in {"One moment", "Weather"}
        assert ROSA.email not in page.content()


class TestTheButton:
    @pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
    def test_leaves_signs_out_and_keeps_back_empty(
        self, open_context: Callable[..., BrowserContext], sign_in: SignIn, rosa: User, elsewhere: str, scripts: bool
    ) -> None:
        page = open_context(java_script_enabled=scripts).new_page()
        sign_in(page, rosa)
        at_your_sign_in(page)
        page.get_by_role("button", name="Leave this page").click()
        page.wait_for_url(elsewhere)
        assert "session" not in {cookie["name"] for cookie in page.context.cookies()}
        shows_nothing_behind(page)

    def test_leads_to_the_sign_in_page_when_one_comes_back(
        self, page: Page, sign_in: SignIn, rosa: User, elsewhere: str, check_accessible: Callable[[Page], None]
    ) -> None:
        sign_in(page, rosa)
        at_your_sign_in(page)
        address = page.url
        page.get_by_role("button", name="Leave this page").click()
        page.wait_for_url(elsewhere)
        page.goto(address)
        check_accessible(page)
        page.get_by_role("button", name="Go on").click()
        page.get_by_role("link", name="Sign in", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")

    def test_does_not_stay_in_the_history_itself(self, page: Page, sign_in: SignIn, rosa: User, elsewhere: str) -> None:
        sign_in(page, rosa)
        at_your_sign_in(page)
        before = page.evaluate("history.length")
        page.get_by_role("button", name="Leave this page").click()
        page.wait_for_url(elsewhere)
        assert page.evaluate("history.length") == before

    def test_is_reached_first_by_its_own_skip_link(self, page: Page, rosa: User, elsewhere: str) -> None:
        page.goto("/safety/")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to Leave this page")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Leave this page")).to_be_focused()
        page.keyboard.press("Enter")
        page.wait_for_url(elsewhere)

    def test_blanks_the_page_and_moves_on_before_the_server_has_answered(
        self, page: Page, sign_in: SignIn, rosa: User, elsewhere: str
    ) -> None:
        sign_in(page, rosa)
        page.clock.install(time=BEGUN)
        at_your_sign_in(page)
        page.clock.pause_at(BEGUN + timedelta(minutes=10))  # it waits 1.5 s before it moves on: not while we look
        page.route("**/leave/", lambda route: None)  # an answer that never comes
        page.get_by_role("button", name="Leave this page").click(no_wait_after=True)
        expect(page.get_by_role("alert")).to_have_text("Leaving this page.")
        assert page.title() == "One moment"
        assert ROSA.email not in page.content()
        page.clock.fast_forward(1_500)
        page.wait_for_url(elsewhere)


class TestOtherTabs:
    def test_go_blank_and_move_on_too(self, page: Page, sign_in: SignIn, rosa: User, elsewhere: str) -> None:
        sign_in(page, rosa)
        at_your_sign_in(page)
        other = page.context.new_page()
        other.goto("/account/")
        page.bring_to_front()
        page.get_by_role("button", name="Leave this page").click()
        page.wait_for_url(elsewhere)
        other.wait_for_url(elsewhere)
        assert ROSA.email not in other.content()


class TestShift:
    def test_three_times_leaves(self, page: Page, sign_in: SignIn, rosa: User, elsewhere: str) -> None:
        sign_in(page, rosa)
        at_your_sign_in(page)
        page.keyboard.press("Shift")
        expect(page.get_by_role("status").last).to_have_text("Shift, press 2 more to leave this page.")
        page.keyboard.press("Shift")
        page.keyboard.press("Shift")
        page.wait_for_url(elsewhere)
        shows_nothing_behind(page)

    def test_as_part_of_capital_letters_does_not_leave(self, page: Page, rosa: User) -> None:
        page.goto("/account/login/")
        page.get_by_label("E-mail address").focus()
        for letter in "ABCDE":
            page.keyboard.press(f"Shift+{letter}")
        page.wait_for_timeout(300)
        expect(page.get_by_label("E-mail address")).to_have_value("ABCDE")

    def test_slower_than_five_seconds_does_not_leave(self, page: Page, rosa: User) -> None:
        page.clock.install()
        page.goto("/account/login/")
        for _ in range(2):
            page.keyboard.press("Shift")
        page.clock.fast_forward(5_100)
        expect(page.get_by_role("status").last).to_have_text("Not leaving. You can start again.")
        page.keyboard.press("Shift")
        page.wait_for_timeout(100)
        expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


class TestAPageThatTheBrowserKept:
    def test_is_blanked_and_asked_for_again(self, page: Page, sign_in: SignIn, rosa: User) -> None:
        sign_in(page, rosa)
        at_your_sign_in(page)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url) if request.is_navigation_request() else None)
        with page.expect_navigation():
            page.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
        assert len(asked) == 1
