"""Read calls, promises and letters as core values."""

from correspondence.queries.contacts import (
    contact_of,
    contacts_of,
    incoming_since,
    last_contacts,
    next_promises,
    open_promises,
    promise_of,
)
from correspondence.queries.evidence import evidence_file_of, evidence_of, evidence_with
from correspondence.queries.jobs import job_of, jobs_of
from correspondence.queries.letters import (
    beside_letter,
    calls_of,
    draft,
    last_sender,
    letter_of,
    letters_of,
    offer_of,
    offers_of,
    payments_of,
    reportable_of,
)
from correspondence.queries.reports import reports_sent
from correspondence.queries.sendings import awaited_replies, awaited_reply, letter_step_of, sending_of, sendings_of
from correspondence.queries.timeline import timeline_of

__all__ = [
    "awaited_replies", "awaited_reply", "beside_letter", "calls_of", "contact_of", "contacts_of", "draft",
    "evidence_file_of", "evidence_of", "evidence_with", "incoming_since", "job_of", "jobs_of", "last_contacts",
    "last_sender", "letter_of", "letter_step_of", "letters_of", "next_promises", "offer_of", "offers_of",
    "open_promises", "payments_of", "promise_of", "reportable_of", "reports_sent", "sending_of", "sendings_of",
    "timeline_of",
]  # fmt: skip
