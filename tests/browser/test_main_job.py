"""The whole job once, on a phone: from the front page to a posted letter, with a real worker.

The pictures that the README shows are made here: ``--screenshots docs/pictures``.
"""

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from dateutil.relativedelta import relativedelta
from django.core import mail
from playwright.sync_api import Page, expect

from arrears import queries as arrears
from cases import queries as cases
from cms_tracker.users.models import User
from cms_tracker.web.clock import today
from tests.browser.conftest import PHONE
from tests.conftest import Worker

Picture = Callable[..., None]
Check = Callable[[Page], None]
ADDRESS, PASSWORD = "new.parent@example.com", "harbour violet lantern twelve"


def press(page: Page, name: str) -> None:
    page.locator("main").get_by_role("button", name=name, exact=True).click()


def fill_day(page: Page, name: str, day: dt.date) -> None:
    for box, value in enumerate((day.day, day.month, day.year)):
        page.locator(f"#id_{name}_{box}").fill(str(value))


def sign_up(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Start a record").click()
    page.get_by_label("E-mail address").fill(ADDRESS)
    press(page, "Send me the link")
    (message,) = mail.outbox
    link = re.search(r"https?://\S+", str(message.body))
    assert link is not None
    page.goto(re.sub(r"^https?://[^/]+", "", link.group()))
    page.get_by_label("Choose a password").fill(PASSWORD)
    press(page, "Confirm and save this password")
    page.get_by_label("E-mail address").fill(ADDRESS)
    page.locator("input[type=password]").fill(PASSWORD)
    press(page, "Sign in")


def open_a_record(page: Page, first_due: dt.date) -> None:
    page.get_by_label("CMS reference").fill("1200 4567 8901")
    page.get_by_label("The parent who should get the money").check()
    page.get_by_label("England").check()
    press(page, "Open this record")
    page.get_by_label("How much a week?").fill("60")
    fill_day(page, "effective_on", first_due - dt.timedelta(days=21))
    press(page, "Keep these answers and go on")
    fill_day(page, "decided_on", first_due - dt.timedelta(days=12))
    fill_day(page, "notified_on", first_due - dt.timedelta(days=9))
    press(page, "Keep these answers and go on")
    page.get_by_label("Direct Pay").check()
    page.get_by_label("Every month").check()
    fill_day(page, "first_due_on", first_due)
    press(page, "Keep these answers and go on")
    page.get_by_label("No, or not that I know").check()
    press(page, "Check these answers")
    press(page, "Save this decision")


@pytest.fixture
def first_due() -> dt.date:
    """Three payments have fallen due since, the last one ten days ago."""
    return today() - dt.timedelta(days=10) - relativedelta(months=2)


class TestTheMainJob:
    def test_is_done_by_a_new_receiving_parent_on_a_phone(
        self, worker: Worker, phone: Page, picture: Picture, check_accessible: Check, first_due: dt.date, tmp_path: Path
    ) -> None:
        sign_up(phone)
        expect(phone.get_by_role("heading", level=1)).to_contain_text("staying safe")
        phone.locator("main").get_by_role("button").last.click()
        open_a_record(phone, first_due)

        (case,) = cases.cases_for(User.objects.get(email=ADDRESS))
        for answer in ("All of it", "Nothing", "A different amount"):
            self.log(phone, case.pk, answer)
        owed = arrears.position_of(case, on=today(), known_on=today())
        assert owed.paid == 36000
        phone.goto(f"/records/{case.pk}/")
        expect(phone.locator(".figure")).to_have_text(f"£{owed.outstanding / 100:,.2f}")
        check_accessible(phone)

        self.ring_cms(phone, case.pk)
        self.send_the_letter(phone, case.pk, tmp_path)
        phone.goto(f"/records/{case.pk}/timeline/")
        expect(phone.get_by_role("heading", name="Call to CMS")).to_be_visible()
        expect(phone.get_by_role("heading", name="Letter sent: Report missed Direct Pay payments")).to_be_visible()
        check_accessible(phone)
        picture(phone, "timeline", viewports=(PHONE,))

    def log(self, page: Page, case_id: object, answer: str) -> None:
        """Three taps from Today: open, answer, save. The amount that was expected is filled in."""
        page.goto(f"/records/{case_id}/")
        page.get_by_role("link", name=re.compile("^Log")).first.click()
        page.get_by_label(re.compile(f"^{answer}")).first.check()
        if answer == "A different amount":
            page.get_by_role("textbox", name=re.compile("^Amount")).fill("£100.00")
            page.get_by_label(re.compile("^The day it was due")).check()
        press(page, "Save this payment")

    def ring_cms(self, page: Page, case_id: object) -> None:
        page.goto(f"/records/{case_id}/contacts/new/")
        page.get_by_label("What was said").fill("One payment never came and one was short.")
        page.get_by_label("What did they say they would do?").fill("Ring me back")
        page.get_by_role("button", name="Save this contact").click()

    def send_the_letter(self, page: Page, case_id: object, folder: Path) -> None:
        page.goto(f"/records/{case_id}/letters/new/1/")  # the number of the report of missed payments
        page.get_by_label("Your name").fill("R. Parent")
        page.get_by_label("Only report it for now").check()
        press(page, "Check this letter")
        press(page, "Make this letter")
        expect(page.get_by_role("link", name="Download the PDF")).to_be_visible(timeout=30_000)
        with page.expect_download() as download:
            page.get_by_role("link", name="Download the PDF").click()
        download.value.save_as(folder / "letter.pdf")
        assert (folder / "letter.pdf").read_bytes().startswith(b"%PDF-")
        page.get_by_role("link", name="I have posted it").click()
        page.get_by_label("Proof of posting number").fill("AB 1234 5678 9GB")
        page.locator("main").get_by_role("button").last.click()
        expect(page.get_by_text("AB 1234 5678 9GB")).to_be_visible()
