"""What the worker does: lay out the letters that wait. The row is the truth, a message only a hint.

A letter is claimed in a transaction of its own, which counts the attempt before the work starts:
a letter that brings the worker down is tried three times and then stands as failed, for a person
to see. A claim is a lease; a worker that ends without a word loses it, and the timer finds the row.
"""

import datetime as dt
import logging
import uuid
from typing import Any

from celery import shared_task
from celery.signals import worker_process_init, worker_ready
from django.db import transaction
from django.db.models import F, Q

from cms_tracker.web import storage
from cms_tracker.web.clock import now
from correspondence import rendering
from correspondence.core.letter_states import MAX_ATTEMPTS, FailureReason, LetterState
from correspondence.models import Letter
from correspondence.queries import waiting

log = logging.getLogger(__name__)

LEASE = dt.timedelta(seconds=30)  # many times the longest letter; short, so that a killed worker costs little
PATIENCE = dt.timedelta(seconds=20)  # how long a hint that the timer sent may lie in the queue
LONG_DEAD = dt.timedelta(hours=1)  # nothing writes one file for this long
BATCH = 200


@shared_task(name="correspondence.render_letter")
def render_letter(letter_id: str) -> None:
    """Lay out one letter and publish it. Doing it again, or at the same time, makes the same one file."""
    letter = _claim(uuid.UUID(letter_id))
    if letter is None:
        return
    try:
        pdf = rendering.render_pdf(letter.html, dated_on=letter.dated_on)
        kept = storage.put([pdf.content], case_id=letter.case_id, name=f"{letter.pk}.pdf")
    except rendering.EngineMissingError:
        _give_back(letter, reason=FailureReason.ENGINE_MISSING)
    except Exception as error:  # one letter must not stop the others, whatever is in it
        # The kind of error only: its message may repeat the letter.
        log.warning("letter %s: attempt %s failed (%s)", letter.pk, letter.attempts, type(error).__name__)
        _give_back(letter, reason=FailureReason.GAVE_UP)
    else:
        _finish(letter, kept, pages=pdf.pages)


@shared_task(name="correspondence.sweep")
def sweep() -> None:
    """Send a hint for every letter that waits and that nobody works on. Safe to run twice or late."""
    at = now()
    _give_up(at)
    for key in list(waiting(before=at).values_list("pk", flat=True)[:BATCH]):
        # Marked first, so that a long queue is not filled with the same hints again and again.
        if waiting(before=at).filter(pk=key).update(state=LetterState.QUEUED, lease_until=at + PATIENCE):
            render_letter.delay(str(key))


@worker_ready.connect
def _catch_up(sender: Any = None, **_: Any) -> None:
    """At start: find what waited meanwhile, and load the engine where this process does the work."""
    sweep.delay()
    storage.remove_unfinished(before=(now() - LONG_DEAD).timestamp())
    if type(getattr(sender, "pool", None)).__module__ == "celery.concurrency.solo":
        _warm()


@worker_process_init.connect
def _warm(**_: Any) -> None:
    """Load the engine before the first letter; without Pango letters say so themselves."""
    try:
        rendering.warm()
    except rendering.EngineMissingError:
        log.warning("Pango is not installed: letters can be printed from the browser, but not made as PDF")
    except rendering.LayoutError:
        log.warning("the engine that lays out letters did not start in time; the first letter tries again")


def _claim(letter_id: uuid.UUID) -> Letter | None:
    at = now()
    free = Q(state=LetterState.QUEUED) | Q(state=LetterState.RENDERING, lease_until__lte=at)
    with transaction.atomic():
        mine = Letter.objects.filter(free, pk=letter_id, attempts__lt=MAX_ATTEMPTS).update(
            state=LetterState.RENDERING, attempts=F("attempts") + 1, lease_until=at + LEASE
        )
    return Letter.objects.get(pk=letter_id) if mine else None


def _finish(letter: Letter, kept: storage.Kept, *, pages: int) -> None:
    done = _if_still_ours(letter).update(
        state=LetterState.READY,
        lease_until=None,
        failure="",
        pdf_name=kept.stored_as,
        pdf_sha256=kept.sha256,
        pages=pages,
        ready_at=now(),
    )
    if not done and not Letter.objects.filter(pk=letter.pk).exists():
        # The case was deleted meanwhile, and its files with it: this one must not stay behind.
        storage.remove(kept.stored_as)


def _give_back(letter: Letter, *, reason: FailureReason) -> None:
    """Wait a little longer after each attempt; stop after the last, or where trying again cannot help."""
    if reason is FailureReason.ENGINE_MISSING or letter.attempts >= MAX_ATTEMPTS:
        _if_still_ours(letter).update(state=LetterState.FAILED, lease_until=None, failure=reason)
    else:
        wait = dt.timedelta(seconds=2**letter.attempts)
        _if_still_ours(letter).update(state=LetterState.QUEUED, lease_until=now() + wait)


def _give_up(at: dt.datetime) -> None:
    """Letters whose last worker ended without a word."""
    waiting(before=at).filter(attempts__gte=MAX_ATTEMPTS).update(
        state=LetterState.FAILED, lease_until=None, failure=FailureReason.GAVE_UP
    )


def _if_still_ours(letter: Letter) -> Any:
    """The row, if no other worker has taken it over since."""
    return Letter.objects.filter(pk=letter.pk, state=LetterState.RENDERING, attempts=letter.attempts)
