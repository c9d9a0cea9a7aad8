"""Statements: frozen words in, a tagged PDF out."""

import datetime as dt

from cases.core.roles import Permission
from cms_tracker.web import storage
from cms_tracker.web.clock import now
from correspondence import rendering
from correspondence.core.jobs import JobKind
from correspondence.core.statement_options import PaperKind
from correspondence.models import AccountStatement, Job
from correspondence.tasks.making import Made, Progress, makes

# Longer than such a document may take by its limits: forty years of weekly payments are one.
LEASE = dt.timedelta(seconds=rendering.STATEMENT.seconds + 30)


@makes(JobKind.STATEMENT, right=Permission.WRITE_LETTERS, lease=LEASE)
def statement(job: Job, progress: Progress) -> Made:
    """Lay out one statement, or one case on its page."""
    row = AccountStatement.objects.get(case_id=job.of_record, pk=job.subject)
    pdf = rendering.statement_pdf(row.html, made_on=row.made_on, kind=PaperKind(row.paper))

    def note(kept: storage.Kept) -> None:
        AccountStatement.objects.filter(pk=row.pk).update(
            stored_as=kept.stored_as, sha256=kept.sha256, pages=pdf.pages, ready_at=now()
        )

    return Made(content=[pdf.content], note=note, replaces=row.stored_as)
