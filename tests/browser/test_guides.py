"""The guides in a browser: accessible on a phone and on a desk, in light and in dark."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from cms_tracker.pages.core import reading
from tests.browser.conftest import DESK, NARROWEST, PHONE

Check = Callable[[Page], None]
LISTS = ["/reading/", "/reading/door-1/", "/reading/door-2/", "/reading/door-3/"]


@pytest.mark.parametrize(
    ("viewport", "scheme"),
    [(PHONE, "light"), (PHONE, "dark"), (NARROWEST, "light"), (DESK, "light")],
    ids=["phone, light", "phone, dark", "narrowest, light", "desk, light"],
)
class TestEveryGuide:
    def test_is_accessible(
        self,
        open_context: Callable[..., BrowserContext],
        transactional_db: None,
        check_accessible: Check,
        viewport: dict[str, int],
        scheme: str,
    ) -> None:
        page = open_context(viewport=viewport, color_scheme=scheme).new_page()
        for path in [*LISTS, *(f"/reading/{number}/" for number in reading.guides())]:
            page.goto(path)
            check_accessible(page)


class TestReading:
    def test_goes_from_a_door_to_a_guide_without_scripts(
        self, open_context: Callable[..., BrowserContext], transactional_db: None
    ) -> None:
        page = open_context(viewport=PHONE, java_script_enabled=False).new_page()
        page.goto("/privacy/")
        page.get_by_role("link", name="Guides in plain words").click()
        page.get_by_role("link", name="If you pay maintenance").click()
        page.get_by_role("link", name="Repayment plans").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Repayment plans")
        expect(page).to_have_title("Guide 4: Plans - Family Records")

    def test_is_pictured(self, page: Page, picture: Callable[..., None], transactional_db: None) -> None:
        for name, path in [("guides", "/reading/"), ("guides-door", "/reading/door-1/"), ("guide", "/reading/4/")]:
            page.goto(path)
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            picture(page, name)
