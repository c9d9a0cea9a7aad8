"""Amounts carried over, and what CMS added or took off."""

import datetime as dt
import json

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arrears import queries
from arrears.core import case_file
from arrears.core.facts import AdjustmentKind
from arrears.models import Adjustment, OpeningBalance
from cases.models import Case
from cms_tracker.pages import case_transfer
from cms_tracker.users.models import User
from cms_tracker.web.clock import today
from tests.cast import ROSA
from tests.factories import make_case, make_user
from tests.typed import day

pytestmark = pytest.mark.django_db

CARRIED = {"amount": "£1,200.50", "source": "Liability order", **day("carried_on", "2025-01-05")}
WRITTEN_OFF = {"kind": "write_off", "amount": "100", "reason": "Letter of 6 June", **day("changed_on", "2025-06-06")}

# These follow from a claim or a settlement, on the pages of those; by hand they would count twice.
WITH_PAGES = (
    AdjustmentKind.SETTLEMENT, AdjustmentKind.VOLUNTARY_PAYMENT, AdjustmentKind.DIRECT_PAYMENT_ACCEPTED,
)  # fmt: skip


@pytest.fixture
def rosa() -> User:
    return make_user(ROSA)


@pytest.fixture
def case(rosa: User) -> Case:
    return make_case(rosa)


@pytest.fixture
def client(rosa: User) -> Client:
    client = Client()
    client.force_login(rosa)
    return client


class TestAnAmountCarriedOver:
    def test_is_owed_from_its_day(self, client: Client, case: Case) -> None:
        client.post(reverse("arrears:new-opening", args=[case.pk]), CARRIED)
        row = OpeningBalance.objects.get()
        assert (row.amount_pence, row.on, row.source) == (120050, dt.date(2025, 1, 5), "Liability order")
        assert queries.position_of(case, on=dt.date(2025, 1, 4), known_on=today()).outstanding == 0
        assert queries.position_of(case, on=dt.date(2025, 1, 5), known_on=today()).outstanding == 120050

    def test_cannot_be_owed_in_the_future(self, client: Client, case: Case) -> None:
        typed = CARRIED | day("carried_on", "2052-01-05")
        page = client.post(reverse("arrears:new-opening", args=[case.pk]), typed).content.decode()
        assert "The year 2052 has not happened yet." in page
        assert OpeningBalance.objects.count() == 0


class TestAnAdjustment:
    @pytest.mark.parametrize("kind", [one for one in AdjustmentKind if one not in WITH_PAGES])
    def test_that_has_no_page_of_its_own_is_taken(self, client: Client, case: Case, kind: AdjustmentKind) -> None:
        response = client.post(reverse("arrears:new-adjustment", args=[case.pk]), WRITTEN_OFF | {"kind": kind.value})
        assert response.headers["Location"] == reverse("arrears:details", args=[case.pk])
        assert Adjustment.objects.get().kind == kind

    @pytest.mark.parametrize("kind", WITH_PAGES)
    def test_that_has_a_page_of_its_own_is_not_counted_here_as_well(
        self, client: Client, case: Case, kind: AdjustmentKind
    ) -> None:
        address = reverse("arrears:new-adjustment", args=[case.pk])
        page = client.get(address, {"kind": kind.value}).content.decode()
        assert f'value="{kind.value}"' not in page
        assert 'value="write_off"' in page
        for route in ("arrears:new-claim", "arrears:new-settlement"):
            assert f'href="{reverse(route, args=[case.pk])}"' in page
            assert client.get(reverse(route, args=[case.pk])).status_code == 200
        refused = client.post(address, WRITTEN_OFF | {"kind": kind.value}).content.decode()
        assert refused.count("Choose what CMS did.") == 2
        assert Adjustment.objects.count() == 0

    @pytest.mark.parametrize("kind", WITH_PAGES)
    def test_of_any_kind_still_comes_with_a_file_and_counts(self, rosa: User, kind: AdjustmentKind) -> None:
        content = {
            "format": "cms-tracker-case/1", "reference": "120000000077", "nation": "england", "scheme": "cms_2012",
            "perspective": "receiving", "opening_balance": {"on": "2025-01-05", "amount": "500.00", "source": "Order"},
            "adjustments": [{"kind": kind.value, "on": "2025-06-06", "amount": "100.00", "reason": "Letter"}],
        }  # fmt: skip
        case = case_transfer.bring_in(case_file.parse(json.dumps(content)), owner=rosa)
        assert Adjustment.objects.get().kind == kind
        assert queries.position_of(case, on=today(), known_on=today()).outstanding == 40000

    def test_is_known_from_the_day_it_was_typed_in(self, client: Client, case: Case) -> None:
        client.post(reverse("arrears:new-opening", args=[case.pk]), CARRIED)
        client.post(reverse("arrears:new-adjustment", args=[case.pk]), WRITTEN_OFF)
        assert Adjustment.objects.get().recorded_on == today()
        on = dt.date(2025, 6, 6)
        assert queries.position_of(case, on=on, known_on=today()).outstanding == 110050
        assert queries.position_of(case, on=on, known_on=on).outstanding == 120050

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ({"kind": ""}, "Choose what CMS did."),
            ({"amount": "0"}, "Enter £0.01 or more."),
            ({"amount": "NaN"}, "Use numbers only, like 200.00."),
            ({"amount": "1_000"}, "Leave out the underscore."),
            ({"amount": "-0"}, "Enter an amount without a minus sign"),
            ({"amount": "1.234"}, "no more than two figures after the point"),
            ({"amount": "١٢"}, "Use the digits 0 to 9"),
            ({"reason": "  "}, "Say in a few words what the letter says about it."),
        ],
    )
    def test_is_refused_in_one_sentence(self, client: Client, case: Case, typed: dict[str, str], sentence: str) -> None:
        page = client.post(reverse("arrears:new-adjustment", args=[case.pk]), WRITTEN_OFF | typed).content.decode()
        assert page.count(sentence) == 2
        assert Adjustment.objects.count() == 0


class TestEitherForm:
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        route=st.sampled_from(["arrears:new-opening", "arrears:new-adjustment", "arrears:new-figure"]),
        typed=st.dictionaries(
            st.sampled_from([*CARRIED, *WRITTEN_OFF, "entry", "as_at_d", "as_at_m", "as_at_y", "stated_on_y"]),
            st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=40),
        ),
    )
    def test_never_breaks(self, client: Client, case: Case, route: str, typed: dict[str, str]) -> None:
        response = client.post(reverse(route, args=[case.pk]), CARRIED | WRITTEN_OFF | typed)
        assert response.status_code in {200, 302}
