"""Read the case file: whose it is, and what CMS decided, as core values."""

from cases.queries.case_files import (
    Struck,
    case_by_id,
    case_ids_after,
    cases_for,
    child_counts,
    children_of,
    decisions_by_case,
    details_of,
    helping,
    hold,
    invitation_in,
    let_into,
    member_in,
    members_of,
    memberships_of,
    open_invitations,
    owner_of,
    schedules_by_case,
    services_by_case,
    shared_copies,
    shared_copy_of,
    strike_outs,
    struck_in,
    told_decisions,
)
from cases.queries.safe_contact import contact_marks, safe_contact_of
from cases.queries.whose import everyone_ever_in, owned_by

__all__ = [
    "Struck", "case_by_id", "case_ids_after", "cases_for", "child_counts", "children_of", "contact_marks",
    "decisions_by_case", "details_of", "everyone_ever_in", "helping", "hold", "invitation_in", "let_into", "member_in",
    "members_of", "memberships_of", "open_invitations", "owned_by", "owner_of", "safe_contact_of", "schedules_by_case",
    "services_by_case", "shared_copies", "shared_copy_of", "strike_outs", "struck_in", "told_decisions",
]  # fmt: skip
