"""The two ways to challenge CMS, seen and pressed on a phone and on a desk, and without JavaScript."""

import datetime as dt
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from arrears.core.challenge_values import ChallengeAbout, ChallengeStepKind
from cases.models import Case
from cms_tracker.users.models import User
from cms_tracker.web.clock import today
from correspondence import operations
from correspondence.models import ChallengeStep
from tests.browser.conftest import DESK
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
    month = today() - dt.timedelta(days=60)
    matter = operations.begin_challenge(
        actor=rosa, case=case, about=ChallengeAbout.SERVICE, what="The slow plan", known_on=month
    )
    for kind, on in ((ChallengeStepKind.COMPLAINED, month), (ChallengeStepKind.MP_TOLD, today())):
        operations.add_challenge_step(actor=rosa, case=case, challenge_id=matter.pk, kind=kind, on=on)
    return case


class TestRoutes:
    def test_are_asked_for_begun_and_followed_on_a_phone_and_seen_on_a_desk(
        self,
        phone: Page,
        rosa: User,
        case: Case,
        sign_in: SignIn,
        check_accessible: Check,
        picture: Callable[..., None],
    ) -> None:
        sign_in(phone, rosa)
        phone.goto(f"/records/{case.pk}/routes/")
        expect(phone.get_by_text("CMS has your complaint.")).to_be_visible()
        phone.get_by_text("The whole way, and what is not open yet").tap()
        check_accessible(phone)
        picture(phone, "routes")
        phone.get_by_role("link", name="Find the right way").tap()
        phone.get_by_role("button", name="Show what I can do").tap()
        expect(phone.get_by_text("Choose one.").first).to_be_visible()
        check_accessible(phone)
        phone.locator("main label", has_text="Both").tap()
        phone.get_by_role("button", name="Show what I can do").tap()
        expect(phone.get_by_role("heading", name="This is both: one letter can do both")).to_be_visible()
        check_accessible(phone)
        picture(phone, "which")
        phone.get_by_role("link", name="Start both").tap()
        phone.get_by_label("What is it about?").fill("Wrong income")
        check_accessible(phone)
        picture(phone, "new-route")
        for name, value in (("d", today().day), ("m", today().month), ("y", today().year)):
            phone.locator(f"[name=known_on_{name}]").fill(str(value))
        phone.get_by_role("button", name="Save and see what comes next").tap()
        expect(phone.locator(".done")).to_contain_text("Saved.")
        expect(phone.get_by_role("heading", name="Wrong income")).to_have_count(2)
        phone.get_by_role("link", name="You asked for the next stage").first.tap()
        expect(phone.get_by_role("heading", level=1, name="What happened?")).to_be_visible()
        check_accessible(phone)
        picture(phone, "route-step")
        for name, value in (("d", today().day), ("m", today().month), ("y", today().year)):
            phone.locator(f"[name=on_{name}]").fill(str(value))
        phone.get_by_role("button", name="Save this step").tap()
        expect(phone.get_by_text("At the next stage of the complaint.")).to_be_visible()
        assert ChallengeStep.objects.filter(kind="escalated").count() == 1
        phone.set_viewport_size(DESK)
        phone.reload()
        check_accessible(phone)


class TestTheQuestion:
    def test_is_answered_by_anybody_without_javascript(
        self, plain_page: Page, live_server: object, transactional_db: None
    ) -> None:
        plain_page.goto("/which/")
        plain_page.get_by_label("How the money is collected, enforced or paid off").check()
        plain_page.get_by_role("button", name="Show what I can do").click()
        expect(plain_page.get_by_text("No appeal lies against")).to_be_visible()
        expect(plain_page.get_by_text("Judicial review")).to_be_visible()

    def test_can_be_read_by_everybody(
        self, phone: Page, transactional_db: None, check_accessible: Check, picture: Callable[..., None]
    ) -> None:
        for it in ("amount", "treated", "how"):
            phone.goto(f"/which/?it={it}")
            check_accessible(phone)
            picture(phone, f"which-{it}")
