"""The constraints of a person's own list; collected with the others in ``test_constraints``."""

import uuid

import pytest
from django.db import connection

from arrears import operations
from arrears.core.caseload import View
from arrears.models import SavedView
from cases.models import Case
from cms_tracker.users.models import User
from correspondence.models import CaseResult
from tests.cast import ADA
from tests.factories import make_user
from tests.integration.constraints import copied, refused, refused_copy, refused_part_of_a_penny


class TestTheResults:
    def test_result_kind_is_known(self, case: Case) -> None:
        refused_copy("result_kind_is_known", CaseResult, kind="luck")

    def test_result_stage_is_known(self, case: Case) -> None:
        refused_copy("result_stage_is_known", CaseResult, stage="moon")

    def test_result_means_is_known(self, case: Case) -> None:
        refused_copy("result_means_is_known", CaseResult, means="luck")

    def test_result_children_are_few(self, case: Case) -> None:
        refused_copy("result_children_are_few", CaseResult, children=21)

    def test_result_gained_is_whole_pence(self, case: Case) -> None:
        refused_part_of_a_penny("result_gained_is_whole_pence", CaseResult, "gained_pence")


class TestTheViews:
    @pytest.fixture(autouse=True)
    def ada(self) -> User:
        ada = make_user(ADA)
        operations.keep_view(actor=ada, view=View(id=uuid.uuid4(), name="Canary words"))
        return ada

    def test_saved_view_side_is_known(self) -> None:
        refused_copy("saved_view_side_is_known", SavedView, side="both")

    def test_saved_view_sort_is_known(self) -> None:
        refused_copy("saved_view_sort_is_known", SavedView, sort="mood")

    def test_saved_view_one_is_the_first(self, ada: User) -> None:
        operations.keep_view(actor=ada, view=View(id=uuid.uuid4(), name="First", is_default=True))
        named = "saved_view_one_is_the_first|arrears_savedview.user_id"
        refused(named, SavedView, **copied(SavedView, is_default=True))

    def test_holds_the_name_sealed(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM arrears_savedview")
            (kept,) = cursor.fetchone()
        assert "Canary" not in kept
