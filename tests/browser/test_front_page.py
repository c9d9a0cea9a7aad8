"""The first page a stranger sees, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.conftest import DESK, NARROWEST, PHONE


class TestTheFrontPage:
    @pytest.mark.parametrize("viewport", [NARROWEST, PHONE, DESK], ids=["narrowest", "phone", "desk"])
    def test_is_accessible_at_every_width(
        self,
        open_context: Callable[..., BrowserContext],
        check_accessible: Callable[[Page], None],
        viewport: dict[str, int],
    ) -> None:
        page = open_context(viewport=viewport).new_page()

        page.goto("/")

        check_accessible(page)

    def test_is_accessible_in_the_dark(
        self,
        open_context: Callable[..., BrowserContext],
        check_accessible: Callable[[Page], None],
    ) -> None:
        page = open_context(color_scheme="dark").new_page()

        page.goto("/")

        check_accessible(page)

    def test_reads_the_same_without_javascript(self, page: Page, plain_page: Page) -> None:
        page.goto("/")
        plain_page.goto("/")

        assert plain_page.get_by_role("main").inner_text() == page.get_by_role("main").inner_text()

    def test_loads_nothing_from_elsewhere(self, page: Page) -> None:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))

        page.goto("/")

        own = page.evaluate("location.origin")
        assert asked
        assert [url for url in asked if not url.startswith(own + "/")] == []

    def test_looks_like_this(self, page: Page, picture: Callable[..., None]) -> None:
        page.goto("/")

        picture(page, "front")
        assert page.get_by_role("heading", level=1).is_visible()
