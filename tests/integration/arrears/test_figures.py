"""Their figure and mine, on the real case and by the form."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from arrears.models import Statement
from cases import operations, queries
from cases.models import Case
from cms_tracker.users.models import User
from cms_tracker.web.clock import today
from tests.cast import ROSA
from tests.factories import make_case, make_user
from tests.typed import day

pytestmark = pytest.mark.django_db
P_002456 = Path(__file__).parents[2] / "examples" / "p-002456.json"
FIGURE = {
    "amount": "150",
    "source": "Letter of 3 May, page 2",
    **day("as_at", "2025-05-01"),
    **day("stated_on", "2025-05-03"),
}


@pytest.fixture
def rosa() -> User:
    return make_user(ROSA)


@pytest.fixture
def client(rosa: User) -> Client:
    client = Client()
    client.force_login(rosa)
    return client


class TestTheRealCase:
    @pytest.fixture
    def case(self, rosa: User) -> Case:
        call_command("import_case", str(P_002456), owner=rosa.email)
        return queries.cases_for(rosa)[0]

    def test_stands_beside_the_stated_figure_with_the_difference_unexplained(self, client: Client, case: Case) -> None:
        page = client.get(reverse("arrears:figures", args=[case.pk])).content.decode()
        for figure in ("£9,532.99", "£10,153.01", "+£620.02", "21 February 2024"):
            assert figure in page
        assert "£620.02 more in your record. Nothing we tried would explain it." in page

    def test_shows_what_the_file_marks_as_inferred(self, client: Client, case: Case) -> None:
        page = client.get(reverse("arrears:details", args=[case.pk])).content.decode()
        assert page.count(">Inferred</span>") == 1
        assert page.index("1 April 2022") < page.index(">Inferred</span>") < page.index("1 December 2022")
        assert "is an inference from £372.06" in page


class TestANewFigure:
    def test_is_listed_with_the_record_beside_it(self, client: Client, rosa: User) -> None:
        case = make_case(rosa)
        response = client.post(reverse("arrears:new-figure", args=[case.pk]), FIGURE, follow=True)
        page = response.content.decode()
        assert "£150.00 less in your record." in page
        assert Statement.objects.get().amount_pence == 15000

    def test_may_be_nil(self, client: Client, rosa: User) -> None:
        case = make_case(rosa)
        url = reverse("arrears:new-figure", args=[case.pk])
        page = client.post(url, FIGURE | {"amount": "0"}, follow=True).content.decode()
        assert "The two figures are the same." in page

    def test_is_refused_for_a_day_to_come(self, client: Client, rosa: User) -> None:
        case = make_case(rosa)
        url = reverse("arrears:new-figure", args=[case.pk])
        page = client.post(url, FIGURE | day("as_at", "2052-05-01")).content.decode()
        assert "The year 2052 has not happened yet." in page
        assert Statement.objects.count() == 0

    def test_is_compared_no_longer_once_it_is_struck_out(self, client: Client, rosa: User) -> None:
        case = make_case(rosa)
        client.post(reverse("arrears:new-figure", args=[case.pk]), FIGURE)
        fact_id = Statement.objects.get().pk
        operations.strike_out(actor=rosa, case=case, fact_id=fact_id, on=today(), reason="Wrong letter")
        page = client.get(reverse("arrears:figures", args=[case.pk])).content.decode()
        assert "<s>CMS says £150.00</s>" in page
        assert "Wrong letter" in page
        assert "in your record." not in page
