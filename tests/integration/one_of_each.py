"""A case with at least one row in every table whose rows the database must keep as they are."""

import datetime as dt
import uuid
from typing import Any

from arrears import operations as arrears
from arrears.core import facts, other_facts
from arrears.core.case_values import Result, ResultKind, ResultMeans, ResultStage
from arrears.core.challenge_values import ChallengeAbout, ChallengeStepKind
from arrears.core.event_values import Event, EventKind, Power
from arrears.core.transit_facts import Leg, LegKind, Way
from arrears.models import Evidence, SharedPlan, SharedPlanEnd
from cases import operations as cases
from cases.core.facts import Frequency, ServiceType
from cases.models import Case, SharedCopy
from cms_tracker.audit import anchors
from cms_tracker.audit import operations as audit
from cms_tracker.users.models import User
from correspondence import operations as correspondence
from correspondence.models import (
    ClockEnd,
    ClockStart,
    Contact,
    EvidenceFile,
    Letter,
    LetterStep,
    Promise,
    PromiseOutcome,
)
from tests.factories import make_case

DAY = dt.date(2025, 2, 3)
NOON = dt.datetime(2025, 2, 3, 12, tzinfo=dt.UTC)


def one_of_each(owner: User) -> Case:
    """Open a case for ``owner`` and record one fact of every kind."""
    case = make_case(owner)
    known = {"actor": owner, "case": case}
    calculation = cases.record_calculation(
        **known, weekly_pence=6000, effective_on=DAY, decided_on=None, notified_on=None, reason="initial"
    )
    cases.record_schedule(**known, frequency=Frequency.MONTHLY, first_due_on=DAY)
    cases.record_service(**known, type=ServiceType.DIRECT_PAY, from_on=DAY)
    cases.strike_out(**known, fact_id=calculation.pk, on=DAY, reason="Typed twice")
    _money(known)
    shared = SharedPlan.objects.create(case=case, terms="{}", code_hash=case.pk.hex * 2, expires_at=NOON)
    SharedPlanEnd.objects.create(case=case, shared=shared, how="used")
    _other_money(known)
    _words(owner, case)
    _result(known)
    made = Event(kind=EventKind.ENFORCEMENT_MADE, on=DAY, power=Power.LIABILITY_ORDER, amount=100)
    correspondence.add_event(**known, event=made)
    _challenge(known)
    anchors.anchor(at=NOON)
    return case


def _result(known: dict[str, Any]) -> None:
    result = Result(on=DAY, kind=ResultKind.REDRESS, stage=ResultStage.COMPLAINT, means=ResultMeans.LETTER, gained=100)
    correspondence.record_result(**known, result=result)


def _challenge(known: dict[str, Any]) -> None:
    about = correspondence.begin_challenge(**known, about=ChallengeAbout.SERVICE, what="No answer", known_on=DAY)
    correspondence.add_challenge_step(**known, challenge_id=about.pk, kind=ChallengeStepKind.COMPLAINED, on=DAY)


def _money(known: dict[str, Any]) -> None:
    part = facts.AllocationPart(due_on=DAY, amount=26000)
    payment = arrears.record_payment(**known, paid_on=DAY, amount_pence=26000, recorded_on=None, allocation=[part])
    arrears.note_nothing_came(**known, due_on=DAY, noted_on=DAY)
    arrears.record_opening_balance(**known, on=DAY, amount_pence=100, source="Liability order")
    arrears.record_adjustment(
        **known, kind=facts.AdjustmentKind.WRITE_OFF, on=DAY, amount_pence=100, recorded_on=None, reason="Agreed"
    )
    arrears.record_statement(**known, stated_on=DAY, as_at=DAY, amount_pence=100, source="Letter")
    arrears.record_plan(
        **known,
        agreed_on=DAY,
        first_payment_on=DAY,
        frequency=Frequency.MONTHLY,
        total_pence=200,
        arrears_part_pence=100,
    )
    audit.add_fact(
        Evidence,
        actor=known["actor"],
        case_id=known["case"].pk,
        payment=payment,
        name="bank.png",
        media_type="image/png",
        size=3,
        sha256="0" * 64,
        stored_as="absent",
    )

    SharedCopy.objects.create(
        case=known["case"], original_sha256="0" * 64, media_type="image/png", size=3, sha256="1" * 64, stored_as="none"
    )


def _other_money(known: dict[str, Any]) -> None:
    line = other_facts.BudgetLine(category=other_facts.BudgetCategory.WAGES, amount=100, every=other_facts.Every.MONTH)
    kept = [
        other_facts.Claim(
            kind=other_facts.ClaimKind.DIRECT_PAYMENT, paid_on=DAY, amount=100, recorded_on=DAY, id=_key()
        ),
        other_facts.Settlement(offered_on=DAY, arrears=300, amount=100, recorded_on=DAY, id=_key()),
        other_facts.LiabilityOrder(granted_on=DAY, from_on=DAY, to_on=DAY, amount=100, id=_key()),
        other_facts.OtherMoney(
            kind=other_facts.OtherMoneyKind.CONSOLATORY_PAYMENT, on=DAY, amount=100, recorded_on=DAY, id=_key()
        ),
        other_facts.Budget(on=DAY, lines=(line,), id=_key()),
    ]
    for fact in kept:
        arrears.record_fact(**known, fact=fact)
    leg = Leg(number=0, kind=LegKind.PAID_OUT, way=Way.BENEFIT, on=DAY, recorded_on=DAY, net=672, id=_key())
    arrears.record_leg(**known, leg=leg)
    step = other_facts.Step(kind=other_facts.StepKind.CONFIRMED, on=DAY, recorded_on=DAY, id=_key())
    arrears.record_step(**known, subject="claim", subject_id=uuid.UUID(kept[0].id), step=step)


def _key() -> str:
    return str(uuid.uuid4())


def _words(owner: User, case: Case) -> None:
    known = {"actor": owner, "case_id": case.pk}
    contact = audit.add_fact(Contact, **known, at_date=DAY, kind="call", direction="out")
    audit.add_fact(
        EvidenceFile, **known, contact=contact, shows="A letter", happened_on=DAY, recorded_on=DAY, name="letter.pdf",
        media_type="application/pdf", size=3, sha256="2" * 64,
    )  # fmt: skip
    promise = audit.add_fact(Promise, **known, contact=contact, text="Ring back")
    audit.add_fact(PromiseOutcome, **known, promise=promise, outcome="kept", on=DAY)
    letter = Letter.objects.create(
        case=case, kind="call-follow-up", dated_on=DAY, facts={}, html="", template_version="1", rates_version="1"
    )
    audit.add_fact(LetterStep, **known, letter=letter, kind="posted", on=DAY, how="post")
    start = audit.add_fact(ClockStart, **known, kind="tribunal", dated_on=DAY, reached_on=DAY)
    audit.add_fact(ClockEnd, **known, start=start, result="done", on=DAY)
