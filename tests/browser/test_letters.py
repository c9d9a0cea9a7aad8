"""A letter from the first choice to the PDF in a real browser, with a real worker, with JavaScript and without."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from cases.models import Case
from cms_tracker.users.models import User
from tests.browser.conftest import DESK, NARROWEST, PHONE
from tests.cast import ROSA
from tests.conftest import Worker
from tests.factories import make_user
from tests.functional.direct_pay import direct_pay_case

SignIn = Callable[[Page, User], None]
Check = Callable[[Page], None]


@pytest.fixture
def rosa(transactional_db: None) -> User:
    rosa = make_user(ROSA)
    User.objects.update(safety_page_seen_at="2025-01-01T12:00Z")
    return rosa


@pytest.fixture
def case(rosa: User) -> Case:
    return direct_pay_case(rosa)


def log_a_call(page: Page, case: Case) -> None:
    page.goto(f"/records/{case.pk}/contacts/new/")
    page.get_by_text("Change the day, or add the time").click()
    page.get_by_label("Time").fill("10.30am")
    page.get_by_text("Add a name, a reference or a file").click()
    page.get_by_label("Who you spoke to").fill("Sarah")
    page.get_by_label("What was said").fill("I said two payments never came.")
    page.get_by_label("What did they say they would do?").fill("Ask for proof and ring me back")
    page.get_by_role("button", name="Save this contact").click()


def choose(page: Page, case: Case) -> None:
    page.goto(f"/records/{case.pk}/letters/")
    page.get_by_role("link", name="Report missed Direct Pay payments").click()
    page.get_by_label("Your name").fill("Rosa Martin")
    for box in page.get_by_role("group", name="Payments you have not logged yet").get_by_role("checkbox").all():
        box.check()
    page.get_by_label("Ask CMS to consider moving us to Collect and Pay").check()


class TestALetter:
    def test_goes_from_the_record_to_a_pdf_while_she_watches(
        self,
        worker: Worker,
        phone: Page,
        rosa: User,
        case: Case,
        sign_in: SignIn,
        check_accessible: Check,
        picture: Callable[..., None],
        tmp_path: Path,
    ) -> None:
        sign_in(phone, rosa)
        log_a_call(phone, case)
        expect(phone.get_by_role("heading", name="Call to CMS")).to_be_visible()
        check_accessible(phone)
        choose(phone, case)
        check_accessible(phone)
        picture(phone, "letter-choose")
        phone.get_by_role("button", name="Check this letter").click()
        check_accessible(phone)
        picture(phone, "letter-check")
        phone.get_by_role("link", name="Read it first").click()
        expect(phone.get_by_text("Dear Child Maintenance Service")).to_be_visible()
        for viewport in (NARROWEST, PHONE, DESK):
            phone.set_viewport_size(viewport)
            check_accessible(phone)
        picture(phone, "letter-read")
        phone.get_by_role("link", name="Back to check your answers").click()
        phone.get_by_role("button", name="Make this letter").click()
        # Nothing is pressed: the page asks by itself until it is there.
        expect(phone.get_by_role("link", name="Download the PDF")).to_be_visible(timeout=30_000)
        check_accessible(phone)
        picture(phone, "letter-ready")
        with phone.expect_download() as download:
            phone.get_by_role("link", name="Download the PDF").click()
        download.value.save_as(tmp_path / "letter.pdf")
        assert (tmp_path / "letter.pdf").read_bytes().startswith(b"%PDF-")
        phone.get_by_role("link", name="I have posted it").click()
        check_accessible(phone)
        phone.get_by_label("Proof of posting number").fill("AB 1234 5678 9GB")
        phone.get_by_role("button", name="Save when it was sent").click()
        phone.goto(f"/records/{case.pk}/timeline/")
        expect(phone.get_by_text("AB 1234 5678 9GB")).to_be_visible()
        check_accessible(phone)

    def test_needs_no_javascript(
        self, worker: Worker, plain_page: Page, rosa: User, case: Case, sign_in: SignIn
    ) -> None:
        sign_in(plain_page, rosa)
        choose(plain_page, case)
        plain_page.get_by_role("button", name="Check this letter").click()
        plain_page.get_by_role("button", name="Make this letter").click()
        download = plain_page.get_by_role("link", name="Download the PDF")

        def looked_again() -> bool:
            if not download.is_visible():
                plain_page.get_by_role("link", name="Look again").click()
            return download.is_visible()

        worker.wait_for(looked_again)

    def test_tells_what_is_missing_beside_the_question(
        self, page: Page, rosa: User, case: Case, sign_in: SignIn, check_accessible: Check
    ) -> None:
        sign_in(page, rosa)
        page.goto(reverse("correspondence:new-letter", args=[case.pk, "missed-payments"]))
        page.get_by_label("Your name").fill("")
        page.get_by_label("To another address, which will be on the letter").check()
        page.get_by_role("button", name="Check this letter").click()
        summary = page.get_by_role("alert")
        expect(summary).to_contain_text("Enter your name as CMS knows it.")
        expect(summary).to_contain_text("Enter the address that replies should go to.")
        check_accessible(page)
        summary.get_by_role("link", name="Your name").click()
        expect(page.get_by_label("Your name")).to_be_focused()


class TestWordsOfOnesOwn:
    def test_are_written_in_a_box_for_each_paragraph_with_or_without_javascript(
        self, plain_page: Page, rosa: User, case: Case, sign_in: SignIn
    ) -> None:
        sign_in(plain_page, rosa)
        choose(plain_page, case)
        plain_page.get_by_role("button", name="Check this letter").click()
        plain_page.get_by_role("link", name="Change the words").click()
        plain_page.get_by_label("Paragraph 1", exact=True).fill("I write as the receiving parent.")
        plain_page.get_by_label("Add a paragraph of your own").fill("I rang twice.")
        plain_page.get_by_role("button", name="Keep these words").click()
        expect(plain_page.get_by_text("1 paragraph changed by you, one paragraph added")).to_be_visible()
        plain_page.get_by_role("link", name="Read it first").click()
        expect(plain_page.get_by_text("I write as the receiving parent.")).to_be_visible()

    def test_have_a_page_that_everybody_can_use(
        self, page: Page, rosa: User, case: Case, sign_in: SignIn, check_accessible: Check, picture: Callable[..., None]
    ) -> None:
        sign_in(page, rosa)
        choose(page, case)
        page.get_by_role("button", name="Check this letter").click()
        page.get_by_role("link", name="Change the words").click()
        for viewport in (NARROWEST, DESK):
            page.set_viewport_size(viewport)
            check_accessible(page)
        picture(page, "letter-words")


class TestLoggingACall:
    def test_takes_few_presses_on_a_phone(self, phone: Page, rosa: User, case: Case, sign_in: SignIn) -> None:
        sign_in(phone, rosa)
        phone.goto(f"/records/{case.pk}/contacts/new/")
        # A call to CMS, made today, is what stands there: what was said is all there is to type.
        phone.get_by_label("What was said").fill("They will ring back.")
        phone.get_by_role("button", name="Save this contact").click()
        expect(phone.get_by_role("heading", name="Call to CMS")).to_be_visible()

    def test_opens_the_name_only_for_someone_else(
        self, page: Page, rosa: User, case: Case, sign_in: SignIn, check_accessible: Check
    ) -> None:
        sign_in(page, rosa)
        page.goto(f"/records/{case.pk}/contacts/new/")
        name = page.get_by_label("Their name or office")
        expect(name).to_be_hidden()
        page.get_by_label("Someone else").check()
        expect(name).to_be_visible()
        check_accessible(page)
        name.fill("my MP")
        page.get_by_label("Letter", exact=True).check()
        page.get_by_role("button", name="Add another promise").click()
        expect(page.get_by_label("What did they say they would do? (2)")).to_be_visible()
        expect(name).to_have_value("my MP")
        page.get_by_label("What was said").fill("Asked for help with my case.")
        page.get_by_role("button", name="Save this contact").click()
        expect(page.get_by_role("heading", name="Letter to my MP")).to_be_visible()
