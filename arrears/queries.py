"""Read the money facts of a case as core values, and ask the engine about them.

``known_on`` is always passed in: screens and letters use today (rules section 1).
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from arrears.core import facts, history, in_force, plan_review, previews, statements
from arrears.core.case_values import Proposal
from arrears.core.ledger import Ledger
from arrears.core.position import position, read, read_uses, upcoming
from arrears.core.results import BalancePoint, Due, PaymentUse, PlanVerdict, Position, StatementCheck
from arrears.models import (
    Adjustment,
    Evidence,
    Observation,
    OpeningBalance,
    Payment,
    PaymentAllocation,
    PlanProposal,
    RepaymentPlan,
    Statement,
)
from cases import queries as case_queries
from cases.core.facts import AllocationRule, Decision, Frequency, Perspective, StruckOut

if TYPE_CHECKING:
    from cases.models import Case

Struck = dict[uuid.UUID, StruckOut]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptProof:
    """A file that shows a payment, as a page lists it and the door hands it out."""

    id: uuid.UUID
    payment_id: uuid.UUID
    name: str
    media_type: str
    size: int
    sha256: str
    stored_as: str
    added_at: dt.datetime
    note: str
    struck_out: StruckOut | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptProposal:
    """A plan that a person keeps to compare, and what it comes to."""

    id: uuid.UUID
    label: str
    verdict: PlanVerdict


def facts_for(case: "Case") -> facts.CaseFacts:
    """Everything the engine needs to know about one case."""
    return facts_for_many([case])[case.pk]


def position_of(case: "Case", *, on: dt.date, known_on: dt.date) -> Position:
    """The position of one case on a day, as known on another."""
    return position(facts_for(case), on=on, known_on=known_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDetails:
    """A case's facts and the labels of its children."""

    facts: facts.CaseFacts
    children: list[str]


def details_of(case: "Case") -> CaseDetails:
    """Everything that the details page of a case lists."""
    return CaseDetails(facts=facts_for(case), children=case_queries.children_of(case.pk))


def figures_of(case: "Case", *, known_on: dt.date) -> list[tuple[facts.Statement, StatementCheck | None]]:
    """Each figure CMS gave, latest day first, beside the record's; None beside one struck out."""
    every = facts_for(case)
    latest_first = sorted(every.statements, key=lambda one: (one.as_at, one.stated_on, one.id), reverse=True)
    return [(one, None if one.struck_out else statements.check(every, one, known_on=known_on)) for one in latest_first]


def find_fact(case: "Case", fact_id: uuid.UUID) -> previews.AnyFact | None:
    """The fact of this case with that id, or None where the case has no such fact."""
    return previews.find(facts_for(case), str(fact_id))


def strike_effect(case: "Case", fact_id: uuid.UUID, *, on: dt.date) -> previews.StrikeEffect:
    """What striking out a fact of this case would change on the day ``on``."""
    return previews.strike_effect(facts_for(case), str(fact_id), on=on)


def has_decision(case: "Case") -> bool:
    """Say whether any decision stands on this case."""
    return in_force.has_decision(facts_for(case))


def first_effect(case: "Case", letter: previews.FirstLetter, *, on: dt.date) -> previews.FirstEffect:
    """What would follow from recording a first letter on the day ``on``."""
    return previews.first_effect(facts_for(case), letter, on=on)


def decision_effect(case: "Case", decision: Decision, *, on: dt.date) -> previews.DecisionEffect:
    """What would change if a later decision were recorded on the day ``on``."""
    return previews.decision_effect(facts_for(case), decision, on=on)


def plan_reviews(case: "Case", *, on: dt.date) -> tuple[plan_review.PlanReview, ...]:
    """Every plan that CMS put in place, judged by what is known on the day ``on``."""
    return plan_review.review(facts_for(case), on=on, known_on=on)


def proposals_of(case_id: uuid.UUID) -> list[KeptProposal]:
    """The plans a person keeps to compare, in the order in which they were made."""
    return [
        KeptProposal(id=key, label=one.label, verdict=plan_review.of_proposal(one))
        for key, one in proposal_terms(case_id)
    ]


