"""Whoever deletes a record, its files go with it, and only with it."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from cases import operations
from cases.models import Case
from cms_tracker.users.models import User
from tests.cast import ROSA
from tests.factories import make_case, make_user
from tests.integration.access_world import one_row_of_each

pytestmark = pytest.mark.django_db


@pytest.fixture
def rosa() -> User:
    return make_user(ROSA)


@pytest.fixture
def case(rosa: User) -> Case:
    case = make_case(rosa)
    one_row_of_each(case, rosa, mark="Gone")
    assert len(files_of(case)) > 3  # a proof, a file, the copy of them that may be shared, and papers
    return case


def files_of(case: Case) -> list[Path]:
    """What lies in the folder of the record. A copy of everything lies in that of the person, and is theirs."""
    return [path for path in (Path(settings.PRIVATE_FILES_DIR) / case.pk.hex).rglob("*") if path.is_file()]


class TestDeletingARecord:
    def test_takes_every_file_of_it_along(
        self, rosa: User, case: Case, django_capture_on_commit_callbacks: object
    ) -> None:
        other = make_case(rosa)
        one_row_of_each(other, rosa, mark="Kept")
        paths = files_of(case)
        with django_capture_on_commit_callbacks(execute=True):
            operations.delete_case(actor=rosa, case=case)
        assert [path for path in paths if path.exists()] == []
        assert len(files_of(other)) == len(paths)

    def test_leaves_the_files_where_it_was_taken_back(
        self, rosa: User, case: Case, django_capture_on_commit_callbacks: object
    ) -> None:
        before = files_of(case)
        with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
            operations.delete_case(actor=rosa, case=Case.objects.get(pk=case.pk))
            transaction.set_rollback(True)
        assert files_of(case) == before
