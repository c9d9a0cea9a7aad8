"""Claims: recorded, answered by CMS in part, and never for more than was claimed."""

import datetime as dt
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from arrears import operations, queries
from arrears.core.other_facts import Claim, ClaimKind, Step, StepKind
from arrears.models import Claim as ClaimRow
from arrears.models import Step as StepRow
from cases import operations as cases
from cases.core.facts import ServiceType
from cases.models import Case, StrikeOut
from cms_tracker.refusal import Refusal
from cms_tracker.users.models import User
from cms_tracker.web.clock import today
from tests.cast import PAUL, ROSA
from tests.factories import make_case, make_user, monthly_case
from tests.typed import day

pytestmark = pytest.mark.django_db

DAY = dt.date(2025, 3, 10)
TYPED = {"kind": "direct_payment", "amount": "50", "what": "School shoes", **day("paid_on", "2025-03-10")}


@pytest.fixture
def rosa() -> User:
    return make_user(ROSA)


@pytest.fixture
def case(rosa: User) -> Case:
    case = make_case(rosa)
    cases.record_service(actor=rosa, case=case, type=ServiceType.COLLECT_AND_PAY, from_on=dt.date(2025, 3, 3))
    operations.record_opening_balance(actor=rosa, case=case, on=dt.date(2025, 3, 3), amount_pence=100000, source="")
    return case


@pytest.fixture
def client(rosa: User) -> Client:
    client = Client()
    client.force_login(rosa)
    return client


def _claim(rosa: User, case: Case, *, amount: int = 5000) -> uuid.UUID:
    fact = Claim(kind=ClaimKind.DIRECT_PAYMENT, paid_on=DAY, amount=amount, recorded_on=DAY, id=str(uuid.uuid4()))
    return operations.record_claim(actor=rosa, case=case, claim=fact)


def _step(rosa: User, case: Case, key: uuid.UUID, kind: StepKind, amount: int | None = None) -> uuid.UUID:
    step = Step(kind=kind, on=dt.date(2025, 4, 1), recorded_on=DAY, amount=amount, id=str(uuid.uuid4()))
    return operations.record_step(actor=rosa, case=case, subject="claim", subject_id=key, step=step)


def _owed(case: Case) -> int:
    return queries.position_of(case, on=today(), known_on=today()).outstanding


class TestANewClaim:
    def test_takes_nothing_off_until_cms_says_so(self, client: Client, case: Case) -> None:
        answer = client.post(reverse("arrears:new-claim", args=[case.pk]), TYPED)
        row = ClaimRow.objects.get()
        assert answer.headers["Location"] == reverse("arrears:claim", args=[case.pk, row.pk])
        assert (row.amount_pence, row.paid_on, row.what, row.recorded_on) == (5000, DAY, "School shoes", today())
        assert _owed(case) == 100000

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ({"kind": ""}, "Choose when it was paid."),
            ({"amount": "0"}, "Enter £0.01 or more."),
            ({"what": ""}, "Say in a few words what it was for."),
            (day("paid_on", "2062-03-10"), "The year 2062 has not happened yet."),
        ],
    )
    def test_is_refused_beside_its_field(
        self, client: Client, case: Case, typed: dict[str, str], sentence: str
    ) -> None:
        page = client.post(reverse("arrears:new-claim", args=[case.pk]), TYPED | typed).content.decode()
        assert sentence in page
        assert not ClaimRow.objects.exists()

    def test_is_no_claim_on_direct_pay(self, client: Client, rosa: User) -> None:
        case = monthly_case(rosa)
        page = client.post(reverse("arrears:new-claim", args=[case.pk]), TYPED).content.decode()
        assert "The case was on Direct Pay that day." in page
        assert not ClaimRow.objects.exists()

    def test_is_led_to_the_payments_where_cms_never_collected(self, client: Client, case: Case, rosa: User) -> None:
        said = "This case has only been on Direct Pay"
        direct = monthly_case(rosa)
        for name in ("arrears:new-claim", "arrears:claims"):
            page = client.get(reverse(name, args=[direct.pk])).content.decode()
            assert page.index(said) < page.index("What can be claimed")
            assert page.count(f'<a href="{reverse("arrears:log-payment", args=[direct.pk])}">Log it') == 2
            assert said not in client.get(reverse(name, args=[case.pk])).content.decode()

    def test_sent_twice_is_one(self, client: Client, case: Case) -> None:
        typed = TYPED | {"entry": str(uuid.uuid4())}
        for _ in range(2):
            client.post(reverse("arrears:new-claim", args=[case.pk]), typed)
        assert ClaimRow.objects.count() == 1


