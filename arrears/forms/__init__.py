"""The forms of the money facts. They check what was typed and know nothing of what is saved."""