def proposal_terms(case_id: uuid.UUID) -> list[tuple[uuid.UUID, Proposal]]:
    """The terms of the same plans, each with the key of its row."""
    rows = PlanProposal.objects.filter(case_id=case_id).order_by("made_at", "id")
    return [(row.id, row.terms) for row in rows]


def proofs_of(case_id: uuid.UUID, payment_id: uuid.UUID) -> list[KeptProof]:
    """The files that show one payment of this case, in the order in which they were added."""
    rows = Evidence.objects.filter(case_id=case_id, payment_id=payment_id).order_by("entered_at", "id")
    struck = case_queries.strike_outs([case_id])
    return [_proof(row, struck) for row in rows]


def proof_of(case_id: uuid.UUID, evidence_id: uuid.UUID) -> KeptProof | None:
    """One file of this case, or None where the case has no such file."""
    row = Evidence.objects.filter(case_id=case_id, pk=evidence_id).first()
    return _proof(row, case_queries.strike_outs([case_id])) if row else None


def _proof(row: Evidence, struck: Struck) -> KeptProof:
    return KeptProof(
        id=row.id,
        payment_id=row.payment_id,
        name=row.name,
        media_type=row.media_type,
        size=row.size,
        sha256=row.sha256,
        stored_as=row.stored_as,
        added_at=row.entered_at,
        note=row.note,
        struck_out=struck.get(row.id),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The money of one case on one day: the facts, the position, how it ran, and what falls due next.

    ``facts`` are all of them, struck-out ones among the rest; ``seen`` are those that are known.
    ``uses`` says where each payment went.
    """

    seen: facts.CaseFacts
    facts: facts.CaseFacts
    at: Position
    points: tuple[BalancePoint, ...]
    uses: tuple[PaymentUse, ...]
    upcoming: tuple[Due, ...]


def record_of(case: "Case", *, on: dt.date, known_on: dt.date) -> Record:
    """Everything that a page about the money of one case reads, from one pass of the engine."""
    found = facts_for(case)
    ledger = Ledger(found, on=on, known_on=known_on)
    return Record(
        facts=found,
        seen=ledger.facts,
        at=read(ledger, on=on, known_on=known_on),
        points=history.read(ledger),
        uses=read_uses(ledger),
        upcoming=upcoming(found, after=on, known_on=known_on, count=3),
    )


def facts_for_many(cases: Collection["Case"]) -> dict[uuid.UUID, facts.CaseFacts]:
    """The facts of many cases in a number of queries that does not grow with them."""
    ids = [case.pk for case in cases]
    struck = case_queries.strike_outs(ids)
    decisions = case_queries.decisions_by_case(ids, struck)
    schedules = case_queries.schedules_by_case(ids, struck)
    services = case_queries.services_by_case(ids, struck)
    openings = _openings(ids, struck)
    payments = _payments(ids, struck)
    observations = _observations(ids, struck)
    adjustments = _adjustments(ids, struck)
    statements = _statements(ids, struck)
    plans = _plans(ids, struck)
    return {
        case.pk: facts.CaseFacts(
            perspective=Perspective(case.perspective),
            allocation_rule=AllocationRule(case.allocation_rule),
            services=tuple(services[case.pk]),
            decisions=tuple(decisions[case.pk]),
            schedules=tuple(schedules[case.pk]),
            openings=tuple(openings[case.pk]),
            payments=tuple(payments[case.pk]),
            observations=tuple(observations[case.pk]),
            adjustments=tuple(adjustments[case.pk]),
            statements=tuple(statements[case.pk]),
            plans=tuple(plans[case.pk]),
        )
        for case in cases
    }


def _openings(ids: list[uuid.UUID], struck: Struck) -> dict[uuid.UUID, list[facts.OpeningBalance]]:
    found: dict[uuid.UUID, list[facts.OpeningBalance]] = defaultdict(list)
    for row in OpeningBalance.objects.filter(case_id__in=ids).order_by("on", "entered_at", "id"):
        found[row.case_id].append(
            facts.OpeningBalance(
                on=row.on,
                amount=row.amount_pence,
                source=row.source,
                note=row.note,
                struck_out=struck.get(row.id),
                id=str(row.id),
            )
        )
    return found


def _payments(ids: list[uuid.UUID], struck: Struck) -> dict[uuid.UUID, list[facts.Payment]]:
    parts: dict[uuid.UUID, list[facts.AllocationPart]] = defaultdict(list)
    for payment_id, due_on, amount in (
        PaymentAllocation.objects.filter(case_id__in=ids)
        .order_by("payment_id", "position")
        .values_list("payment_id", "due_on", "amount_pence")
    ):
        parts[payment_id].append(facts.AllocationPart(due_on=due_on, amount=amount))
    found: dict[uuid.UUID, list[facts.Payment]] = defaultdict(list)
    rows = (
        Payment.objects.filter(case_id__in=ids)
        .order_by("paid_on", "entered_at", "id")
        .values_list("id", "case_id", "paid_on", "amount_pence", "route", "paid_to_cms_on", "recorded_on", "note")
    )
    for key, case_id, paid_on, amount, route, paid_to_cms_on, recorded_on, note in rows:
        found[case_id].append(
            facts.Payment(
                paid_on=paid_on,
                amount=amount,
                route=facts.Route(route),
                recorded_on=recorded_on or paid_on,
                paid_to_cms_on=paid_to_cms_on,
                allocation=tuple(parts.get(key, ())),
                note=note,
                struck_out=struck.get(key),
                id=str(key),
            )
        )
    return found


def _observations(ids: list[uuid.UUID], struck: Struck) -> dict[uuid.UUID, list[facts.Observation]]:
    found: dict[uuid.UUID, list[facts.Observation]] = defaultdict(list)
    for row in Observation.objects.filter(case_id__in=ids).order_by("due_on", "entered_at", "id"):
        found[row.case_id].append(
            facts.Observation(
                due_on=row.due_on,
                noted_on=row.noted_on,
                note=row.note,
                struck_out=struck.get(row.id),
                id=str(row.id),
            )
        )
    return found


def _adjustments(ids: list[uuid.UUID], struck: Struck) -> dict[uuid.UUID, list[facts.Adjustment]]:
    found: dict[uuid.UUID, list[facts.Adjustment]] = defaultdict(list)
    for row in Adjustment.objects.filter(case_id__in=ids).order_by("on", "entered_at", "id"):
        found[row.case_id].append(
            facts.Adjustment(
                kind=facts.AdjustmentKind(row.kind),
                on=row.on,
                amount=row.amount_pence,
                recorded_on=row.recorded_on or row.on,
                reason=row.reason,
                note=row.note,
                struck_out=struck.get(row.id),
                id=str(row.id),
            )
        )
    return found


def _statements(ids: list[uuid.UUID], struck: Struck) -> dict[uuid.UUID, list[facts.Statement]]:
    found: dict[uuid.UUID, list[facts.Statement]] = defaultdict(list)
    for row in Statement.objects.filter(case_id__in=ids).order_by("as_at", "entered_at", "id"):
        found[row.case_id].append(
            facts.Statement(
                stated_on=row.stated_on,
                as_at=row.as_at,
                amount=row.amount_pence,
                source=row.source,
                note=row.note,
                struck_out=struck.get(row.id),
                id=str(row.id),
            )
        )
    return found


def _plans(ids: list[uuid.UUID], struck: Struck) -> dict[uuid.UUID, list[facts.Plan]]:
    found: dict[uuid.UUID, list[facts.Plan]] = defaultdict(list)
    for row in RepaymentPlan.objects.filter(case_id__in=ids).order_by("first_payment_on", "entered_at", "id"):
        found[row.case_id].append(
            facts.Plan(
                agreed_on=row.agreed_on,
                first_payment_on=row.first_payment_on,
                frequency=Frequency(row.frequency),
                total=row.total_pence,
                arrears_part=row.arrears_part_pence,
                cms_word=row.cms_word,
                note=row.note,
                struck_out=struck.get(row.id),
                id=str(row.id),
            )
        )
    return found