class TestWhatCmsSays:
    def test_counts_for_what_it_accepted(self, client: Client, case: Case, rosa: User) -> None:
        key = _claim(rosa, case)
        typed = {"kind": "accepted", "amount": "40", "note": "Letter", **day("on", "2025-04-01")}
        client.post(reverse("arrears:claim-step", args=[case.pk, key]), typed)
        assert _owed(case) == 96000
        page = client.get(reverse("arrears:claim", args=[case.pk, key])).content.decode()
        assert "CMS counts £40.00 of £50.00. £10.00 is not counted." in page

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ({"kind": "accepted", "amount": ""}, "Enter the amount that the letter gives, like 200.00."),
            ({"kind": "accepted", "amount": "50.01"}, "That is more than £50.00"),
            ({"kind": "withdrawn", "amount": "1"}, "That takes back more than was counted on that day."),
            ({"kind": "confirmed", **day("on", "2025-03-09")}, "That is before the day it was paid."),
            ({"kind": ""}, "Choose what happened."),
        ],
    )
    def test_is_refused_where_it_cannot_be(
        self, client: Client, case: Case, rosa: User, typed: dict[str, str], sentence: str
    ) -> None:
        key = _claim(rosa, case)
        page = client.post(
            reverse("arrears:claim-step", args=[case.pk, key]), day("on", "2025-04-01") | typed
        ).content.decode()
        assert sentence in page
        assert not StepRow.objects.exists()

    def test_forgets_an_amount_behind_a_word_that_moves_nothing(self, client: Client, case: Case, rosa: User) -> None:
        key = _claim(rosa, case)
        typed = {"kind": "confirmed", "amount": "x", **day("on", "2025-04-01")}
        client.post(reverse("arrears:claim-step", args=[case.pk, key]), typed)
        assert StepRow.objects.get().amount_pence is None

    def test_never_comes_to_more_than_was_claimed(self, case: Case, rosa: User) -> None:
        key = _claim(rosa, case)
        _step(rosa, case, key, StepKind.ACCEPTED, 3000)
        with pytest.raises(Refusal, match="more than £50"):
            _step(rosa, case, key, StepKind.ACCEPTED, 2001)
        _step(rosa, case, key, StepKind.WITHDRAWN, 1000)
        _step(rosa, case, key, StepKind.ACCEPTED, 3000)
        assert _owed(case) == 95000

    def test_said_twice_with_one_key_is_one(self, case: Case, rosa: User) -> None:
        key = _claim(rosa, case)
        step = Step(kind=StepKind.ACCEPTED, on=DAY, recorded_on=DAY, amount=5000, id=str(uuid.uuid4()))
        for _ in range(2):
            operations.record_step(actor=rosa, case=case, subject="claim", subject_id=key, step=step)
        assert StepRow.objects.count() == 1

    def test_cannot_be_said_of_a_claim_that_was_struck_out(self, case: Case, rosa: User) -> None:
        key = _claim(rosa, case)
        operations.strike_out_fact(actor=rosa, case=case, fact_id=key, on=DAY, reason="Slip")
        with pytest.raises(Refusal, match="not in your record"):
            _step(rosa, case, key, StepKind.CONFIRMED)


class TestStrikingOutAStep:
    def test_is_refused_where_a_later_one_stands_on_it(self, client: Client, case: Case, rosa: User) -> None:
        key = _claim(rosa, case)
        first = _step(rosa, case, key, StepKind.ACCEPTED, 5000)
        second = _step(rosa, case, key, StepKind.WITHDRAWN, 5000)
        url = reverse("pages:strike-out", args=[case.pk, first])
        page = client.post(url, {"reason": "Typed twice"}).content.decode()
        assert "A later step stands on this one." in page
        assert not StrikeOut.objects.exists()
        for one in (second, first):
            client.post(reverse("pages:strike-out", args=[case.pk, one]), {"reason": "Typed twice"})
        assert _owed(case) == 100000
        assert StrikeOut.objects.count() == 2


class TestTheListOfClaims:
    def test_shows_the_balance_both_ways(self, client: Client, case: Case, rosa: User) -> None:
        _claim(rosa, case)
        page = client.get(reverse("arrears:claims", args=[case.pk])).content.decode()
        assert "If CMS counts them all" in page
        assert "£1,000.00" in page
        assert "£950.00" in page

    def test_says_what_can_be_claimed_where_there_is_none(self, client: Client, case: Case) -> None:
        page = client.get(reverse("arrears:claims", args=[case.pk])).content.decode()
        assert "None yet." in page
        assert "The balance both ways" not in page

    def test_warns_of_a_day_outside_the_window(self, client: Client, rosa: User) -> None:
        case = monthly_case(rosa)
        typed = TYPED | {"kind": "voluntary_payment"}
        page = client.post(reverse("arrears:new-claim", args=[case.pk]), typed, follow=True).content.decode()
        assert "Voluntary payments count from 3 March 2025" in page
        assert "This was paid after that" in page

    def test_is_the_same_for_a_paying_parent(self, client: Client) -> None:
        paul = make_user(PAUL)
        client.force_login(paul)
        case = make_case(paul, perspective="paying")
        page = client.get(reverse("arrears:new-claim", args=[case.pk])).content.decode()
        assert "Money that you paid outside CMS." in page
