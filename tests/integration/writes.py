"""Every operation that writes, prepared and ready to be tried: ``WRITES`` by the operation's name."""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from arrears import operations as arrears
from arrears.core import facts
from arrears.core.bank.matching import Candidate, Why
from arrears.core.case_values import (
    ContactKind,
    Direction,
    LetterStepKind,
    PostedHow,
    PromiseResult,
    Proposal,
    ProposalAnswer,
)
from arrears.core.other_facts import Claim, ClaimKind, Step, StepKind
from arrears.core.previews import FirstLetter
from arrears.models import Payment
from cases import operations as cases
from cases import queries as case_queries
from cases.core.facts import Decision, Frequency, Nation, Perspective, Schedule, ServicePeriod, ServiceType
from cases.core.roles import Role
from cases.models import Case, CaseMembership, Invitation
from cms_tracker.users.models import User
from cms_tracker.web import storage
from correspondence import operations as correspondence
from correspondence import queries as correspondence_queries
from correspondence.core.contacts import PromiseMade
from correspondence.core.jobs import JobKind
from correspondence.core.letters.asks import Answers
from correspondence.core.letters.call_follow_up import KIND
from correspondence.core.letters.draft import Choices
from correspondence.core.letters.envelope import fingerprint
from correspondence.core.sending import StepMade
from correspondence.core.statement_options import Chosen, Part, TableKind
from correspondence.models import AccountStatement, Contact, Job, Letter
from tests.cast import ADA, SAM
from tests.corpus import accepted
from tests.factories import make_user

DAY = dt.date(2025, 2, 3)
NOON = dt.datetime(2025, 2, 3, 12, tzinfo=dt.UTC)


@dataclass
class World:
    """Rosa's case with a little in it, and the person who acts on it."""

    rosa: User
    case: Case
    actor: Any

    @property
    def known(self) -> dict[str, Any]:
        return {"actor": self.actor, "case": self.case}


def payment(world: World) -> Payment:
    return arrears.record_payment(actor=world.rosa, case=world.case, paid_on=DAY, amount_pence=100, recorded_on=None)


def _contact(world: World, **more: Any) -> Contact:
    values = {
        "at_date": DAY,
        "at_time": None,
        "kind": ContactKind.CALL,
        "direction": Direction.OUT,
        "recorded_on": None,
        "promises": [PromiseMade(text="Ring back")],
    }
    return correspondence.record_contact(**(world.known | values | more))


def _choices(world: World) -> Choices:
    contact = _contact(World(world.rosa, world.case, world.rosa))
    address = ("CMS", "1 Street")
    return Choices(sender="Rosa", addressee=address, answers=Answers({"call": str(contact.pk)}))


def _letter(world: World, choices: Choices) -> Letter:
    checked = fingerprint(correspondence_queries.draft_of(world.case, KIND, choices, on=DAY))
    return correspondence.make_letter(**world.known, kind=KIND, choices=choices, on=DAY, checked=checked)


def _rosas(world: World) -> World:
    return World(world.rosa, world.case, world.rosa)


def _invitation(world: World) -> str:
    return cases.make_invitation(actor=world.rosa, case=world.case, role=Role.HELPER, label="Sis", at=NOON)


def _first_letter() -> FirstLetter:
    key = lambda: str(uuid.uuid4())  # noqa: E731
    return FirstLetter(
        decision=Decision(weekly=6000, effective_on=DAY, decided_on=DAY, notified_on=DAY, id=key()),
        service=ServicePeriod(type=ServiceType.DIRECT_PAY, from_on=DAY, id=key()),
        schedule=Schedule(frequency=Frequency.MONTHLY, first_due_on=DAY, id=key()),
        opening=facts.OpeningBalance(on=DAY, amount=100, id=key()),
    )


# Each operation, prepared by Rosa: a function that prepares and returns the act itself.
Prepared = Callable[[World], Callable[[], object]]
WRITES: dict[str, tuple[Prepared, list[str]]] = {}


