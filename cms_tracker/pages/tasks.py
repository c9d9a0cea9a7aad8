"""What the timer has done for every list and every file, so that a reader seldom finds anything left to do."""

import datetime as dt
import logging

from celery import shared_task

from cases.operations import remove_left_files
from cms_tracker.audit import anchors
from cms_tracker.pages import files
from cms_tracker.pages.worklist import roll_forward as roll
from cms_tracker.web import storage
from cms_tracker.web.clock import now, today

log = logging.getLogger(__name__)


@shared_task(name="pages.roll_forward")
def roll_forward() -> None:
    """Work out anew every case that was written to, or in which the day changed something.

    The first run after midnight is the nightly one; the others find little or nothing.
    """
    done = roll(on=today())
    if done:
        log.info("worked out %s cases anew", done)


@shared_task(name="pages.sweep_files")
def sweep_files() -> None:
    """Delete what no row names any more, or what never became whole, and cannot be missed.

    A worker or a server was killed between a file and its row, or the place of the files did not answer.
    """
    before = (now() - dt.timedelta(hours=1)).timestamp()
    try:
        remove_left_files()
        storage.remove_unfinished(before=before)
        gone = files.sweep(before=before)
    except storage.StorageError as error:
        log.error("files could not be swept; the next hour tries again: %s", error.strerror)
        return
    except files.OtherRowsError as error:
        log.error("files were not swept: %s; is this their database? verify_files shows them", str(error))
        return
    if gone:
        log.warning("deleted %s files that no row named", gone)


@shared_task(name="pages.anchor_audit")
def anchor_audit() -> None:
    """Write down once a day how far the audit has come, in the database and as a line of the log."""
    at = now()
    if not anchors.is_made_since(at - dt.timedelta(hours=23)):
        log.warning("%s", anchors.anchor(at=at))  # a warning, so that every log keeps it
