"""The constraints of a person's own list; collected with the others in ``test_constraints``."""

import uuid

import pytest
from django.db import connection

from arrears import operations
from arrears.core.caseload import View
from arrears.models import SavedView
from cms_tracker.users.models import User
from tests.cast import ADA
from tests.factories import make_user
from tests.integration.constraints import copied, refused, refused_copy


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
