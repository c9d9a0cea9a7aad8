"""A bank statement on a phone: one file, a list to tick, one Save; with and without JavaScript."""

import datetime as dt
from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload, Page, expect

from arrears import operations
from arrears.models import Payment
from cases.models import Case
from cms_tracker.users.models import User
from cms_tracker.web.clock import today
from tests.browser.conftest import DESK, NARROWEST, PHONE
from tests.cast import ROSA
from tests.factories import make_user, monthly_case

SignIn = Callable[[Page, User], None]
Check = Callable[[Page], None]
HOSTILE = "<b>you</b> \u202eWILL be =SORRY() " + "x" * 150


@pytest.fixture
def rosa(transactional_db: None) -> User:
    rosa = make_user(ROSA)
    User.objects.update(safety_page_seen_at="2025-01-01T12:00Z")
    return rosa


@pytest.fixture
def case(rosa: User) -> Case:
    return monthly_case(rosa)


def download(heading: str = "Date,Description,Amount") -> FilePayload:
    """Two payments that fit, two to look at, lines of another life, and two that cannot be read."""
    rows = [
        "03/03/2025,J SMITH MAINTENANCE,260.00",
        "02/04/2025,J SMITH MAINTENANCE,260.00",
        "03/05/2025,J SMITH MAINTENANCE,254.99",
        f'20/06/2025,"{HOSTILE}",260.00',
        "04/03/2025,CORNER SHOP,-12.60",
        "28/03/2025,SALARY,1900.00",
        "31/02/2025,NO SUCH DAY,260.00",
        "03/07/2025,NO AMOUNT,some",
    ]
    return {"name": "bank.csv", "mimeType": "text/csv", "buffer": "\n".join([heading, *rows]).encode()}


def looked_at(page: Page, check_accessible: Check, picture: Callable[..., None], name: str) -> None:
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for viewport in (PHONE, DESK, NARROWEST):
            page.set_viewport_size(viewport)
            check_accessible(page)
        picture(page, f"{name}-{scheme}")
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(PHONE)


