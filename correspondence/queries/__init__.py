"""Read calls, promises and letters as core values."""

from correspondence.queries.contacts import (
    contact_of,
    contacts_of,
    last_contacts,
    next_promises,
    open_promises,
    promise_of,
)

__all__ = ["contact_of", "contacts_of", "last_contacts", "next_promises", "open_promises", "promise_of"]
