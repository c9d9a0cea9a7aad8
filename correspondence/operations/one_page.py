"""Make a case on one page: one transaction with its audit row."""

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from arrears.core.engine_version import engine_version
from cms_tracker.audit import operations as audit
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from correspondence import queries, rendering, tasks
from correspondence.core.jobs import JobKind
from correspondence.core.statement_options import PaperKind
from correspondence.models import AccountStatement
from correspondence.operations.statements import MOST

if TYPE_CHECKING:
    from cases.models import Case
    from cms_tracker.users.models import User


@transaction.atomic
def make_one_page(*, actor: "User", case: "Case", on: dt.date) -> AccountStatement:
    """Freeze the case on one page as it stands on the day ``on``, and ask the worker for its PDF.

    Its key follows from its words: the same words of the same day are one paper, however often they
    are asked for. Raises Refusal where the record has as many papers as it may.
    """
    words = queries.one_page_of(case, on=on)
    html = rendering.one_page_html(words)
    key = uuid.uuid5(case.pk, f"{on}\n{html}")
    if made := AccountStatement.objects.filter(case=case, pk=key).first():
        return made
    if AccountStatement.objects.filter(case_id=case.pk).count() >= MOST:
        raise Refusal(say("A record can hold {most} statements. There is no room for more.", most=MOST))
    row = AccountStatement(
        id=key,
        case=case,
        paper=PaperKind.ONE_PAGE,
        made_on=on,
        since=on,
        until=on,
        known_on=on,
        figures={"outstanding": words.outstanding, "credit": words.credit, "closing": words.outstanding - words.credit},
        html=html,
        template_version=rendering.statement_version(PaperKind.ONE_PAGE),
        engine_version=engine_version(),
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # pressed twice at the same moment: the first one counted
        return AccountStatement.objects.get(case=case, pk=key)
    audit.record("statement.made", actor=actor, case_id=case.pk, subject=str(row.pk))
    tasks.ask(JobKind.STATEMENT, subject=row.pk, case_id=case.pk, requested_by=actor.pk)
    return row
