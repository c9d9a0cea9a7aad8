"""Their figure and mine, on the real case and by the form."""

import datetime as dt
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from arrears import operations as money
from arrears.models import Statement
from arrears.queries import MOST_CHECKED
from cases import operations, queries
from cases.models import Case
from cms_tracker.users.models import User
from cms_tracker.web.clock import today
from tests.cast import ROSA
from tests.factories import make_case, make_user
from tests.pages import words
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


class TestManyFigures:
    def test_are_all_beside_the_record_and_the_latest_are_explained(self, client: Client, rosa: User) -> None:
        case = make_case(rosa)
        money.record_opening_balance(
            actor=rosa, case=case, on=dt.date(2024, 1, 1), amount_pence=50000, source="Old debt"
        )
        for number in range(MOST_CHECKED + 2):
            on = dt.date(2025, 1, 1) + dt.timedelta(days=number)
            money.record_statement(
                actor=rosa, case=case, stated_on=on, as_at=on, amount_pence=100 * (number + 1), source=""
            )
        page = words(client.get(reverse("arrears:figures", args=[case.pk])))
        assert page.count("CMS says £") == MOST_CHECKED + 2
        assert page.count("Open it to see what would explain that.") == 2
        assert "£499.00 more in your record. Open it to see what would explain that." in page
        overview = words(client.get(reverse("pages:overview", args=[case.pk])))
        assert "2 earlier figures on this record are on that page only." in overview


