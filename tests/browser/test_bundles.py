"""A bundle from the first press to the file in a real browser, with a real worker."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from cases.models import Case
from cms_tracker.users.models import User
from tests.browser.conftest import DESK, PHONE
from tests.cast import ROSA
from tests.conftest import Worker
from tests.factories import make_user
from tests.functional.direct_pay import direct_pay_case


@pytest.fixture
def rosa(transactional_db: None) -> User:
    rosa = make_user(ROSA)
    User.objects.update(safety_page_seen_at="2025-01-01T12:00Z")
    return rosa


@pytest.fixture
def case(rosa: User) -> Case:
    return direct_pay_case(rosa)


class TestABundle:
    def test_goes_from_the_record_to_a_file_on_a_phone_and_on_a_desk(
        self,
        worker: Worker,
        phone: Page,
        rosa: User,
        case: Case,
        sign_in: Callable[[Page, User], None],
        check_accessible: Callable[[Page], None],
        picture: Callable[..., None],
        tmp_path: Path,
    ) -> None:
        def look(name: str) -> None:
            for size in (DESK, PHONE):
                phone.set_viewport_size(size)
                check_accessible(phone)
            picture(phone, name)

        sign_in(phone, rosa)
        phone.goto(f"/records/{case.pk}/letters/")
        phone.get_by_role("link", name="Bundles").click()
        phone.get_by_role("link", name="What you keep out of documents").click()
        phone.get_by_label("What must not be in a document").fill("12 Rose Lane, Leeds LS1 4AB")
        phone.get_by_role("button", name="Add this").click()
        look("keep-out")
        phone.goto(f"/records/{case.pk}/bundles/new/")
        phone.get_by_label("Complaint to CMS").check()
        phone.get_by_role("button", name="Begin this bundle").click()
        look("bundle")
        phone.get_by_role("link", name="Sections and their order").click()
        phone.get_by_role("button", name="Down Chronology").click()
        expect(phone.get_by_role("checkbox").nth(1)).to_have_value("chronology")
        look("bundle-sections")
        phone.get_by_role("button", name="Save").click()
        phone.get_by_role("link", name="Check this bundle").click()
        look("bundle-check")
        phone.get_by_role("button", name="Make this bundle").click()
        expect(phone.get_by_role("link", name="Look it over and take it away")).to_be_visible(timeout=60_000)
        look("bundle-made")
        phone.get_by_role("link", name="Look it over and take it away").click()
        look("bundle-take")
        phone.get_by_label("I know who will see this bundle").check()
        phone.get_by_role("button", name="Let me take it away").click()
        with phone.expect_download() as begun:
            phone.get_by_role("link", name="Download the PDF").click()
        begun.value.save_as(tmp_path / "bundle.pdf")
        assert (tmp_path / "bundle.pdf").read_bytes().startswith(b"%PDF-")
