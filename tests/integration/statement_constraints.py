"""The constraints of statements and of letters to many; collected with the others in ``test_constraints``."""

import datetime as dt
from typing import Any

import pytest

from cases.models import Case
from cms_tracker.users.models import User
from correspondence.models import AccountStatement, BatchedLetter, LetterBatch
from tests.integration.constraints import refused

DAY = dt.date(2025, 2, 3)


class TestTheStatements:
    @pytest.fixture
    def values(self, case: Case) -> dict[str, Any]:
        """The values of a statement, which the database takes."""
        days = {"made_on": DAY, "since": DAY, "until": DAY, "known_on": DAY}
        values = {"case": case, **days, "figures": {}, "html": "", "template_version": "1", "engine_version": "1"}
        AccountStatement.objects.create(**values)
        return values

    def test_statement_file_has_its_hash(self, values: dict[str, Any]) -> None:
        refused("statement_file_has_its_hash", AccountStatement, **values, stored_as="somewhere")

    def test_statement_paper_is_known(self, values: dict[str, Any]) -> None:
        refused("statement_paper_is_known", AccountStatement, **(values | {"paper": "poster"}))
        two_days = values | {"paper": "one_page", "since": dt.date(2025, 2, 1), "until": dt.date(2025, 2, 2)}
        refused("statement_paper_is_known", AccountStatement, **two_days)

    def test_statement_runs_forward(self, values: dict[str, Any]) -> None:
        refused("statement_runs_forward", AccountStatement, **(values | {"since": dt.date(2025, 2, 4)}))


class TestTheBatches:
    @pytest.fixture
    def place(self, case: Case) -> dict[str, Any]:
        """The values of a record's place in a batch, which the database takes once."""
        user = User.objects.get(memberships__case=case)
        batch = LetterBatch.objects.create(user=user, kind="missed-payments", dated_on=DAY, given={})
        BatchedLetter.objects.create(batch=batch, case=case)
        return {"batch": batch, "case": case}

    def test_batched_letter_once_a_record(self, place: dict[str, Any]) -> None:
        refused("batched_letter_once_a_record|batchedletter.batch_id", BatchedLetter, **place)

    def test_batched_letter_made_or_not(self, place: dict[str, Any]) -> None:
        BatchedLetter.objects.all().delete()
        refused("batched_letter_made_or_not", BatchedLetter, **place, is_made=True, why_not="No")
