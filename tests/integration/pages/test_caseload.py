"""The adviser's list: what each row says, how it is chosen and ordered, and what it costs to load."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arrears import operations as money
from arrears.core.case_values import ContactKind, Direction
from arrears.core.position import position
from arrears.queries import facts_for
from cases import operations
from cases.core.facts import Frequency, Perspective
from cases.core.roles import Role
from cases.models import Case
from cms_tracker.pages.core.worklist import Reason, Row, Sort, wanted
from cms_tracker.pages.worklist import page_of
from cms_tracker.users.models import User
from correspondence import operations as contacts
from correspondence.core.contacts import PromiseMade
from tests.cast import ADA, PAUL, ROSA, SAM
from tests.factories import import_example, let_in, make_case, make_user

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 22)
NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)

LetIn = Callable[..., Case]


@pytest.fixture(autouse=True)
def _on_a_day() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def rosa() -> User:
    return make_user(ROSA)


@pytest.fixture
def ada(client: Client) -> User:
    person = make_user(ADA)
    client.force_login(person)
    return person


@pytest.fixture
def let_ada_in(rosa: User, ada: User) -> LetIn:
    """Open a case of Rosa's and let Ada into it."""
    made: list[Case] = []

    def shared(**details: Any) -> Case:
        case = make_case(rosa, **({"reference": f"{130000000000 + len(made)}"} | details))
        made.append(case)
        return let_in(ada, case, by=rosa, at=NOON - dt.timedelta(days=200 - 2 * len(made)))

    return shared


def _owe(case: Case, owner: User, *, first_due_on: dt.date, weekly: int = 1000) -> None:
    """Let an amount fall due every week from a day, with nothing paid."""
    known = {"actor": owner, "case": case}
    operations.record_calculation(
        **known, weekly_pence=weekly, effective_on=first_due_on, decided_on=None, notified_on=None
    )
    operations.record_schedule(**known, frequency=Frequency.WEEKLY, first_due_on=first_due_on)


def _call(case: Case, actor: User, *, on: dt.date, promised: dt.date | None = None) -> None:
    contacts.record_contact(
        actor=actor, case=case, at_date=on, at_time=None, kind=ContactKind.CALL, direction=Direction.OUT,
        recorded_on=on, promises=[PromiseMade(text="send the breakdown", due_on=promised)] if promised else [],
    )  # fmt: skip


def rows_for(person: User, *, on: dt.date, sort: Sort = Sort.REASON, **asked: Any) -> list[Row]:
    """The first page of a person's list."""
    return list(page_of(person, on=on, sort=sort, wanted=wanted(**asked)).rows)


def _only(ada: User) -> Row:
    (row,) = rows_for(ada, on=TODAY)
    return row


def _queries(person: User) -> int:
    with CaptureQueriesContext(connection) as asked:
        rows_for(person, on=TODAY)
    return len(asked)


class TestTheRows:
    def test_gives_the_figure_of_the_engine(self, rosa: User, ada: User) -> None:
        case = let_in(ada, import_example("direct-pay-missed", rosa), by=rosa, at=NOON)

        row = _only(ada)

        at = position(facts_for(case), on=TODAY, known_on=TODAY)
        assert row.owed == at.outstanding > 0
        oldest = next(one for one in at.instalments if one.outstanding)
        assert row.oldest_missed is not None
        assert row.oldest_missed[1:] == (oldest.due_on, oldest.amount, oldest.outstanding)
        assert row.days_late == oldest.days_late
        assert row.children == 1

    def test_shows_nothing_of_a_case_one_owns_or_was_never_let_into(self, rosa: User, ada: User) -> None:
        make_case(rosa)
        make_case(ada)

        assert rows_for(ada, on=TODAY) == []

    def test_forgets_a_case_when_access_ends(self, rosa: User, ada: User, let_ada_in: LetIn) -> None:
        case = let_ada_in()
        assert len(rows_for(ada, on=TODAY)) == 1
        membership = case.memberships.get(user=ada)

        operations.end_access(actor=rosa, case=case, membership_id=membership.pk, at=NOON)

        assert rows_for(ada, on=TODAY) == []

    def test_is_there_for_a_helper_with_one_case(self, rosa: User) -> None:
        sam = make_user(SAM)
        let_in(sam, make_case(rosa), by=rosa, role=Role.HELPER, at=NOON)

        assert len(rows_for(sam, on=TODAY)) == 1

    def test_asks_the_database_no_more_for_many_cases_than_for_one(self, ada: User, let_ada_in: LetIn) -> None:
        let_ada_in()
        first, again = _queries(ada), _queries(ada)
        for _ in range(12):
            let_ada_in()
        first_of_many, again_of_many = _queries(ada), _queries(ada)

        assert len(rows_for(ada, on=TODAY)) == 13
        assert (first, again) == (first_of_many, again_of_many)
        assert again <= 6


