"""The plans of a case: what CMS put in place, and what a person compares."""

import datetime as dt
import uuid
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from djmoney.money import Money
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arrears import operations, queries
from arrears.core.case_values import Proposal
from arrears.models import PlanProposal, RepaymentPlan
from cases.core.facts import Frequency, Perspective
from cases.models import Case
from cms_tracker.audit.models import Event
from cms_tracker.users.models import User
from tests.cast import PAUL, ROSA
from tests.factories import import_example, make_case, make_user
from tests.typed import day

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _on_a_day() -> Any:
    with time_machine.travel(dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def rosa() -> User:
    return make_user(ROSA)


@pytest.fixture
def real(rosa: User, client: Client) -> Case:
    client.force_login(rosa)
    return import_example("p-002456", rosa)


@pytest.fixture
def pauls(client: Client) -> Case:
    paul = make_user(PAUL)
    client.force_login(paul)
    case = make_case(paul, perspective=Perspective.PAYING)
    operations.record_opening_balance(
        actor=paul, case=case, on=dt.date(2026, 1, 1), amount_pence=240000, source="Letter"
    )
    return case


PLAN = {
    "total": "500.00",
    "arrears_part": "127.94",
    "frequency": "monthly",
    "cms_word": "agreement",
    "note": "",
    **day("agreed_on", "2026-11-01"),
    **day("first_payment_on", "2026-12-01"),
}
PROPOSAL = {
    "label": "My offer",
    "arrears": "2400.00",
    "part": "100",
    "frequency": "monthly",
    **day("first", "2026-12-01"),
}

OFFER = Proposal(label="Hers", arrears=100, first_payment_on=TODAY, frequency=Frequency.WEEKLY, instalment=10)


class TestPlans:
    def test_shows_both_plans_of_the_real_case_on_what_was_owed_at_their_start(
        self, client: Client, real: Case
    ) -> None:
        text = client.get(reverse("arrears:plans", args=[real.pk])).content.decode()

        for figure in ("£12,391.53", "97", "£516.32", "£9,320.97", "£11,368.01", "141", "£28.01"):
            assert figure in text
        assert (
            "On the figure given to you, £9,532.99 for 21 February 2024, 118 of the same payments would be left" in text
        )
        assert "89 payments were left. This plan made it 52 payments longer." in text

    def test_lists_the_offers_with_their_state(self, client: Client, pauls: Case) -> None:
        owner = User.objects.get(email=PAUL.email)
        key = operations.keep_proposal(actor=owner, case=pauls, proposal=OFFER, entry_id=uuid.uuid4()).pk
        where = reverse("arrears:plans", args=[pauls.pk])

        before = client.get(where).content.decode()
        operations.mark_proposal_sent(actor=owner, case=pauls, proposal_id=key, sent_on=TODAY)
        after = client.get(where).content.decode()

        assert "Not sent to CMS yet." in before
        assert reverse("arrears:send-proposal", args=[pauls.pk, key]) in before
        assert "No answer is on this record yet." in after
        assert reverse("arrears:answer-proposal", args=[pauls.pk, key]) in after

    def test_explains_the_label_only_where_there_is_a_plan(self, client: Client, pauls: Case, real: Case) -> None:
        assert "What the label means" in client.get(reverse("arrears:plans", args=[real.pk])).content.decode()
        client.force_login(User.objects.get(email=PAUL.email))
        assert "What the label means" not in client.get(reverse("arrears:plans", args=[pauls.pk])).content.decode()

    def test_keeps_cms_own_word_beside_ours(self, client: Client, pauls: Case) -> None:
        client.post(reverse("arrears:new-plan", args=[pauls.pk]), {**PLAN, "total": "20", "arrears_part": "10"})

        text = client.get(reverse("arrears:plans", args=[pauls.pk])).content.decode()
        assert "CMS's own word for it: “agreement”" in text
        assert "Longer than two years" in text

    def test_says_where_to_begin_on_an_empty_record(self, client: Client, pauls: Case) -> None:
        text = client.get(reverse("arrears:plans", args=[pauls.pk])).content.decode()

        assert "No plan logged yet." in text


class TestNewPlan:
    def test_records_the_letter(self, client: Client, pauls: Case) -> None:
        response = client.post(reverse("arrears:new-plan", args=[pauls.pk]), PLAN)

        row = RepaymentPlan.objects.get()
        assert response.status_code == 302
        assert (row.total_pence, row.arrears_part_pence, row.cms_word) == (50000, 12794, "agreement")
        assert Event.objects.filter(kind="repaymentplan.recorded", case_id=pauls.pk).count() == 1

    def test_makes_one_row_of_a_form_sent_twice(self, client: Client, pauls: Case) -> None:
        entry = str(uuid.uuid4())

        for _ in range(2):
            client.post(reverse("arrears:new-plan", args=[pauls.pk]), {**PLAN, "entry": entry})

        assert RepaymentPlan.objects.count() == 1

    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({"arrears_part": "500.01"}, "arrears_part"),
            ({"arrears_part": "0"}, "arrears_part"),
            ({"total": "five"}, "total"),
            ({"frequency": "daily"}, "frequency"),
            (day("agreed_on", "2026-11-23"), "agreed_on"),
            (day("first_payment_on", "2050-01-01"), "first_payment_on"),
            ({"first_payment_on_d": "31", "first_payment_on_m": "2"}, "first_payment_on"),
            ({"cms_word": "x" * 61}, "cms_word"),
        ],
    )
    def test_refuses_what_cannot_be_a_plan_and_writes_nothing(
        self, client: Client, pauls: Case, typed: dict[str, str], field: str
    ) -> None:
        response = client.post(reverse("arrears:new-plan", args=[pauls.pk]), {**PLAN, **typed})

        assert response.status_code == 200
        assert list(response.context["form"].errors) == [field]
        assert not RepaymentPlan.objects.exists()


