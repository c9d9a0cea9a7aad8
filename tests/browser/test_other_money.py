"""Money that is not arrears, claims, settlements and orders, in a real browser."""

import datetime as dt
import uuid
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from arrears import operations
from arrears.core.other_facts import (
    Claim,
    ClaimKind,
    LiabilityOrder,
    OtherMoney,
    OtherMoneyKind,
    Settlement,
    Step,
    StepKind,
)
from cases.models import Case
from cms_tracker.users.models import User
from tests.browser.conftest import DESK, PHONE
from tests.cast import ROSA
from tests.factories import import_example, make_user

SignIn = Callable[[Page, User], None]
Check = Callable[[Page], None]
WIDTHS = pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
DAY = dt.date(2022, 3, 10)


def _key() -> str:
    return str(uuid.uuid4())


def _recorded(rosa: User) -> tuple[Case, dict[str, uuid.UUID]]:
    """The anchor case with one of each: a claim, a settlement that CMS confirmed, an offer, an order, a charge."""
    case = import_example("p-002456", rosa)
    known = {"actor": rosa, "case": case}
    claim = operations.record_fact(
        **known,
        fact=Claim(kind=ClaimKind.VOLUNTARY_PAYMENT, paid_on=DAY, amount=5000, recorded_on=DAY, what="Rent", id=_key()),
    )
    accepted = Step(kind=StepKind.ACCEPTED, on=DAY, recorded_on=DAY, amount=4000, note="Letter", id=_key())
    operations.record_step(**known, subject="claim", subject_id=claim, step=accepted)
    deal = operations.record_fact(
        **known, fact=Settlement(offered_on=DAY, arrears=90000, amount=60000, pay_by=DAY, recorded_on=DAY, id=_key())
    )
    agreed = Step(kind=StepKind.AGREED, on=DAY, recorded_on=DAY, amount=30000, id=_key())
    operations.record_step(**known, subject="settlement", subject_id=deal, step=agreed)
    offer = operations.record_fact(
        **known, fact=Settlement(offered_on=DAY, arrears=90000, amount=80000, recorded_on=DAY, id=_key())
    )
    order = operations.record_fact(
        **known,
        fact=LiabilityOrder(
            granted_on=dt.date(2022, 2, 1), from_on=dt.date(2019, 6, 22), to_on=dt.date(2021, 10, 21), amount=1239153,
            id=_key(),
        ),
    )  # fmt: skip
    for kind in OtherMoneyKind:
        operations.record_fact(**known, fact=OtherMoney(kind=kind, on=DAY, amount=30000, recorded_on=DAY, id=_key()))
    return case, {"claim": claim, "deal": deal, "offer": offer, "order": order}


class TestMoneyThatIsNotArrears:
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
        case, ids = _recorded(rosa)
        page = open_context(viewport=viewport).new_page()
        sign_in(page, rosa)
        places = (
            "", "new/", "taken-off/", "taken-off/?got_d=1&got_m=2&got_y=2026", "claims/", "claims/new/",
            f"claims/{ids['claim']}/", f"claims/{ids['claim']}/step/", "settlements/new/",
            f"settlements/{ids['deal']}/", f"settlements/{ids['deal']}/step/", "orders/new/", f"orders/{ids['order']}/",
        )  # fmt: skip
        for place in places:
            page.goto(f"/records/{case.pk}/other-money/{place}")
            check_accessible(page)
        picture(page, "order")

    def test_is_accessible_in_the_dark(
        self, open_context: Callable[..., BrowserContext], sign_in: SignIn, check_accessible: Check
    ) -> None:
        rosa = make_user(ROSA)
        case, ids = _recorded(rosa)
        page = open_context(viewport=PHONE, color_scheme="dark").new_page()
        sign_in(page, rosa)
        for place in ("", "claims/", f"settlements/{ids['deal']}/", f"orders/{ids['order']}/"):
            page.goto(f"/records/{case.pk}/other-money/{place}")
            check_accessible(page)


class TestASettlement:
    def test_asks_once_more_with_the_keyboard_and_without_javascript(
        self, plain_page: Page, sign_in: SignIn, check_accessible: Check
    ) -> None:
        rosa = make_user(ROSA)
        case, ids = _recorded(rosa)
        page = plain_page
        sign_in(page, rosa)
        page.goto(f"/records/{case.pk}/other-money/settlements/{ids['offer']}/step/")
        page.get_by_label("The receiving parent agreed, in writing").press("Space")
        for box, text in enumerate(("11", "3", "2022")):
            page.locator(f"#id_on_{box}").fill(text)
        page.get_by_role("button", name="Save what happened").press("Enter")

        expect(page.get_by_role("heading", level=1)).to_have_text("£100.00 would be given up for good")
        expect(page.get_by_role("checkbox")).not_to_be_checked()
        page.get_by_role("button", name="Record the written agreement").press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("Tick the box if you have read what is given up.")
        page.get_by_label("What did you write to CMS?").fill("I would rather have this now.")
        page.get_by_role("checkbox").press("Space")
        page.get_by_role("button", name="Record the written agreement").press("Enter")
        expect(page.get_by_role("main")).to_contain_text("I would rather have this now.")

    def test_shows_what_is_given_up_accessibly(self, phone: Page, sign_in: SignIn, check_accessible: Check) -> None:
        rosa = make_user(ROSA)
        case, ids = _recorded(rosa)
        sign_in(phone, rosa)
        phone.goto(f"/records/{case.pk}/other-money/settlements/{ids['offer']}/step/")
        phone.get_by_label("CMS confirmed it in writing").check()
        for box, text in enumerate(("11", "3", "2022")):
            phone.locator(f"#id_on_{box}").fill(text)
        phone.get_by_role("button", name="Save what happened").click()
        check_accessible(phone)
        phone.get_by_role("button", name="Record that CMS confirmed it").click()
        check_accessible(phone)
