"""Why it changed, and the calendar of payments, in a real browser: from an empty record to ten years."""

from collections.abc import Callable

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from arrears import operations
from arrears.core.facts import Route
from cases.models import Case
from cms_tracker.users.models import User
from cms_tracker.web.clock import today
from tests.browser.conftest import DESK, PHONE
from tests.browser.test_payments import ten_years
from tests.cast import ROSA
from tests.factories import import_example, make_case, make_user, monthly_case

SignIn = Callable[[Page, User], None]
Check = Callable[[Page], None]
Picture = Callable[..., None]
LOOKS = (("light", PHONE), ("dark", PHONE), ("light", DESK), ("dark", DESK))
BACKDATED = "changes/?from=2024-11-24&to=2025-02-10&known=then"


@pytest.fixture
def rosa(transactional_db: None) -> User:
    rosa = make_user(ROSA)
    User.objects.update(safety_page_seen_at="2025-01-01T12:00Z")
    return rosa


@transaction.atomic
def overpaid(rosa: User) -> Case:
    """One payment that is far more than what has fallen due."""
    case = monthly_case(rosa, first_due=today().replace(day=1))
    operations.record_payment(
        actor=rosa, case=case, paid_on=today(), amount_pence=200000, recorded_on=None, route=Route.DIRECT
    )
    return case


def records(rosa: User) -> dict[str, tuple[Case, tuple[str, ...]]]:
    """A record of each shape, and the pages of it to look at."""
    both = ("changes/", "pattern/")
    one = monthly_case(rosa, first_due=today().replace(day=1), reference="120000000011")
    return {
        "nothing": (make_case(rosa), both),
        "one": (one, both),
        "example": (import_example("p-002456", rosa), both),
        "backdated": (import_example("backdated-change", rosa), (BACKDATED, "pattern/")),
        "overpaid": (overpaid(rosa), both),
        "ten-years": (ten_years(rosa), ("changes/", "changes/?from=2014-01-01&to=2026-11-20", "pattern/")),
    }


class TestThePages:
    def test_read_well_with_any_record(
        self, page: Page, rosa: User, sign_in: SignIn, check_accessible: Check, picture: Picture
    ) -> None:
        sign_in(page, rosa)
        for name, (case, paths) in records(rosa).items():
            for number, path in enumerate(paths):
                page.goto(f"/records/{case.pk}/{path}")
                for scheme, viewport in LOOKS:
                    page.emulate_media(color_scheme=scheme)
                    page.set_viewport_size(viewport)
                    check_accessible(page)
                    picture(page, f"{path.split('/')[0]}-{name}-{number}-{scheme}", viewports=(viewport,))


class TestWhyItChanged:
    def test_leads_from_every_line_to_the_fact_behind_it(self, page: Page, rosa: User, sign_in: SignIn) -> None:
        case = import_example("backdated-change", rosa)
        sign_in(page, rosa)
        start = f"/records/{case.pk}/{BACKDATED}"
        page.goto(start)
        links = page.locator("table.stacks a").evaluate_all("links => [...new Set(links.map(one => one.href))]")
        assert len(links) >= 8
        for link in links:
            page.goto(link)
            expect(page.get_by_role("heading", level=1)).not_to_have_text("Page not found")
            if "#" in link:
                expect(page.locator(f"[id='{link.partition('#')[2]}']")).to_have_count(1)

    def test_asks_what_was_known_without_a_script(self, plain_page: Page, rosa: User, sign_in: SignIn) -> None:
        case = import_example("backdated-change", rosa)
        sign_in(plain_page, rosa)
        plain_page.goto(f"/records/{case.pk}/changes/?from=2025-01-01&to=2024-11-30")
        expect(plain_page.get_by_text("On both days you owed £551.54.")).to_be_visible()
        plain_page.get_by_label("What was known on days that I choose").check()
        plain_page.get_by_role("group", name="For the first day").get_by_label("Year").fill("26")
        plain_page.get_by_role("button", name="Compare these days").click()
        expect(plain_page.get_by_role("alert")).to_contain_text("For the first day, known by")


class TestTheCalendar:
    def test_opens_the_latest_year_and_leads_to_its_payments(self, page: Page, rosa: User, sign_in: SignIn) -> None:
        case = ten_years(rosa)
        sign_in(page, rosa)
        page.goto(f"/records/{case.pk}/pattern/")
        years = page.locator("details.year")
        assert years.count() in {10, 11}
        expect(years.nth(0)).to_have_attribute("open", "")
        assert years.nth(1).get_attribute("open") is None
        years.nth(4).locator("> summary").press("Enter")
        square = years.nth(4).locator(".squares a").first
        due = (square.get_attribute("href") or "").partition("#")[2]
        square.press("Enter")
        expect(page.locator(f"#{due}")).to_be_in_viewport()

    def test_is_taken_away_as_a_file(self, page: Page, rosa: User, sign_in: SignIn) -> None:
        case = import_example("direct-pay-missed", rosa)
        sign_in(page, rosa)
        page.goto(f"/records/{case.pk}/pattern/")
        with page.expect_download() as download:
            page.get_by_role("link", name="Save as a spreadsheet file").click()
        assert download.value.suggested_filename == f"calendar-{today()}.csv"
