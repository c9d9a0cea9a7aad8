"""The pictures that the README shows: ``manage.py test tests/browser --screenshots docs/pictures``.

They are of the demo, as a visitor of ``up`` meets it, on a phone. Without ``--screenshots`` the pages
are still opened and checked, and the README is held to the pictures that exist.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from playwright.sync_api import Page, expect

from cases import queries as cases
from cases.models import Case
from cms_tracker.users.models import User
from correspondence.core.jobs import JobKind, JobState
from correspondence.models import Job, Letter
from tests.cast import ROSA
from tests.conftest import Worker

SHOWN = ("today", "log", "payments", "changes", "plan", "letter")


@pytest.fixture
def rosa(transactional_db: None) -> User:
    call_command("seed_demo", verbosity=0)
    rosa = User.objects.get(email=ROSA.email)
    User.objects.update(safety_page_seen_at="2026-01-01T12:00Z")
    return rosa


@pytest.fixture
def own(rosa: User) -> Case:
    return next(case for case in cases.cases_for(rosa) if case.reference != "120000002456")


@pytest.fixture
def ombudsman(rosa: User) -> Case:
    return next(case for case in cases.cases_for(rosa) if case.reference == "120000002456")


def ready_letter_of(case: Case) -> Letter | None:
    papers = Job.objects.filter(kind=JobKind.LETTER, state=JobState.READY).values("subject")
    return Letter.objects.filter(case=case, pk__in=papers).first()


class TestThePictures:
    def test_are_of_the_demo(
        self,
        worker: Worker,
        phone: Page,
        sign_in: Callable[[Page, User], None],
        request: pytest.FixtureRequest,
        rosa: User,
        own: Case,
        ombudsman: Case,
    ) -> None:
        folder = request.config.getoption("--screenshots")
        letter = worker.wait_for(lambda: ready_letter_of(own))
        sign_in(phone, rosa)
        pages = {
            "today": f"/records/{own.pk}/",
            "log": f"/records/{own.pk}/payments/log/",
            "payments": f"/records/{own.pk}/payments/",
            "changes": f"/records/{own.pk}/changes/",
            "plan": f"/records/{ombudsman.pk}/plans/",
            "letter": f"/records/{own.pk}/letters/{letter.pk}/",
        }
        assert tuple(pages) == SHOWN
        for name, path in pages.items():
            phone.goto(path)
            expect(phone.get_by_role("heading", level=1)).to_be_visible()
            if folder is not None:
                Path(folder).mkdir(parents=True, exist_ok=True)
                phone.screenshot(path=Path(folder) / f"{name}-390.png")

    def test_are_the_ones_that_the_readme_shows(self) -> None:
        readme = (settings.BASE_DIR / "README.md").read_text(encoding="utf-8")
        shown = re.findall(r"\(docs/pictures/([a-z-]+)-390\.png\)", readme)
        assert tuple(shown) == SHOWN
        assert all((settings.BASE_DIR / "docs" / "pictures" / f"{name}-390.png").is_file() for name in shown)
