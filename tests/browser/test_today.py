"""Today in a real browser: new, with one payment, long quiet, overpaid, and from the paying side."""

import datetime as dt
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from arrears import operations
from arrears.core.facts import Route
from cms_tracker.users.models import User
from cms_tracker.web.clock import today
from tests.browser.conftest import DESK, NARROWEST, PHONE
from tests.cast import ROSA
from tests.factories import import_example, make_case, make_user, monthly_case

SignIn = Callable[[Page, User], None]
Check = Callable[[Page], None]
LOOKS = (("light", NARROWEST), ("dark", PHONE), ("light", DESK))


@pytest.fixture
def rosa(transactional_db: None) -> User:
    rosa = make_user(ROSA)
    User.objects.update(safety_page_seen_at="2025-01-01T12:00Z")
    return rosa


class TestToday:
    def test_reads_well_with_any_record(
        self,
        page: Page,
        rosa: User,
        sign_in: SignIn,
        check_accessible: Check,
        picture: Callable[..., None],
    ) -> None:
        over = monthly_case(rosa)
        operations.record_payment(
            actor=rosa, case=over, paid_on=today() - dt.timedelta(days=2), amount_pence=2_000_000, recorded_on=None,
            route=Route.DIRECT,
        )  # fmt: skip
        records = {
            "empty": make_case(rosa),
            "quiet": import_example("p-002456", rosa),
            "paying": import_example("collect-and-pay-fees", rosa),
            "overpaid": over,
        }
        sign_in(page, rosa)
        for name, case in records.items():
            page.goto(f"/records/{case.pk}/")
            for scheme, viewport in LOOKS:
                page.emulate_media(color_scheme=scheme)
                page.set_viewport_size(viewport)
                check_accessible(page)
                picture(page, f"today-{name}-{scheme}", viewports=(viewport,))

    def test_shows_the_real_case_on_the_day_of_its_last_payment(
        self, page: Page, rosa: User, sign_in: SignIn, check_accessible: Check, picture: Callable[..., None]
    ) -> None:
        case = import_example("p-002456", rosa)
        sign_in(page, rosa)
        page.goto(f"/records/{case.pk}/")
        page.get_by_role("link", name="See where it stood on 1 February 2024").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("You are owed £10,153.01")
        page.get_by_text("How we worked this out").click()
        check_accessible(page)
        picture(page, "today")

    def test_looks_at_another_day_without_javascript(self, plain_page: Page, rosa: User, sign_in: SignIn) -> None:
        case = import_example("direct-pay-missed", rosa)
        sign_in(plain_page, rosa)
        plain_page.goto(f"/records/{case.pk}/")
        plain_page.get_by_text("Look at another day").click()
        for box, value in (("Day", "10"), ("Month", "7"), ("Year", "2025")):
            plain_page.get_by_label(box, exact=True).fill(value)
        plain_page.get_by_role("button", name="Show this day").click()
        expect(plain_page.get_by_role("heading", level=1)).to_have_text("You are owed £520.00")
