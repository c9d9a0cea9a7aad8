"""The log on a phone: a call with two promises, what is overdue, the note to copy, and the search."""

import datetime as dt
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from arrears.core.case_values import ContactKind, Direction
from cases.models import Case
from cms_tracker.users.models import User
from cms_tracker.web.clock import today
from correspondence import operations
from correspondence.core.contacts import PromiseMade
from correspondence.models import Contact
from tests.browser.conftest import DESK, PHONE
from tests.cast import ROSA
from tests.factories import make_case, make_user

SignIn = Callable[[Page, User], None]
Check = Callable[[Page], None]


@pytest.fixture
def rosa(transactional_db: None) -> User:
    rosa = make_user(ROSA)
    User.objects.update(safety_page_seen_at="2025-01-01T12:00Z")
    return rosa


@pytest.fixture
def case(rosa: User) -> Case:
    """A call a fortnight ago in which something was promised for the day after."""
    made = make_case(rosa)
    on = today() - dt.timedelta(days=14)
    operations.record_contact(
        actor=rosa, case=made, at_date=on, at_time=dt.time(10, 15), kind=ContactKind.CALL, direction=Direction.OUT,
        recorded_on=on, spoke_to="Priya", summary="Asked about June.",
        promises=[PromiseMade(text="Ring me back", due_on=on + dt.timedelta(days=1))],
    )  # fmt: skip
    return made


def checked(page: Page, check_accessible: Check) -> None:
    for viewport in (PHONE, DESK):
        page.set_viewport_size(viewport)
        check_accessible(page)
    page.set_viewport_size(PHONE)


class TestTheLog:
    def test_asks_little_and_folds_the_rest(
        self,
        phone: Page,
        rosa: User,
        case: Case,
        sign_in: SignIn,
        check_accessible: Check,
        picture: Callable[..., None],
    ) -> None:
        sign_in(phone, rosa)
        phone.goto(f"/records/{case.pk}/contacts/new/")
        questions = phone.locator("form.log-contact").locator("legend:visible, .field > label:visible")
        expect(questions).to_have_count(6)  # three of them answered by what stands there
        checked(phone, check_accessible)
        picture(phone, "log-call")
        phone.get_by_label("Text message").check()
        phone.get_by_label("They did").check()
        phone.get_by_label("What did they say they would do?").fill("Send a breakdown")
        phone.get_by_role("button", name="Add another promise").click()
        phone.get_by_label("What did they say they would do? (2)").fill("Ring me")
        phone.get_by_role("button", name="Save this contact").click()
        expect(phone.get_by_role("heading", name="Text message from CMS")).to_be_visible()
        checked(phone, check_accessible)
        picture(phone, "call")
        assert Contact.objects.latest("entered_at").promises.count() == 2

    def test_is_searched_without_a_trace_in_the_address(
        self, plain_page: Page, rosa: User, case: Case, sign_in: SignIn, check_accessible: Check
    ) -> None:
        sign_in(plain_page, rosa)
        plain_page.goto(f"/records/{case.pk}/log/")
        plain_page.get_by_label("Words").fill("nothing like it")
        plain_page.get_by_role("button", name="Show these").click()
        expect(plain_page.get_by_text("No entry fits.")).to_be_visible()
        assert "nothing" not in plain_page.url
        plain_page.get_by_role("button", name="Show everything").click()
        expect(plain_page.get_by_role("heading", name="Call to CMS")).to_be_visible()

    def test_is_read_on_a_phone_and_on_a_desk(
        self,
        phone: Page,
        rosa: User,
        case: Case,
        sign_in: SignIn,
        check_accessible: Check,
        picture: Callable[..., None],
    ) -> None:
        sign_in(phone, rosa)
        phone.goto(f"/records/{case.pk}/log/")
        checked(phone, check_accessible)
        picture(phone, "log")
        phone.get_by_role("link", name="Promises", exact=True).click()
        expect(phone.get_by_text("1 thing is overdue.")).to_be_visible()
        checked(phone, check_accessible)
        picture(phone, "promises")
        phone.get_by_role("link", name="Chase note").first.click()
        note = phone.get_by_label("The note for CMS")
        assert "I spoke to Priya on the phone" in note.input_value()
        phone.context.grant_permissions(["clipboard-read", "clipboard-write"])
        phone.get_by_role("button", name="Copy this note").click()
        expect(phone.get_by_text("Copied.")).to_be_visible()
        assert phone.evaluate("navigator.clipboard.readText()") == note.input_value()
        checked(phone, check_accessible)
        picture(phone, "chase-note")
