"""The calendar of payments: its page, and its file."""

import csv
import io
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from arrears import operations
from arrears.core.facts import Route
from cases.models import Case
from cms_tracker.users.models import User
from tests.factories import make_case, monthly_case
from tests.pages import words
from tests.unit.arrears.build import day

pytestmark = pytest.mark.django_db
Example = Callable[[str], Case]


def url(case: Case, name: str = "pattern") -> str:
    return reverse(f"arrears:{name}", args=[case.pk])


class TestThePage:
    @time_machine.travel("2025-07-10 09:00")
    def test_counts_what_the_record_says(self, client: Client, example: Example) -> None:
        page = client.get(url(example("direct-pay-missed")))
        found = page.context["pattern"]
        assert sum(found.counts.values()) == len(found.cells) > 0
        assert "It does not say why." in words(page)

    def test_says_that_nothing_has_fallen_due(self, client: Client, rosa: User) -> None:
        assert "No payment date has passed yet." in words(client.get(url(make_case(rosa))))

    @time_machine.travel("2025-04-10 09:00")
    def test_does_not_call_a_payment_missed_that_nobody_noted(self, client: Client, rosa: User) -> None:
        case = monthly_case(rosa)
        page = words(client.get(url(case)))
        assert "2 payments fell due, from 3 March 2025 to 3 April 2025. That is too few to show a pattern." in page
        assert "For 2 payments nothing is logged: money may have come all the same." in page
        operations.note_nothing_came(actor=rosa, case=case, due_on=day("2025-03-03"), noted_on=day("2025-03-04"))
        page = words(client.get(url(case)))
        assert "Noted that nothing came 1" in page
        assert "For 1 payment nothing is logged" in page


class TestTheFile:
    @time_machine.travel("2025-07-10 09:00")
    def test_opens_in_a_spreadsheet(self, client: Client, rosa: User) -> None:
        case = monthly_case(rosa)
        operations.record_payment(
            actor=rosa, case=case, paid_on=day("2025-03-05"), amount_pence=26000, recorded_on=None, route=Route.DIRECT
        )
        answer = client.get(url(case, "pattern-file"))
        assert answer["Content-Type"] == "text/csv; charset=utf-8"
        assert answer["Content-Disposition"] == 'attachment; filename="calendar-2025-07-10.csv"'
        assert answer.content.startswith(b"\xef\xbb\xbf")
        rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert [row["Fell due"] for row in rows] == [f"2025-0{month}-03" for month in range(3, 8)]
        assert rows[0] == {
            "Fell due": "2025-03-03",
            "Amount": "260.00",
            "How it came": "Late",
            "Days late": "2",
            "Last money on": "2025-03-05",
            "Still owed": "0.00",
        }
        assert rows[1]["How it came"] == "Nothing logged"

    def test_has_its_heads_even_where_nothing_has_fallen_due(self, client: Client, rosa: User) -> None:
        assert client.get(url(make_case(rosa), "pattern-file")).content.decode("utf-8-sig").startswith("Fell due,")
