"""A plan shown to the other parent: a copy of a closed list of terms, under a code that works once."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from arrears import operations, queries
from arrears.core.case_values import Proposal
from arrears.models import SharedPlan, SharedPlanEnd
from cases.core.facts import Frequency
from cases.models import Case
from cases.operations import set_aside
from cms_tracker.audit.models import Event
from cms_tracker.refusal import Refusal
from cms_tracker.users.models import User
from tests.cast import ROSA
from tests.factories import make_case, make_user
from tests.masking import bare

AT = dt.datetime(2025, 2, 3, 12, tzinfo=dt.UTC)
CANARY = "Canary"


@pytest.fixture
def rosa(db: None) -> User:
    return make_user(ROSA)


@pytest.fixture
def case(rosa: User) -> Case:
    return make_case(rosa, other_parent=f"{CANARY} parent", children=[f"{CANARY} child"], reference="120000000017")


def shared(rosa: User, case: Case, *, at: dt.datetime = AT, **changed: Any) -> str:
    asked: dict[str, Any] = {
        "label": f"{CANARY} label", "arrears": 100_000, "first_payment_on": dt.date(2026, 1, 5),
        "frequency": Frequency.MONTHLY, "instalment": 5_000, "net_income": 143_217,
        "review_on": dt.date(2026, 11, 11),
    } | changed  # fmt: skip
    kept = operations.keep_proposal(actor=rosa, case=case, proposal=Proposal(**asked))
    return operations.share_plan(actor=rosa, case=case, proposal_id=kept.pk, at=at)


def open_with(client: Client, code: str) -> Any:
    return client.post(reverse("arrears:shared"), {"code": code})


def got(client: Client, address: str) -> Any:
    return client.get(address)


class TestWhatIsShown:
    def test_is_the_terms_and_nothing_else_of_the_record(self, client: Client, rosa: User, case: Case) -> None:
        """Security requirements 5 and 22: no canary of the record in the page or in a header."""
        code = shared(rosa, case, at=dt.datetime.now(dt.UTC))
        answer = open_with(client, code)
        page = answer.content.decode()
        assert "£1,000.00" in page
        assert "£50.00" in page
        said = page + str(answer.headers)
        hidden = [
            CANARY, "120000000017", "1200 0000 0017", str(case.pk), case.pk.hex, ROSA.email, "1,432.17", "11 November",
            str(SharedPlan.objects.get().pk),
        ]  # fmt: skip
        assert [one for one in hidden if one in said] == []

    def test_does_not_change_when_the_plan_does(self, client: Client, rosa: User, case: Case) -> None:
        code = shared(rosa, case, at=dt.datetime.now(dt.UTC))
        (key, _), *_ = queries.proposal_terms(case.pk)
        operations.remove_proposal(actor=rosa, case=case, proposal_id=key)
        assert "£50.00" in open_with(client, code).content.decode()

    def test_is_refused_for_a_plan_without_an_end(self, rosa: User, case: Case) -> None:
        with pytest.raises(Refusal, match="does not end"):
            shared(rosa, case, instalment=None, total=1_000, ongoing=1_000)


class TestACode:
    def test_that_does_not_work_is_answered_alike_whatever_is_wrong_with_it(
        self, client: Client, rosa: User, case: Case
    ) -> None:
        now = dt.datetime.now(dt.UTC)
        used, withdrawn = shared(rosa, case, at=now), shared(rosa, case, at=now)
        old = shared(rosa, case, at=now - dt.timedelta(days=7))
        share = SharedPlan.objects.order_by("made_at")[2]
        assert open_with(client, used).context.get("lines")
        operations.withdraw_shared_plan(actor=rosa, case=case, share_id=share.pk, at=now)
        answers = [bare(open_with(client, code), but_for=[code]) for code in (
            used, withdrawn, old, "2222-2222-2222-2222-2222-2222-2222",
        )]  # fmt: skip
        assert "That code does not work." in str(answers[0])
        assert len(set(answers)) == 1

    @pytest.mark.django_db(transaction=True)
    def test_used_by_two_at_once_shows_the_plan_to_one(self) -> None:
        rosa = make_user(ROSA)
        code = shared(rosa, make_case(rosa))

        def look(_: int) -> bool:
            try:
                operations.open_shared_plan(code=code, at=AT)
            except Refusal:
                return False
            finally:
                connection.close()
            return True

        with ThreadPoolExecutor(4) as pool:
            assert sorted(pool.map(look, range(4))) == [False, False, False, True]

    def test_is_not_said_to_be_used_and_the_audit_names_no_case(self, client: Client, rosa: User, case: Case) -> None:
        """Nobody learns that somebody looked: neither the owner of the record nor who reads its audit."""
        now = dt.datetime.now(dt.UTC)
        code = shared(rosa, case, at=now)
        client.force_login(rosa)
        address = reverse("arrears:shared-plans", args=[case.pk])
        before = bare(got(client, address))
        open_with(Client(), code)
        assert bare(got(client, address)) == before
        assert SharedPlanEnd.objects.get().how == "used"
        assert Event.objects.get(kind="shared_plan.opened").case_id is None

    def test_shows_nothing_of_a_record_that_was_deleted_for_now(self, rosa: User, case: Case) -> None:
        code = shared(rosa, case)
        set_aside(actor=rosa, case=case, at=AT)
        with pytest.raises(Refusal, match="does not work"):
            operations.open_shared_plan(code=code, at=AT)

    def test_is_made_twenty_times_a_day_at_most(self, rosa: User, case: Case) -> None:
        shared(rosa, case)
        (key, _), *_ = queries.proposal_terms(case.pk)
        for _ in range(operations.SHARES_A_DAY - 1):
            operations.share_plan(actor=rosa, case=case, proposal_id=key, at=AT)
        with pytest.raises(Refusal, match="as many codes"):
            operations.share_plan(actor=rosa, case=case, proposal_id=key, at=AT)
        assert operations.share_plan(actor=rosa, case=case, proposal_id=key, at=AT + dt.timedelta(days=1))

    def test_is_kept_as_a_hash_and_its_terms_are_sealed(self, rosa: User, case: Case) -> None:
        code = shared(rosa, case)
        with connection.cursor() as cursor:
            cursor.execute("SELECT terms, code_hash FROM arrears_sharedplan")
            terms, hashed = cursor.fetchone()
        assert "100000" not in terms
        assert code not in hashed
