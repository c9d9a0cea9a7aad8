"""The warning before a session ends, and the blank page after, in a real browser with a clock of its own."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from playwright.sync_api import BrowserContext, Locator, Page, expect

from cms_tracker.users.models import User
from tests.browser.conftest import DESK, NARROWEST, PHONE
from tests.cast import ROSA
from tests.factories import make_user

Check = Callable[[Page], None]
SignIn = Callable[[Page, User], None]

MINUTE = 60_000
SOON = "You will be signed out in 2 minutes, so that nobody else sees this."
FORM = "/account/password/change/"


@pytest.fixture
def rosa(transactional_db: None) -> User:
    rosa = make_user(ROSA)
    User.objects.filter(pk=rosa.pk).update(safety_page_seen_at="2026-01-01T12:00Z")
    return rosa


def warning(page: Page) -> Locator:
    return page.get_by_role("region", name="Signing out soon")


class Clocks:
    """The browser's clock and the server's, which go forward together."""

    def __init__(self, server: time_machine.Traveller) -> None:
        self._server = server

    def open(self, page: Page, path: str) -> None:
        """Open a page whose clock is in the test's hand."""
        page.clock.install(time=dt.datetime.now(dt.UTC))
        page.goto(path)

    def wait(self, page: Page, minutes: int) -> None:
        """Let time pass. What was due meanwhile comes once, as after a machine has slept."""
        self._server.shift(dt.timedelta(minutes=minutes))
        page.clock.fast_forward(minutes * MINUTE)


@pytest.fixture
def clocks() -> Iterator[Clocks]:
    with time_machine.travel(dt.datetime.now(dt.UTC), tick=True) as server:
        yield Clocks(server)


class TestTheWarning:
    @pytest.fixture(autouse=True)
    def _rosa(self, rosa: User) -> None:
        self.rosa = rosa

    def test_comes_two_minutes_before_and_not_sooner(self, page: Page, sign_in: SignIn, clocks: Clocks) -> None:
        sign_in(page, self.rosa)
        clocks.open(page, "/account/")
        clocks.wait(page, 12)
        expect(warning(page)).to_have_count(0)
        clocks.wait(page, 1)
        expect(warning(page).get_by_role("status")).to_have_text(SOON)
        clocks.wait(page, 1)
        expect(warning(page).get_by_role("status")).to_contain_text("in 1 minute,")

    @pytest.mark.parametrize(
        ("viewport", "scheme"),
        [(NARROWEST, "light"), (PHONE, "dark"), (DESK, "light")],
        ids=["narrowest, light", "phone, dark", "desk, light"],
    )
    def test_is_accessible_and_hides_neither_the_page_nor_leaving(
        self,
        open_context: Callable[..., BrowserContext],
        sign_in: SignIn,
        clocks: Clocks,
        check_accessible: Check,
        picture: Callable[..., None],
        viewport: dict[str, int],
        scheme: str,
    ) -> None:
        page = open_context(viewport=viewport, color_scheme=scheme).new_page()
        sign_in(page, self.rosa)
        clocks.open(page, "/account/")
        clocks.wait(page, 13)
        expect(warning(page).get_by_role("status")).to_have_text(SOON)
        check_accessible(page)
        picture(page, f"session-{scheme}", viewports=(viewport,))
        bar = box(warning(page))
        for button in warning(page).get_by_role("button").all():
            assert not overlap(box(button), box(page.get_by_role("button", name="Leave this page")))
        assert not overlap(bar, box(page.get_by_role("heading", level=1)))
        assert bar["height"] < viewport["height"] / 2

    def test_leaves_the_focus_and_what_is_typed_alone(self, page: Page, sign_in: SignIn, clocks: Clocks) -> None:
        sign_in(page, self.rosa)
        clocks.open(page, FORM)
        field = page.get_by_label("New password")
        field.focus()
        page.keyboard.type("half a ")
        clocks.wait(page, 13)
        expect(warning(page)).to_be_visible()
        expect(field).to_be_focused()
        page.keyboard.type("password")
        page.get_by_role("button", name="Stay signed in").click()
        expect(warning(page).get_by_role("status")).to_have_text("You stay signed in.")
        expect(field).to_have_value("half a password")
        page.clock.fast_forward(5_000)
        expect(warning(page)).to_have_count(0)
        clocks.wait(page, 12)
        expect(warning(page)).to_have_count(0)
        clocks.wait(page, 1)
        expect(warning(page).get_by_role("status")).to_have_text(SOON)

    def test_is_answered_with_the_keyboard_alone(self, page: Page, sign_in: SignIn, clocks: Clocks) -> None:
        sign_in(page, self.rosa)
        clocks.open(page, FORM)
        field = page.get_by_label("New password")
        field.focus()
        clocks.wait(page, 13)
        expect(warning(page)).to_be_visible()
        with page.expect_response("**/account/stay/") as answer:
            page.keyboard.press("Escape")
        assert answer.value.json() == {"seconds": 900, "final": False}
        expect(field).to_be_focused()
        clocks.wait(page, 13)
        stay = page.get_by_role("button", name="Stay signed in")
        stay.focus()
        page.keyboard.press("Enter")
        expect(warning(page).get_by_role("status")).to_have_text("You stay signed in.")
        expect(field).to_be_focused()

    def test_says_when_staying_did_not_work(self, page: Page, sign_in: SignIn, clocks: Clocks) -> None:
        sign_in(page, self.rosa)
        clocks.open(page, "/account/")
        clocks.wait(page, 13)
        page.route("**/account/stay/", lambda route: route.abort())
        page.get_by_role("button", name="Stay signed in").click()
        expect(warning(page).get_by_role("status")).to_contain_text("That did not work.")
        expect(page.get_by_role("button", name="Stay signed in")).to_be_visible()

    def test_offers_to_sign_out_at_once(self, page: Page, sign_in: SignIn, clocks: Clocks) -> None:
        sign_in(page, self.rosa)
        clocks.open(page, "/account/")
        clocks.wait(page, 13)
        page.get_by_role("button", name="Sign out now").click()
        page.wait_for_url("**/")
        page.goto("/account/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")

    def test_offers_no_staying_beyond_the_longest(self, page: Page, sign_in: SignIn, settings: Any) -> None:
        settings.SESSION_LONGEST = dt.timedelta(seconds=100)
        sign_in(page, self.rosa)
        page.goto("/account/")
        expect(warning(page).get_by_role("status")).to_contain_text("Nobody stays signed in for more than")
        expect(page.get_by_role("button", name="Sign out now")).to_be_visible()
        expect(page.get_by_role("button", name="Stay signed in")).to_have_count(0)

    def test_does_not_come_where_another_tab_is_used(self, page: Page, sign_in: SignIn, clocks: Clocks) -> None:
        sign_in(page, self.rosa)
        clocks.open(page, "/account/")
        clocks.wait(page, 10)
        page.context.new_page().goto("/account/")
        with page.expect_response("**/account/stay/"):  # time goes on only after the page has its answer
            clocks.wait(page, 12)
        expect(warning(page)).to_have_count(0)
        clocks.wait(page, 1)
        expect(warning(page)).to_be_visible()


