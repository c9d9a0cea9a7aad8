"""Read calls, promises and letters as core values."""

from correspondence.queries.contacts import (
    contact_of,
    contacts_of,
    last_contacts,
    next_promises,
    open_promises,
    promise_of,
)
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
    waiting,
)
from correspondence.queries.reports import reports_sent
from correspondence.queries.timeline import timeline_of

__all__ = [
    "beside_letter", "calls_of", "contact_of", "contacts_of", "draft", "last_contacts", "last_sender", "letter_of",
    "letters_of", "next_promises", "offer_of", "offers_of", "open_promises", "payments_of", "promise_of",
    "reportable_of", "reports_sent", "timeline_of", "waiting",
]  # fmt: skip
