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
    members_ever_of,
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
from cases.queries.organisations import (
    assigned,
    authorities_of,
    holding_in,
    holding_of_case,
    holdings_of,
    looks_of,
    looks_waiting,
    open_post_codes,
    possible_conflicts,
    post_code_for,
    post_of,
    posts_in,
    private_advisers,
    teams_in,
    waiting_intakes,
)
from cases.queries.safe_contact import contact_marks, safe_contact_of
from cases.queries.whose import codes_over_before, everyone_ever_in, held_last_by, let_go_before, owned_by

__all__ = [
    "Struck", "assigned", "authorities_of", "case_by_id", "case_ids_after", "cases_for", "child_counts", "children_of",
    "codes_over_before", "contact_marks", "decisions_by_case", "details_of", "everyone_ever_in", "held_last_by",
    "helping", "hold", "holding_in", "holding_of_case", "holdings_of", "invitation_in", "let_go_before", "let_into",
    "looks_of", "looks_waiting", "member_in", "members_ever_of", "members_of", "memberships_of", "open_invitations",
    "open_post_codes",
    "owned_by", "owner_of", "possible_conflicts", "post_code_for", "post_of", "posts_in", "private_advisers",
    "safe_contact_of", "schedules_by_case", "services_by_case", "shared_copies", "shared_copy_of", "strike_outs",
    "struck_in", "teams_in", "told_decisions", "waiting_intakes",
]  # fmt: skip
