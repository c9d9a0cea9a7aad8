"""What is promised next and when one last spoke, for one case and for many at once."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test.utils import CaptureQueriesContext

from arrears.core.case_values import ContactKind, Direction, PromiseResult
from cases import operations as case_operations
from cases.models import Case
from cms_tracker.audit.models import Event
from cms_tracker.refusal import Refusal
from cms_tracker.users.models import User
from correspondence import operations, queries
from correspondence.core.contacts import PromiseMade
from correspondence.models import Contact
from tests.cast import ROSA
from tests.factories import make_case, make_user

pytestmark = pytest.mark.django_db

TODAY = dt.date(2025, 7, 10)


@pytest.fixture
def rosa() -> User:
    return make_user(ROSA)


@pytest.fixture
def case(rosa: User) -> Case:
    return make_case(rosa)


@pytest.fixture
def spoke(rosa: User) -> Callable[..., Contact]:
    def recorded(case: Case, at: dt.date, *promises: tuple[str, dt.date | None]) -> Contact:
        return operations.record_contact(
            actor=rosa,
            case=case,
            at_date=at,
            at_time=None,
            kind=ContactKind.CALL,
            direction=Direction.OUT,
            recorded_on=TODAY,
            promises=[PromiseMade(text=text, due_on=due_on) for text, due_on in promises],
        )

    return recorded


class TestOpenPromises:
    def test_come_soonest_first_and_leave_when_closed(
        self, rosa: User, case: Case, spoke: Callable[..., Contact]
    ) -> None:
        spoke(case, dt.date(2025, 7, 1), ("later", dt.date(2025, 8, 1)), ("undated", None))
        spoke(case, dt.date(2025, 7, 2), ("sooner", dt.date(2025, 7, 9)))
        found = queries.open_promises(case.pk, on=TODAY)
        assert [one.text for one in found] == ["sooner", "later", "undated"]
        operations.record_promise_outcome(
            actor=rosa, case=case, promise_id=found[0].id, outcome=PromiseResult.KEPT, on=TODAY
        )
        assert [one.text for one in queries.open_promises(case.pk, on=TODAY)] == ["later", "undated"]

    def test_fall_with_the_contact_they_were_noted_in(
        self, rosa: User, case: Case, spoke: Callable[..., Contact]
    ) -> None:
        contact = spoke(case, dt.date(2025, 7, 1), ("ring", None))
        case_operations.strike_out(actor=rosa, case=case, fact_id=contact.pk, on=TODAY, reason="Another case")
        assert queries.open_promises(case.pk, on=TODAY) == []
        assert queries.next_promises([case.pk]) == {}
        assert queries.last_contacts([case.pk]) == {}

    def test_take_the_latest_outcome(self, rosa: User, case: Case, spoke: Callable[..., Contact]) -> None:
        spoke(case, dt.date(2025, 7, 1), ("ring", None))
        (promise,) = queries.open_promises(case.pk, on=TODAY)
        for outcome in (PromiseResult.NOT_KEPT, PromiseResult.KEPT):
            operations.record_promise_outcome(actor=rosa, case=case, promise_id=promise.id, outcome=outcome, on=TODAY)
        found = queries.promise_of(case.pk, promise.id)
        assert found is not None
        assert found.outcome is PromiseResult.KEPT


class TestManyCases:
    def test_take_as_many_queries_as_one(
        self, rosa: User, spoke: Callable[..., Contact], django_assert_num_queries: Callable[..., CaptureQueriesContext]
    ) -> None:
        cases = [make_case(rosa) for _ in range(5)]
        for place, one in enumerate(cases):
            spoke(one, dt.date(2025, 7, 1 + place), ("first", dt.date(2025, 8, 1 + place)), ("then", None))
            spoke(one, dt.date(2025, 6, 1))
        ids = [one.pk for one in cases]
        for some in (ids[:1], ids):
            with django_assert_num_queries(3):
                promises = queries.next_promises(some)
            with django_assert_num_queries(3):
                contacts = queries.last_contacts(some)
            assert {key: one.due_on for key, one in promises.items()} == {
                key: dt.date(2025, 8, 1 + ids.index(key)) for key in some
            }
            assert {key: one.on for key, one in contacts.items()} == {
                key: dt.date(2025, 7, 1 + ids.index(key)) for key in some
            }


class TestRecording:
    def test_leaves_an_audit_row_for_the_contact_and_for_each_promise(
        self, case: Case, spoke: Callable[..., Contact]
    ) -> None:
        spoke(case, TODAY, ("one", None), ("two", None))
        kinds = list(Event.objects.filter(case_id=case.pk).values_list("kind", flat=True))
        assert kinds.count("contact.recorded") == 1
        assert kinds.count("promise.recorded") == 2

    def test_refuses_a_promise_of_another_case(self, rosa: User, case: Case, spoke: Callable[..., Contact]) -> None:
        other = make_case(rosa)
        spoke(other, TODAY, ("ring", None))
        (promise,) = queries.open_promises(other.pk, on=TODAY)
        with pytest.raises(Refusal):
            operations.record_promise_outcome(
                actor=rosa, case=case, promise_id=promise.id, outcome=PromiseResult.KEPT, on=TODAY
            )
        assert queries.contact_of(case.pk, promise.contact_id) is None
        assert queries.promise_of(case.pk, promise.id) is None