def writes(*kinds: str) -> Callable[[Prepared], Prepared]:
    """Enter a write under its operation's name, with the audit events that it must leave."""

    def entered(prepare: Prepared) -> Prepared:
        WRITES[prepare.__name__] = (prepare, list(kinds))
        return prepare

    return entered


@writes("case.opened")
def open_case(world: World) -> Callable[[], object]:
    return lambda: cases.open_case(
        actor=world.actor, reference="120000000009", nation=Nation.WALES, perspective=Perspective.PAYING
    )


@writes("case.corrected")
def correct_details(world: World) -> Callable[[], object]:
    now = case_queries.details_of(world.case)
    better = replace(now, reference="120000000017", children=("Robin", "Kit"))
    return lambda: cases.correct_details(**world.known, details=better, seen=now.fingerprint())


@writes("case.named")
def name_case(world: World) -> Callable[[], object]:
    return lambda: cases.name_case(**world.known, label="Mine")


@writes("calculation.recorded")
def record_calculation(world: World) -> Callable[[], object]:
    return lambda: cases.record_calculation(
        **world.known, weekly_pence=1, effective_on=DAY, decided_on=None, notified_on=None
    )


@writes("paymentschedule.recorded")
def record_schedule(world: World) -> Callable[[], object]:
    return lambda: cases.record_schedule(**world.known, frequency=Frequency.WEEKLY, first_due_on=DAY)


@writes("serviceperiod.recorded")
def record_service(world: World) -> Callable[[], object]:
    return lambda: cases.record_service(**world.known, type=ServiceType.DIRECT_PAY, from_on=DAY)


@writes("fact.struck_out")
def strike_out(world: World) -> Callable[[], object]:
    key = payment(world).pk
    return lambda: cases.strike_out(**world.known, fact_id=key, on=DAY, reason="Slip")


@writes("invitation.made")
def make_invitation(world: World) -> Callable[[], object]:
    return lambda: cases.make_invitation(**world.known, role=Role.HELPER, label="Sis", at=NOON)


@writes("invitation.accepted")
def accept_invitation(world: World) -> Callable[[], object]:
    code = _invitation(world)
    if world.actor is world.rosa:
        world.actor = make_user(SAM)
    return lambda: cases.accept_invitation(actor=world.actor, code=code, at=NOON)


@writes("invitation.withdrawn")
def withdraw_invitation(world: World) -> Callable[[], object]:
    _invitation(world)
    key = Invitation.objects.get().pk
    return lambda: cases.withdraw_invitation(**world.known, invitation_id=key, at=NOON)


@writes("access.ended")
def end_access(world: World) -> Callable[[], object]:
    key = CaseMembership.objects.create(case=world.case, user=make_user(ADA), role=Role.ADVISER).pk
    return lambda: cases.end_access(**world.known, membership_id=key, at=NOON)


@writes("case.deleted")
def delete_case(world: World) -> Callable[[], object]:
    return lambda: cases.delete_case(**world.known)


@writes("payment.recorded", "evidence.recorded")
def log_payment(world: World) -> Callable[[], object]:
    values = {"paid_on": DAY, "amount_pence": 1, "recorded_on": DAY, "route": facts.Route.DIRECT, "proof": accepted()}
    return lambda: arrears.log_payment(**world.known, **values)


@writes("payment.recorded", "payment.recorded")
def import_payments(world: World) -> Callable[[], object]:
    lines = [
        Candidate(
            id=uuid.UUID(int=place), number=place, on=DAY, pence=place, text="A payer", digest="d" * 64,
            route=facts.Route.DIRECT, why=Why.EXACT,
        )
        for place in (1, 2)
    ]  # fmt: skip
    return lambda: arrears.import_payments(**world.known, lines=lines, recorded_on=DAY)


