"""Write calls, promises and letters: each operation is one transaction with its audit row."""

from correspondence.operations.bundles import (
    begin_bundle,
    change_bundle,
    continue_bundle,
    keep_out,
    make_bundle,
    note_download,
    release_bundle,
    remove_bundle,
    reopen_bundle,
    stop_keeping_out,
)
from correspondence.operations.contacts import record_contact, record_promise, record_promise_outcome
from correspondence.operations.evidence import add_evidence
from correspondence.operations.jobs import try_again
from correspondence.operations.letter_steps import mark_posted, record_letter_step
from correspondence.operations.letters import CHANGED, make_letter

__all__ = [
    "CHANGED", "add_evidence", "begin_bundle", "change_bundle", "continue_bundle", "keep_out", "make_bundle",
    "make_letter", "mark_posted", "note_download", "record_contact", "record_letter_step", "record_promise",
    "record_promise_outcome", "release_bundle", "remove_bundle", "reopen_bundle", "stop_keeping_out", "try_again",
]  # fmt: skip
