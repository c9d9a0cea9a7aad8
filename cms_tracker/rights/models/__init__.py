"""What people asked for about their own data. Private to the app."""

from cms_tracker.rights.models.complaint import Complaint
from cms_tracker.rights.models.copy import AccountCopy
from cms_tracker.rights.models.deletion import Deletion, SecondThoughts
from cms_tracker.rights.models.hold import LegalHold
from cms_tracker.rights.models.request import Release, RequestPause, RightsRequest
from cms_tracker.rights.models.retention import OrganisationRetention

__all__ = [
    "AccountCopy", "Complaint", "Deletion", "LegalHold", "OrganisationRetention", "Release", "RequestPause",
    "RightsRequest", "SecondThoughts",
]  # fmt: skip
