"""Money on its way, and the two services side by side, in a real browser."""

import datetime as dt
import uuid
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

from arrears import operations
from arrears.core.transit_facts import Leg, LegKind, Way
from cases.models import Case
from cms_tracker.users.models import User
from tests.browser.conftest import DESK, PHONE
from tests.cast import ROSA
from tests.factories import import_example, make_user

SignIn = Callable[[Page, User], None]
Check = Callable[[Page], None]
WIDTHS = pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
PLACES = (
    "on-its-way/", "on-its-way/new/", "on-its-way/1/", "on-its-way/1/add/", "on-its-way/limit/?pay=1200&order=600",
    "services/",
)  # fmt: skip
STEPS = ((LegKind.DEDUCTED, 12000, dt.date(2025, 3, 28)), (LegKind.RECEIVED, 10000, dt.date(2025, 4, 17)))


def _recorded(rosa: User) -> Case:
    """Fees on Collect and Pay, and a sum of which a part was lost and the rest is late."""
    case = import_example("collect-and-pay-fees", rosa)
    for kind, gross, on in STEPS:
        operations.record_leg(
            actor=rosa, case=case,
            leg=Leg(
                number=0 if kind is LegKind.DEDUCTED else 1, kind=kind, way=Way.EARNINGS, on=on, recorded_on=on,
                gross=gross, reference="PAY 3", note="Payslip", id=str(uuid.uuid4()),
            ),
        )  # fmt: skip
    return case


class TestMoneyOnItsWay:
    @WIDTHS
    def test_is_accessible_at_every_width(
        self,
        open_context: Callable[..., BrowserContext],
        sign_in: SignIn,
        check_accessible: Check,
        picture: Callable[..., None],
        viewport: dict[str, int],
    ) -> None:
        rosa = make_user(ROSA)
        case = _recorded(rosa)
        page = open_context(viewport=viewport).new_page()
        sign_in(page, rosa)
        for place in PLACES:
            page.goto(f"/records/{case.pk}/{place}")
            check_accessible(page)
            picture(page, place.partition("?")[0].strip("/").replace("/", "-"))

    def test_is_accessible_in_the_dark(
        self, open_context: Callable[..., BrowserContext], sign_in: SignIn, check_accessible: Check
    ) -> None:
        rosa = make_user(ROSA)
        case = _recorded(rosa)
        page = open_context(viewport=PHONE, color_scheme="dark").new_page()
        sign_in(page, rosa)
        for place in PLACES:
            page.goto(f"/records/{case.pk}/{place}")
            check_accessible(page)
