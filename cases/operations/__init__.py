"""Write the case file: each operation is one transaction with its audit row."""

from cases.operations.case_files import (
    correct_details,
    delete_case,
    keep_file,
    name_case,
    open_case,
    record_calculation,
    record_schedule,
    record_service,
    shared_copy,
    strike_out,
)
from cases.operations.people import (
    INVITATION_LASTS,
    INVITATIONS_A_DAY,
    accept_invitation,
    end_access,
    make_invitation,
    withdraw_invitation,
)
from cases.operations.safe_contact import say_safe_contact
from cases.operations.set_aside import bring_back, set_aside

__all__ = [
    "INVITATIONS_A_DAY", "INVITATION_LASTS", "accept_invitation", "bring_back", "correct_details", "delete_case",
    "end_access", "keep_file", "make_invitation", "name_case", "open_case", "record_calculation", "record_schedule",
    "record_service", "say_safe_contact", "set_aside", "shared_copy", "strike_out", "withdraw_invitation",
]  # fmt: skip
