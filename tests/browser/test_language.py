"""A Welsh page in a real browser: it says its language, and passes every rule of accessibility."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from cms_tracker.users.models import User
from tests.browser.conftest import PHONE
from tests.cast import ROSA
from tests.factories import make_user, monthly_case


class TestAWelshPage:
    def test_is_chosen_by_a_press_and_is_accessible(
        self,
        transactional_db: None,
        page: Page,
        sign_in: Callable[[Page, User], None],
        check_accessible: Callable[[Page], None],
    ) -> None:
        rosa = make_user(ROSA)
        User.objects.update(safety_page_seen_at="2025-01-01T12:00Z")
        case = monthly_case(rosa)
        page.set_viewport_size(PHONE)
        sign_in(page, rosa)
        page.goto(f"/records/{case.pk}/")

        page.get_by_role("link", name="Cymraeg (drafft)").click()
        page.get_by_role("button", name="Defnyddio’r drafft Cymraeg").click()

        expect(page.locator("html")).to_have_attribute("lang", "cy")
        expect(page.get_by_text("Drafft heb ei adolygu.")).to_be_visible()
        check_accessible(page)
