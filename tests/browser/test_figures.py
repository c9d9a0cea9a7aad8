"""CMS's figure and the record's, the account line by line, and a file of another record, in a real browser."""

import datetime as dt
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from arrears import operations as money
from arrears.core import case_file
from arrears.models import Statement
from cases.models import Case
from cms_tracker.pages import case_transfer
from cms_tracker.users.models import User
from tests.browser.conftest import DESK, PHONE
from tests.cast import PAUL, ROSA
from tests.factories import import_example, make_case, make_user

SignIn = Callable[[Page, User], None]
Check = Callable[[Page], None]
LOOKS = pytest.mark.parametrize(
    "look",
    [
        {"viewport": PHONE},
        {"viewport": DESK},
        {"viewport": PHONE, "color_scheme": "dark"},
        {"viewport": DESK, "color_scheme": "dark"},
    ],
    ids=["phone", "desk", "phone in the dark", "desk in the dark"],
)


def handed_over(case: Case) -> bytes:
    """The same case as the other parent has it: one payment more, one less, another day, another decision."""
    content = json.loads(case_file.dump(case_transfer.take_out(case)))
    content["perspective"] = "paying"
    content["payments"][0]["amount"] = "400.00"
    content["payments"][1]["paid_on"] = "2022-05-04"
    del content["payments"][5]
    content["payments"].append({"paid_on": "2023-03-20", "amount": "50.00", "route": "direct"})
    content["calculations"][1]["weekly"] = "70.00"
    return json.dumps(content).encode()


class TestTheFiguresOfTheRealCase:
    @LOOKS
    def test_are_accessible_and_lead_from_the_list_to_the_account(
        self,
        open_context: Callable[..., BrowserContext],
        sign_in: SignIn,
        check_accessible: Check,
        picture: Callable[..., None],
        look: dict[str, object],
    ) -> None:
        rosa = make_user(ROSA)
        case = import_example("p-002456", rosa)
        page = open_context(**look).new_page()
        sign_in(page, rosa)
        dark = "-dark" if "color_scheme" in look else ""
        viewports = (look["viewport"],)

        page.goto(reverse("arrears:figures", args=[case.pk]))
        check_accessible(page)
        picture(page, f"figures{dark}", viewports=viewports)
        page.get_by_role("link", name="See what we tried").click()

        expect(page.get_by_role("heading", level=1)).to_have_text("CMS’s figure for 21 February 2024")
        expect(page.get_by_text("Nothing we tried would explain it.")).to_be_visible()
        check_accessible(page)
        picture(page, f"figure{dark}", viewports=viewports)
        page.get_by_role("link", name="See your account up to 21 February 2024").click()

        expect(page.get_by_role("heading", level=1)).to_have_text("Your account, line by line")
        for year in page.get_by_role("group").all():
            year.evaluate("one => { if (one.tagName === 'DETAILS') one.open = true }")
        check_accessible(page)
        picture(page, f"account{dark}", viewports=viewports)

    @LOOKS
    def test_stand_beside_a_file_that_was_handed_over(
        self,
        open_context: Callable[..., BrowserContext],
        sign_in: SignIn,
        check_accessible: Check,
        picture: Callable[..., None],
        look: dict[str, object],
    ) -> None:
        rosa = make_user(ROSA)
        case = import_example("p-002456", rosa)
        page = open_context(**look).new_page()
        sign_in(page, rosa)

        page.goto(reverse("arrears:compare-records", args=[case.pk]))
        check_accessible(page)
        page.get_by_label("The other record's file").set_input_files(
            {"name": "record.json", "mimeType": "application/json", "buffer": handed_over(case)}
        )
        page.get_by_role("button", name="Compare with this file").click()

        expect(page.get_by_role("heading", level=1)).to_have_text("Your record and the file")
        expect(page.get_by_text("Only in the file").first).to_be_visible()
        check_accessible(page)
        dark = "-dark" if "color_scheme" in look else ""
        picture(page, f"compared{dark}", viewports=(look["viewport"],))

    def test_of_a_wrong_file_are_refused_beside_the_field(
        self, phone: Page, sign_in: SignIn, check_accessible: Check
    ) -> None:
        rosa = make_user(ROSA)
        case = import_example("p-002456", rosa)
        sign_in(phone, rosa)
        content = json.loads(handed_over(case)) | {"reference": "120000000099"}

        phone.goto(reverse("arrears:compare-records", args=[case.pk]))
        phone.get_by_label("The other record's file").set_input_files(
            {"name": "record.json", "mimeType": "application/json", "buffer": json.dumps(content).encode()}
        )
        phone.get_by_role("button", name="Compare with this file").click()

        expect(phone.get_by_role("alert")).to_contain_text("another CMS reference")
        expect(phone.get_by_label("It is about the same case")).to_be_visible()
        check_accessible(phone)


