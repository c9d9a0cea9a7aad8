"""Opening a record and taking its first decision, by hand, on a phone, without JavaScript, accessibly."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from arrears import operations, queries
from cases import queries as cases
from cases.models import Case
from cms_tracker.users.models import User
from tests.browser.conftest import DESK, NARROWEST, PHONE
from tests.cast import ROSA
from tests.factories import first_letter, import_example, make_case, make_user

SignIn = Callable[[Page, User], None]
Check = Callable[[Page], None]


@pytest.fixture
def rosa(transactional_db: None) -> User:
    return make_user(ROSA)


def fill_day(page: Page, name: str, day: int, month: int, year: int) -> None:
    for box, value in enumerate((day, month, year)):
        page.locator(f"#id_{name}_{box}").fill(str(value))


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def open_and_decide(page: Page, look: Check) -> None:
    """Go the whole way from an empty form to the saved first decision, looking at every page."""
    page.goto("/records/new/")
    look(page)
    page.get_by_label("Child 1").fill("Robin")
    press(page, "Add another child")
    expect(page.get_by_label("Child 1")).to_have_value("Robin")
    expect(page.get_by_label("Child 3")).to_be_focused()
    press(page, "Open this record")
    expect(page.get_by_role("alert")).to_contain_text("3 answers need another look")
    look(page)
    page.get_by_label("CMS reference").fill("1200 1234 5678")
    page.get_by_label("The parent who should get the money").check()
    page.get_by_label("England").check()
    press(page, "Open this record")

    expect(page.get_by_role("heading", level=1)).to_have_text("What the letter says")
    look(page)
    page.get_by_label("How much a week?").fill("60")
    fill_day(page, "effective_on", 6, 1, 2025)
    press(page, "Keep these answers and go on")
    look(page)
    fill_day(page, "decided_on", 20, 1, 2025)
    fill_day(page, "notified_on", 23, 1, 2025)
    press(page, "Keep these answers and go on")
    look(page)
    page.get_by_label("Direct Pay").check()
    page.get_by_label("Every month").check()
    fill_day(page, "first_due_on", 3, 2, 2025)
    press(page, "Keep these answers and go on")
    look(page)
    page.get_by_label("No, or not that I know").check()
    expect(page.get_by_label("How much was carried over?")).to_be_hidden()
    press(page, "Check these answers")
    expect(page.get_by_text("Payments of £260.00 a month from 3 February 2025.")).to_be_visible()
    look(page)

    page.get_by_role("link", name="Change the weekly amount").click()
    expect(page.get_by_label("How much a week?")).to_have_value("60")
    page.get_by_label("How much a week?").fill("65")
    press(page, "Keep these answers and go on")
    expect(page.get_by_text("Payments of £281.67 a month from 3 February 2025.")).to_be_visible()
    press(page, "Save this decision")


class TestOpeningARecord:
    @pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
    def test_ends_with_the_decision_saved(
        self,
        open_context: Callable[..., BrowserContext],
        rosa: User,
        sign_in: SignIn,
        check_accessible: Check,
        viewport: dict[str, int],
    ) -> None:
        page = open_context(viewport=viewport).new_page()
        sign_in(page, rosa)
        open_and_decide(page, check_accessible)
        decisions = queries.facts_for(cases.cases_for(rosa)[0]).decisions
        assert [decision.weekly for decision in decisions] == [6500]

    def test_needs_no_javascript(self, plain_page: Page, rosa: User, sign_in: SignIn) -> None:
        sign_in(plain_page, rosa)
        open_and_decide(plain_page, lambda page: None)
        assert queries.has_decision(cases.cases_for(rosa)[0])

    def test_opens_with_enter_and_does_not_add_a_child(self, page: Page, rosa: User, sign_in: SignIn) -> None:
        sign_in(page, rosa)
        page.goto("/records/new/")
        page.get_by_label("The parent who should get the money").check()
        page.get_by_label("England").check()
        page.get_by_label("CMS reference").fill("1200 1234 5678")
        page.get_by_label("CMS reference").press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("What the letter says")


class TestTheCasePages:
    @pytest.fixture
    def running(self, rosa: User) -> Case:
        case = make_case(rosa)
        operations.record_first_letter(actor=rosa, case=case, letter=first_letter())
        return case

    @pytest.mark.parametrize(
        ("viewport", "colours"),
        [(NARROWEST, "light"), (PHONE, "dark"), (DESK, "light")],
        ids=["narrow", "phone", "desk"],
    )
    def test_are_accessible(
        self,
        open_context: Callable[..., BrowserContext],
        rosa: User,
        running: Case,
        sign_in: SignIn,
        check_accessible: Check,
        viewport: dict[str, int],
        colours: str,
    ) -> None:
        page = open_context(viewport=viewport, color_scheme=colours).new_page()
        sign_in(page, rosa)
        for route in (
            "arrears:details", "arrears:new-decision", "cases:new-service", "cases:new-dates", "arrears:new-opening",
            "arrears:new-adjustment", "arrears:figures", "arrears:new-figure",
        ):  # fmt: skip
            page.goto(reverse(route, args=[running.pk]))
            expect(page.get_by_role("heading", level=1)).to_have_count(1)
            check_accessible(page)

    def test_show_the_real_case(
        self,
        page: Page,
        rosa: User,
        sign_in: SignIn,
        check_accessible: Check,
        picture: Callable[..., None],
    ) -> None:
        case = import_example("p-002456", rosa)
        sign_in(page, rosa)
        page.goto(reverse("arrears:details", args=[case.pk]))
        expect(page.get_by_text("Inferred", exact=True)).to_have_count(1)
        check_accessible(page)
        picture(page, "case")
        page.goto(reverse("arrears:figures", args=[case.pk]))
        expect(page.get_by_text("£620.02 more in your record. Nothing we tried would explain it.")).to_be_visible()
        check_accessible(page)
        picture(page, "figures")

    def test_strike_out_a_slip_and_show_it_struck_through(
        self, phone: Page, rosa: User, running: Case, sign_in: SignIn, check_accessible: Check
    ) -> None:
        slip = operations.record_opening_balance(
            actor=rosa, case=running, on=first_letter().decision.effective_on, amount_pence=54000, source="Order"
        )
        sign_in(phone, rosa)
        phone.goto(reverse("pages:strike-out", args=[running.pk, slip.pk]))
        check_accessible(phone)
        phone.get_by_label("Why are you striking it out?").fill("Typed twice")
        press(phone, "Strike out this amount carried over")
        expect(phone.locator("s", has_text="Carried over: £540.00")).to_be_visible()
        check_accessible(phone)