class TestReason:
    def test_is_an_overdue_promise_before_a_missed_payment(self, rosa: User, ada: User, let_ada_in: LetIn) -> None:
        case = let_ada_in()
        _owe(case, rosa, first_due_on=dt.date(2026, 10, 1))
        _call(case, ada, on=dt.date(2026, 11, 1), promised=dt.date(2026, 11, 20))

        row = _only(ada)

        assert row.reason is Reason.OVERDUE_PROMISE
        assert row.said.mark == "2 days overdue"
        assert row.said.title == "CMS promised: send the breakdown"

    def test_is_a_missed_payment_before_a_promise_to_come(self, rosa: User, ada: User, let_ada_in: LetIn) -> None:
        case = let_ada_in()
        _owe(case, rosa, first_due_on=dt.date(2026, 11, 10))
        for due_on in (dt.date(2026, 11, 10), dt.date(2026, 11, 17)):
            money.note_nothing_came(actor=rosa, case=case, due_on=due_on, noted_on=due_on)
        _call(case, ada, on=dt.date(2026, 11, 11), promised=dt.date(2026, 11, 25))

        row = _only(ada)

        assert row.reason is Reason.MISSED_PAYMENT
        assert row.said.detail == (
            "£10.00 was due on 10 November 2026 and nothing has come. Another 1 since are not covered in full."
        )
        assert (row.said.mark, row.said.shape) == ("2 missed payments", "s-missed")

    def test_does_not_call_missed_what_nobody_has_logged(self, rosa: User, ada: User, let_ada_in: LetIn) -> None:
        case = let_ada_in()
        _owe(case, rosa, first_due_on=dt.date(2026, 11, 10))

        row = _only(ada)

        assert row.reason is Reason.MISSED_PAYMENT  # the reason to act and its filter stay the engine's
        assert (row.said.mark, row.said.shape, row.said.tone) == ("Nothing logged for 2 payments", "s-due", "")
        assert row.said.detail == "Nothing is logged for 2 payments, the oldest due on 10 November 2026."
        assert row.oldest_missed is not None
        assert row.oldest_missed.due_on == dt.date(2026, 11, 10)
        assert not row.is_oldest_noted

    def test_says_since_when_an_old_record_is_silent_and_what_was_owed_then(self, rosa: User, ada: User) -> None:
        let_in(ada, import_example("p-002456", rosa), by=rosa, at=NOON)

        row = _only(ada)

        assert (row.said.mark, row.said.title) == ("Nothing logged for 33 payments", "Ask what came, and log it")
        assert row.said.detail == "Nothing logged since 1 February 2024, when £10,153.01 was owed."

    def test_is_a_promise_within_a_week(self, ada: User, let_ada_in: LetIn) -> None:
        _call(let_ada_in(), ada, on=TODAY, promised=dt.date(2026, 11, 29))

        assert _only(ada).reason is Reason.PROMISE_SOON
        assert _only(ada).said.mark == "7 days left"

    def test_is_no_promise_that_lies_further_ahead(self, ada: User, let_ada_in: LetIn) -> None:
        _call(let_ada_in(), ada, on=TODAY, promised=dt.date(2026, 11, 30))

        assert _only(ada).reason is Reason.NOTHING

    @pytest.mark.parametrize(("days", "reason"), [(20, Reason.NOTHING), (21, Reason.QUIET)])
    def test_is_quiet_after_three_weeks(self, ada: User, let_ada_in: LetIn, days: int, reason: Reason) -> None:
        _call(let_ada_in(), ada, on=TODAY - dt.timedelta(days=days))

        assert _only(ada).reason is reason

    def test_is_nothing_for_a_new_case(self, ada: User, let_ada_in: LetIn) -> None:
        case = let_ada_in()
        Case.objects.filter(pk=case.pk).update(opened_at=NOON)

        assert _only(ada).reason is Reason.NOTHING


