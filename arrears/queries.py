"""Read the money facts of a case as core values, and ask the engine about them.

``known_on`` is always passed in: screens and letters use today (rules section 1).
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection
from typing import TYPE_CHECKING

from arrears.core import facts
from arrears.core.position import position
from arrears.core.results import Position
from arrears.models import Adjustment, Observation, OpeningBalance, Payment, PaymentAllocation, RepaymentPlan, Statement
from cases import queries as case_queries
from cases.core.facts import Frequency, Perspective, StruckOut

if TYPE_CHECKING:
    from cases.models import Case

Struck = dict[uuid.UUID, StruckOut]


def facts_for(case: "Case") -> facts.CaseFacts:
    """Everything the engine needs to know about one case."""
    return facts_for_many([case])[case.pk]


def position_of(case: "Case", *, on: dt.date, known_on: dt.date) -> Position:
    """The position of one case on a day, as known on another."""
    return position(facts_for(case), on=on, known_on=known_on)


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
            allocation_rule=facts.AllocationRule(case.allocation_rule),
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