class TestCompare:
    def test_begins_with_what_is_owed_today(self, client: Client, pauls: Case) -> None:
        response = client.get(reverse("arrears:compare", args=[pauls.pk]))

        assert 'value="2400.00"' in response.content.decode()

    def test_keeps_a_plan_and_shows_what_it_comes_to(self, client: Client, pauls: Case) -> None:
        address = reverse("arrears:compare", args=[pauls.pk])

        response = client.post(address, PROPOSAL, follow=True)

        assert PlanProposal.objects.get().arrears_part == Money("100.00", "GBP")
        assert "This plan takes 24 monthly payments" in response.content.decode()
        assert "Within two years: CMS calls this an agreement." in response.content.decode()

    def test_keeps_the_income_for_the_interval_of_the_payments(self, client: Client, pauls: Case) -> None:
        typed = {**PROPOSAL, "income": "300", "income_every": "weekly", **day("review", "2027-06-01")}

        client.post(reverse("arrears:compare", args=[pauls.pk]), typed)

        (kept,) = queries.proposals_of(pauls.pk)
        assert kept.verdict.net_income == 130000
        assert kept.verdict.payments_by_review == 7

    def test_keeps_three_at_most(self, client: Client, pauls: Case) -> None:
        for label in ("one", "two", "three", "four"):
            client.post(reverse("arrears:compare", args=[pauls.pk]), {**PROPOSAL, "label": label})

        assert [one.label for one in queries.proposals_of(pauls.pk)] == ["one", "two", "three"]

    def test_makes_one_row_of_a_form_sent_twice(self, client: Client, pauls: Case) -> None:
        entry = str(uuid.uuid4())

        for _ in range(2):
            client.post(reverse("arrears:compare", args=[pauls.pk]), {**PROPOSAL, "entry": entry})

        assert PlanProposal.objects.count() == 1

    def test_takes_one_away_with_its_audit_row(self, client: Client, pauls: Case) -> None:
        client.post(reverse("arrears:compare", args=[pauls.pk]), PROPOSAL)
        row = PlanProposal.objects.get()

        response = client.post(reverse("arrears:remove-proposal", args=[pauls.pk, row.pk]))

        assert response.status_code == 302
        assert not PlanProposal.objects.exists()
        assert Event.objects.filter(kind="proposal.removed", case_id=pauls.pk).count() == 1

    def test_cannot_take_away_a_plan_of_another_case(self, client: Client, pauls: Case, rosa: User) -> None:
        other = make_case(rosa)
        kept = operations.keep_proposal(actor=rosa, case=other, proposal=OFFER)

        response = client.post(reverse("arrears:remove-proposal", args=[pauls.pk, kept.pk]))

        assert response.status_code == 404
        assert PlanProposal.objects.filter(pk=kept.pk).exists()

    def test_answers_an_entry_that_belongs_to_another_case_as_if_it_were_free(self, pauls: Case, rosa: User) -> None:
        other = make_case(rosa)
        entry = uuid.uuid4()
        operations.keep_proposal(actor=rosa, case=other, proposal=OFFER, entry_id=entry)

        mine = operations.keep_proposal(actor=rosa, case=pauls, proposal=OFFER, entry_id=entry)
        assert operations.keep_proposal(actor=rosa, case=pauls, proposal=OFFER, entry_id=entry).pk == mine.pk != entry

    def test_refuses_amounts_that_do_not_agree_beside_the_field(self, client: Client, pauls: Case) -> None:
        typed = {**PROPOSAL, "total": "500", "ongoing": "300"}

        response = client.post(reverse("arrears:compare", args=[pauls.pk]), typed)

        assert list(response.context["form"].errors) == ["part"]
        assert not PlanProposal.objects.exists()


ODD = st.one_of(st.text(max_size=70), st.sampled_from(["0", "1e9", "NaN", "-1", "9999999.99", "٣", "2" * 300]))


class TestAnythingTyped:
    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(changed=st.dictionaries(st.sampled_from([*PLAN, "entry"]), ODD, min_size=1, max_size=5))
    def test_into_a_plan_from_cms_is_answered(self, client: Client, pauls: Case, changed: dict[str, str]) -> None:
        response = client.post(reverse("arrears:new-plan", args=[pauls.pk]), {**PLAN, **changed})

        assert response.status_code in {200, 302, 400}  # 400: a null character, refused at the door

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        changed=st.dictionaries(
            st.sampled_from([*PROPOSAL, "entry", "total", "ongoing", "fee", "income", "income_every", "review_d"]),
            ODD,
            min_size=1,
            max_size=6,
        )
    )
    def test_into_a_proposal_is_answered(self, client: Client, pauls: Case, changed: dict[str, str]) -> None:
        response = client.post(reverse("arrears:compare", args=[pauls.pk]), {**PROPOSAL, **changed})

        assert response.status_code in {200, 302, 400}  # 400: a null character, refused at the door
        assert client.get(reverse("arrears:compare", args=[pauls.pk])).status_code == 200
