"""What the terminal is told: that something happened, and nothing of what was typed or of a secret address."""

import logging
import re
import traceback
from collections.abc import Iterator
from typing import Any

#: The secret part of a calendar's address, wherever a line repeats it.
_SECRET = re.compile(r"/calendar/[^\s\"'?]+|/confirm/[^\s\"'?]+")


class Line(logging.Formatter):
    """One line, and under it the places of a trace.

    Addresses that are secrets are left out. So is what an exception says: it may repeat what was
    typed, and PostgreSQL quotes whole rows. Only our own exceptions that say nothing of anybody
    (``says_nothing_personal``) are written in full. A line break in a message is written as two letters.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Write the record without the secret part of any address."""
        return without_secrets(super().format(record))

    def formatMessage(self, record: logging.LogRecord) -> str:
        """The line itself, which stays one line."""
        if record.name == "celery.app.trace" and isinstance(record.args, dict):
            kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else "an exception"
            record.message = f"the task {record.args.get('name')} failed: {kind}"
        return super().formatMessage(record).replace("\r", "\\r").replace("\n", "\\n")

    def formatException(self, ei: Any) -> str:
        """Where it happened and of what kind it was, and not what it said."""
        return "\n".join(line for error in _chain(ei[1]) for line in _places(error))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """What led to an exception, the oldest first."""
    if error is not None:
        yield from _chain(error.__cause__ or (None if error.__suppress_context__ else error.__context__))
        yield error


def _places(error: BaseException) -> Iterator[str]:
    for frame in traceback.extract_tb(error.__traceback__):
        yield f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}'
    said = f": {error}" if getattr(error, "says_nothing_personal", False) else ""
    yield f"{type(error).__module__}.{type(error).__qualname__}{said}"


class RefusedInput(logging.Formatter):
    """One line for one refusal. Django adds the trace of where, and some messages repeat the input."""

    def format(self, record: logging.LogRecord) -> str:
        """Name the refusal by the logger's last part, like ``TooManyFieldsSent``."""
        return f"{self.formatTime(record)} WARNING {record.name}: input was refused"


def without_secrets(text: str) -> str:
    """The same text without what opens a calendar or confirms an address."""
    return _SECRET.sub("/(secret)/", text)
