"""Entering many at once: with the keyboard alone, rows pasted into a cell, on a phone, and without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from arrears.models import Payment
from cases.models import Case
from cms_tracker.users.models import User
from tests.browser.conftest import DESK, NARROWEST, PHONE
from tests.cast import ROSA
from tests.factories import make_user, monthly_case

SignIn = Callable[[Page, User], None]
Check = Callable[[Page], None]

PASTE = """text => {
  const data = new DataTransfer();
  data.setData("text", text);
  const how = {clipboardData: data, bubbles: true, cancelable: true};
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", how));
}"""


@pytest.fixture
def rosa(transactional_db: None) -> User:
    rosa = make_user(ROSA)
    User.objects.update(safety_page_seen_at="2025-01-01T12:00Z")
    return rosa


@pytest.fixture
def case(rosa: User) -> Case:
    return monthly_case(rosa)


class TestTheGrid:
    def test_is_filled_with_the_keyboard_alone(self, page: Page, rosa: User, case: Case, sign_in: SignIn) -> None:
        sign_in(page, rosa)
        page.goto(f"/records/{case.pk}/many/")
        page.locator("#what-1").focus()
        for typed in ("payment", "Tab", "3/4/2025", "Tab", "260"):
            page.keyboard.press(typed) if typed == "Tab" else page.keyboard.type(typed)
        page.keyboard.press("Enter")  # to the amount below
        page.keyboard.type("200")
        page.keyboard.press("Shift+Tab")
        page.keyboard.type("3/5/2025")
        page.locator("button[value=check]").press("Enter")
        page.get_by_role("button", name="Save 2 rows").press("Enter")
        expect(page.locator(".done")).to_contain_text("2 rows are in the record.")
        assert sorted(Payment.objects.values_list("amount_pence", flat=True)) == [20000, 26000]

    def test_takes_rows_pasted_into_a_cell_and_keeps_what_does_not_fit(
        self, page: Page, rosa: User, case: Case, sign_in: SignIn
    ) -> None:
        sign_in(page, rosa)
        page.goto(f"/records/{case.pk}/many/")
        page.locator("#what-2").focus()
        lines = [f"payment\t{day}/4/2025\t{day}" for day in range(1, 21)]
        page.evaluate(PASTE, "\n".join(lines))
        expect(page.locator("#amount-2")).to_have_value("1")
        expect(page.locator("#grid-status")).to_have_text("7 rows filled in, 13 more are in the box below.")
        page.get_by_role("button", name="Check the rows").click()
        expect(page.get_by_role("heading", name="20 rows are right")).to_be_visible()

    @pytest.mark.parametrize("size", [NARROWEST, PHONE, DESK], ids=["narrowest", "phone", "desk"])
    def test_is_accessible_with_right_and_wrong_rows(
        self, page: Page, rosa: User, case: Case, sign_in: SignIn, check_accessible: Check, size: dict[str, int]
    ) -> None:
        page.set_viewport_size(size)  # type: ignore[arg-type]
        sign_in(page, rosa)
        page.goto(f"/records/{case.pk}/many/")
        check_accessible(page)
        page.locator("#what-1").fill("payment")
        page.locator("#day-1").fill("3/4/2025")
        page.locator("#amount-1").fill("260")
        page.locator("#day-2").fill("31/2/2025")
        page.locator("#amount-2").fill("26O")
        page.get_by_role("button", name="Check the rows").click()
        expect(page.get_by_role("heading", name="1 row needs another look")).to_be_visible()
        check_accessible(page)
        page.get_by_role("link", name="Row 1: There is no such day.").click()
        expect(page.locator("#day-1")).to_be_focused()


class TestWithoutJavaScript:
    def test_every_step_works(self, plain_page: Page, rosa: User, case: Case, sign_in: SignIn) -> None:
        sign_in(plain_page, rosa)
        plain_page.goto(f"/records/{case.pk}/many/")
        plain_page.get_by_text("Paste rows from a spreadsheet").click()
        plain_page.get_by_label("Pasted rows").fill("payment\t3/4/2025\t260")
        plain_page.get_by_role("button", name="Check the rows").click()
        plain_page.get_by_role("button", name="Save 1 row").click()
        assert Payment.objects.get().amount_pence == 26000
