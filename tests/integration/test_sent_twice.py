"""A form that is sent again says the same thing again: pressing twice, Back and Reload, a line that broke."""

import re
from typing import Any

import pytest
from django.db import connection

from tests.integration.access_calls import ROUTES, Route, form_page, path_of, prepared, taken_back, what_to_send
from tests.integration.access_world import World

POSTED = [route for route in ROUTES if route.row.post and route.row.writes]
#: What is written beside facts: who did it, what must be worked out anew, and that somebody is here.
BESIDE = re.compile(r'"?(audit_\w+|users_\w+|arrears_(snapshotmark|positionsnapshot|caseloadentry))"?', re.ASCII)
#: Each makes a new one and ends the one before: there is one in force, however often it is sent.
REPLACES = {"cases:give-authority", "cases:give-to-adviser", "correspondence:new-calendar", "users:recovery-codes"}


@pytest.mark.django_db
@pytest.mark.parametrize("route", POSTED, ids=str)
class TestAFormSentAgain:
    def test_adds_no_row(self, world: World, route: Route) -> None:
        with taken_back():
            client, path = prepared(route, world), path_of(route, world)
            sent = what_to_send(route, world, form_page(client, route, world, path))
            again = what_to_send(route, world, "") if any(hasattr(one, "read") for one in sent.values()) else {}
            assert client.post(path, sent).status_code == route.row.answer
            added: list[str] = []

            def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
                answer = execute(sql, params, many, context)  # one that a constraint refuses adds nothing
                if sql.lstrip().upper().startswith("INSERT INTO") and not BESIDE.match(sql.split()[2]):
                    added.append(sql)
                return answer

            with connection.execute_wrapper(note):
                answer = client.post(path, sent | again)
            assert answer.status_code < 500
            assert len(added) == (route.name in REPLACES)
