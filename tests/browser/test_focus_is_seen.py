"""Whoever goes through a long form with the Tab key sees where they are: the fixed bar never lies over it.

WCAG 2.2, 2.4.11 Focus Not Obscured.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from cms_tracker.users.models import User
from tests.browser.conftest import PHONE
from tests.cast import ROSA
from tests.factories import make_case, make_user, monthly_case

SignIn = Callable[[Page, User], None]

SMALL = {"width": 320, "height": 568}
MOST_STOPS = 150
LONG_FORMS = [
    "arrears:log-payment",
    "arrears:new-decision",
    "arrears:new-plan",
    "arrears:compare",
    "cases:edit-details",
    "correspondence:new-contact",
]

#: The focused element's box (that of its label, where the ring is drawn round the whole choice) and the bar's.
_FOCUS = """() => {
  const at = document.activeElement;
  if (!at || at === document.body || at.closest(".leave")) return null;
  const box = (at.closest(".choice") || at).getBoundingClientRect();
  const bar = document.querySelector(".leave").getBoundingClientRect();
  const apart = box.bottom <= bar.top || box.top >= bar.bottom || box.right <= bar.left || box.left >= bar.right;
  return {
    what: at.id || at.name || at.textContent.trim(), hidden: box.width <= 1 || box.height <= 1,
    seen: apart && box.top >= 0 && box.top < innerHeight, box: [box.top, box.bottom], bar: bar.top,
  };
}"""


@pytest.fixture
def rosa(transactional_db: None) -> User:
    return make_user(ROSA)


@pytest.fixture(params=[PHONE, SMALL], ids=["390x844", "320x568"])
def page(request: pytest.FixtureRequest, open_context: Callable[..., BrowserContext]) -> Page:
    return open_context(viewport=request.param).new_page()


def stops(page: Page, key: str) -> list[dict[str, Any]]:
    """Press a key until the focus has gone round, and give every place it stopped at, but for the bar itself."""
    found: list[dict[str, Any]] = []
    for _ in range(MOST_STOPS):
        page.keyboard.press(key)
        stop = page.evaluate(_FOCUS)
        if stop is None and len(found) > 8:
            return found
        if stop is not None and not stop["hidden"]:
            found.append(stop)
    raise AssertionError(f"the focus did not go round in {MOST_STOPS} steps: {[stop['what'] for stop in found]}")


def open_every_question(page: Page) -> None:
    """Unfold what is folded and choose the answers that open more questions, so that the form is at its longest."""
    page.evaluate("for (const more of document.querySelectorAll('main details')) more.open = true")
    for radio in page.locator("main [data-reveals]").all():
        radio.check()
    page.evaluate("scrollTo(0, 0); document.activeElement.blur()")


def assert_every_stop_is_seen(page: Page) -> None:
    for key in ("Tab", "Shift+Tab"):
        found = stops(page, key)
        assert len(found) > 12, "the form was not reached"
        assert [stop for stop in found if not stop["seen"]] == [], f"{key} at {page.url}"


class TestTheFocus:
    @pytest.mark.parametrize("route", LONG_FORMS)
    def test_is_never_under_the_leave_bar(self, page: Page, rosa: User, sign_in: SignIn, route: str) -> None:
        case = monthly_case(rosa)
        sign_in(page, rosa)
        page.goto(reverse(route, args=[case.pk]))
        open_every_question(page)
        assert_every_stop_is_seen(page)

    def test_is_never_under_it_on_the_page_of_payments_of_a_first_letter(
        self, page: Page, rosa: User, sign_in: SignIn
    ) -> None:
        case = make_case(rosa)
        sign_in(page, rosa)
        page.goto(reverse("arrears:first-page", args=[case.pk, "amount"]))
        page.get_by_label("How much a week?").fill("60")
        for box, value in enumerate((6, 1, 2025)):
            page.locator(f"#id_effective_on_{box}").fill(str(value))
        page.goto(reverse("arrears:first-page", args=[case.pk, "payments"]))
        open_every_question(page)
        assert_every_stop_is_seen(page)


class TestTheErrorSummary:
    @pytest.mark.parametrize("route", ["arrears:log-payment", "arrears:new-decision", "cases:edit-details"])
    def test_leads_to_fields_that_are_seen(self, page: Page, rosa: User, sign_in: SignIn, route: str) -> None:
        case = monthly_case(rosa)
        sign_in(page, rosa)
        page.goto(reverse(route, args=[case.pk]))
        break_the_answers(page)
        page.locator("main form button[type=submit]:visible").last.click()
        summary = page.get_by_role("alert")
        expect(summary.get_by_role("heading")).to_be_in_viewport()
        assert heading_is_clear_of_the_bar(page)
        assert_every_stop_is_seen(page)
        links = summary.get_by_role("link")
        assert links.count()
        for number in range(links.count()):
            links.nth(number).focus()
            assert page.evaluate(_FOCUS)["seen"]
            page.keyboard.press("Enter")
            field = page.locator(links.nth(number).get_attribute("href") or "")
            assert is_clear_of_the_bar(page, field.bounding_box()), f"{field} at {page.url}"


def break_the_answers(page: Page) -> None:
    """Give every text an answer that no form takes."""
    open_every_question(page)
    for box in page.locator("main form .input[type=text]:visible").all():
        box.fill("x" * 24)


def heading_is_clear_of_the_bar(page: Page) -> bool:
    return is_clear_of_the_bar(page, page.locator("#errors-title").bounding_box())


def is_clear_of_the_bar(page: Page, box: Any) -> bool:
    bar = page.locator(".leave").bounding_box()
    assert bar is not None
    assert box is not None
    return bool(box["y"] >= 0 and box["y"] + box["height"] <= bar["y"])
