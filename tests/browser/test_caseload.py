"""The adviser's list in a real browser."""

import datetime as dt
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from cms_tracker.users.models import User
from tests.browser.conftest import DESK, NARROWEST
from tests.cast import ADA, ROSA
from tests.factories import import_example, let_in, make_case, make_user

SignIn = Callable[[Page, User], None]
Check = Callable[[Page], None]
BEGAN = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)


def _ada_with_cases() -> User:
    rosa, ada = make_user(ROSA), make_user(ADA)
    for name in ("p-002456", "direct-pay-missed"):
        let_in(ada, import_example(name, rosa), by=rosa, at=BEGAN)
    let_in(ada, make_case(rosa, reference="120000000077"), by=rosa, at=BEGAN)
    return ada


class TestTheList:
    @pytest.mark.parametrize("viewport", [NARROWEST, DESK], ids=["narrowest", "desk"])
    def test_is_accessible_at_every_width(
        self,
        open_context: Callable[..., BrowserContext],
        sign_in: SignIn,
        check_accessible: Check,
        viewport: dict[str, int],
    ) -> None:
        page = open_context(viewport=viewport).new_page()
        sign_in(page, _ada_with_cases())

        for place in ("/caseload/", "/caseload/?why=missed&side=receiving&sort=owed"):
            page.goto(place)
            check_accessible(page)
        if viewport == NARROWEST:
            page.locator(".filter > summary").click()
        page.get_by_label("CMS reference, or your name for it").fill("nobody")
        page.get_by_role("button", name="Find").click()
        expect(page.get_by_role("button", name="Show everybody")).to_be_visible()
        check_accessible(page)

    def test_is_accessible_in_the_dark_and_when_empty(
        self, open_context: Callable[..., BrowserContext], sign_in: SignIn, check_accessible: Check
    ) -> None:
        page = open_context(color_scheme="dark").new_page()
        sign_in(page, make_user(ADA))

        page.goto("/caseload/")

        expect(page.get_by_role("heading", level=1)).to_have_text("Nobody is on your list yet")
        check_accessible(page)

    def test_filters_and_opens_a_case_without_javascript(self, plain_page: Page, sign_in: SignIn) -> None:
        sign_in(plain_page, _ada_with_cases())
        plain_page.goto("/caseload/")
        expect(plain_page.locator(".cases > li")).to_have_count(3)

        plain_page.get_by_label("CMS reference, or your name for it").fill("2456")
        plain_page.get_by_role("button", name="Find").click()
        expect(plain_page.locator(".cases > li")).to_have_count(1)
        assert "2456" not in plain_page.url
        plain_page.locator(".cases h3 a").click()

        expect(plain_page.get_by_role("heading", level=1)).to_contain_text("is owed on")

    def test_has_its_picture_taken(self, page: Page, sign_in: SignIn, picture: Callable[..., None]) -> None:
        sign_in(page, _ada_with_cases())

        page.goto("/caseload/")

        expect(page.locator(".cases > li")).to_have_count(3)
        picture(page, "caseload")
