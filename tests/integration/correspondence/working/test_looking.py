"""A page that is asked for in the very moment in which a worker ends."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from cms_tracker.users.models import User
from correspondence import tasks
from correspondence.models import Letter
from tests.integration.correspondence.working.letters import job_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_pango")]


class EndsBetween:
    """The worker ends after the page has read one of the two rows, and before it reads the other."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        for table in ("correspondence_letter", "correspondence_job"):
            if f'FROM "{table}"' in sql and table not in self.read:
                self.read.append(table)
                if len(self.read) == 2:
                    tasks.do_what_waits()
        return execute(sql, *rest)


class TestAPageOfALetter:
    @pytest.mark.parametrize("part", [{}, {"HX-Request": "true"}], ids=["the page", "the part that asks again"])
    def test_is_whole_where_the_letter_is_ready_between_two_looks(
        self, letter: Letter, rosa: User, part: dict[str, str]
    ) -> None:
        browser = Client()
        browser.force_login(rosa)
        ends = EndsBetween()
        with connection.execute_wrapper(ends):
            answer = browser.get(reverse("correspondence:status", args=[letter.case_id, letter.pk]), headers=part)

        assert len(ends.read) == 2
        assert job_of(letter).state == "ready"
        assert answer.status_code == 200
