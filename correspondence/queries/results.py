"""Read what came of the work on a case, or, for counting, on all that an organisation held."""

import datetime as dt
import uuid

from arrears.core.case_values import Result, ResultKind, ResultMeans, ResultStage
from cases import queries as case_queries
from correspondence.core.result_tables import Counted
from correspondence.core.results import ResultSeen, quarter_of
from correspondence.models import CaseResult


def results_of(case_id: uuid.UUID) -> list[ResultSeen]:
    """Every result of a case, the latest first, struck-out ones among them."""
    struck = case_queries.struck_in(case_id)
    rows = CaseResult.objects.filter(case_id=case_id).order_by("-on", "-entered_at", "id")
    return [
        ResultSeen(
            row.pk,
            Result(
                on=row.on,
                kind=ResultKind(row.kind),
                stage=ResultStage(row.stage),
                means=ResultMeans(row.means),
                gained=row.gained_pence,
                children=row.children,
                note=row.note,
                struck_out=struck.get(row.pk),
            ),
        )
        for row in rows
    ]


def result_of(case_id: uuid.UUID, key: uuid.UUID) -> ResultSeen | None:
    """One result of this case, or None where the case has no such result."""
    return next((one for one in results_of(case_id) if one.id == key), None)


def counted_for(organisation_id: uuid.UUID, *, since: dt.date, until: dt.date) -> list[Counted]:
    """The results from a day until before another, in records that an organisation held on their day.

    Only to be counted (core/result_tables.py): no page shows one of them.
    """
    held = case_queries.held_by(organisation_id)
    struck = case_queries.strike_outs(list(held))
    rows = CaseResult.objects.filter(case_id__in=list(held), on__gte=since, on__lt=until).order_by("pk")
    found = []
    for row in rows.defer("note"):
        times = [one for one in held[row.case_id] if _covers(one, row.on)]
        if times and (row.case_id, row.pk) not in struck:
            by = {"kind": row.kind, "stage": row.stage, "quarter": quarter_of(row.on), "nation": times[0].nation.value}
            found.append(Counted(row.case_id, by, row.gained_pence))
    return found


def _covers(held: case_queries.HeldFrom, on: dt.date) -> bool:
    return held.since.date() <= on and (held.until is None or on <= held.until.date())
