"""The estimate's pages: anybody may ask, nothing is kept, and on a record it stands beside the decision."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.test import Client
from django.urls import reverse

from arrears.forms.estimate import MOST
from cases import operations as case_operations
from cases.models import Case
from cms_tracker.audit.models import Event
from cms_tracker.users.models import User
from tests.cast import ADA, PAUL, ROSA
from tests.factories import import_example, make_user, monthly_case
from tests.pages import words

pytestmark = pytest.mark.django_db

STEVE = {
    "count": "2", "benefit": "no", "income": "600", "income_every": "week", "nights_1": "0", "nights_2": "0",
    "with_1": "0", "with_2": "0", "others": "0", "elsewhere": "0", "do": "answer",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _on_a_day() -> Iterator[None]:
    with time_machine.travel(dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def client() -> Client:
    """Nobody in particular: the illustration needs no account."""
    return Client()


@pytest.fixture
def rosa() -> User:
    """A receiving parent."""
    return make_user(ROSA)


def _signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def _send(client: Client, **typed: str) -> Any:
    return client.post(reverse("arrears:estimate"), {**STEVE, **typed})


def _beside(client: Client, case: Case, **typed: str) -> str:
    response = client.post(reverse("arrears:plausible", args=[case.pk]), {**STEVE, **typed})
    assert response.status_code == 200
    return str(response.content.decode())


def _rows() -> int:
    """How many rows there are but for those that say who saw a page."""
    seen = Event.objects.filter(kind="case.seen").count()
    return sum(model._default_manager.count() for model in apps.get_models()) - seen


class TestWithoutAnAccount:
    def test_answers_the_leaflets_case_with_its_steps_and_their_source(self, client: Client) -> None:
        text = _send(client).content.decode()
        assert "This would come to £96.00 a week" in text
        assert "Basic rate" in text
        for part in (
            "16% of £600.00",
            "The income is £200.00 a week or more",
            "Checked 22 November 2026",
            "CMS decides",
        ):
            assert part in text

    def test_stores_nothing_and_takes_nothing_from_the_address(self, client: Client) -> None:
        before = _rows()
        assert _send(client).status_code == 200
        assert _rows() == before
        assert "sessionid" not in client.cookies
        assert client.get(reverse("arrears:estimate"), STEVE).context["answer"] is None

    def test_is_linked_from_the_front_page_and_the_plan_check(self, client: Client) -> None:
        for name in ("pages:home", "arrears:check"):
            assert reverse("arrears:estimate") in client.get(reverse(name)).content.decode()

    def test_asks_for_the_income_only_where_it_decides(self, client: Client) -> None:
        refused = _send(client, income="")
        assert refused.context["form"].errors == {
            "income": ["Enter the income, like 24000.00. If there is none, enter 0."]
        }
        assert "£7.00" in _send(client, income="", benefit="yes").content.decode()
        assert "£0.00" in _send(client, income="", pays_nothing="on").content.decode()
        assert "£7.00" in _send(client, income="6O0", pension="-1", benefit="yes").content.decode()
        assert "Nil rate" in _send(client, income="0").content.decode()

    @pytest.mark.parametrize(
        ("typed", "field", "says"),
        [
            ({"income": "6O0"}, "income", "You typed a letter O. Use 0."),
            ({"income": "-5"}, "income", "Enter an amount without a minus sign, like 200.00."),
            ({"pension": "700"}, "pension", "This is more than the income of £600.00. Check both amounts."),
            ({"benefit": ""}, "benefit", "Choose Yes or No."),
            ({"nights_2": ""}, "nights_2", "Choose how many nights. If there are none, choose the first."),
        ],
    )
    def test_says_beside_the_field_what_is_wrong_and_keeps_what_was_typed(
        self, client: Client, typed: dict[str, str], field: str, says: str
    ) -> None:
        response = _send(client, **typed)
        assert response.context["form"].errors == {field: [says]}
        assert response.context["answer"] is None
        assert "Error: Estimate" in response.content.decode()
        assert f'value="{typed.get("income", "600")}"' in response.content.decode()

    def test_lists_universal_credit_without_earnings_with_its_source(self, client: Client) -> None:
        text = words(client.get(reverse("arrears:estimate")))
        assert "Universal Credit is not on this list" not in text
        assert "Universal Credit that is worked out without any earnings of the paying parent" in text
        assert "gets Income Support, income-based Jobseeker’s Allowance, income-related" in text
        assert "SI 2013/630, regulation 44(3)" in text
        assert "NISR 2012/427, regulation 43" in text
        assert "without a listed benefit: nil rate" in words(_send(client, income="0"))

    def test_does_not_speak_of_saving_what_is_never_saved(self, client: Client, rosa: User) -> None:
        case = import_example("direct-pay-missed", owner=rosa)
        for text in (_send(client, income="").content.decode(), _beside(_signed_in(rosa), case, income="")):
            assert "What you typed is still here." in text
            assert "saved" not in text.partition('id="errors"')[2].partition("</div>")[0]

    def test_keeps_the_numbers_of_the_children_and_their_bands(self, client: Client) -> None:
        text = words(_send(client, nights_1="equal", nights_2="175"))
        assert "Child 2: £72.00 less half and £7.00 (175 nights or more a year)" in text
        agreed = words(_send(client, count="1", nights_1="agreed"))
        assert "less 1/7 (nights not agreed, so counted as 52 to 103 nights a year)" in agreed

    @pytest.mark.parametrize(
        ("nights", "weekly"),
        [("0", "72.00"), ("52", "61.71"), ("104", "51.43"), ("156", "41.14"), ("175", "29.00"), ("agreed", "61.71"),
         ("equal", "0.00")],
    )  # fmt: skip
    def test_takes_each_band_of_nights(self, client: Client, nights: str, weekly: str) -> None:
        assert f"£{weekly} a week" in _send(client, count="1", nights_1=nights).content.decode()

    def test_shares_out_between_receiving_parents(self, client: Client) -> None:
        text = _send(
            client, nights_1="104", with_2="1", income="30000", pension="3000", income_every="year", others="1"
        )
        shares = {one.parent: one.weekly for one in text.context["answer"].shares}
        assert shares == {"The first receiving parent": 2_633, "A second receiving parent": 3_687}

    def test_says_whether_a_change_of_income_counts(self, client: Client) -> None:
        assert "The income differs by 25% or more, so it is used." in _send(client, held="480").content.decode()
        assert "The income differs by less than 25%, so that is kept." in _send(client, held="481").content.decode()


class TestAddingAndRemovingAChild:
    def test_keeps_what_was_typed_and_judges_nothing(self, client: Client) -> None:
        form = _send(client, do="add", income="6O0", nights_2="104").context["form"]
        assert form.children == 3
        assert not form.errors
        assert [one.nights.value() for one in form.inputs] == ["0", "104", None]
        assert form["income"].value() == "6O0"

    def test_takes_the_right_one_away(self, client: Client) -> None:
        form = _send(client, do="remove-1", nights_2="104", with_2="1").context["form"]
        assert [(one.nights.value(), one.parent.value()) for one in form.inputs] == [("104", "1")]

    def test_stays_between_one_and_the_most(self, client: Client) -> None:
        assert _send(client, do="remove-1", count="1").context["form"].children == 1
        full = _send(client, do="add", count=str(MOST))
        assert full.context["form"].children == MOST
        assert "Add another child" not in full.content.decode()

    @pytest.mark.parametrize("count", ["0", "9", "99", "-1", "², ", "", "9" * 5000])
    def test_takes_an_odd_count_for_one(self, client: Client, count: str) -> None:
        assert _send(client, count=count).context["form"].children == 1


class TestOnARecord:
    def test_stands_beside_the_decision_in_force(self, rosa: User) -> None:
        case = import_example("direct-pay-missed", owner=rosa)
        client = _signed_in(rosa)
        asked = client.get(reverse("arrears:plausible", args=[case.pk]))
        weekly = asked.context["decision"].weekly
        text = _beside(client, case)
        assert "CMS decides" in asked.content.decode()
        assert f"£{abs(weekly - 9_600) / 100:.2f} a week" in text
        assert "Ask CMS how the amount was worked out." in text
        assert "25% or more" in text
        assert "30 days" in text

    def test_says_that_it_fits_where_the_two_agree(self, rosa: User) -> None:
        case = import_example("direct-pay-missed", owner=rosa)
        client = _signed_in(rosa)
        weekly = client.get(reverse("arrears:plausible", args=[case.pk])).context["decision"].weekly
        income = f"{weekly / 12:.2f}"
        text = _beside(client, case, count="1", income=income)
        assert ("The two are the same" in text) or ("The two differ by a penny" in text)
        assert "The decision fits the answers that you gave." in text
        assert "What a difference can mean" not in text

    def test_says_that_the_decision_may_be_a_default_one(self, rosa: User) -> None:
        case = monthly_case(rosa)
        case_operations.record_calculation(
            actor=rosa,
            case=case,
            weekly_pence=5_100,
            effective_on=dt.date(2026, 2, 2),
            decided_on=None,
            notified_on=dt.date(2026, 2, 2),
        )
        text = _beside(_signed_in(rosa), case)
        assert "is also the amount of a <b>default decision</b>" in text
        assert "regulation 49" in text
        assert "<b>default decision</b>" not in _beside(_signed_in(rosa), case, count="1")

    def test_begins_with_the_children_of_the_record(self, rosa: User) -> None:
        case = monthly_case(rosa, children=["Robin", "Alex", "Sam"])
        page = _signed_in(rosa).get(reverse("arrears:plausible", args=[case.pk]))
        assert page.context["form"].children == 3

    def test_writes_nothing(self, rosa: User) -> None:
        case = import_example("direct-pay-missed", owner=rosa)
        client = _signed_in(rosa)
        before = _rows()
        _beside(client, case)
        assert _rows() == before

    def test_compares_the_part_of_this_case_alone(self, rosa: User) -> None:
        case = import_example("direct-pay-missed", owner=rosa)
        text = _beside(_signed_in(rosa), case, with_2="1")
        assert '<dt>This illustration, a week</dt><dd class="n">£48.00</dd>' in text
        assert "Another receiving parent" in text

    def test_says_until_when_reconsideration_can_be_asked_for(self, rosa: User) -> None:
        case = import_example("direct-pay-missed", owner=rosa)
        client = _signed_in(rosa)
        told = client.get(reverse("arrears:plausible", args=[case.pk])).context["decision"].notified_on
        assert "CMS can accept a late request" in _beside(client, case)
        with time_machine.travel(dt.datetime.combine(told + dt.timedelta(days=30), dt.time(12), dt.UTC), tick=False):
            assert "so ask by" in _beside(_signed_in(rosa), case)

    def test_answers_a_record_without_a_decision(self, rosa: User) -> None:
        case = Case.objects.get(pk=import_example("direct-pay-missed", owner=rosa).pk)
        with time_machine.travel(dt.datetime(2013, 1, 10, tzinfo=dt.UTC), tick=False):
            text = _beside(_signed_in(rosa), case)
        assert "No decision is in force on your record today" in text
        assert "£96.00 a week" in text

    def test_leaves_older_schemes_alone(self, rosa: User) -> None:
        case = import_example("direct-pay-missed", owner=rosa)
        Case.objects.filter(pk=case.pk).update(scheme="csa_2003")
        text = _signed_in(rosa).get(reverse("arrears:plausible", args=[case.pk])).content.decode()
        assert "This case is under an older scheme." in text
        assert "Put it beside the decision" not in text

    def test_is_linked_from_the_case_and_hidden_from_strangers(self, rosa: User) -> None:
        case = import_example("direct-pay-missed", owner=rosa)
        address = reverse("arrears:plausible", args=[case.pk])
        assert address in _signed_in(rosa).get(reverse("arrears:details", args=[case.pk])).content.decode()
        for stranger in (PAUL, ADA):
            assert _signed_in(make_user(stranger)).get(address).status_code == 404