@writes("evidence.recorded")
def add_proof(world: World) -> Callable[[], object]:
    key = payment(world).pk
    return lambda: arrears.add_proof(**world.known, payment_id=key, proof=accepted())


@writes("payment.recorded")
def record_payment(world: World) -> Callable[[], object]:
    part = facts.AllocationPart(due_on=DAY, amount=1)
    values = {"paid_on": DAY, "amount_pence": 1, "recorded_on": None, "allocation": [part]}
    return lambda: arrears.record_payment(**world.known, **values)


@writes("observation.recorded")
def note_nothing_came(world: World) -> Callable[[], object]:
    return lambda: arrears.note_nothing_came(**world.known, due_on=DAY, noted_on=DAY)


@writes("openingbalance.recorded")
def record_opening_balance(world: World) -> Callable[[], object]:
    return lambda: arrears.record_opening_balance(**world.known, on=DAY, amount_pence=1, source="")


@writes("adjustment.recorded")
def record_adjustment(world: World) -> Callable[[], object]:
    values = {"on": DAY, "amount_pence": 1, "recorded_on": None, "reason": "Agreed"}
    return lambda: arrears.record_adjustment(**world.known, kind=facts.AdjustmentKind.WRITE_OFF, **values)


@writes("statement.recorded")
def record_statement(world: World) -> Callable[[], object]:
    return lambda: arrears.record_statement(**world.known, stated_on=DAY, as_at=DAY, amount_pence=1, source="")


@writes("repaymentplan.recorded")
def record_plan(world: World) -> Callable[[], object]:
    values = {"agreed_on": DAY, "first_payment_on": DAY, "total_pence": 2, "arrears_part_pence": 1}
    return lambda: arrears.record_plan(**world.known, frequency=Frequency.WEEKLY, **values)


def _claim() -> Claim:
    key = str(uuid.uuid4())
    return Claim(kind=ClaimKind.DIRECT_PAYMENT, paid_on=DAY, amount=100, recorded_on=DAY, id=key)


@writes("claim.recorded")
def record_fact(world: World) -> Callable[[], object]:
    return lambda: arrears.record_fact(**world.known, fact=_claim())


@writes("claim.recorded")
def record_claim(world: World) -> Callable[[], object]:
    return lambda: arrears.record_claim(**world.known, claim=_claim())


@writes("fact.struck_out")
def strike_out_fact(world: World) -> Callable[[], object]:
    key = payment(world).pk
    return lambda: arrears.strike_out_fact(**world.known, fact_id=key, on=DAY, reason="Slip")


@writes("step.recorded")
def record_step(world: World) -> Callable[[], object]:
    claim = arrears.record_fact(actor=world.rosa, case=world.case, fact=_claim())
    step = Step(kind=StepKind.ACCEPTED, on=DAY, recorded_on=DAY, amount=50, id=str(uuid.uuid4()))
    return lambda: arrears.record_step(**world.known, subject="claim", subject_id=claim, step=step)


@writes("calculation.recorded", "serviceperiod.recorded", "paymentschedule.recorded", "openingbalance.recorded")
def record_first_letter(world: World) -> Callable[[], object]:
    return lambda: arrears.record_first_letter(**world.known, letter=_first_letter())


@writes("calculation.recorded")
def record_decision(world: World) -> Callable[[], object]:
    return lambda: arrears.record_decision(**world.known, decision=_first_letter().decision)


@writes("proposal.kept")
def keep_proposal(world: World) -> Callable[[], object]:
    return lambda: _keep(world)


def _keep(world: World) -> Any:
    proposal = Proposal(label="A", arrears=100, first_payment_on=DAY, frequency=Frequency.WEEKLY, instalment=10)
    return arrears.keep_proposal(**world.known, proposal=proposal)


@writes("proposal.removed")
def remove_proposal(world: World) -> Callable[[], object]:
    key = _keep(_rosas(world)).pk
    return lambda: arrears.remove_proposal(**world.known, proposal_id=key)