class TestTheOrder:
    @pytest.fixture
    def ada_with_three(self, rosa: User, ada: User, let_ada_in: LetIn) -> User:
        owing = let_ada_in(reference="130000000101")
        _owe(owing, rosa, first_due_on=dt.date(2026, 11, 2), weekly=9000)
        oldest = let_ada_in(reference="130000000102")
        _owe(oldest, rosa, first_due_on=dt.date(2026, 10, 5), weekly=100)
        promised = let_ada_in(reference="130000000103", perspective=Perspective.PAYING)
        _call(promised, ada, on=dt.date(2026, 8, 1), promised=dt.date(2026, 11, 21))
        Case.objects.update(opened_at=NOON)
        return ada

    @pytest.mark.parametrize(
        ("sort", "last_digits"),
        [
            (Sort.REASON, ["103", "102", "101"]),
            (Sort.OWED, ["101", "102", "103"]),
            (Sort.MISSED, ["102", "101", "103"]),
        ],
    )
    def test_puts_first_what_was_asked_for(self, ada_with_three: User, sort: Sort, last_digits: list[str]) -> None:
        assert [row.reference[-3:] for row in rows_for(ada_with_three, on=TODAY, sort=sort)] == last_digits

    @pytest.mark.parametrize("sort", [Sort.PROMISE, Sort.CONTACT])
    def test_puts_the_only_promise_and_the_oldest_contact_first(self, ada_with_three: User, sort: Sort) -> None:
        assert rows_for(ada_with_three, on=TODAY, sort=sort)[0].reference == "130000000103"

    @pytest.mark.parametrize(
        ("asked", "last_digits"),
        [
            ({"side": "paying"}, ["103"]),
            ({"why": ["overdue"]}, ["103"]),
            ({"why": ["missed"]}, ["101", "102"]),
            ({"why": ["quiet"]}, ["103"]),
            ({"why": ["overdue", "missed"]}, ["101", "102", "103"]),
            ({"find": "0102"}, ["102"]),
            ({"find": "1300 0000 0101"}, ["101"]),
            ({"find": "none"}, []),
        ],
    )
    def test_keeps_the_rows_that_fit(self, ada_with_three: User, asked: dict[str, Any], last_digits: list[str]) -> None:
        assert sorted(row.reference[-3:] for row in rows_for(ada_with_three, on=TODAY, **asked)) == last_digits


