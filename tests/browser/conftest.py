"""A real Chromium, driven by Playwright against the live server."""

import os
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import AbstractBaseUser
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from cms_tracker.processes import system_packages
from tests.needs import absent

# Playwright keeps an event loop in this thread, where Django would refuse the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
NARROWEST = {"width": 320, "height": 700}

PATIENCE = 30_000  # milliseconds until what does not come counts as missing: no stopwatch on a busy machine
expect.set_options(timeout=PATIENCE)

_FLAGS = [
    "--no-sandbox",  # root in a container has no other way
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",  # nothing is asked outside
]


class _Weather(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!DOCTYPE html><html lang='en'><title>Weather</title><h1>Rain later</h1>")

    def log_message(self, *_: Any) -> None:
        """Stay silent."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    program = system_packages.chromium()
    if program is None:
        absent("Chromium is not installed")
    if not system_packages.has_driver():
        absent(f"{' '.join(system_packages.DRIVER)} is not installed, so nothing can drive Chromium")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=program, args=_FLAGS)
        yield launched
        launched.close()


@pytest.fixture(autouse=True)
def elsewhere(settings: Any) -> Iterator[str]:
    """The ordinary page that leaving leads to, on this machine: a test asks nobody outside."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Weather)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.EXIT_URL = f"http://127.0.0.1:{server.server_address[1]}/"
    yield settings.EXIT_URL
    server.shutdown()
    server.server_close()


@pytest.fixture
def open_context(browser: Browser, live_server: Any) -> Iterator[Callable[..., BrowserContext]]:
    """Open a browser profile of its own: ``open_context(viewport=PHONE, java_script_enabled=False)``.

    Whatever the test does, a page that breaks its own content security policy or throws an error
    in a script fails it.
    """
    complaints: list[str] = []
    contexts: list[BrowserContext] = []

    def note(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            complaints.append(message.text)

    def opened(**options: Any) -> BrowserContext:
        options = {"viewport": DESK, "locale": "en-GB", "timezone_id": "Europe/London", **options}
        context = browser.new_context(base_url=live_server.url, **options)
        context.set_default_timeout(PATIENCE)
        context.on("console", note)
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        contexts.append(context)
        return context

    yield opened
    for context in contexts:
        context.close()
    assert not complaints, "the browser complained:\n" + "\n".join(complaints)


@pytest.fixture
def page(open_context: Callable[..., BrowserContext]) -> Page:
    """A page on a desk."""
    return open_context().new_page()


@pytest.fixture
def phone(open_context: Callable[..., BrowserContext]) -> Page:
    """A page on a phone."""
    return open_context(viewport=PHONE, has_touch=True, is_mobile=True).new_page()


@pytest.fixture
def plain_page(open_context: Callable[..., BrowserContext]) -> Page:
    """A page in a browser without JavaScript."""
    return open_context(java_script_enabled=False).new_page()


@pytest.fixture
def sign_in(live_server: Any) -> Callable[[Page, AbstractBaseUser], None]:
    """Sign a person in without the form: ``sign_in(page, rosa)``."""

    def signed_in(page: Page, person: AbstractBaseUser) -> None:
        client = Client()
        client.force_login(person)
        page.context.add_cookies(
            [{"name": name, "value": morsel.value, "url": live_server.url} for name, morsel in client.cookies.items()],
        )

    return signed_in


@pytest.fixture
def check_accessible() -> Callable[[Page], None]:
    """Assert that axe finds nothing wrong with the page as it stands, and that it does not scroll sideways."""
    axe = Axe()

    def checked(page: Page) -> None:
        results = axe.run(
            page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
        )
        assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"
        too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert too_wide <= 0, f"{page.url} is {too_wide} pixels too wide"

    return checked


@pytest.fixture
def picture(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Write ``NAME-390.png`` and ``NAME-1280.png`` into ``--screenshots DIR``: ``picture(page, "today")``."""
    folder = request.config.getoption("--screenshots")

    def taken(page: Page, name: str, *, viewports: tuple[dict[str, int], ...] = (PHONE, DESK)) -> None:
        if folder is None:
            return
        Path(folder).mkdir(parents=True, exist_ok=True)
        before = page.viewport_size
        for viewport in viewports:
            page.set_viewport_size(viewport)
            page.screenshot(path=Path(folder) / f"{name}-{viewport['width']}.png", full_page=True)
        if before is not None:
            page.set_viewport_size(before)

    return taken
