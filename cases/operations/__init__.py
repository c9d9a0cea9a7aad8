"""Write the case file: each operation is one transaction with its audit row."""

from cases.operations.assignments import assign, name_holding, unassign
from cases.operations.authorities import end_authority, give_authority
from cases.operations.case_files import (
    correct_details,
    delete_case,
    keep_file,
    name_case,
    open_case,
    record_calculation,
    record_schedule,
    record_service,
    remove_left_files,
    shared_copy,
    strike_out,
)
from cases.operations.desk import (
    close_for_adviser,
    draw_check,
    offer_hand_overs,
    open_checked,
    sign_check,
    stop_hand_over,
    take_hand_over,
)
from cases.operations.intake import (
    Intake,
    accept_client_code,
    clear_intake,
    decide_conflict,
    make_client_code,
    take_in,
)
from cases.operations.looks import approve_look, ask_to_look, end_look, refuse_look
from cases.operations.organisations import (
    change_post,
    choose_intake,
    close_organisation,
    end_post,
    leave_organisation,
    make_post_code,
    make_team,
    take_post,
    verify_organisation,
    withdraw_post_code,
    withdraw_verification,
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
from cases.operations.set_aside import bring_back, forget_name, leave_every_case, set_aside

__all__ = [
    "INVITATIONS_A_DAY", "INVITATION_LASTS", "Intake", "accept_client_code", "accept_invitation", "approve_look",
    "ask_to_look", "assign", "bring_back", "change_post", "choose_intake", "clear_intake", "close_for_adviser",
    "close_organisation", "correct_details", "decide_conflict", "delete_case", "draw_check", "end_access",
    "end_authority", "end_look", "end_post", "forget_name", "give_authority", "keep_file", "leave_every_case",
    "leave_organisation", "make_client_code", "make_invitation", "make_post_code", "make_team", "name_case",
    "name_holding", "offer_hand_overs", "open_case", "open_checked", "record_calculation", "record_schedule",
    "record_service", "refuse_look", "remove_left_files", "say_safe_contact", "set_aside", "shared_copy", "sign_check",
    "stop_hand_over", "strike_out", "take_hand_over", "take_in", "take_post", "unassign", "verify_organisation",
    "withdraw_invitation", "withdraw_post_code", "withdraw_verification",
]  # fmt: skip
