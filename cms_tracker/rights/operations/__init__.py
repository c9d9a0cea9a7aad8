"""Write what people ask for about their data: each operation is one transaction with its audit row."""

from cms_tracker.rights.operations.copies import ask_for_copy, forget_copy, note_copy_taken

__all__ = ["ask_for_copy", "forget_copy", "note_copy_taken"]
