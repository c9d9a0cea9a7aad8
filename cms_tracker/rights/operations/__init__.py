"""Write what people ask for about their data: each operation is one transaction with its audit row."""

from cms_tracker.rights.operations.bringing_back import bring_everything_back
from cms_tracker.rights.operations.copies import ask_for_copy, forget_copy, note_copy_taken
from cms_tracker.rights.operations.deleting import choose_days, delete_account, delete_record, destroy_due

__all__ = [
    "ask_for_copy", "bring_everything_back", "choose_days", "delete_account", "delete_record", "destroy_due",
    "forget_copy", "note_copy_taken",
]  # fmt: skip
