"""The pages around a record: readable for everybody, on every width, and kind to password managers."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from cases.core.roles import Role
from cms_tracker.users import links, operations
from cms_tracker.users.models import User
from tests.browser.conftest import DESK, NARROWEST, PHONE
from tests.cast import ROSA, SAM
from tests.factories import let_in, make_case, make_user

Check = Callable[[Page], None]
SignIn = Callable[[Page, User], None]

PUBLIC = [
    "/",
    "/safety/",
    "/privacy/",
    "/sources/",
    "/nowhere/",
    "/account/login/",
    "/account/signup/",
    "/account/confirm-email/",
    "/account/confirm-email/no-such-key/",
    "/account/password/reset/",
    "/account/password/reset/done/",
    "/account/password/reset/key/0-no/",
    "/account/password/reset/key/done/",
]


@pytest.fixture
def rosa(transactional_db: None) -> User:
    """Rosa with two records; Sam helps with the first."""
    rosa, sam = make_user(ROSA), make_user(SAM)
    User.objects.filter(pk=rosa.pk).update(safety_page_seen_at="2026-01-01T12:00Z")
    case = make_case(rosa)
    make_case(rosa, other_parent="Jo's dad")
    let_in(sam, case, by=rosa, role=Role.HELPER, at=timezone.now())
    return rosa


def her_pages(rosa: User) -> list[str]:
    membership = rosa.memberships.order_by("began_at").first()
    assert membership
    record = f"/records/{membership.case_id}"
    end = membership.case.memberships.exclude(user=rosa).get().pk
    return [
        "/account/",
        "/account/logout/",
        "/account/devices/",
        "/account/password/change/",
        "/records/",
        "/records/join/",
        f"{record}/people/",
        f"{record}/people/invite/",
        f"{record}/people/{end}/end/",
        f"{record}/delete/",
    ]


@pytest.mark.parametrize(
    ("viewport", "scheme"),
    [(NARROWEST, "light"), (PHONE, "dark"), (DESK, "light")],
    ids=["narrowest, light", "phone, dark", "desk, light"],
)
class TestEveryPage:
    def test_is_accessible(
        self,
        open_context: Callable[..., BrowserContext],
        sign_in: SignIn,
        rosa: User,
        check_accessible: Check,
        viewport: dict[str, int],
        scheme: str,
    ) -> None:
        page = open_context(viewport=viewport, color_scheme=scheme).new_page()
        for path in PUBLIC:
            page.goto(path)
            check_accessible(page)
        sign_in(page, rosa)
        for path in her_pages(rosa):
            page.goto(path)
            check_accessible(page)


class TestPictures:
    def test_are_taken_for_the_guide(self, page: Page, picture: Callable[..., None], transactional_db: None) -> None:
        for name, path in [("start", "/"), ("safety", "/safety/"), ("sign-up", "/account/signup/")]:
            page.goto(path)
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            picture(page, name)


class TestFormsWithMistakes:
    def test_are_accessible_and_lead_to_the_field(self, page: Page, rosa: User, check_accessible: Check) -> None:
        page.goto("/account/signup/")
        page.get_by_label("E-mail address").fill("nobody")
        page.get_by_role("button", name="Send me the link").click()
        expect(page).to_have_title("Error: Start - Family Records")
        check_accessible(page)
        page.get_by_role("link", name="E-mail address: Enter your e-mail address, like name@example.com.").click()
        expect(page.get_by_label("E-mail address")).to_be_focused()
        expect(page.get_by_label("E-mail address")).to_have_value("nobody")

    def test_are_accessible_where_a_link_leads_to_choosing_a_password(
        self, page: Page, check_accessible: Check, transactional_db: None
    ) -> None:
        user = operations.sign_up(SAM.email)
        assert user
        page.goto(f"/account/confirm-email/{links.key_for(user)}/")
        check_accessible(page)
        page.get_by_role("button", name="Confirm and save this password").click()
        expect(page).to_have_title("Error: Confirm your address - Family Records")
        check_accessible(page)
        page.get_by_role("link", name="Choose a password: Enter a password.").click()
        expect(page.get_by_label("Choose a password")).to_be_focused()


class TestAPassword:
    def test_can_be_pasted_and_the_form_works_with_the_keyboard_alone(self, page: Page, rosa: User) -> None:
        page.goto("/account/login/")
        page.get_by_label("E-mail address").fill(ROSA.password)
        page.keyboard.press("ControlOrMeta+A")
        page.keyboard.press("ControlOrMeta+C")
        page.get_by_label("E-mail address").fill(ROSA.email)
        page.keyboard.press("Tab")
        page.keyboard.press("ControlOrMeta+V")
        expect(page.get_by_label("Password")).to_have_value(ROSA.password)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Your records")
