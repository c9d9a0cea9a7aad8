"""What the terminal is told: that something happened, and nothing of what was typed or of a secret address."""

import logging
import re

#: The secret part of a calendar's address, wherever a line repeats it.
_SECRET = re.compile(r"/calendar/[^\s\"'?]+|/confirm/[^\s\"'?]+")


class Line(logging.Formatter):
    """One line, with its trace where there is one; addresses that are secrets are left out of both."""

    def format(self, record: logging.LogRecord) -> str:
        """Write the record without the secret part of any address."""
        return without_secrets(super().format(record))


class RefusedInput(logging.Formatter):
    """One line for one refusal. Django adds the trace of where, and some messages repeat the input."""

    def format(self, record: logging.LogRecord) -> str:
        """Name the refusal by the logger's last part, like ``TooManyFieldsSent``."""
        return f"{self.formatTime(record)} WARNING {record.name}: input was refused"


def without_secrets(text: str) -> str:
    """The same text without what opens a calendar or confirms an address."""
    return _SECRET.sub("/(secret)/", text)
