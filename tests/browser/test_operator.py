"""The page of whoever runs the site, in a browser: accessible, with much to tell and with little."""

from collections.abc import Callable

import pytest
from celery import current_app
from playwright.sync_api import BrowserContext, Page, expect

from cms_tracker.pages import standing
from cms_tracker.users import operations
from cms_tracker.users.models import User
from cms_tracker.watch import operations as watch
from cms_tracker.web.clock import now
from correspondence import tasks
from correspondence.core.jobs import JobKind
from tests.browser.conftest import DESK, PHONE
from tests.cast import ADA
from tests.factories import make_case, make_user

Check = Callable[[Page], None]


@pytest.fixture
def ada(transactional_db: None) -> User:
    ada = make_user(ADA)
    operations.mark_operator(ADA.email, mark=True)
    ada.refresh_from_db()
    standing.is_migrated()  # reads many files, once for a process; a browser waits for seconds only
    return ada


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
class TestThePageOfAnOperator:
    def test_is_accessible_and_says_first_what_is_wrong(
        self,
        open_context: Callable[..., BrowserContext],
        sign_in: Callable[[Page, User], None],
        check_accessible: Check,
        picture: Callable[..., None],
        ada: User,
        viewport: dict[str, int],
    ) -> None:
        case = make_case(ada)
        tasks.ask(JobKind.LETTER, subject=case.pk, case_id=case.pk, requested_by=ada.pk)
        for entry in current_app.conf.beat_schedule.values():
            watch.ran(entry["task"], at=now())
        page = open_context(viewport=viewport).new_page()
        sign_in(page, ada)
        page.goto("/operator/")
        check_accessible(page)
        picture(page, "operator")
        headings = page.get_by_role("heading", level=2).all_inner_texts()
        assert headings[0] == "What is wrong"
        expect(page.get_by_role("table", name="Papers that are not ready")).to_contain_text("Letters")
