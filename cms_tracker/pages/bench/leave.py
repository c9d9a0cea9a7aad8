"""How soon "Leave this page" has blanked the screen, on a slow line. Run by ``manage.py bench leave``."""

import statistics
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from typing import TYPE_CHECKING, Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from cms_tracker.pages.bench.groups import Ask, Figure, at_most, section
from cms_tracker.processes import system_packages

if TYPE_CHECKING:
    from playwright.sync_api import Page

GOAL_MS = 100  # within which an answer feels immediate (Nielsen, Response Times: The 3 Important Limits)
BYTES_A_SECOND = 50 * 1024
LATENCY_MS = 400
MOST_ROUNDS = 15

# From the event as the browser dates it to the first moment after the blank page was painted: a
# frame is asked for when the event begins, and a task that the frame leaves behind runs after it.
_WATCH = """
addEventListener("DOMContentLoaded", () => {
  let from = 0;
  const seen = (event) => {
    from = from || event.timeStamp;
    const look = () => requestAnimationFrame(() => setTimeout(() => {
      if (document.querySelector(".gone")) { window.taken(performance.now() - from, document.body.innerText.trim()); }
    }));
    look();
  };
  document.addEventListener("click", seen, true);
  let shifts = 0;
  document.addEventListener("keyup", (event) => {
    shifts += event.key === "Shift" ? 1 : 0;
    if (shifts === 3) { seen(event); }
  }, true);
});
"""


@section("leave")
def leave(ask: Ask) -> Iterator[Figure]:
    """From the press to a blank screen, in a real browser whose line is slow, with an answer that takes its time."""
    program = system_packages.chromium()
    if program is None or not settings.LOCAL:
        why = "not installed" if program is None else "on one's own machine only"
        yield Figure(part="leave", name="Chromium", ms=None, note=why)
        return
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - a tool of development: the site runs without it

    with _site() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        for name, press in (("the button", _click), ("Shift three times", _shift)):
            taken = [_round(browser, address, press) for _ in range(min(ask.rounds, MOST_ROUNDS))]
            note = f"50 kB/s, {LATENCY_MS} ms away; the slowest of {len(taken)}: {max(taken):.0f} ms"
            yield at_most("leave", f"blank after {name}", statistics.median(taken), goal_ms=GOAL_MS, note=note)
        browser.close()


def _click(page: "Page") -> None:
    page.locator("#leave-button").click(no_wait_after=True)


def _shift(page: "Page") -> None:
    for _ in range(3):
        page.keyboard.press("Shift")


def _round(browser: Any, address: str, press: Any) -> float:
    context = browser.new_context()
    page = context.new_page()
    found: list[tuple[float, str]] = []
    page.expose_function("taken", lambda ms, words: found.append((ms, words)))
    page.add_init_script(_WATCH)
    page.route(f"{settings.EXIT_URL}**", lambda route: route.fulfill(body="<title>Elsewhere</title>"))
    line = context.new_cdp_session(page)
    slow = {"downloadThroughput": BYTES_A_SECOND, "uploadThroughput": BYTES_A_SECOND, "latency": LATENCY_MS}
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", {"offline": False, **slow})
    page.goto(f"{address}/safety/", wait_until="load")
    press(page)
    for _ in range(200):
        if found:
            break
        page.wait_for_timeout(10)
    context.close()
    if not found or found[0][1] != "Leaving this page.":  # said to a screen reader, and not seen
        raise RuntimeError("The page did not go blank.")
    return found[0][0]


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def _site() -> Iterator[str]:
    """This site on a free port of the loopback, for pages that need no sign-in."""
    server = make_server("127.0.0.1", 0, get_wsgi_application(), server_class=_Server, handler_class=_Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
