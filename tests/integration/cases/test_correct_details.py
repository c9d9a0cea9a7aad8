"""Correcting the details of a record: what changes, what the audit says of it, and what cannot be changed."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arrears import operations as money
from arrears import queries as arrears
from cases import operations, queries
from cases.core.roles import Role
from cases.models import Case, Child
from cms_tracker.audit.models import Event
from cms_tracker.refusal import Refusal
from cms_tracker.users.models import User
from cms_tracker.web.clock import now, today
from tests.cast import PAUL, ROSA
from tests.factories import give_app, let_in, make_case, make_user, monthly_case
from tests.filled_form import filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def rosa() -> User:
    return make_user(ROSA)


@pytest.fixture
def case(rosa: User) -> Case:
    return make_case(rosa, children=["Robin", "Kit"], other_parent="Sandy")


@pytest.fixture
def client(rosa: User) -> Client:
    client = Client()
    client.force_login(rosa)
    return client


def url(case: Case) -> str:
    return reverse("cases:edit-details", args=[case.pk])


def shown(client: Client, case: Case) -> dict[str, Any]:
    """The form as the page has it."""
    return filled(client.get(url(case)).content.decode())


def audited(case: Case) -> list[str]:
    return list(Event.objects.filter(kind="case.corrected", case_id=case.pk).values_list("subject", flat=True))


class TestCorrectingDetails:
    def test_starts_from_what_is_on_record(self, client: Client, case: Case) -> None:
        form = shown(client, case)
        assert form["reference"] == "1200 0000 0002"
        assert (form["child_1"], form["child_2"], form["other_parent"]) == ("Robin", "Kit", "Sandy")
        assert (form["nation"], form["scheme"], form["allocation_rule"]) == ("england", "cms_2012", "ongoing_first")

    def test_changes_every_detail_and_names_the_fields_in_the_audit(self, client: Client, case: Case) -> None:
        better = {
            "reference": "1200 0000 0017",
            "nation": "scotland",
            "other_parent": "Alex",
            "scheme": "csa_2003",
            "allocation_rule": "oldest_first",
            "child_2": "Kim",
        }
        response = client.post(url(case), shown(client, case) | better)
        assert response.headers["Location"] == reverse("arrears:details", args=[case.pk])
        found = queries.details_of(Case.objects.get(pk=case.pk))
        assert (found.reference, found.nation, found.other_parent) == ("120000000017", "scotland", "Alex")
        assert (found.scheme, found.allocation_rule, found.children) == ("csa_2003", "oldest_first", ("Robin", "Kim"))
        assert audited(case) == ["reference, nation, other_parent, scheme, allocation_rule, children"]

    def test_says_nothing_of_the_content_in_the_audit(self, client: Client, case: Case) -> None:
        client.post(url(case), shown(client, case) | {"other_parent": "Canary", "child_1": "Canary"})
        assert audited(case) == ["other_parent, children"]
        assert not [row for row in Event.objects.values_list() if "Canary" in str(row)]

    def test_is_harmless_when_it_is_sent_twice(self, client: Client, case: Case) -> None:
        typed = shown(client, case) | {"other_parent": "Alex", "child_1": ""}
        for _ in range(2):
            assert client.post(url(case), typed).status_code == 302
        assert queries.children_of(case.pk) == ["Kit"]
        assert audited(case) == ["other_parent, children"]

    def test_writes_nothing_where_nothing_differs(self, client: Client, case: Case) -> None:
        rows = list(Child.objects.values_list())
        page = client.post(url(case), shown(client, case), follow=True).content.decode()
        assert "Nothing was different" in page
        assert audited(case) == []
        assert list(Child.objects.values_list()) == rows

    def test_is_refused_where_somebody_else_was_quicker(self, client: Client, case: Case, rosa: User) -> None:
        typed = shown(client, case) | {"nation": "wales"}
        client.post(url(case), shown(client, case) | {"reference": "1200 0000 0017"})
        page = client.post(url(case), typed).content.decode()
        assert "These details were changed after you opened this page." in page
        found = Case.objects.get(pk=case.pk)
        assert (found.reference, found.nation) == ("120000000017", "england")
        assert audited(case) == ["reference"]

    def test_never_changes_the_side(self, client: Client, case: Case) -> None:
        form = shown(client, case)
        assert "perspective" not in form
        client.post(url(case), form | {"perspective": "paying", "other_parent": "Alex"})
        found = Case.objects.get(pk=case.pk)
        assert (found.perspective, found.other_parent) == ("receiving", "Alex")

    @pytest.mark.parametrize("role", [Role.HELPER, Role.ADVISER])
    def test_may_be_done_by_those_who_help(self, case: Case, rosa: User, role: Role) -> None:
        paul = make_user(PAUL)
        User.objects.filter(pk=paul.pk).update(is_adviser=True)
        paul.refresh_from_db()
        give_app(paul, PAUL)
        let_in(paul, case, by=rosa, role=role, at=now())
        client = Client()
        client.force_login(paul)
        assert client.post(url(case), shown(client, case) | {"nation": "wales"}).status_code == 302
        assert Case.objects.get(pk=case.pk).nation == "wales"

    def test_only_hints_at_a_reference_that_does_not_start_with_12(self, client: Client, case: Case) -> None:
        page = client.post(url(case), shown(client, case) | {"reference": "991234567890"}, follow=True)
        assert "Most CMS references start with 12" in page.content.decode()
        assert Case.objects.get(pk=case.pk).reference == "991234567890"


class TestTheRule:
    def test_changes_what_a_payment_counts_for_and_not_what_was_due_or_paid(self, client: Client, rosa: User) -> None:
        case = monthly_case(rosa)
        paid = arrears.facts_for(case).schedules[0].first_due_on.replace(month=5)
        money.record_payment(actor=rosa, case=case, paid_on=paid, amount_pence=26000, recorded_on=paid)
        before = arrears.position_of(case, on=today(), known_on=today())
        client.post(url(case), shown(client, case) | {"allocation_rule": "oldest_first"})
        case = Case.objects.get(pk=case.pk)
        after = arrears.position_of(case, on=today(), known_on=today())
        assert (after.due, after.paid) == (before.due, before.paid)
        assert after.instalments != before.instalments


class TestTheChildren:
    def test_can_be_added_to(self, client: Client, case: Case) -> None:
        page = client.post(url(case), shown(client, case) | {"nation": "wales", "add": "child"}).content.decode()
        assert Case.objects.get(pk=case.pk).nation == "england"  # nothing is saved yet
        form = filled(page)
        assert (form["child_2"], form["child_3"], form["nation"]) == ("Kit", "", "wales")
        client.post(url(case), form | {"child_3": "Lee"})
        assert queries.children_of(case.pk) == ["Robin", "Kit", "Lee"]

    def test_are_taken_off_by_emptying_their_row(self, client: Client, case: Case) -> None:
        client.post(url(case), shown(client, case) | {"child_1": " ", "child_2": ""})
        assert queries.children_of(case.pk) == []

    def test_are_not_invented_where_there_are_none(self, client: Client, rosa: User) -> None:
        case = make_case(rosa, children=[])
        client.post(url(case), shown(client, case) | {"nation": "wales"})
        assert queries.children_of(case.pk) == []

    def test_are_all_kept_where_a_file_brought_more_than_can_be_added(self, client: Client, rosa: User) -> None:
        labels = [f"Child {number}" for number in range(1, 16)]
        case = make_case(rosa, children=labels)
        client.post(url(case), shown(client, case) | {"nation": "wales"})
        assert queries.children_of(case.pk) == labels


class TestBadInput:
    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ({"reference": "12345"}, "Enter the 12 digits from the top of a CMS letter"),
            ({"nation": "france"}, "Select a valid choice"),
            ({"allocation_rule": ""}, "Choose what a payment covers."),
            ({"child_1": "x" * 61}, "at most 60 characters"),
        ],
    )
    def test_gets_a_sentence_keeps_what_was_typed_and_writes_nothing(
        self, client: Client, case: Case, typed: dict[str, str], sentence: str
    ) -> None:
        page = client.post(url(case), shown(client, case) | {"other_parent": "Alex"} | typed).content.decode()
        assert page.count(sentence) >= 2  # in the summary and beside the field
        assert 'value="Alex"' in page
        assert Case.objects.get(pk=case.pk).other_parent == "Sandy"
        assert audited(case) == []

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        st.dictionaries(
            st.sampled_from(["reference", "rows", "seen", "nation", "scheme", "child_1", "allocation_rule", "add"]),
            st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=80),
        )
    )
    def test_never_breaks_the_page(self, client: Client, case: Case, typed: dict[str, str]) -> None:
        assert client.post(url(case), shown(client, case) | typed).status_code in {200, 302}


class TestTheOperation:
    def test_needs_the_details_that_were_shown(self, case: Case, rosa: User) -> None:
        better = replace(queries.details_of(case), other_parent="Alex")
        with pytest.raises(Refusal, match="changed after you opened"):
            operations.correct_details(actor=rosa, case=case, details=better, seen="")
        assert Case.objects.get(pk=case.pk).other_parent == "Sandy"
