"""Ask once more for a paper that could not be made: one transaction with its audit row."""

import uuid
from typing import TYPE_CHECKING

from django.db import transaction

from cms_tracker.audit import operations as audit
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from cms_tracker.web import storage
from correspondence import queries, tasks
from correspondence.core.jobs import JobKind, JobState

if TYPE_CHECKING:
    from cases.models import Case
    from cms_tracker.users.models import User


@transaction.atomic
def try_again(
    *,
    actor: "User",
    case: "Case",
    kind: JobKind,
    subject: uuid.UUID,
    stored_as: str = "",
    sha256: str = "",
) -> None:
    """Have a paper made afresh that has failed, or whose file is lost or is not the one that was made.

    ``stored_as`` and ``sha256`` are those of its file, if it has one. Anything else is left as it
    is. Raises Refusal where the paper is not of this case.
    """
    job = queries.job_of(kind, subject)
    if job is None or job.case_id != case.pk:
        raise Refusal(say("This is not in your record."))
    lost = job.state == JobState.READY and storage.read_kept(stored_as, sha256=sha256) is None
    if job.state == JobState.FAILED or lost:
        tasks.ask_again(job, requested_by=actor.pk)
        audit.record(f"{kind}.tried_again", actor=actor, case_id=case.pk, subject=str(subject))