class TestOneFigure:
    def test_is_the_one_that_its_page_asks_about_and_leads_to_its_days(self, client: Client, rosa: User) -> None:
        case = make_case(rosa)
        money.record_opening_balance(
            actor=rosa, case=case, on=dt.date(2025, 1, 1), amount_pence=50000, source="Old debt"
        )
        url = reverse("arrears:new-figure", args=[case.pk])
        client.post(url, FIGURE | {"amount": "471.23"})
        client.post(url, FIGURE | {"amount": "531.13"} | day("as_at", "2025-05-12") | day("stated_on", "2025-05-15"))
        shown = reverse("arrears:figure", args=[case.pk, Statement.objects.get(amount_pence=53113).pk])
        answer = client.get(shown)
        page = words(answer)
        assert "You gave £531.13 for 12 May 2025. My record has £500.00." in page
        assert "On 1 May 2025 your figure was £28.77 less than mine. On 12 May 2025 it was £31.13 more than" in page
        assert "You gave £471.23" not in page
        changes = reverse("arrears:changes", args=[case.pk])
        href = f'href="{changes}?from=2025-05-01&amp;to=2025-05-12'
        assert f'{href}"' in answer.content.decode()
        then = client.get(shown, {"then": "on"}).content.decode()
        assert f'{href}&amp;from_known=2025-05-15&amp;to_known=2025-05-15"' in then
        assert client.get(changes, {"from": "2025-05-01", "to": "2025-05-12"}).status_code == 200

    def test_that_nothing_explains_is_not_promised_an_explanation(self, client: Client, rosa: User) -> None:
        call_command("import_case", str(P_002456), owner=rosa.email)
        page = words(client.get(reverse("arrears:figures", args=[queries.cases_for(rosa)[0].pk])))
        assert "See what we tried" in page
        assert "See what would explain it" not in page

    def test_of_the_real_case_stays_unexplained_and_says_what_to_ask(self, client: Client, rosa: User) -> None:
        call_command("import_case", str(P_002456), owner=rosa.email)
        case = queries.cases_for(rosa)[0]
        page = words(client.get(reverse("arrears:figure", args=[case.pk, Statement.objects.get().pk])))
        assert "Nothing we tried comes to £620.02 more in this record." in page
        assert "You gave £9,532.99 for 21 February 2024. My record has £10,153.01." in page
        assert "See your account up to 21 February 2024" in page

    def test_names_what_would_explain_it_and_leads_to_the_facts(self, client: Client, rosa: User) -> None:
        case = make_case(rosa)
        paid = money.record_payment(
            actor=rosa, case=case, paid_on=dt.date(2025, 4, 2), amount_pence=12345, recorded_on=None
        )
        money.record_opening_balance(
            actor=rosa, case=case, on=dt.date(2025, 1, 1), amount_pence=50000, source="Old debt"
        )
        client.post(reverse("arrears:new-figure", args=[case.pk]), FIGURE | {"amount": "500"})
        answer = client.get(reverse("arrears:figure", args=[case.pk, Statement.objects.get().pk]))
        page = words(answer)
        assert "It would explain the difference if CMS has not counted the payment of £123.45 on 2 April 2025." in page
        assert reverse("arrears:payment", args=[case.pk, paid.pk]) in answer.content.decode()
        assert "would explain" in page

    def test_shows_what_the_record_held_on_the_day_where_that_differs(self, client: Client, rosa: User) -> None:
        case = make_case(rosa)
        money.record_opening_balance(
            actor=rosa, case=case, on=dt.date(2025, 1, 1), amount_pence=50000, source="Old debt"
        )
        money.record_payment(
            actor=rosa, case=case, paid_on=dt.date(2025, 4, 2), amount_pence=12345, recorded_on=dt.date(2025, 8, 1)
        )
        client.post(reverse("arrears:new-figure", args=[case.pk]), FIGURE | {"amount": "500"})
        url = reverse("arrears:figure", args=[case.pk, Statement.objects.get().pk])
        page = words(client.get(url))
        assert "By what was known on 3 May 2025, your record had £500.00: the same as CMS." in page
        then = words(client.get(url, {"then": "on"}))
        assert "This is what your record held on 3 May 2025" in then
        assert "The two figures are the same." in then
        assert "your record had £376.55. That is £123.45 less than CMS." in then

    def test_may_need_two_things_together(self, client: Client, rosa: User) -> None:
        case = make_case(rosa)
        money.record_opening_balance(
            actor=rosa, case=case, on=dt.date(2025, 1, 1), amount_pence=50000, source="Old debt"
        )
        for day_of_month, pence in ((2, 12345), (9, 6789), (16, 5011)):
            money.record_payment(
                actor=rosa, case=case, paid_on=dt.date(2025, 3, day_of_month), amount_pence=pence, recorded_on=None
            )
        client.post(reverse("arrears:new-figure", args=[case.pk]), FIGURE | {"amount": "449.89"})
        page = words(client.get(reverse("arrears:figure", args=[case.pk, Statement.objects.get().pk])))
        assert "Two things together would explain it." in page
        assert "It would explain a part of the difference if CMS has not counted the payment of £67.89" in page

    def test_that_was_struck_out_stays_to_be_seen(self, client: Client, rosa: User) -> None:
        case = make_case(rosa)
        client.post(reverse("arrears:new-figure", args=[case.pk]), FIGURE)
        fact_id = Statement.objects.get().pk
        operations.strike_out(actor=rosa, case=case, fact_id=fact_id, on=today(), reason="Wrong letter")
        page = words(client.get(reverse("arrears:figure", args=[case.pk, fact_id])))
        assert "Struck out on" in page
        assert "would explain" not in page

    def test_of_another_case_is_not_found(self, client: Client, rosa: User) -> None:
        case, other = make_case(rosa), make_case(rosa)
        client.post(reverse("arrears:new-figure", args=[other.pk]), FIGURE)
        assert client.get(reverse("arrears:figure", args=[case.pk, Statement.objects.get().pk])).status_code == 404


def test_two_figures_say_in_which_interval_the_difference_arose(client: Client, rosa: User) -> None:
    case = make_case(rosa)
    money.record_opening_balance(actor=rosa, case=case, on=dt.date(2025, 1, 1), amount_pence=50000, source="Old debt")
    url = reverse("arrears:new-figure", args=[case.pk])
    client.post(url, FIGURE | {"amount": "500"})
    client.post(url, FIGURE | {"amount": "430"} | day("as_at", "2025-06-01") | day("stated_on", "2025-06-01"))
    page = words(client.get(reverse("arrears:figures", args=[case.pk])))
    assert "When the difference arose" in page
    assert "The same" in page
    assert "Grew by £70.00 since 1 May 2025" in page
