"""Read calls, promises, letters and deadlines as core values."""

from correspondence.queries.batches import batch_of, batches_of, chosen_of, looked_at, places_of, ready_letters
from correspondence.queries.bundles import (
    bundle_account,
    bundle_ground,
    bundle_of,
    bundles_of,
    documents_of,
    kept_out,
    needles_of,
)
from correspondence.queries.challenges import challenge_of, challenge_with_step, challenges_filed, challenges_of
from correspondence.queries.contacts import (
    contact_of,
    contacts_of,
    every_promise,
    incoming_since,
    last_contacts,
    next_promises,
    open_promises,
    outcome_of,
    promise_of,
)
from correspondence.queries.deadlines import (
    ClockOffer,
    challengeable,
    challengeable_of,
    clock_of,
    clock_offers,
    clocks_of,
    deadlines_of,
    is_standing,
    starts_a_clock,
)
from correspondence.queries.endings import checked_notice, ending_facts_of
from correspondence.queries.enforcement import situation_of
from correspondence.queries.events import event_of, events_of, standing_events
from correspondence.queries.evidence import evidence_file_of, evidence_of, evidence_with, payment_files
from correspondence.queries.jobs import job_of, jobs_of, unfinished
from correspondence.queries.letters import (
    beside_letter,
    draft_of,
    last_sender,
    letter_of,
    letters_of,
    next_version,
    offer_of,
    offers_of,
    record_of,
)
from correspondence.queries.log import log_page, parties_of
from correspondence.queries.moving import MovingOf, moving_of
from correspondence.queries.next_steps import snapshot_of
from correspondence.queries.one_page import one_page_of
from correspondence.queries.pressing import pressing_in
from correspondence.queries.reminders import (
    FeedSeen,
    Trouble,
    deadlines_for,
    feed_behind,
    feeds_of,
    reminder_settings_of,
    reminder_trouble_of,
    reminders_unsent,
)
from correspondence.queries.reports import reports_sent
from correspondence.queries.results import counted_for, result_of, results_of
from correspondence.queries.sendings import awaited_replies, awaited_reply, letter_step_of, sending_of, sendings_of
from correspondence.queries.slips import slip_of
from correspondence.queries.statements import account_for, statement_of, statements_of
from correspondence.queries.timeline import timeline_of

__all__ = [
    "ClockOffer", "FeedSeen", "MovingOf", "Trouble", "account_for", "awaited_replies", "awaited_reply", "batch_of",
    "batches_of", "beside_letter", "bundle_account", "bundle_ground", "bundle_of", "bundles_of", "challenge_of",
    "challenge_with_step", "challengeable", "challengeable_of", "challenges_filed", "challenges_of", "checked_notice",
    "chosen_of", "clock_of", "clock_offers", "clocks_of", "contact_of", "contacts_of", "counted_for", "deadlines_for",
    "deadlines_of", "documents_of", "draft_of", "ending_facts_of", "event_of", "events_of", "every_promise",
    "evidence_file_of", "evidence_of", "evidence_with", "feed_behind", "feeds_of", "incoming_since", "is_standing",
    "job_of", "jobs_of", "kept_out", "last_contacts", "last_sender", "letter_of", "letter_step_of", "letters_of",
    "log_page", "looked_at", "moving_of", "needles_of", "next_promises", "next_version", "offer_of", "offers_of",
    "one_page_of", "open_promises", "outcome_of", "parties_of", "payment_files", "places_of", "pressing_in",
    "promise_of", "ready_letters", "record_of", "reminder_settings_of", "reminder_trouble_of", "reminders_unsent",
    "reports_sent", "result_of", "results_of", "sending_of", "sendings_of", "situation_of", "slip_of", "snapshot_of",
    "standing_events", "starts_a_clock", "statement_of", "statements_of", "timeline_of", "unfinished",
]  # fmt: skip