def test_a_paying_parent_sees_what_would_explain_the_figure_without_a_script(
    plain_page: Page, sign_in: SignIn, check_accessible: Check, picture: Callable[..., None]
) -> None:
    paul = make_user(PAUL)
    case = import_example("collect-and-pay-fees", paul)
    plain_page = plain_page
    sign_in(plain_page, paul)
    plain_page.goto(reverse("arrears:new-figure", args=[case.pk]))
    plain_page.get_by_label("How much does CMS say is owed?").fill("1234.00")
    for name in ("as_at", "stated_on"):
        for place, text in enumerate(("30", "6", "2025")):
            plain_page.locator(f"#id_{name}_{place}").fill(text)
    plain_page.get_by_label("Where does it come from?").fill("Letter")
    plain_page.get_by_role("button", name="Save this figure").click()

    plain_page.goto(reverse("arrears:figure", args=[case.pk, Statement.objects.get().pk]))

    expect(plain_page.get_by_role("heading", name="What would explain it")).to_be_visible()
    picture(plain_page, "figure-paying")


def test_each_explanation_leads_to_its_facts_and_two_figures_show_the_interval(
    page: Page, sign_in: SignIn, check_accessible: Check, picture: Callable[..., None]
) -> None:
    rosa = make_user(ROSA)
    case = make_case(rosa)
    known: dict[str, Any] = {"actor": rosa, "case": case}
    money.record_opening_balance(**known, on=dt.date(2025, 1, 1), amount_pence=90_000, source="Liability order")
    for number, pence in enumerate((26_000, 26_000, 4_510, 26_000), start=1):
        money.record_payment(**known, paid_on=dt.date(2025, number, 20), amount_pence=pence, recorded_on=None)
    for as_at, pence in ((dt.date(2025, 2, 1), 64_000), (dt.date(2025, 5, 1), 33_490), (dt.date(2025, 6, 1), 38_000)):
        money.record_statement(**known, stated_on=as_at, as_at=as_at, amount_pence=pence, source="Letter from CMS")
    sign_in(page, rosa)

    page.goto(reverse("arrears:figures", args=[case.pk]))
    expect(page.get_by_role("heading", name="When the difference arose")).to_be_visible()
    check_accessible(page)
    picture(page, "figures-several")
    page.get_by_role("link", name=re.compile("explain it.*1 May 2025")).click()

    expect(page.get_by_text("one of the 3 payments that count for £260.00")).to_be_visible()
    check_accessible(page)
    picture(page, "figure-explained")
    page.get_by_role("link", name="See 20 April 2025").first.click()
    expect(page).to_have_url(re.compile("/payments/"))

    page.goto(reverse("arrears:breakdown", args=[case.pk]))
    page.emulate_media(media="print")
    expect(page.get_by_role("cell", name="£260.00").first).to_be_visible()


def test_a_month_of_one_line_stands_once_in_the_account_on_a_phone(phone: Page, sign_in: SignIn) -> None:
    rosa = make_user(ROSA)
    case = make_case(rosa)
    known: dict[str, Any] = {"actor": rosa, "case": case}
    money.record_opening_balance(**known, on=dt.date(2025, 1, 1), amount_pence=90_000, source="Liability order")
    for month, day_of_month in ((2, 20), (3, 6), (3, 20)):
        paid_on = dt.date(2025, month, day_of_month)
        money.record_payment(**known, paid_on=paid_on, amount_pence=5_000, recorded_on=None)
    sign_in(phone, rosa)

    phone.goto(reverse("arrears:breakdown", args=[case.pk]))

    expect(phone.get_by_text("March 2025", exact=True)).to_be_visible()
    expect(phone.get_by_text("February 2025", exact=True)).to_be_hidden()
    expect(phone.get_by_role("rowheader", name=re.compile("20 Feb"))).to_be_visible()
    phone.set_viewport_size(DESK)
    expect(phone.get_by_text("February 2025", exact=True)).to_be_visible()
