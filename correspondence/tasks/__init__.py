"""What workers do. The row is the truth, a message only says that there is work.

**To ask for a paper**, in the transaction that writes its row::

    tasks.ask(JobKind.LETTER, subject=letter.pk, case_id=case.pk, requested_by=actor.pk)

**To have a new kind of paper made**, add its word to ``core.jobs.JobKind`` and a module here, and
import that module below. One function makes the paper and knows nothing of queues::

    @makes(JobKind.LETTER, right=Permission.WRITE_LETTERS)
    def letter(job: Job, progress: Progress) -> Made:
        ...
        progress(done=3, of=40, step="Adding the evidence")
        return Made([content], note=lambda kept: ...)  # writes kept.stored_as and kept.sha256 to the paper's row

It may be run again at any time, also twice at once: it writes nothing itself. Its bytes go to
private storage; ``note`` is called in the transaction that makes the work ready, by one of the
runs only, and each other run's file is removed. ``progress`` renews the lease, so call it more
often than ``lease``; it also ends the run when another worker has taken over or when this one is
asked to stop, so let its exceptions pass. ``CannotBeMadeError`` says that trying again cannot
help; any other exception is tried again, three times in all.

The words of a paper's page come from ``presenters.JobSeen``; ``operations.try_again`` is its button.
A row that names a stored file calls its fields ``stored_as`` and ``sha256``, or ends on them
(``pdf_name`` and ``pdf_sha256`` are the letters'): files that no row names are swept.
"""

from correspondence.tasks import bundles, letters, statements
from correspondence.tasks.asking import ask, ask_again, ask_for_each, ask_for_person, forget
from correspondence.tasks.making import CannotBeMadeError, Made, Progress, makes
from correspondence.tasks.reminding import send_reminders
from correspondence.tasks.working import do_what_waits, sweep

__all__ = [
    "CannotBeMadeError", "Made", "Progress", "ask", "ask_again", "ask_for_each", "ask_for_person", "bundles",
    "do_what_waits", "forget", "letters", "makes", "send_reminders", "statements", "sweep",
]  # fmt: skip