class TestCaseload:
    def test_counts_who_needs_something(self, client: Client, rosa: User, ada: User, let_ada_in: LetIn) -> None:
        _owe(let_ada_in(), rosa, first_due_on=dt.date(2026, 10, 1))
        let_ada_in()
        Case.objects.update(opened_at=NOON)

        text = client.get(reverse("pages:caseload")).content.decode()

        assert "1 person needs something from you" in text
        assert "1 other needs nothing today." in text

    def test_says_so_when_nobody_does(self, client: Client, let_ada_in: LetIn) -> None:
        let_ada_in()
        Case.objects.update(opened_at=NOON)

        text = client.get(reverse("pages:caseload")).content.decode()

        assert "Nobody needs you today" in text
        assert "1 person is up to date." in text

    def test_offers_a_code_to_someone_with_no_cases(self, client: Client, ada: User) -> None:
        assert reverse("cases:join") in client.get(reverse("pages:caseload")).content.decode()

    def test_shows_25_on_a_page(self, client: Client, let_ada_in: LetIn) -> None:
        for _ in range(27):
            let_ada_in()

        first = client.get(reverse("pages:caseload"), {"sort": "owed"})
        second = client.get(f"{reverse('pages:caseload')}?{first.context['later']}")

        assert len(first.context["page"].rows) == 25
        assert len(second.context["page"].rows) == 2
        assert "Previous page" not in first.content.decode()
        assert f'href="?{second.context["earlier"]}">Previous page'.replace("&", "&amp;") in second.content.decode()
        assert "sort=owed" in first.context["later"]

    def test_holds_no_figure_in_an_address(self, client: Client, rosa: User, let_ada_in: LetIn) -> None:
        for _ in range(26):
            _owe(let_ada_in(), rosa, first_due_on=TODAY - dt.timedelta(days=6), weekly=123456)

        later = client.get(reverse("pages:caseload"), {"sort": "owed"}).context["later"]

        assert later
        assert set(parse_qs(later)) == {"sort", "after"}
        assert uuid.UUID(parse_qs(later)["after"][0])

    @pytest.mark.parametrize("place", ["", "x", "0", str(uuid.uuid4()), "1|2026-11-22"])
    def test_begins_at_the_beginning_for_a_place_that_is_none(
        self, client: Client, let_ada_in: LetIn, place: str
    ) -> None:
        let_ada_in()
        assert len(client.get(reverse("pages:caseload"), {"after": place}).context["page"].rows) == 1

    def test_shows_a_person_their_own_name_for_a_case_and_nobody_else(
        self, client: Client, rosa: User, let_ada_in: LetIn
    ) -> None:
        case = let_ada_in()
        client.post(reverse("pages:name-record", args=[case.pk]), {"label": "Tuesday clinic"})
        assert "Tuesday clinic" in client.get(reverse("pages:caseload")).content.decode()

        client.force_login(rosa)

        assert "Tuesday clinic" not in client.get(reverse("pages:overview", args=[case.pk])).content.decode()

    def test_offers_a_name_for_a_case_that_has_none(self, client: Client, let_ada_in: LetIn) -> None:
        case = let_ada_in()
        name_it = reverse("pages:name-record", args=[case.pk])
        assert f'href="{name_it}">Name this record' in client.get(reverse("pages:caseload")).content.decode()

        client.post(name_it, {"label": "Tuesday clinic"})

        assert "Name this record" not in client.get(reverse("pages:caseload")).content.decode()

    def test_finds_a_case_by_that_name(self, client: Client, let_ada_in: LetIn) -> None:
        case = let_ada_in()
        let_ada_in()
        client.post(reverse("pages:name-record", args=[case.pk]), {"label": "Tuesday clinic"})

        response = client.post(reverse("pages:caseload"), {"find": "tuesday"}, follow=True)

        assert [row.case_id for row in response.context["page"].rows] == [case.pk]

    def test_keeps_what_was_looked_for_out_of_every_address(self, client: Client, let_ada_in: LetIn) -> None:
        case = let_ada_in()
        let_ada_in()

        answer = client.post(reverse("pages:caseload") + "?side=receiving", {"find": case.reference})

        assert answer["Location"] == "/caseload/?side=receiving"
        found = client.get(answer["Location"])
        assert [row.case_id for row in found.context["page"].rows] == [case.pk]
        page = found.content.decode()
        assert f"“{case.reference}”" in page
        assert f"={case.reference}" not in page

    def test_looks_for_nothing_once_that_is_taken_off(self, client: Client, let_ada_in: LetIn) -> None:
        case, other = let_ada_in(), let_ada_in()
        client.post(reverse("pages:caseload"), {"find": case.reference})
        assert len(client.get(reverse("pages:caseload")).context["page"].rows) == 1

        everybody = client.post(reverse("pages:caseload"), {"find": ""}, follow=True)

        assert {row.case_id for row in everybody.context["page"].rows} == {case.pk, other.pk}

    def test_says_that_what_is_looked_for_is_too_long(self, client: Client, let_ada_in: LetIn) -> None:
        let_ada_in()

        answer = client.post(reverse("pages:caseload"), {"find": "7" * 61})

        assert "at most 60 characters" in answer.content.decode()
        assert len(answer.context["page"].rows) == 1

    def test_shows_a_stranger_nothing_of_it(self, client: Client, rosa: User, let_ada_in: LetIn) -> None:
        case = let_ada_in()
        assert case.reference[-4:] in client.get(reverse("pages:caseload")).content.decode()

        client.force_login(make_user(PAUL))

        assert case.reference[-4:] not in client.get(reverse("pages:caseload")).content.decode()

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        asked=st.dictionaries(
            st.sampled_from(["why", "side", "sort", "after", "before"]),
            st.one_of(st.text(max_size=70), st.sampled_from(["0", "-1", "²", "missed", "paying", "owed"])),
        )
    )
    def test_answers_anything_in_the_address(self, client: Client, let_ada_in: LetIn, asked: dict[str, str]) -> None:
        response = client.get(reverse("pages:caseload"), asked)

        assert response.status_code in {200, 400}  # 400: a null character, refused at the door
