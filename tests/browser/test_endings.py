"""How it can end, on a phone and on a desk: the list, one ending, a notice, and the page to read first."""

import datetime as dt
import uuid
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from arrears import operations
from arrears.core.event_values import Event, EventKind
from arrears.core.facts import OpeningBalance
from cases.models import Case
from cms_tracker.users.models import User
from cms_tracker.web.clock import today
from correspondence import operations as correspondence
from correspondence.models import CaseEvent
from tests.browser.conftest import DESK, NARROWEST
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
    case = make_case(rosa)
    opening = OpeningBalance(on=dt.date(2026, 1, 1), amount=1331824, id=str(uuid.uuid4()))
    operations.record_fact(actor=rosa, case=case, fact=opening)
    asked = Event(kind=EventKind.COMPENSATION_ASKED, on=today() - dt.timedelta(days=9), amount=25000, note="By post")
    correspondence.add_event(actor=rosa, case=case, event=asked)
    return case


class TestTheEndings:
    def test_are_read_on_every_size_of_screen(
        self, phone: Page, rosa: User, case: Case, sign_in: SignIn, check_accessible: Check
    ) -> None:
        sign_in(phone, rosa)
        for size in (None, NARROWEST, DESK):
            if size:
                phone.set_viewport_size(size)
            phone.goto(f"/records/{case.pk}/ways/")
            expect(phone.get_by_role("heading", name="Under way")).to_be_visible()
            check_accessible(phone)
        for number in range(1, 11):
            phone.goto(f"/records/{case.pk}/ways/{number}/")
            expect(phone.get_by_role("heading", name="Where it stands in your record")).to_be_visible()
            check_accessible(phone)
        assert phone.title().startswith("Ways forward")


class TestANotice:
    def test_is_checked_and_kept_on_a_phone(
        self, phone: Page, rosa: User, case: Case, sign_in: SignIn, check_accessible: Check
    ) -> None:
        sign_in(phone, rosa)
        phone.goto(f"/records/{case.pk}/ways/4/")
        phone.get_by_role("link", name="Check a notice").tap()
        phone.get_by_role("button", name="Check this notice").tap()
        expect(phone.get_by_role("alert")).to_be_visible()
        check_accessible(phone)
        for name in ("dated_on", "reached_on"):
            for box, value in (("d", today().day), ("m", today().month), ("y", today().year)):
                phone.locator(f"[name={name}_{box}]").fill(str(value))
        phone.get_by_label("how much would be written off", exact=True).check()
        phone.get_by_role("button", name="Check this notice").tap()
        expect(phone.get_by_role("heading", name="What the notice does not say")).to_be_visible()
        check_accessible(phone)
        phone.set_viewport_size(DESK)
        check_accessible(phone)
        phone.get_by_role("button", name="Keep this notice and count its days").click()
        expect(phone.locator(".done")).to_contain_text("The notice is in your record.")
        assert CaseEvent.objects.filter(kind=EventKind.WRITE_OFF_NOTICE).count() == 1


class TestArrearsNotWanted:
    def test_are_recorded_only_from_the_page_that_was_read(
        self, phone: Page, rosa: User, case: Case, sign_in: SignIn, check_accessible: Check
    ) -> None:
        sign_in(phone, rosa)
        phone.goto(f"/records/{case.pk}/ways/5/")
        phone.get_by_role("link", name="Note: The receiving parent told CMS not to collect").tap()
        expect(phone.get_by_role("heading", level=1, name="Before you record this")).to_be_visible()
        check_accessible(phone)
        phone.get_by_role("button", name="Record that I asked CMS to stop").tap()
        expect(phone.get_by_role("alert")).to_contain_text("Tick the box only if it is true.")
        check_accessible(phone)
        phone.get_by_role("link", name="Leave it as it is").tap()
        expect(phone.get_by_role("heading", level=1, name="The receiving parent asks CMS to stop")).to_be_visible()
        assert not CaseEvent.objects.filter(kind=EventKind.ARREARS_NOT_WANTED).exists()
