"""A case takes back its own facts, of whatever app, and never another's."""

import datetime as dt
import uuid

import pytest

from cases import operations
from cases import queries as case_queries
from cases.core.facts import ServiceType
from cases.models import Calculation, Case, StrikeOut
from cms_tracker.audit.append_only import Fact, guarded_models
from cms_tracker.refusal import Refusal
from cms_tracker.users.models import User
from tests.cast import PAUL, ROSA
from tests.factories import make_case, make_user
from tests.integration.one_of_each import one_of_each

pytestmark = pytest.mark.django_db

ON = dt.date(2025, 3, 6)
KINDS = [model for model in guarded_models() if issubclass(model, Fact)]


@pytest.fixture
def rosa() -> User:
    return make_user(ROSA)


def decided(user: User, case: Case) -> Calculation:
    return operations.record_calculation(
        actor=user, case=case, weekly_pence=1, effective_on=ON, decided_on=None, notified_on=None
    )


def strike(user: User, case: Case, fact_id: uuid.UUID) -> StrikeOut:
    return operations.strike_out(actor=user, case=case, fact_id=fact_id, on=ON, reason="Slip")


def same_id(paul: User, fact: Fact) -> None:
    """Record a fact of another kind under the same id in Paul's own case, and strike it out."""
    case = make_case(paul)
    if isinstance(fact, Calculation):
        operations.record_service(actor=paul, case=case, type=ServiceType.DIRECT_PAY, from_on=ON, entry_id=fact.pk)
    else:
        operations.record_calculation(
            actor=paul, case=case, weekly_pence=1, effective_on=ON, decided_on=None, notified_on=None, entry_id=fact.pk
        )
    strike(paul, case, fact.pk)


class TestStrikingOut:
    @pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.__name__))
    def test_takes_only_a_fact_of_the_case(self, rosa: User, kind: type[Fact]) -> None:
        case, other = one_of_each(rosa), make_case(rosa)
        decided(rosa, case)  # the other one is struck out already
        fact = kind._default_manager.exclude(pk__in=case_queries.struck_in(case.pk)).first()
        assert fact is not None
        with pytest.raises(Refusal, match="not in your record"):
            strike(rosa, other, fact.pk)
        assert strike(rosa, case, fact.pk).fact_id == fact.pk

    def test_cannot_be_kept_from_doing_it_by_somebody_who_knows_the_id(self, rosa: User) -> None:
        paul = make_user(PAUL)
        case, theirs = make_case(rosa), make_case(paul)
        fact = decided(rosa, case)
        with pytest.raises(Refusal):
            strike(paul, theirs, fact.pk)
        assert strike(rosa, case, fact.pk).case_id == case.pk

    @pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.__name__))
    def test_cannot_be_blocked_by_a_fact_of_the_same_id_in_another_case(self, rosa: User, kind: type[Fact]) -> None:
        case = one_of_each(rosa)
        decided(rosa, case)  # the other one is struck out already
        fact = kind._default_manager.exclude(pk__in=case_queries.struck_in(case.pk)).first()
        assert fact is not None
        same_id(make_user(PAUL), fact)
        struck = strike(rosa, case, fact.pk)
        assert (struck.case_id, struck.fact_id) == (case.pk, fact.pk)
        with pytest.raises(Refusal, match="struck out already"):
            strike(rosa, case, fact.pk)

    def test_refuses_a_fact_that_nobody_recorded(self, rosa: User) -> None:
        with pytest.raises(Refusal, match="not in your record"):
            strike(rosa, make_case(rosa), uuid.uuid4())
