"""Bundles: a record's documents in, one numbered and searched PDF out, or the reason why it may not leave."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from cases import operations as case_operations
from cases import queries as case_queries
from cases.core.roles import Permission
from cms_tracker.refusal import Refusal
from cms_tracker.web import storage
from cms_tracker.web.clock import now
from correspondence import queries
from correspondence.core.bundles import choices as bundle_choices
from correspondence.core.bundles import contents
from correspondence.core.bundles.exhibits import Exhibit
from correspondence.core.bundles.findings import DAMAGED, GONE, LEAK, Finding
from correspondence.core.bundles.findings import as_json as findings_json
from correspondence.core.jobs import FailureCode, JobKind
from correspondence.models import Bundle, Job
from correspondence.rendering import bundle_pieces, bundles
from correspondence.tasks.making import CannotBeMadeError, Made, Progress, makes

#: One part may take the typesetter a minute; every part renews it.
LEASE = dt.timedelta(minutes=2)


@makes(JobKind.BUNDLE, right=Permission.WRITE_LETTERS, lease=LEASE)
def bundle(job: Job, progress: Progress) -> Made:
    """Make one bundle. What must not leave, or cannot be drawn, is noted in its row, and it then has no file."""
    row = Bundle.objects.select_related("continues").get(case_id=job.of_record, pk=job.subject)
    case = case_queries.case_by_id(job.of_record)
    if case is None or row.made_on is None:
        raise CannotBeMadeError(FailureCode.NOT_ALLOWED)
    chosen, on = bundle_choices.from_json(row.choices), row.made_on
    progress(done=0, of=1, step="Reading the record")
    try:
        earlier = _earlier(row)
        wanted = bundle_pieces.Wanted(
            case=case,
            choices=chosen,
            on=on,
            version=row.version,
            ground=queries.bundle_ground(case),
            account=queries.bundle_account(case, chosen, on=on),
            read=lambda exhibit: _copy(case, exhibit),
            earlier=earlier.documents if earlier else (),
        )
        made = bundles.make(
            bundle_pieces.pieces_of(wanted),
            cover=bundle_pieces.cover_of(wanted),
            needles=queries.needles_of(case.pk) if chosen.hides else (),
            earlier=earlier,
            progress=lambda done, of: progress(done=done, of=of, step="Putting documents in"),
        )
    except bundles.UnreadableExhibitError as error:
        return _stopped(row, [Finding(why=error.why, label="", title=error.title)])
    if made.found:
        return _stopped(row, [Finding(why=LEAK, label=label, title=title) for label, title in made.found])
    return _finished(row, made)


def _finished(row: Bundle, made: bundles.Bundle) -> Made:
    def note(kept: storage.Kept) -> None:
        Bundle.objects.filter(pk=row.pk, made_on=row.made_on).update(
            pdf_name=kept.stored_as,
            pdf_sha256=kept.sha256,
            pages=made.pages,
            contents=contents.as_json(made.documents),
            findings=[],
            ready_at=now(),
        )

    return Made(content=[made.content], note=note, replaces=row.pdf_name)


def _stopped(row: Bundle, found: Sequence[Finding]) -> Made:
    """No file: what is stored is empty, nothing names it, and it is swept."""

    def note(_: storage.Kept) -> None:
        Bundle.objects.filter(pk=row.pk).update(findings=findings_json(found))

    return Made(content=[], note=note)


def _earlier(row: Bundle) -> bundles.Earlier | None:
    before = row.continues
    if before is None:
        return None
    content = storage.read_kept(before.pdf_name, sha256=before.pdf_sha256)
    if content is None:  # lost, or not the one that was handed out: it cannot be continued
        raise bundles.UnreadableExhibitError("The version before", why=GONE)
    return bundles.Earlier(content=content, documents=queries.documents_of(before))


def _copy(case: Any, exhibit: Exhibit) -> tuple[bytes, str]:
    """The copy of a file that may leave, and what it is. Raises UnreadableExhibitError."""
    try:
        copy = case_operations.shared_copy(
            case=case, stored_as=exhibit.stored_as, sha256=exhibit.sha256, media_type=exhibit.media_type
        )
    except Refusal as error:
        raise bundles.UnreadableExhibitError(exhibit.label, why=DAMAGED) from error
    content = storage.read_kept(copy.stored_as, sha256=copy.sha256)
    if content is None:
        raise bundles.UnreadableExhibitError(exhibit.label, why=GONE)
    return content, copy.media_type
