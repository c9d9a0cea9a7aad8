"""Write calls, promises, letters, deadlines and reminders: each operation is one transaction with its audit row."""

from correspondence.operations.batches import AT_ONCE, begin_batch, make_next_letters, take_letters
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
from correspondence.operations.challenges import add_challenge_step, begin_challenge, begin_challenges
from correspondence.operations.clocks import count_from_letter, end_clock, end_decision_clock, start_clock
from correspondence.operations.contacts import record_contact, record_promise, record_promise_outcome
from correspondence.operations.endings import keep_notice, record_not_wanted
from correspondence.operations.events import add_event
from correspondence.operations.evidence import add_evidence
from correspondence.operations.jobs import try_again
from correspondence.operations.letter_steps import mark_posted, record_letter_step
from correspondence.operations.letters import CHANGED, make_letter
from correspondence.operations.next_steps import begin_step
from correspondence.operations.one_page import make_one_page
from correspondence.operations.reminders import (
    ask_for_reminders,
    close_feed,
    open_feed,
    replace_feed,
    stop_reminders,
)
from correspondence.operations.results import record_result
from correspondence.operations.statements import make_statement, take_statement, take_tables

__all__ = [
    "AT_ONCE", "CHANGED", "add_challenge_step", "add_event", "add_evidence", "ask_for_reminders", "begin_batch",
    "begin_bundle", "begin_challenge", "begin_challenges", "begin_step", "change_bundle", "close_feed",
    "continue_bundle", "count_from_letter", "end_clock", "end_decision_clock", "keep_notice", "keep_out",
    "make_bundle", "make_letter", "make_next_letters", "make_one_page", "make_statement", "mark_posted",
    "note_download", "open_feed", "record_contact", "record_letter_step", "record_not_wanted", "record_promise",
    "record_promise_outcome", "record_result", "release_bundle", "remove_bundle", "reopen_bundle", "replace_feed",
    "start_clock", "stop_keeping_out", "stop_reminders", "take_letters", "take_statement", "take_tables", "try_again",
]  # fmt: skip
