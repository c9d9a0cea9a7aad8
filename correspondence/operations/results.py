"""Record what came of the work on a case: one transaction with its audit row."""

import uuid
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.db import transaction

from arrears.core.case_values import Result
from cases.core.facts import StruckOut
from cms_tracker.audit import operations as audit
from correspondence.models import CaseResult

if TYPE_CHECKING:
    from cases.models import Case
    from cms_tracker.users.models import User


@transaction.atomic
def record_result(*, actor: "User", case: "Case", result: Result, entry_id: uuid.UUID | None = None) -> CaseResult:
    """Record a result. A slip is struck out, and the result recorded anew."""
    return audit.add_fact(CaseResult, actor=actor, case_id=case.pk, entry_id=entry_id, **_values(result))


@transaction.atomic
def add_results(
    *, actor: "User", case: "Case", results: Iterable[Result], keys: Iterator[uuid.UUID]
) -> dict[uuid.UUID, StruckOut]:
    """Bring in the results of a case file; return those that are struck out, by their new keys."""
    keyed = [(next(keys), one) for one in results]
    rows = [CaseResult(id=key, case_id=case.pk, **_values(one)) for key, one in keyed]
    audit.add_facts(rows, actor=actor, case_id=case.pk)
    return {key: one.struck_out for key, one in keyed if one.struck_out is not None}


def _values(result: Result) -> dict[str, object]:
    return {
        "on": result.on,
        "kind": result.kind,
        "stage": result.stage,
        "means": result.means,
        "gained_pence": result.gained,
        "children": result.children,
        "note": result.note,
    }
