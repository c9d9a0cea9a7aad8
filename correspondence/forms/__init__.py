"""The forms of contacts and letters."""
