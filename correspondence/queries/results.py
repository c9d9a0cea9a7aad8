"""Read what came of the work on a case."""

import uuid

from arrears.core.case_values import Result, ResultKind, ResultMeans, ResultStage
from cases import queries as case_queries
from correspondence.core.results import ResultSeen
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