class TestTheEnd:
    def test_leads_to_the_sign_in_page_and_back(self, page: Page, sign_in: SignIn, rosa: User, clocks: Clocks) -> None:
        sign_in(page, rosa)
        clocks.open(page, "/account/?from=here")
        with page.expect_navigation(url="**/account/login/?next=%2Faccount%2F%3Ffrom%3Dhere"):
            clocks.wait(page, 15)
        expect(page.get_by_text("You are not signed in now.")).to_be_visible()
        page.get_by_label("E-mail address").fill(ROSA.email)
        page.get_by_label("Password").fill(ROSA.password)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/account/?from=here")

    def test_hides_the_page_before_the_server_has_answered(
        self, page: Page, sign_in: SignIn, rosa: User, clocks: Clocks
    ) -> None:
        sign_in(page, rosa)
        clocks.open(page, "/account/")
        page.route("**/account/stay/", lambda route: None)  # an answer that never comes
        clocks.wait(page, 15)
        expect(page.locator(".gone")).to_be_visible()
        covered = page.evaluate("document.elementFromPoint(innerWidth / 2, innerHeight / 2).className")
        assert covered == "gone"

    def test_is_the_servers_word_and_not_the_browsers_clock(
        self, page: Page, sign_in: SignIn, rosa: User, clocks: Clocks
    ) -> None:
        """The clock was put right, or another tab was used meanwhile: what was typed is still there."""
        sign_in(page, rosa)
        clocks.open(page, FORM)
        page.get_by_label("New password").fill("half a password")
        page.clock.fast_forward(20 * MINUTE)
        expect(page.locator(".gone")).to_have_count(0)
        expect(page.get_by_label("New password")).to_have_value("half a password")


class TestWithoutJavaScript:
    def test_the_page_says_how_long_one_stays_and_the_tick_box_shortens_it(self, plain_page: Page, rosa: User) -> None:
        plain_page.goto("/account/login/?next=/account/")
        tick = plain_page.get_by_label("Other people use this device")
        expect(tick).not_to_be_checked()
        expect(tick).to_have_accessible_description("We sign you out after 5 minutes without a press.")
        plain_page.get_by_label("E-mail address").fill(ROSA.email)
        plain_page.get_by_label("Password").fill(ROSA.password)
        tick.check()
        plain_page.get_by_role("button", name="Sign in").click()
        expect(plain_page.get_by_text("after 5 minutes without a press")).to_be_visible()
        expect(warning(plain_page)).to_have_count(0)


def box(found: Locator) -> dict[str, float]:
    measured = found.bounding_box()
    assert measured
    return {name: measured[name] for name in ("x", "y", "width", "height")}


def overlap(one: dict[str, float], other: dict[str, float]) -> bool:
    return not (
        one["x"] + one["width"] <= other["x"]
        or other["x"] + other["width"] <= one["x"]
        or one["y"] + one["height"] <= other["y"]
        or other["y"] + other["height"] <= one["y"]
    )
