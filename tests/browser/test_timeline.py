"""The timeline of the real case, and of a long one, in a real browser."""

import datetime as dt
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from arrears import operations as money
from cases import operations
from cases.core.facts import Frequency, ServiceType
from cms_tracker.users.models import User
from tests.browser.conftest import DESK, NARROWEST, PHONE
from tests.cast import ROSA
from tests.factories import import_example, make_case, make_user

SignIn = Callable[[Page, User], None]
Check = Callable[[Page], None]


@pytest.fixture
def rosa(transactional_db: None) -> User:
    rosa = make_user(ROSA)
    User.objects.update(safety_page_seen_at="2025-01-01T12:00Z")
    return rosa


class TestTheTimeline:
    def test_shows_the_real_case_in_order(
        self, page: Page, rosa: User, sign_in: SignIn, check_accessible: Check, picture: Callable[..., None]
    ) -> None:
        case = import_example("p-002456", rosa)
        sign_in(page, rosa)
        page.goto(f"/records/{case.pk}/timeline/")
        expect(page.get_by_role("heading", name="15 payments of £400.53, all on time")).to_be_visible()
        expect(page.get_by_text("The difference is £620.02.")).to_be_visible()
        expect(page.get_by_text("17 February 2023 at 10:30am")).to_be_visible()
        years = page.get_by_role("heading", level=2).all_inner_texts()
        assert years == sorted(years, reverse=True)
        for viewport in (NARROWEST, PHONE, DESK):
            page.set_viewport_size(viewport)
            check_accessible(page)
        picture(page, "timeline")
        page.get_by_role("link", name="Calls and promises").click()
        expect(page.get_by_role("heading", name="Call to CMS")).to_be_visible()
        expect(page.get_by_role("heading", name="CMS gave a figure: £9,532.99")).to_be_hidden()

    def test_pages_ten_years_by_year(self, page: Page, rosa: User, sign_in: SignIn, check_accessible: Check) -> None:
        case = make_case(rosa)
        known = {"actor": rosa, "case": case}
        first = dt.date(2015, 1, 5)
        operations.record_service(**known, type=ServiceType.DIRECT_PAY, from_on=first)
        operations.record_calculation(**known, weekly_pence=6000, effective_on=first, decided_on=None, notified_on=None)
        operations.record_schedule(**known, frequency=Frequency.WEEKLY, first_due_on=first)
        for week in range(520):
            # Amounts that differ, so that nothing folds into a run.
            money.record_payment(
                **known,
                paid_on=first + dt.timedelta(weeks=week, days=1),
                amount_pence=5000 + week,
                recorded_on=None,
            )
        sign_in(page, rosa)
        page.goto(f"/records/{case.pk}/timeline/?year=2017")
        expect(page.get_by_role("heading", level=2, name="2017")).to_be_visible()
        assert page.get_by_role("heading", level=2).count() == 1
        expect(page.get_by_role("navigation", name="Years").get_by_role("link", name="2015")).to_be_visible()
        check_accessible(page)

    def test_of_a_new_record_says_what_will_come(
        self, page: Page, rosa: User, sign_in: SignIn, check_accessible: Check
    ) -> None:
        case = make_case(rosa)
        sign_in(page, rosa)
        page.goto(f"/records/{case.pk}/timeline/")
        expect(page.get_by_text("Nothing here yet.")).to_be_visible()
        check_accessible(page)
