"""The account line by line: the page, and the file to take away."""

import csv
import datetime as dt
import io
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from arrears import operations
from arrears.presenters.breakdown import HEADS, text_cell
from cases import queries
from cases.models import Case
from cms_tracker.users.models import User
from tests.cast import ROSA
from tests.factories import make_case, make_user
from tests.pages import words

pytestmark = pytest.mark.django_db
P_002456 = Path(__file__).parents[2] / "examples" / "p-002456.json"
FORMULAS = ("=1+1", "+44", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "%0A", "|cmd")


@pytest.fixture
def rosa() -> User:
    return make_user(ROSA)


@pytest.fixture
def client(rosa: User) -> Client:
    client = Client()
    client.force_login(rosa)
    return client


@pytest.fixture
def case(rosa: User) -> Case:
    call_command("import_case", str(P_002456), owner=rosa.email)
    return queries.cases_for(rosa)[0]


def table_of(client: Client, case: Case, on: str) -> list[list[str]]:
    answer = client.get(reverse("arrears:breakdown-file", args=[case.pk]), {"on": on})
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="account-{on}.csv"'
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


class TestThePage:
    def test_lists_every_line_of_the_real_case_up_to_a_day(self, client: Client, case: Case) -> None:
        page = words(client.get(reverse("arrears:breakdown", args=[case.pk]), {"on": "2024-02-21"}))
        assert "Up to 21 February 2024" in page
        assert "£10,153.01" in page
        assert "Liability order, 22 June 2019 to 21 October 2021" in page
        assert "CMS decision of £71.55 a week from 1 April 2022" in page
        assert "2021: 1 line, £12,391.53 at its end" in page

    def test_asks_cms_for_the_interval_in_which_the_records_part(self, client: Client, case: Case) -> None:
        page = words(client.get(reverse("arrears:breakdown", args=[case.pk])))
        assert "You gave £9,532.99 for 21 February 2024. My record has £10,153.01." in page
        assert "from its start to 21 February 2024" in page

    def test_is_empty_before_anything_happened(self, client: Client, case: Case) -> None:
        page = words(client.get(reverse("arrears:breakdown", args=[case.pk]), {"on": "2019-01-01"}))
        assert "Nothing had fallen due and nothing had come by 1 January 2019." in page

    def test_says_what_is_wrong_with_a_day(self, client: Client, case: Case) -> None:
        url = reverse("arrears:breakdown", args=[case.pk])
        page = words(client.get(url, {"on": "2062-02-30"}))
        assert "That day does not exist." in page
        again = words(client.get(url, {"on_d": "1", "on_m": "2", "on_y": "2052"}))
        assert "has not happened yet" in again
        assert "must be" not in words(client.get(url, {"on": "nonsense"}))

    def test_says_where_a_credit_stands(self, client: Client, rosa: User) -> None:
        paid_up = make_case(rosa)
        day = dt.date(2025, 5, 1)
        operations.record_payment(actor=rosa, case=paid_up, paid_on=day, amount_pence=5000, recorded_on=None)
        page = words(client.get(reverse("arrears:breakdown", args=[paid_up.pk])))
        assert "less £50.00 that has come ahead" in page


class TestTheFile:
    def test_adds_up(self, client: Client, case: Case) -> None:
        rows = table_of(client, case, "2024-02-21")
        assert tuple(rows[0]) == HEADS
        pence = [[int((cell or "0.00").replace(".", "")) for cell in row[2:5]] for row in rows[1:]]
        assert sum(row[0] for row in pence) - sum(row[1] for row in pence) == pence[-1][2] == 1_015_301

    @pytest.mark.parametrize("text", FORMULAS)
    def test_holds_no_formula(self, client: Client, rosa: User, text: str) -> None:
        hostile = make_case(rosa)
        day = dt.date(2025, 5, 1)
        operations.record_opening_balance(actor=rosa, case=hostile, on=day, amount_pence=100, source=text)
        cell = table_of(client, hostile, "2025-05-02")[1][5]
        assert cell == f"'{text}"

    def test_leaves_other_text_as_it_is(self) -> None:
        assert text_cell("Liability order - 2021 = £5") == "Liability order - 2021 = £5"
