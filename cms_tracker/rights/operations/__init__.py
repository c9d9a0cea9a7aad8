"""Write what people ask for about their data: each operation is one transaction with its audit row."""

from cms_tracker.rights.operations.bringing_back import bring_everything_back
from cms_tracker.rights.operations.complaining import Receipt, answer_complaint, complain, complaint_behind
from cms_tracker.rights.operations.copies import ask_for_copy, forget_copy, note_copy_taken
from cms_tracker.rights.operations.deleting import choose_days, delete_account, delete_record, destroy_due
from cms_tracker.rights.operations.purging import Purged, end_hold, place_hold, purge_expired

__all__ = [
    "Purged", "Receipt", "answer_complaint", "ask_for_copy", "bring_everything_back", "choose_days", "complain",
    "complaint_behind", "delete_account", "delete_record", "destroy_due", "end_hold", "forget_copy",
    "note_copy_taken", "place_hold", "purge_expired",
]  # fmt: skip
