"""The forms of a case file. They check what was typed and know nothing of what is saved."""
