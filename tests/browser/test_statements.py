"""Statements and letters to many in a real browser: chosen by keyboard and thumb, readable by everybody."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from arrears import operations as money
from cms_tracker.users.models import User
from tests.browser.conftest import DESK, PHONE
from tests.cast import ADA, ROSA
from tests.factories import import_example, let_in, make_user, monthly_case

SignIn = Callable[[Page, User], None]
Check = Callable[[Page], None]


@pytest.fixture
def rosa(transactional_db: None) -> User:
    rosa = make_user(ROSA)
    User.objects.update(safety_page_seen_at="2025-01-01T12:00Z")
    return rosa


class TestAStatement:
    def test_is_chosen_made_and_read(
        self, phone: Page, rosa: User, sign_in: SignIn, check_accessible: Check, picture: Callable[..., None]
    ) -> None:
        case = import_example("collect-and-pay-fees", rosa)
        sign_in(phone, rosa)
        phone.goto(f"/records/{case.pk}/payments/")
        phone.get_by_role("link", name="Statements").click()
        phone.get_by_label("Days that I choose").check()
        phone.get_by_role("button", name="Make the PDF").click()
        expect(phone.get_by_role("link", name="Enter the first day, like 22 4 2025.")).to_be_visible()
        check_accessible(phone)
        phone.get_by_label("All of it, from the start").check()
        phone.get_by_text("As known on another day").click()
        for viewport in (PHONE, DESK):
            phone.set_viewport_size(viewport)
            check_accessible(phone)
        picture(phone, "statements")
        with phone.expect_download() as taken:
            phone.get_by_role("button", name="Take it as a workbook").click()
        assert taken.value.suggested_filename.startswith("account-")
        phone.get_by_role("button", name="Make the PDF").click()
        expect(phone.get_by_text("Your statement is being prepared.")).to_be_visible()
        check_accessible(phone)
        phone.get_by_role("link", name="Print view").click()
        expect(phone.get_by_role("heading", name="What fell due, and what came for it")).to_be_visible()
        for viewport in (PHONE, DESK):
            phone.set_viewport_size(viewport)
            check_accessible(phone)


class TestLettersToMany:
    def test_are_chosen_on_the_list_looked_at_and_made(
        self, page: Page, rosa: User, sign_in: SignIn, check_accessible: Check, picture: Callable[..., None]
    ) -> None:
        ada = make_user(ADA)
        User.objects.update(safety_page_seen_at="2025-01-01T12:00Z")
        due_on = timezone.localdate() - dt.timedelta(days=20)
        for reference in ("120000000101", "120000000202"):
            case = monthly_case(rosa, first_due=due_on, reference=reference)
            money.note_nothing_came(actor=rosa, case=case, due_on=due_on, noted_on=due_on + dt.timedelta(days=5))
            let_in(ada, case, by=rosa, at=timezone.now())
        sign_in(page, ada)
        page.goto("/caseload/")
        for box in page.get_by_role("checkbox", name="Choose").all():
            box.check()
        page.get_by_role("button", name="Write to those ticked").click()
        check_accessible(page)
        page.get_by_role("link", name="Report missed Direct Pay payments").click()
        page.get_by_label("Only report it for now").check()
        page.get_by_label("Names of parents").fill("120000000101 Rosa Martin")
        check_accessible(page)
        page.get_by_role("button", name="Look at each letter").click()
        expect(page.get_by_role("heading", name="1 letter can be made")).to_be_visible()
        for viewport in (PHONE, DESK):
            page.set_viewport_size(viewport)
            check_accessible(page)
        picture(page, "letters-to-many")
        page.get_by_role("button", name="Make 1 letter").click()
        expect(page.get_by_text("0 of 1 ready.")).to_be_visible()
        for viewport in (PHONE, DESK):
            page.set_viewport_size(viewport)
            check_accessible(page)
