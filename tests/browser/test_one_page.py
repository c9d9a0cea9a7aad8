"""The record on one page, on a phone and on a desk, and the overview that leads to it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from cases.models import Case
from cms_tracker.users.models import User
from tests.browser.conftest import DESK, NARROWEST
from tests.cast import ROSA
from tests.factories import make_user, monthly_case

SignIn = Callable[[Page, User], None]
Check = Callable[[Page], None]


@pytest.fixture
def rosa(transactional_db: None) -> User:
    rosa = make_user(ROSA)
    User.objects.update(safety_page_seen_at="2025-01-01T12:00Z")
    return rosa


@pytest.fixture
def case(rosa: User) -> Case:
    return monthly_case(rosa)


class TestTheOnePage:
    def test_is_read_on_every_size_of_screen_and_leads_back(
        self, phone: Page, rosa: User, case: Case, sign_in: SignIn, check_accessible: Check
    ) -> None:
        sign_in(phone, rosa)
        for size in (None, NARROWEST, DESK):
            if size:
                phone.set_viewport_size(size)
            phone.goto(f"/records/{case.pk}/overview/summary/")
            expect(phone.get_by_role("heading", name="Where it stands")).to_be_visible()
            check_accessible(phone)
        phone.get_by_role("link", name="Back to the record").click()
        expect(phone.get_by_role("heading", name="Take it with you")).to_be_visible()
        check_accessible(phone)