class TestABankStatement:
    def test_is_read_ticked_and_saved_on_a_phone(
        self,
        phone: Page,
        rosa: User,
        case: Case,
        sign_in: SignIn,
        check_accessible: Check,
        picture: Callable[..., None],
    ) -> None:
        sign_in(phone, rosa)
        phone.goto(f"/records/{case.pk}/payments/")
        phone.get_by_role("link", name="Use a bank statement").tap()
        looked_at(phone, check_accessible, picture, "bank")
        phone.get_by_role("button", name="Read this statement").tap()
        expect(phone.get_by_role("alert")).to_contain_text("Choose the file that you downloaded from your bank.")
        phone.get_by_label("Your bank statement").set_input_files(download())
        phone.get_by_role("button", name="Read this statement").tap()

        expect(phone.get_by_role("checkbox")).to_have_count(4)
        expect(phone.get_by_role("checkbox", checked=True)).to_have_count(2)
        looked_at(phone, check_accessible, picture, "bank-check")
        phone.locator(".lines summary").last.tap()
        expect(phone.get_by_text("<b>you</b> WILL be =SORRY()")).to_be_visible()
        looked_at(phone, check_accessible, picture, "bank-open")
        phone.locator("label", has_text="£254.99 on 3 May 2025").tap()
        phone.get_by_role("button", name="Save the ticked payments").tap()
        expect(phone.locator(".done")).to_contain_text("3 payments are now in your record.")
        assert sorted(Payment.objects.values_list("paid_on", flat=True)) == [
            dt.date(2025, 3, 3),
            dt.date(2025, 4, 2),
            dt.date(2025, 5, 3),
        ]

    def test_needs_no_script_and_no_address_holds_its_text(
        self, plain_page: Page, rosa: User, case: Case, sign_in: SignIn
    ) -> None:
        sign_in(plain_page, rosa)
        plain_page.goto(f"/records/{case.pk}/payments/bank/")
        plain_page.get_by_label("Your bank statement").set_input_files(download())
        plain_page.get_by_role("button", name="Read this statement").click()
        plain_page.locator(".lines summary").first.click()
        expect(plain_page.get_by_text("J SMITH MAINTENANCE").first).to_be_visible()
        assert plain_page.url.endswith("/payments/bank/")
        for box in plain_page.get_by_role("checkbox").all():
            box.uncheck()
        plain_page.get_by_role("button", name="Save the ticked payments").click()
        expect(plain_page.get_by_role("alert")).to_contain_text("Tick at least one payment.")
        expect(plain_page.get_by_role("checkbox")).to_have_count(4)
        assert not Payment.objects.exists()

    def test_of_an_unknown_bank_asks_what_its_columns_hold(
        self,
        phone: Page,
        rosa: User,
        case: Case,
        sign_in: SignIn,
        check_accessible: Check,
        picture: Callable[..., None],
    ) -> None:
        sign_in(phone, rosa)
        phone.goto(f"/records/{case.pk}/payments/bank/")
        phone.get_by_label("Your bank statement").set_input_files(download("Wann,Wer,Wieviel"))
        phone.get_by_role("button", name="Read this statement").tap()
        expect(phone.get_by_role("cell", name="J*** S*** M***").first).to_be_visible()
        looked_at(phone, check_accessible, picture, "bank-columns")
        phone.get_by_role("button", name="Read with these columns").tap()
        expect(phone.get_by_role("alert")).to_contain_text("Choose the column of the day.")
        check_accessible(phone)
        for label, column in [("day?", "Column 1"), ("who it was?", "Column 2"), ("amount?", "Column 3")]:
            phone.get_by_label(label).select_option(column)
        phone.get_by_role("button", name="Read with these columns").tap()
        expect(phone.get_by_role("checkbox")).to_have_count(4)

    def test_without_a_payment_says_so_and_leads_on(
        self,
        phone: Page,
        rosa: User,
        case: Case,
        sign_in: SignIn,
        check_accessible: Check,
        picture: Callable[..., None],
    ) -> None:
        sign_in(phone, rosa)
        phone.goto(f"/records/{case.pk}/payments/bank/")
        empty = f"Date,Description,Amount\n{today():%d/%m/%Y},CORNER SHOP,-1.00\n".encode()
        file: FilePayload = {"name": "bank.csv", "mimeType": "text/csv", "buffer": empty}
        phone.get_by_label("Your bank statement").set_input_files(file)
        phone.get_by_role("button", name="Read this statement").tap()
        expect(phone.get_by_role("heading", level=1)).to_have_text("No payment found")
        looked_at(phone, check_accessible, picture, "bank-none")


class TestAProofOfPayment:
    def test_is_chosen_checked_and_made_on_a_phone(
        self,
        phone: Page,
        rosa: User,
        case: Case,
        sign_in: SignIn,
        check_accessible: Check,
        picture: Callable[..., None],
    ) -> None:
        for month in range(3, 17):
            paid_on = dt.date(2025 + (month - 1) // 12, (month - 1) % 12 + 1, 3)
            operations.record_payment(
                actor=rosa, case=case, paid_on=paid_on, amount_pence=26000 + month, recorded_on=paid_on
            )
        sign_in(phone, rosa)
        phone.goto(f"/records/{case.pk}/letters/")
        phone.get_by_role("link", name="Proof of payment").tap()
        looked_at(phone, check_accessible, picture, "proof-of-payment-new")
        phone.get_by_role("button", name="Check this page").tap()
        expect(phone.get_by_role("alert")).to_contain_text("Choose at least one payment.")
        check_accessible(phone)
        phone.get_by_text("3 April 2026: £260.16").tap()
        expect(phone.get_by_text("2 older payments, back to 3 March 2025")).to_be_visible()  # open: none was chosen
        phone.get_by_text("3 March 2025: £260.03").tap()
        phone.get_by_label("Your name").fill("Rosa Example")
        phone.get_by_role("button", name="Check this page").tap()
        expect(phone.get_by_role("heading", level=1)).to_have_text("Check your page before we make it")
        looked_at(phone, check_accessible, picture, "proof-of-payment-check")
        phone.get_by_role("link", name="Read it first").tap()
        expect(phone.get_by_role("heading", level=1)).to_have_text("Proof of payments")
        expect(phone.get_by_text("£520.19").first).to_be_visible()
        looked_at(phone, check_accessible, picture, "proof-of-payment-read")
        phone.go_back()
        phone.get_by_role("button", name="Make this page").tap()
        expect(phone.get_by_role("heading", level=1)).to_have_text("Proof of payment")
        check_accessible(phone)
