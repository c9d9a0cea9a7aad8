"""The ledger, the chart and the causes in a real browser, from one payment to ten years of them."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from arrears import operations
from arrears.core.facts import Route
from cases import operations as case_operations
from cases.core.facts import Frequency
from cases.models import Case
from cms_tracker.users.models import User
from cms_tracker.web.clock import today
from tests.browser.conftest import DESK, NARROWEST, PHONE
from tests.cast import ROSA
from tests.corpus import plain_pdf
from tests.factories import import_example, make_case, make_user

SignIn = Callable[[Page, User], None]
Check = Callable[[Page], None]
LOOKS = (("light", NARROWEST), ("dark", PHONE), ("light", DESK))


@pytest.fixture
def rosa(transactional_db: None) -> User:
    rosa = make_user(ROSA)
    User.objects.update(safety_page_seen_at="2025-01-01T12:00Z")
    return rosa


@transaction.atomic
def ten_years(rosa: User) -> Case:
    """Ten years of weekly payments, a few short and a few missing."""
    case = make_case(rosa)
    first = today() - dt.timedelta(weeks=520)
    case_operations.record_calculation(
        actor=rosa, case=case, weekly_pence=6000, effective_on=first, decided_on=None, notified_on=None
    )
    case_operations.record_schedule(actor=rosa, case=case, frequency=Frequency.WEEKLY, first_due_on=first)
    for week in range(520):
        if week % 9:
            operations.record_payment(
                actor=rosa, case=case, paid_on=first + dt.timedelta(weeks=week, days=week % 4),
                amount_pence=6000 if week % 7 else 4000, recorded_on=None, route=Route.DIRECT,
            )  # fmt: skip
    return case


class TestPayments:
    def test_read_well_with_any_record(
        self,
        page: Page,
        rosa: User,
        sign_in: SignIn,
        check_accessible: Check,
        picture: Callable[..., None],
    ) -> None:
        records = {"paying": import_example("collect-and-pay-fees", rosa), "ten-years": ten_years(rosa)}
        sign_in(page, rosa)
        for name, case in records.items():
            for path in ("payments/", "changes/"):
                page.goto(f"/records/{case.pk}/{path}")
                for scheme, viewport in LOOKS:
                    page.emulate_media(color_scheme=scheme)
                    page.set_viewport_size(viewport)
                    check_accessible(page)
                    picture(page, f"{path.strip('/')}-{name}-{scheme}", viewports=(viewport,))

    def test_lead_from_a_date_to_the_payment_and_its_proof(
        self, page: Page, rosa: User, sign_in: SignIn, check_accessible: Check, picture: Callable[..., None]
    ) -> None:
        case = import_example("direct-pay-missed", rosa)
        sign_in(page, rosa)
        page.goto(f"/records/{case.pk}/payments/")
        page.get_by_role("link", name="£260.00, part of the £300.00 of 3 July").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("£300.00 on 3 July 2025")
        check_accessible(page)
        picture(page, "payment")
        page.get_by_role("link", name="Add proof").click()
        check_accessible(page)
        page.get_by_label("Picture of the bank line").set_input_files(
            {"name": "bank line.pdf", "mimeType": "application/pdf", "buffer": plain_pdf()}
        )
        page.get_by_role("button", name="Save this proof").click()
        with page.expect_download() as download:
            page.get_by_role("link", name="bank line.pdf").click()
        assert download.value.suggested_filename == "bank line.pdf"

    def test_show_the_chart_as_a_table_too(self, plain_page: Page, rosa: User, sign_in: SignIn) -> None:
        case = import_example("direct-pay-missed", rosa)
        sign_in(plain_page, rosa)
        plain_page.goto(f"/records/{case.pk}/payments/")
        expect(plain_page.get_by_role("img", name="Step chart")).to_be_visible()
        plain_page.get_by_text("Show these figures as a table").click()
        expect(plain_page.get_by_role("cell", name="£260.00 fell due; £300.00 came")).to_be_visible()

    def test_explain_a_change_that_is_nobodys_missed_payment(
        self, page: Page, rosa: User, sign_in: SignIn, check_accessible: Check, picture: Callable[..., None]
    ) -> None:
        case = import_example("backdated-change", rosa)
        sign_in(page, rosa)
        page.goto(f"/records/{case.pk}/changes/?from=2024-11-24&to=2025-02-10")
        expect(page.get_by_text("CMS decisions on earlier amounts made the difference.")).to_be_visible()
        check_accessible(page)
        picture(page, "why-it-changed")
        page.get_by_role("link", name="See the working").first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("A decision on earlier amounts: £551.54")
        check_accessible(page)
        picture(page, "working")
