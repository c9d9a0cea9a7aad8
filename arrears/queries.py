"""Read the money facts of a case as core values, and ask the engine about them.

``known_on`` is always passed in: screens and letters use today (rules section 1).
"""

import datetime as dt
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef
from django.utils.crypto import salted_hmac

from arrears.core import (
    breakdown,
    comparing,
    facts,
    history,
    in_force,
    other_facts,
    plan_effects,
    plan_review,
    previews,
    statements,
    walk,
)
from arrears.core.bank import matching
from arrears.core.bank.lines import Line
from arrears.core.bank.matching import Matched
from arrears.core.case_values import Proposal
from arrears.core.ledger import Ledger, known
from arrears.core.position import position, read, read_uses, upcoming
from arrears.core.results import BalancePoint, Beside, Due, PaymentUse, PlanVerdict, Position, StatementCheck
from arrears.models import BankReference, Evidence, PlanProposal, SharedPlan, SharedPlanEnd, fact_parts, rows
from cases import queries as case_queries
from cases.core.facts import AllocationRule, Decision, Nation, Perspective, StruckOut

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


MOST_CHECKED = 24  # figures on one page whose difference is explained; two years of one a month


def figures_of(case: "Case", *, known_on: dt.date) -> list[tuple[facts.Statement, Beside | None]]:
    """Each figure CMS gave, latest day first, beside the record's; None beside one struck out.

    The latest ``MOST_CHECKED`` of them come with what would explain the difference (StatementCheck).
    """
    every = facts_for(case)
    latest_first = sorted(every.statements, key=lambda one: (one.as_at, one.stated_on, one.id), reverse=True)
    standing = [one for one in latest_first if one.struck_out is None]
    found: list[Beside] = [*statements.check_all(every, standing[:MOST_CHECKED], known_on=known_on)]
    found += statements.beside_all(every, standing[MOST_CHECKED:], known_on=known_on)
    checks = {one.statement_id: one for one in found}
    return [(one, checks.get(one.id)) for one in latest_first]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure CMS gave: beside the record's by what is known on one day, and by what is known on another.

    ``check`` and ``other`` are None for a figure that was struck out. ``stages`` are all the figures.
    """

    statement: facts.Statement
    facts: facts.CaseFacts
    check: StatementCheck | None
    other: Beside | None
    stages: tuple[breakdown.Stage, ...]


def figure_of(case: "Case", figure_id: uuid.UUID, *, on: dt.date, by_then: bool) -> Figure | None:
    """One figure of this case, or None; ``by_then`` checks it by what was known when CMS said it, not on ``on``."""
    every = facts_for(case)
    one = next((one for one in every.statements if one.id == str(figure_id)), None)
    if one is None:
        return None
    known_on, other_on = (one.stated_on, on) if by_then else (on, one.stated_on)
    stands = one.struck_out is None
    return Figure(
        facts=every,
        statement=one,
        check=statements.check(every, one, known_on=known_on) if stands else None,
        other=statements.beside(every, one, known_on=other_on) if stands else None,
        stages=breakdown.stages(every, known_on=known_on),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Every line of a case's account up to a day, and CMS's figures beside it."""

    facts: facts.CaseFacts
    lines: breakdown.Breakdown
    stages: tuple[breakdown.Stage, ...]


def account_of(case: "Case", *, on: dt.date, known_on: dt.date) -> Account:
    """The account of one case, line by line, for a page, a file or a letter."""
    every = facts_for(case)
    return Account(
        facts=every,
        lines=breakdown.breakdown(every, on=on, known_on=known_on),
        stages=breakdown.stages(every, known_on=known_on),
    )


def compared_with(case: "Case", other: facts.CaseFacts, *, on: dt.date) -> comparing.Comparison:
    """This case beside the record of a file that somebody handed over; the file is looked at and forgotten."""
    return comparing.compare(facts_for(case), other, on=on)


