"""Correcting the details of a record in a browser: found from the case page, accessible, without JavaScript."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from cases import queries
from cases.models import Case
from cms_tracker.users.models import User
from tests.browser.conftest import DESK, PHONE
from tests.cast import ROSA
from tests.factories import make_user, monthly_case

SignIn = Callable[[Page, User], None]
Check = Callable[[Page], None]


@pytest.fixture
def rosa(transactional_db: None) -> User:
    return make_user(ROSA)


@pytest.fixture
def case(rosa: User) -> Case:
    return monthly_case(rosa, children=["Robin", "Kit"])


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def correct(page: Page, case: Case, look: Check) -> None:
    """From the case page, through a slip, a new row for a child and a row emptied, to the case page again."""
    page.goto(reverse("arrears:details", args=[case.pk]))
    page.get_by_role("link", name="Change the CMS reference").click()
    expect(page.get_by_label("CMS reference")).to_have_value("1200 0000 0002")
    look(page)
    page.get_by_label("CMS reference").fill("1200")
    press(page, "Save these details")
    expect(page.get_by_role("alert")).to_contain_text("One answer needs another look")
    expect(page.get_by_role("alert").get_by_role("heading")).to_be_in_viewport()
    look(page)
    page.get_by_label("CMS reference").fill("1200 0000 0017")
    press(page, "Add another child")
    expect(page.get_by_label("Child 3")).to_be_focused()
    page.get_by_label("Child 3").fill("Lee")
    page.get_by_label("Child 1").fill("")
    page.get_by_label("The oldest amount owed first", exact=True).check()
    press(page, "Save these details")
    expect(page.get_by_text("Your corrections are saved.")).to_be_visible()
    expect(page.get_by_text("Kit, Lee")).to_be_visible()
    look(page)


class TestCorrectingDetails:
    @pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
    def test_ends_with_the_corrections_on_record(
        self,
        open_context: Callable[..., BrowserContext],
        rosa: User,
        case: Case,
        sign_in: SignIn,
        check_accessible: Check,
        viewport: dict[str, int],
    ) -> None:
        page = open_context(viewport=viewport).new_page()
        sign_in(page, rosa)
        correct(page, case, check_accessible)
        found = queries.details_of(Case.objects.get(pk=case.pk))
        assert (found.reference, found.allocation_rule) == ("120000000017", "oldest_first")
        assert found.children == ("Kit", "Lee")

    def test_needs_no_javascript(self, plain_page: Page, rosa: User, case: Case, sign_in: SignIn) -> None:
        sign_in(plain_page, rosa)
        correct(plain_page, case, lambda page: None)
        assert Case.objects.get(pk=case.pk).reference == "120000000017"

    def test_shows_each_page_as_it_is(
        self, page: Page, rosa: User, case: Case, sign_in: SignIn, picture: Callable[..., None]
    ) -> None:
        sign_in(page, rosa)
        page.goto(reverse("cases:edit-details", args=[case.pk]))
        expect(page.get_by_text("This cannot be changed.")).to_be_visible()
        picture(page, "edit-details")
