"""How a person may be reached, on a phone and at a desk; and what stays behind in the browser afterwards."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from cases.core.roles import Role
from cases.models import Case
from cms_tracker.users.models import User
from tests.browser.conftest import DESK, NARROWEST, PHONE
from tests.cast import ADA, ROSA
from tests.factories import let_in, make_user, monthly_case

SignIn = Callable[[Page, User], None]
WALKED = [
    "/", "/safety/", "/privacy/", "/sources/", "/account/", "/account/reminders/", "/records/", "{case}",
    "{case}payments/", "{case}changes/", "{case}letters/", "{case}deadlines/", "{case}details/", "{case}reach/",
    "{case}people/",
]  # fmt: skip


@pytest.fixture
def rosa(transactional_db: None) -> User:
    rosa = make_user(ROSA)
    User.objects.update(safety_page_seen_at="2026-01-01T12:00Z")
    return rosa


@pytest.fixture
def case(rosa: User) -> Case:
    return monthly_case(rosa)


class TestSafeContact:
    def test_is_said_in_three_short_pages_and_seen_by_whoever_helps(
        self,
        phone: Page,
        open_context: Callable[..., BrowserContext],
        sign_in: SignIn,
        rosa: User,
        case: Case,
        check_accessible: Callable[[Page], None],
        picture: Callable[..., None],
    ) -> None:
        sign_in(phone, rosa)
        phone.goto(f"/records/{case.pk}/details/")
        phone.get_by_role("link", name="Safe contact").click()
        expect(phone.get_by_role("heading", level=1)).to_have_text("How people here may reach you")
        check_accessible(phone)
        picture(phone, "safe-contact-empty")
        phone.get_by_role("link", name="Answer three short questions").click()
        check_accessible(phone)
        picture(phone, "safe-contact-ways")
        phone.get_by_label("Text message").check()
        phone.get_by_label("Letter by post").check()
        phone.get_by_role("button", name="Keep these answers and go on").click()
        check_accessible(phone)
        phone.get_by_label("Text message").fill("weekdays after 6pm; say you are from the library")
        phone.get_by_role("button", name="Keep these answers and go on").click()
        check_accessible(phone)
        picture(phone, "safe-contact-where")
        phone.get_by_label("Address").fill("12 Rose Lane\nLeeds LS1 4AB")
        phone.get_by_label("Telephone number").fill("ring me")
        phone.get_by_role("button", name="Keep these answers and go on").click()
        expect(phone.get_by_role("alert")).to_contain_text("Write the number in digits")
        phone.get_by_label("Telephone number").fill("07700 900123")
        phone.get_by_role("button", name="Keep these answers and go on").click()
        expect(phone.get_by_role("heading", level=1)).to_have_text("Check your answers")
        picture(phone, "safe-contact-check")
        for size in (NARROWEST, DESK, PHONE):
            phone.set_viewport_size(size)  # type: ignore[arg-type]
            check_accessible(phone)
        phone.get_by_role("button", name="Save these answers").click()
        expect(phone.get_by_text("07700 900123")).to_be_visible()

        ada = make_user(ADA)
        User.objects.update(safety_page_seen_at="2026-01-01T12:00Z")
        let_in(ada, case, by=rosa, role=Role.ADVISER, at=timezone.now())
        desk = open_context().new_page()
        sign_in(desk, ada)
        desk.goto(f"/records/{case.pk}/payments/")
        bar = desk.get_by_role("complementary", name="Contact")
        expect(bar).to_contain_text("Text message: weekdays after 6pm; say you are from the library")
        expect(bar).not_to_contain_text("Rose Lane")
        picture(desk, "safe-contact-bar")
        for size in (NARROWEST, DESK):
            desk.set_viewport_size(size)  # type: ignore[arg-type]
            check_accessible(desk)


class TestTheBrowser:
    def test_asks_nobody_else_and_keeps_nothing(
        self, page: Page, sign_in: SignIn, rosa: User, case: Case, elsewhere: str
    ) -> None:
        """Requirements 19 and 28: no request leaves this site, no address carries a secret, nothing is stored."""
        sign_in(page, rosa)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        for path in WALKED:
            answer = page.goto(path.format(case=f"/records/{case.pk}/"))
            assert answer is not None
            assert answer.status == 200, path
        ours = page.evaluate("location.origin")
        assert len(asked) > len(WALKED)
        assert [url for url in asked if not url.startswith(f"{ours}/")] == []
        assert [url for url in asked if "?" in url.split("/static/")[0]] == []
        kept = page.evaluate(
            """async () => [
              localStorage.length, sessionStorage.length, (await indexedDB.databases()).length,
              "caches" in window ? (await caches.keys()).length : 0,
              (await navigator.serviceWorker.getRegistrations()).length, document.cookie]"""
        )
        assert kept == [0, 0, 0, 0, 0, ""]
        page.get_by_role("button", name="Leave this page").click()
        page.wait_for_url(elsewhere)
        assert {cookie["name"] for cookie in page.context.cookies()} == {"left"}
