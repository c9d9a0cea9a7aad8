"""Evidence in a real browser: added on a telephone, seen as a copy, and never run."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from cases.models import Case
from cms_tracker.uploads import Accepted, SharedCopy
from cms_tracker.users.models import User
from correspondence import operations
from tests import corpus
from tests.browser.conftest import DESK, PHONE
from tests.cast import ROSA
from tests.factories import make_case, make_user

SignIn = Callable[[Page, User], None]
DAY = dt.date(2025, 3, 3)
SCRIPT = (
    b"<!DOCTYPE html><title>still</title><svg onload='document.title=1'></svg><script>document.title='ran'</script>"
)


@pytest.fixture
def rosa(transactional_db: None) -> User:
    rosa = make_user(ROSA)
    User.objects.update(safety_page_seen_at="2025-01-01T12:00Z")
    return rosa


@pytest.fixture
def case(rosa: User) -> Case:
    return make_case(rosa)


def test_a_photo_is_added_on_a_telephone_and_seen_as_the_copy_that_may_be_shared(
    phone: Page, rosa: User, case: Case, sign_in: SignIn, check_accessible: Callable[[Page], None],
    picture: Callable[..., None],
) -> None:  # fmt: skip
    sign_in(phone, rosa)
    phone.goto(f"/records/{case.pk}/files/")
    phone.get_by_role("link", name="Add a file").click()
    phone.get_by_label("What does it show?").fill("The receipt")
    phone.get_by_label("The file").set_input_files(
        {"name": "receipt.docx", "mimeType": "image/jpeg", "buffer": corpus.archive()}
    )
    phone.get_by_role("button", name="Save this file").click()
    expect(phone.get_by_role("link", name="This is a Word, Excel or zip file.")).to_be_visible()
    check_accessible(phone)
    expect(phone.get_by_label("What does it show?")).to_have_value("The receipt")
    phone.get_by_label("The file").set_input_files(
        {"name": "receipt.jpg", "mimeType": "image/jpeg", "buffer": corpus.photo(size=(600, 400))}
    )
    for box, value in (("Day", "3"), ("Month", "3"), ("Year", "2025")):
        phone.get_by_label(box, exact=True).fill(value)
    phone.get_by_role("button", name="Save this file").click()
    shown = phone.get_by_role("img", name="The receipt")
    expect(shown).to_be_visible()
    shown.scroll_into_view_if_needed()
    assert shown.evaluate("img => img.decode().then(() => [img.naturalWidth, img.naturalHeight])") == [400, 600]
    with phone.expect_download() as download:
        phone.get_by_role("link", name="Download the file as it came").click()
    assert download.value.suggested_filename == "receipt.jpg"
    for viewport in (PHONE, DESK):
        phone.set_viewport_size(viewport)
        check_accessible(phone)
    picture(phone, "evidence-file")
    phone.get_by_role("link", name="Evidence").first.click()
    expect(phone.get_by_role("link", name="The receipt")).to_be_visible()
    check_accessible(phone)
    picture(phone, "evidence")


def test_a_web_page_that_got_in_is_never_run(
    browser: Browser, rosa: User, case: Case, live_server: Any, sign_in: SignIn
) -> None:
    copy = SharedCopy(media_type="text/plain", content=SCRIPT, pages=None, left_out=())
    file = Accepted(name="page.html", media_type="text/html", content=SCRIPT, copy=copy)
    row = operations.add_evidence(actor=rosa, case=case, file=file, shows="A page", happened_on=DAY, recorded_on=DAY)
    context = browser.new_context(base_url=live_server.url, viewport=DESK)
    try:
        page = context.new_page()
        sign_in(page, rosa)
        with page.expect_download():
            page.evaluate(
                "url => location.assign(url)", f"{live_server.url}/records/{case.pk}/files/{row.pk}/original/"
            )
        assert page.title() == ""  # it never became a page

        def shown_all_the_same(route: Route) -> None:
            """As by a browser that ignores that it is a download."""
            answer = route.fetch()
            headers = {name: value for name, value in answer.headers.items() if name != "content-disposition"}
            route.fulfill(response=answer, headers=headers)

        page.route("**/original/", shown_all_the_same)
        page.goto(f"/records/{case.pk}/files/{row.pk}/original/")
        assert page.title() == "still"
    finally:
        context.close()
