"""Make statements and hand out copies: each operation is one transaction with its audit row."""

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from arrears.core.account import Account
from arrears.core.engine_version import engine_version
from cms_tracker.audit import operations as audit
from cms_tracker.audit.keys import key_within
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from cms_tracker.web import storage
from correspondence import queries, rendering, tasks
from correspondence.core.jobs import JobKind
from correspondence.core.statement_options import Chosen, TableKind
from correspondence.core.statement_tables import account_sheet, sheets
from correspondence.core.statement_words import paper
from correspondence.models import AccountStatement

if TYPE_CHECKING:
    from cases.models import Case
    from cms_tracker.users.models import User

MOST = 200  # statements of one record; each keeps its whole text


@transaction.atomic
def make_statement(
    *, actor: "User", case: "Case", chosen: Chosen, on: dt.date, statement_id: uuid.UUID | None = None
) -> AccountStatement:
    """Freeze a statement, figures and words, made on the day ``on``, and ask the worker for its PDF.

    Sending the same ``statement_id`` twice makes one statement. Raises Refusal where the record has
    as many as it may, or where the id belongs to another record.
    """
    statement_id = key_within(AccountStatement, statement_id, owner=case.pk)
    if statement_id is not None and (made := _own(case, statement_id)):
        return made
    if AccountStatement.objects.filter(case_id=case.pk).count() >= MOST:
        raise Refusal(say("A record can hold {most} statements. There is no room for more.", most=MOST))
    row = _frozen(case, queries.account_for(case, chosen), chosen, on=on, statement_id=statement_id)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # pressed twice at the same moment: the first one counted
        twin = _own(case, statement_id) if statement_id else None
        if twin is None:
            raise
        return twin
    audit.record("statement.made", actor=actor, case_id=case.pk, subject=str(row.pk))
    tasks.ask(JobKind.STATEMENT, subject=row.pk, case_id=case.pk, requested_by=actor.pk)
    return row


@transaction.atomic
def take_tables(*, actor: "User", case: "Case", chosen: Chosen, kind: TableKind) -> bytes:
    """The account as a file to take away, made now; the same facts and choices give the same bytes."""
    found = queries.account_for(case, chosen)
    if kind is TableKind.CSV:
        content = rendering.comma_separated(account_sheet(found))
    else:
        content = rendering.workbook(sheets(found, chosen), about=found.known_on)
    audit.record_look(f"statement.taken_as_{kind}", actor=actor, case_id=case.pk)
    return content


@transaction.atomic
def take_statement(*, actor: "User", case: "Case", statement_id: uuid.UUID) -> bytes | None:
    """The PDF of a statement, to take away; None where it is not there, or is not the file that was made."""
    row = queries.statement_of(case.pk, statement_id)
    content = storage.read_kept(row.stored_as, sha256=row.sha256) if row else None
    if content is not None:
        audit.record_look("statement.taken", actor=actor, case_id=case.pk, subject=str(statement_id))
    return content


def _own(case: "Case", statement_id: uuid.UUID) -> AccountStatement | None:
    return AccountStatement.objects.filter(case=case, pk=statement_id).first()


def _frozen(
    case: "Case", found: Account, chosen: Chosen, *, on: dt.date, statement_id: uuid.UUID | None
) -> AccountStatement:
    words = paper(found, chosen, made_on=on, reference=case.reference)
    return AccountStatement(
        id=statement_id or uuid.uuid4(),
        case=case,
        made_on=on,
        since=found.since,
        until=found.until,
        known_on=found.known_on,
        figures={
            "parts": sorted(chosen.parts),
            "opening": found.opening,
            "closing": found.closing,
            "outstanding": found.at.outstanding,
            "credit": found.at.credit,
            "fees_outstanding": found.at.fees_outstanding,
            "lines": len(found.rows),
        },
        html=rendering.statement_html(words),
        template_version=rendering.statement_version(),
        engine_version=engine_version(),
    )
