"""The pages of an organisation and of its advisers' work, of the demo, in a real browser at two widths."""

from collections.abc import Callable

import pytest
from django.core.management import call_command
from playwright.sync_api import BrowserContext, Page

from cases.models import Holding
from cms_tracker.users.models import User
from tests.browser.conftest import DESK, NARROWEST
from tests.cast import ADA, ROSA

SignIn = Callable[[Page, User], None]
Check = Callable[[Page], None]

PLACES = [
    "/organisation/",
    "/organisation/intakes/",
    "/organisation/teams/new/",
    "/organisation/people/new/",
    "/organisation/records/new/",
    "/organisation/conflicts/",
    "/organisation/hand-overs/",
    "/organisation/checks/",
    "/organisation/checks/mine/",
    "/organisation/results/",
    "/organisation/join/",
    "/organisation/leave/",
    "/caseload/views/new/",
]


@pytest.fixture
def ada(transactional_db: None) -> User:
    call_command("seed_demo", verbosity=0)
    User.objects.update(safety_page_seen_at="2026-01-01T12:00Z")
    return User.objects.get(email=ADA.email)


@pytest.mark.parametrize("viewport", [NARROWEST, DESK], ids=["narrowest", "desk"])
class TestEveryPageOfAnOrganisation:
    def test_is_accessible(
        self,
        open_context: Callable[..., BrowserContext],
        sign_in: SignIn,
        ada: User,
        check_accessible: Check,
        viewport: dict[str, int],
    ) -> None:
        page = open_context(viewport=viewport).new_page()
        sign_in(page, ada)
        held = Holding.objects.first()
        assert held is not None
        for place in (*PLACES, f"/organisation/records/{held.pk}/assign/", f"/organisation/records/{held.pk}/look/"):
            answer = page.goto(place)
            assert answer is not None
            assert answer.status == 200, place
            check_accessible(page)


class TestThePagesOfTheOneWhoOwns:
    def test_are_accessible_on_a_phone(self, phone: Page, sign_in: SignIn, ada: User, check_accessible: Check) -> None:
        rosa = User.objects.get(email=ROSA.email)
        sign_in(phone, rosa)
        membership = rosa.memberships.order_by("began_at").first()
        assert membership is not None
        record = f"/records/{membership.case_id}"
        for place in ("/people/looks/", "/authority/", "/hand-overs/", "/plans/shared/", "/results/"):
            answer = phone.goto(f"{record}{place}")
            assert answer is not None
            assert answer.status == 200, place
            check_accessible(phone)
        phone.goto("/shared/")
        check_accessible(phone)
