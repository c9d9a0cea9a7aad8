"""What the terminal is told of input that was refused: that it happened, and nothing of what it held."""

import logging


class RefusedInput(logging.Formatter):
    """One line for one refusal. Django adds the trace of where, and some messages repeat the input."""

    def format(self, record: logging.LogRecord) -> str:
        """Name the refusal by the logger's last part, like ``TooManyFieldsSent``."""
        return f"{self.formatTime(record)} WARNING {record.name}: input was refused"
