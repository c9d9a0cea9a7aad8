"""The constraints of statements; collected with the others in ``test_constraints``."""

import datetime as dt
from typing import Any

import pytest

from cases.models import Case
from correspondence.models import AccountStatement
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

    def test_statement_runs_forward(self, values: dict[str, Any]) -> None:
        refused("statement_runs_forward", AccountStatement, **(values | {"since": dt.date(2025, 2, 4)}))
