"""Write the money facts: each operation is one transaction with its audit row."""

from arrears.operations.balance import record_adjustment, record_opening_balance, record_statement
from arrears.operations.bank import Imported, import_payments
from arrears.operations.decisions import record_decision, record_first_letter
from arrears.operations.payments import add_proof, log_payment, note_nothing_came, record_payment
from arrears.operations.plans import (
    MAX_PROPOSALS,
    keep_proposal,
    mark_proposal_sent,
    record_plan,
    record_proposal_answer,
    remove_proposal,
)
from arrears.operations.recording import record_claim, record_fact, record_step, strike_out_fact
from arrears.operations.saved_views import MOST_VIEWS, forget_view, keep_view
from arrears.operations.shared_plans import SHARES_A_DAY, open_shared_plan, share_plan, withdraw_shared_plan
from arrears.operations.transit import record_leg

__all__ = [
    "MAX_PROPOSALS", "MOST_VIEWS", "SHARES_A_DAY", "Imported", "add_proof", "forget_view", "import_payments",
    "keep_proposal", "keep_view", "log_payment", "mark_proposal_sent", "note_nothing_came", "open_shared_plan",
    "record_adjustment", "record_claim", "record_decision", "record_fact", "record_first_letter",
    "record_leg", "record_opening_balance", "record_payment", "record_plan", "record_proposal_answer",
    "record_statement", "record_step", "remove_proposal", "share_plan", "strike_out_fact", "withdraw_shared_plan",
]  # fmt: skip
