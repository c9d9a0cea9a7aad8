"""What workers and the timer do about people's rights."""

import datetime as dt
import logging
import uuid
from typing import TYPE_CHECKING

from celery import shared_task

from cms_tracker.rights import archive, queries
from cms_tracker.rights.core.copies import LASTS
from cms_tracker.rights.models import AccountCopy
from cms_tracker.rights.operations import destroy_due, forget_copy
from cms_tracker.rights.operations.acting import TIMER
from cms_tracker.web import storage
from cms_tracker.web.clock import now, today
from correspondence.core.jobs import FailureCode, JobKind
from correspondence.tasks import CannotBeMadeError, Made, Progress, makes

if TYPE_CHECKING:
    from correspondence.models import Job

log = logging.getLogger(__name__)

#: One very large file may take a minute to read; each file renews it.
LEASE = dt.timedelta(minutes=2)


@makes(JobKind.EVERYTHING, right=None, lease=LEASE)
def everything(job: "Job", progress: Progress) -> Made:
    """Put all that is kept for a person into one file. Whoever lost one of the records meanwhile gets none."""
    copy = AccountCopy.objects.filter(pk=job.subject, user_id=job.folder).first()
    if copy is None:
        raise CannotBeMadeError(FailureCode.NOT_ALLOWED)

    def checked(done: int, of: int) -> None:
        if not queries.may_have(copy):
            raise CannotBeMadeError(FailureCode.NOT_ALLOWED)
        progress(done=done, of=of, step="Reading the records")

    def note(kept: storage.Kept) -> None:
        if not queries.may_have(copy):  # in the transaction that makes it ready
            raise CannotBeMadeError(FailureCode.NOT_ALLOWED)
        at = now()
        AccountCopy.objects.filter(pk=copy.pk).update(
            stored_as=kept.stored_as, sha256=kept.sha256, size=kept.size, ready_at=at, expires_at=at + LASTS
        )

    case_ids = [uuid.UUID(one) for one in copy.case_ids]
    content = archive.zipped(archive.entries(copy.user_id, case_ids, on=today(), progress=checked))
    return Made(content=content, note=note, replaces=copy.stored_as)


@shared_task(name="rights.sweep")
def sweep() -> None:
    """Delete copies whose day is over, and destroy what was deleted and is due. Safe to run twice or late."""
    gone = queries.expired_copies(at=now())
    for copy in gone:
        forget_copy(actor=TIMER, copy_id=copy.pk)
    if gone:
        log.info("deleted %s copies whose day was over", len(gone))
    destroyed = destroy_due(at=now())
    if destroyed:
        log.info("destroyed %s records or sign-ins that were due", destroyed)