def find_fact(case: "Case", fact_id: uuid.UUID) -> walk.AnyFact | None:
    """The fact of this case with that id, or None where the case has no such fact."""
    return walk.find(facts_for(case), str(fact_id))


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A fact that may be struck out, what it is a step of (None: of nothing), and what would change.

    ``effect`` is None for one that is struck out already.
    """

    fact: walk.AnyFact
    subject: walk.Subject | None
    effect: previews.StrikeEffect | None


def slip_of(case: "Case", fact_id: uuid.UUID, *, on: dt.date) -> Slip | None:
    """One fact of this case and what striking it out would change on the day ``on``; None where it has no such fact."""
    every, key = facts_for(case), str(fact_id)
    fact = walk.find(every, key)
    if fact is None:
        return None
    effect = previews.strike_effect(every, key, on=on) if fact.struck_out is None else None
    return Slip(fact=fact, subject=walk.subject_of(every, key), effect=effect)


def has_decision(case: "Case") -> bool:
    """Say whether any decision stands on this case."""
    return in_force.has_decision(facts_for(case))


def first_effect(case: "Case", letter: previews.FirstLetter, *, on: dt.date) -> previews.FirstEffect:
    """What would follow from recording a first letter on the day ``on``."""
    return previews.first_effect(facts_for(case), letter, on=on)


def decision_effect(case: "Case", decision: Decision, *, on: dt.date) -> previews.DecisionEffect:
    """What would change if a later decision were recorded on the day ``on``."""
    return previews.decision_effect(facts_for(case), decision, on=on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plans:
    """The plans that CMS put in place, those that were struck out apart, and the offers and budgets beside them."""

    reviews: tuple[plan_review.PlanReview, ...]
    struck_out: tuple[facts.Plan, ...]
    budgets: tuple[other_facts.Budget, ...]
    offers: tuple[tuple[uuid.UUID, Proposal], ...]


def plans_of(case: "Case", *, on: dt.date) -> Plans:
    """Every plan that CMS put in place, judged by what is known on the day ``on``; the latest budget first."""
    every = facts_for(case)
    return Plans(
        reviews=plan_review.review(every, on=on, known_on=on, nation=Nation(case.nation)),
        struck_out=tuple(one for one in every.plans if one.struck_out is not None),
        budgets=tuple(reversed(every.budgets)),
        offers=tuple(proposal_terms(case.pk)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDetail:
    """One plan on the record, what was said of it since, and its terms from now on (None: it is over)."""

    review: plan_review.PlanReview
    said: tuple[plan_review.Said, ...]
    terms: plan_effects.Terms | None


def plan_of(case: "Case", plan_id: uuid.UUID, *, on: dt.date) -> PlanDetail | None:
    """One plan of this case that is not struck out, or None where the case has no such plan."""
    every, nation = facts_for(case), Nation(case.nation)
    reviews = plan_review.review(every, on=on, known_on=on, nation=nation)
    found = next((one for one in reviews if one.plan.id == str(plan_id)), None)
    if found is None:
        return None
    return PlanDetail(
        review=found,
        said=plan_review.said_of(every, found.plan, known_on=on, nation=nation),
        terms=plan_review.from_now_on(every, found, known_on=on),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetGround:
    """What a budget of this case stands on: what is owed, and the maintenance due now, in pence.

    ``weekly`` holds the collection fee too where CMS takes one; None where nothing is due. ``budgets``
    are all that were kept, struck-out ones among them.
    """

    arrears: int
    weekly: int | None
    budgets: tuple[other_facts.Budget, ...]


def budget_ground(case: "Case", *, on: dt.date) -> BudgetGround:
    """What is owed and due on the day ``on``, and the budgets kept so far."""
    every = facts_for(case)
    return BudgetGround(
        arrears=position(every, on=on).outstanding,
        weekly=plan_effects.weekly_with_fee(known(every, on), on),
        budgets=every.budgets,
    )


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


def shared_plans_of(case_id: uuid.UUID) -> list[SharedPlan]:
    """The copies of plans that were shared, latest first; ``is_withdrawn`` where the code was taken back."""
    taken_back = Exists(SharedPlanEnd.objects.filter(shared=OuterRef("pk"), how=SharedPlanEnd.How.WITHDRAWN))
    return list(SharedPlan.objects.filter(case_id=case_id).annotate(is_withdrawn=taken_back).order_by("-made_at", "id"))


def proofs_of(case_id: uuid.UUID, payment_id: uuid.UUID) -> list[KeptProof]:
    """The files that show one payment of this case, in the order in which they were added."""
    rows = Evidence.objects.filter(case_id=case_id, payment_id=payment_id).order_by("entered_at", "id")
    struck = case_queries.struck_in(case_id)
    return [_proof(row, struck) for row in rows]


def proofs_of_payments(case_id: uuid.UUID, payment_ids: Collection[str]) -> dict[str, list[KeptProof]]:
    """The files that show these payments of this case, by the payment's id; struck-out ones left out."""
    struck = case_queries.struck_in(case_id)
    found: dict[str, list[KeptProof]] = {}
    rows = Evidence.objects.filter(case_id=case_id, payment_id__in=payment_ids).order_by("entered_at", "id")
    for row in rows:
        if row.id not in struck:
            found.setdefault(str(row.payment_id), []).append(_proof(row, struck))
    return found


def proof_of(case_id: uuid.UUID, evidence_id: uuid.UUID) -> KeptProof | None:
    """One file of this case, or None where the case has no such file."""
    row = Evidence.objects.filter(case_id=case_id, pk=evidence_id).first()
    return _proof(row, case_queries.struck_in(case_id)) if row else None


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
    decided: dict[str, dict[uuid.UUID, list[Any]]] = {
        "decisions": case_queries.decisions_by_case(ids, struck),
        "schedules": case_queries.schedules_by_case(ids, struck),
        "services": case_queries.services_by_case(ids, struck),
    }
    absent = rows.absent(ids)
    parts = fact_parts.of(ids, struck, absent=absent)
    money: dict[str, dict[uuid.UUID, list[Any]]] = {
        kept.name: kept.read(ids, struck, parts.get(kept.value)) for kept in rows.EVERY if kept.name not in absent
    }
    return {case.pk: _facts(case, decided | money) for case in cases}


def _facts(case: "Case", lists: Mapping[str, Mapping[uuid.UUID, Sequence[Any]]]) -> facts.CaseFacts:
    found: dict[str, Any] = {name: tuple(by_case.get(case.pk, ())) for name, by_case in lists.items()}
    return facts.CaseFacts(
        perspective=Perspective(case.perspective), allocation_rule=AllocationRule(case.allocation_rule), **found
    )


def bank_key(case_id: uuid.UUID) -> bytes:
    """The key of one case for the digests of bank lines: the same text reads differently in another case."""
    return salted_hmac("arrears.bank", str(case_id), algorithm="sha256").digest()


def bank_lines(case: "Case", lines: Sequence[Line], *, on: dt.date) -> Matched:
    """The lines of a statement that may be payments of this case."""
    learned = BankReference.objects.filter(case_id=case.pk).values_list("digest", flat=True)
    return matching.match(lines, facts_for(case), on=on, key=bank_key(case.pk), learned=set(learned))
