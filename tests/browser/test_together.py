"""The debts of one paying parent beside each other, on every width."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from cases.core.facts import Perspective
from cms_tracker.users.models import User
from tests.browser.conftest import DESK, NARROWEST, PHONE
from tests.cast import PAUL
from tests.factories import make_user, monthly_case


@pytest.mark.parametrize("size", [NARROWEST, PHONE, DESK], ids=["narrowest", "phone", "desk"])
def test_shares_a_payment_and_is_accessible(
    page: Page,
    transactional_db: None,
    sign_in: Callable[[Page, User], None],
    check_accessible: Callable[[Page], None],
    size: dict[str, int],
) -> None:
    paul = make_user(PAUL)
    User.objects.update(safety_page_seen_at="2025-01-01T12:00Z")
    for name in ("Parent A", "Parent B"):
        monthly_case(paul, perspective=Perspective.PAYING, other_parent=name)
    page.set_viewport_size(size)  # type: ignore[arg-type]
    sign_in(page, paul)
    page.goto("/records/together/")
    check_accessible(page)
    page.get_by_label("How much did you pay in all?").fill("300")
    page.get_by_label("Day", exact=True).fill("3")
    page.get_by_label("Month").fill("3")
    page.get_by_label("Year").fill("2025")
    page.get_by_role("button", name="See the shares").click()
    check_accessible(page)
    page.get_by_role("button", name="Save a payment in each record").click()
    expect(page.locator(".done")).to_contain_text("£300.00 is recorded")
