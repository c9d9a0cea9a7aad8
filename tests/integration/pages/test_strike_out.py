"""Striking out a slip of any kind: what it is, what changes, and that both stay."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from arrears import operations as arrears
from arrears import queries
from arrears.core import facts, other_facts
from arrears.core.case_values import ContactKind, Direction
from arrears.core.other_facts import StepKind
from cases import operations as case_operations
from cases import queries as case_queries
from cases.core.facts import Frequency
from cases.models import Calculation, Case, StrikeOut
from cms_tracker.audit.append_only import Fact, guarded_models
from cms_tracker.users.models import User
from cms_tracker.web.clock import today
from correspondence import operations as correspondence
from correspondence import queries as words_queries
from correspondence.core.contacts import PromiseMade
from tests.cast import PAUL, ROSA
from tests.factories import first_letter, make_case, make_user
from tests.integration.one_of_each import one_of_each as whole_case
from tests.pages import words

pytestmark = pytest.mark.django_db
ON = dt.date(2025, 3, 6)


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


def url(case: Case, fact_id: uuid.UUID | str) -> str:
    return reverse("pages:strike-out", args=[case.pk, fact_id])


def one_of_each(rosa: User, case: Case) -> dict[str, Any]:
    """One fact of every kind, by the words of the page that strikes it out."""
    who: dict[str, Any] = {"actor": rosa, "case": case}
    letter = first_letter()
    arrears.record_first_letter(**who, letter=letter)
    opening = arrears.record_opening_balance(**who, on=ON, amount_pence=54000, source="Order")
    payment = arrears.record_payment(**who, paid_on=ON, amount_pence=20000, recorded_on=ON)
    observation = arrears.note_nothing_came(**who, due_on=ON, noted_on=ON)
    adjustment = arrears.record_adjustment(
        **who, kind=facts.AdjustmentKind.WRITE_OFF, on=ON, amount_pence=100, recorded_on=ON, reason="Letter"
    )
    statement = arrears.record_statement(**who, stated_on=ON, as_at=ON, amount_pence=5, source="Letter")
    plan = arrears.record_plan(
        **who,
        agreed_on=ON,
        first_payment_on=ON,
        frequency=Frequency.MONTHLY,
        total_pence=30000,
        arrears_part_pence=4000,
    )
    return {
        "this decision": letter.decision.id,
        "this change of service": letter.service.id,
        "these payment dates": letter.schedule.id,
        "this amount carried over": opening.pk,
        "this payment": payment.pk,
        "this note that nothing came": observation.pk,
        "this entry": adjustment.pk,
        "this figure": statement.pk,
        "this plan": plan.pk,
    }


class TestAFactOfTheSameIdInAnotherCase:
    def test_hides_nothing_when_both_cases_are_read_together(self, rosa: User) -> None:
        case, paul = whole_case(rosa), make_user(PAUL)
        theirs = make_case(paul)
        both = (case.pk, theirs.pk)
        correspondence.record_contact(
            actor=rosa, case=case, at_date=ON, at_time=None, kind=ContactKind.CALL, direction=Direction.OUT,
            summary="Asked", recorded_on=ON, promises=[PromiseMade(text="To call back", due_on=ON)],
        )  # fmt: skip
        before = queries.facts_for(case)
        promises, contacts = words_queries.next_promises(both), words_queries.last_contacts(both)
        assert promises
        assert contacts
        for kind in (model for model in guarded_models() if issubclass(model, Fact)):
            for fact in list(kind._default_manager.filter(case=case)):
                if kind is not Calculation:
                    who: dict[str, Any] = {"actor": paul, "case": theirs}
                    case_operations.record_calculation(
                        **who, weekly_pence=1, effective_on=ON, decided_on=None, notified_on=None, entry_id=fact.pk
                    )
                else:
                    arrears.note_nothing_came(actor=paul, case=theirs, due_on=ON, noted_on=ON, entry_id=fact.pk)
                case_operations.strike_out(actor=paul, case=theirs, fact_id=fact.pk, on=ON, reason="Slip")
        assert queries.facts_for_many([case, theirs])[case.pk] == before
        assert words_queries.next_promises(both) == promises
        assert words_queries.last_contacts(both) == contacts


class TestStrikingOut:
    def test_works_for_every_kind_of_fact_and_keeps_both(self, client: Client, rosa: User, case: Case) -> None:
        every = one_of_each(rosa, case)
        for what, fact_id in every.items():
            assert f"Strike out {what}?" in client.get(url(case, fact_id)).content.decode()
            assert client.post(url(case, fact_id), {"reason": "Typed twice"}).status_code == 302, what
            again = client.get(url(case, fact_id)).content.decode()
            assert "Struck out already" in again
            assert "Typed twice" in again
        assert StrikeOut.objects.count() == len(every)
        assert queries.find_fact(case, every["this payment"]) is not None

    def test_works_for_a_contact_and_its_promise(self, client: Client, rosa: User, case: Case) -> None:
        contact = correspondence.record_contact(
            actor=rosa,
            case=case,
            at_date=ON,
            at_time=None,
            kind=ContactKind.CALL,
            direction=Direction.OUT,
            summary="Asked about May",
            recorded_on=ON,
            promises=[PromiseMade(text="To call back", due_on=ON)],
        )
        promise = contact.promises.get()
        for fact_id, what in ((promise.pk, "this promise"), (contact.pk, "this contact")):
            page = client.get(url(case, fact_id)).content.decode()
            assert f"Strike out {what}?" in page
            assert "No figure changes." in page
            assert client.post(url(case, fact_id), {"reason": "Wrong case"}).status_code == 302

    def test_says_what_is_owed_before_and_after(self, client: Client, rosa: User, case: Case) -> None:
        arrears.record_opening_balance(actor=rosa, case=case, on=ON, amount_pence=6000, source="Order")
        slip = arrears.record_adjustment(
            actor=rosa,
            case=case,
            kind=facts.AdjustmentKind.CORRECTION_UP,
            on=ON,
            amount_pence=54000,
            recorded_on=ON,
            reason="Letter",
        )
        page = client.get(url(case, slip.pk)).content.decode()
        assert "goes from £600.00 to <strong>£60.00</strong>" in page
        client.post(url(case, slip.pk), {"reason": "Typed twice"})
        assert queries.position_of(case, on=today(), known_on=today()).outstanding == 6000

    def test_needs_a_reason(self, client: Client, rosa: User, case: Case) -> None:
        slip = arrears.record_opening_balance(actor=rosa, case=case, on=ON, amount_pence=54000, source="Order")
        page = client.post(url(case, slip.pk), {"reason": "  "}).content.decode()
        assert page.count("Say why you are striking this out, in a few words.") == 2
        assert StrikeOut.objects.count() == 0

    def test_happens_once(self, client: Client, rosa: User, case: Case) -> None:
        slip = arrears.record_opening_balance(actor=rosa, case=case, on=ON, amount_pence=54000, source="Order")
        client.post(url(case, slip.pk), {"reason": "First"})
        assert client.post(url(case, slip.pk), {"reason": "Second"}).status_code == 200
        assert case_queries.struck_in(case.pk)[slip.pk].reason == "First"


DAY = dt.date(2025, 3, 6)


def key() -> str:
    return str(uuid.uuid4())


@pytest.fixture
def beside(rosa: User, case: Case) -> dict[str, str]:
    """One fact of every kind beside the ledger, and steps of those that have some, by a short name."""
    who: dict[str, Any] = {"actor": rosa, "case": case}
    arrears.record_opening_balance(**who, on=ON, amount_pence=54000, source="Order")
    line = other_facts.BudgetLine(category=other_facts.BudgetCategory.WAGES, amount=100, every=other_facts.Every.MONTH)
    kept: dict[str, Any] = {
        "claim": other_facts.Claim(
            kind=other_facts.ClaimKind.DIRECT_PAYMENT, paid_on=DAY, amount=9000, recorded_on=DAY, what="Rent", id=key()
        ),
        "settlement": other_facts.Settlement(offered_on=DAY, arrears=30000, amount=20000, recorded_on=DAY, id=key()),
        "order": other_facts.LiabilityOrder(granted_on=DAY, from_on=DAY, to_on=DAY, amount=100, id=key()),
        "charge": other_facts.OtherMoney(
            kind=other_facts.OtherMoneyKind.ENFORCEMENT_CHARGE, on=DAY, amount=30000, recorded_on=DAY, id=key()
        ),
        "budget": other_facts.Budget(on=DAY, lines=(line,), id=key()),
    }
    for fact in kept.values():
        arrears.record_fact(**who, fact=fact)
    found = {name: fact.id for name, fact in kept.items()}
    found["plan"] = str(
        arrears.record_plan(
            **who, agreed_on=ON, first_payment_on=ON, frequency=Frequency.MONTHLY, total_pence=30000,
            arrears_part_pence=4000,
        ).pk
    )  # fmt: skip
    for subject, kind, amount in (
        ("claim", StepKind.ACCEPTED, 4000), ("settlement", StepKind.AGREED, 10000), ("plan", StepKind.BROKEN, None),
    ):  # fmt: skip
        step = other_facts.Step(kind=kind, on=DAY, recorded_on=DAY, amount=amount, id=key())
        arrears.record_step(**who, subject=subject, subject_id=uuid.UUID(found[subject]), step=step)
        found[kind.value] = step.id
    return found


class TestAFactBesideTheLedger:
    @pytest.mark.parametrize(
        ("name", "what", "said", "page", "subject"),
        [
            ("claim", "this claim", "from £400.00 to £440.00", "claims", ""),
            ("accepted", "this step", "from £400.00 to £440.00", "claim", "claim"),
            ("settlement", "this settlement", "from £400.00 to £500.00", "other-money", ""),
            ("agreed", "this step", "from £400.00 to £500.00", "settlement", "settlement"),
            ("order", "this liability order", "stays at £400.00. It is no longer checked", "other-money", ""),
            ("charge", "this entry", "enforcement charges goes from £300.00 to £0.00", "other-money", ""),
            ("budget", "this budget", "stays at £400.00", "plans", ""),
            ("plan", "this plan", "Whether it was kept is no longer shown", "plans", ""),
            ("broken", "this step", "The plan is shown as if this had not been said", "plan", "plan"),
        ],
    )
    def test_says_what_changes_and_leads_back_to_where_it_belongs(
        self, client: Client, case: Case, beside: dict[str, str], name: str, what: str, said: str, page: str,
        subject: str,
    ) -> None:  # fmt: skip
        back = reverse(f"arrears:{page}", args=[case.pk, *([beside[subject]] if subject else [])])
        answer = client.get(url(case, beside[name]))
        text = words(answer)
        assert f"Strike out {what}?" in text
        assert said in text
        assert answer.content.decode().count(f'href="{back}"') >= 2
        assert "add a new decision instead" not in text
        answer = client.post(url(case, beside[name]), {"reason": "Typed twice"})
        assert answer.headers["Location"] == back
        assert client.get(back).status_code == 200
        again = client.get(url(case, beside[name]))
        assert "Struck out already" in words(again)
        assert f'href="{back}"' in again.content.decode()

    def test_that_is_a_step_says_what_it_was_said_of(self, client: Client, case: Case, beside: dict[str, str]) -> None:
        assert "The claim of £90.00 paid on 6 March 2025" in words(client.get(url(case, beside["accepted"])))
        assert "The settlement of £200.00 instead of £300.00" in words(client.get(url(case, beside["agreed"])))
        assert "The plan agreed on 6 March 2025" in words(client.get(url(case, beside["broken"])))

    def test_that_is_a_step_of_a_struck_out_plan_leads_to_the_list(
        self, client: Client, case: Case, beside: dict[str, str]
    ) -> None:
        client.post(url(case, beside["plan"]), {"reason": "Typed twice"})
        back = reverse("arrears:plans", args=[case.pk])
        assert client.post(url(case, beside["broken"]), {"reason": "And this"}).headers["Location"] == back

    def test_that_a_later_step_stands_on_is_refused_in_one_sentence(
        self, client: Client, rosa: User, case: Case, beside: dict[str, str]
    ) -> None:
        back = other_facts.Step(kind=StepKind.WITHDRAWN, on=today(), recorded_on=today(), amount=4000, id=key())
        arrears.record_step(actor=rosa, case=case, subject="claim", subject_id=uuid.UUID(beside["claim"]), step=back)
        answer = client.post(url(case, beside["accepted"]), {"reason": "Typed twice"})
        assert answer.status_code == 200
        assert "A later step stands on this one. Strike out the later one first." in words(answer)
        assert StrikeOut.objects.count() == 0


class TestAFactThatIsNotThere:
    def test_is_404_whether_it_is_unknown_or_of_another_case(self, client: Client, rosa: User, case: Case) -> None:
        paul = make_user(PAUL)
        theirs = arrears.record_opening_balance(
            actor=paul, case=make_case(paul), on=ON, amount_pence=54000, source="Order"
        )
        mine = arrears.record_opening_balance(
            actor=rosa, case=make_case(rosa), on=ON, amount_pence=54000, source="Order"
        )
        here = arrears.record_opening_balance(actor=rosa, case=case, on=ON, amount_pence=54000, source="Order")
        assert client.get(url(case, here.pk)).status_code == 200
        for fact_id in (uuid.uuid4(), theirs.pk, mine.pk):
            assert client.get(url(case, fact_id)).status_code == 404
            assert client.post(url(case, fact_id), {"reason": "x"}).status_code == 404
        assert StrikeOut.objects.count() == 0