@writes("proposal.sent")
def mark_proposal_sent(world: World) -> Callable[[], object]:
    key = _keep(_rosas(world)).pk
    return lambda: arrears.mark_proposal_sent(**world.known, proposal_id=key, sent_on=DAY)


@writes("proposal.answered")
def record_proposal_answer(world: World) -> Callable[[], object]:
    key = _keep(_rosas(world)).pk
    arrears.mark_proposal_sent(**_rosas(world).known, proposal_id=key, sent_on=DAY)
    return lambda: arrears.record_proposal_answer(
        **world.known, proposal_id=key, answer=ProposalAnswer.AGREED, answered_on=DAY
    )


@writes("evidencefile.recorded")
def add_evidence(world: World) -> Callable[[], object]:
    key = _contact(_rosas(world)).pk
    values = {"shows": "Their reply", "happened_on": DAY, "recorded_on": DAY, "contact_id": key}
    return lambda: correspondence.add_evidence(**world.known, file=accepted(), **values)


@writes("contact.recorded", "promise.recorded")
def record_contact(world: World) -> Callable[[], object]:
    return lambda: _contact(world)


@writes("promise.recorded")
def record_promise(world: World) -> Callable[[], object]:
    key = _contact(_rosas(world)).pk
    return lambda: correspondence.record_promise(**world.known, contact_id=key, promise=PromiseMade(text="Write"))


@writes("promiseoutcome.recorded")
def record_promise_outcome(world: World) -> Callable[[], object]:
    key = _contact(_rosas(world)).promises.get().pk
    return lambda: correspondence.record_promise_outcome(
        **world.known, promise_id=key, outcome=PromiseResult.KEPT, on=DAY
    )


@writes("letter.made")
def make_letter(world: World) -> Callable[[], object]:
    choices = _choices(world)
    return lambda: _letter(world, choices)


@writes("letter.tried_again")
def try_again(world: World) -> Callable[[], object]:
    letter = _letter(_rosas(world), _choices(world))
    Job.objects.filter(subject=letter.pk).update(state="failed", failure="gave_up")
    return lambda: correspondence.try_again(**world.known, kind=JobKind.LETTER, subject=letter.pk)


@writes("letterstep.recorded")
def record_letter_step(world: World) -> Callable[[], object]:
    letter = _letter(_rosas(world), _choices(world))
    step = StepMade(kind=LetterStepKind.DELIVERED, on=DAY)
    return lambda: correspondence.record_letter_step(**world.known, letter_id=letter.pk, step=step)


@writes("letterstep.recorded")
def mark_posted(world: World) -> Callable[[], object]:
    letter = _letter(_rosas(world), _choices(world))
    return lambda: correspondence.mark_posted(**world.known, letter_id=letter.pk, posted_on=DAY, how=PostedHow.POST)


def _whole() -> Chosen:
    return Chosen(since=None, until=DAY, known_on=DAY, parts=frozenset(Part))


@writes("statement.made")
def make_statement(world: World) -> Callable[[], object]:
    return lambda: correspondence.make_statement(**world.known, chosen=_whole(), on=DAY)


@writes("statement.made")
def make_one_page(world: World) -> Callable[[], object]:
    return lambda: correspondence.make_one_page(**world.known, on=DAY)


@writes("statement.taken_as_csv")
def take_tables(world: World) -> Callable[[], object]:
    return lambda: correspondence.take_tables(**world.known, chosen=_whole(), kind=TableKind.CSV)


@writes("statement.taken")
def take_statement(world: World) -> Callable[[], object]:
    made = correspondence.make_statement(**_rosas(world).known, chosen=_whole(), on=DAY)
    kept = storage.keep([b"%PDF-1.7"], case_id=world.case.pk)
    AccountStatement.objects.filter(pk=made.pk).update(stored_as=kept.stored_as, sha256=kept.sha256)
    return lambda: correspondence.take_statement(**world.known, statement_id=made.pk)
