"""What is written of what happens: that it happened, and nothing of what was typed or of whom it is about.

Two shapes of the same lines: ``Line`` for a terminal, ``Json`` for a collector (``LOG_FORMAT``). Both
leave out what an exception says, addresses of the network and of mail, secret links, paths and record
ids in clear; docs/security/logs.md lists the promises and docs/operator/watching.md the fields.
"""

import copy
import datetime as dt
import json
import logging
import re
import traceback
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.conf import settings
from django.utils.crypto import salted_hmac

from cms_tracker.web import request_ids

#: The secret part of a calendar's address, wherever a line repeats it.
_SECRET = re.compile(r"/calendar/[^\s\"'?]+|/confirm/[^\s\"'?]+")
_MAIL = re.compile(r"[^\s@<>\"'(),;:]+@[^\s@<>\"'(),;:]+\.[A-Za-z]{2,}")
_UUID = re.compile(r"\b[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\b")
_PLACE = re.compile(
    r"(?<![\w.])(?!127\.|0\.0\.0\.0)(?:\d{1,3}\.){3}\d{1,3}(?![\w.])"  # version 4, but for this machine's own
    r"|(?<![\w:])(?:[0-9A-Fa-f]{1,4}:){3,7}(?::?[0-9A-Fa-f]{1,4})*|(?<![\w:])[0-9A-Fa-f]{1,4}::[0-9A-Fa-f:]*"
)

#: Whose messages are written by us, or are known to hold ids and figures only. Of any other, the template is.
_KNOWN = ("cms_tracker", "cases", "arrears", "correspondence", "celery", "django")
#: What a line may hold besides its sentence. Nothing else that is handed to a logger is written.
FIELDS = ("route", "method", "status", "ms", "task", "kind", "attempt", "state")


def without_secrets(text: str) -> str:
    """The same text without what opens a calendar or confirms an address."""
    return _SECRET.sub("/(secret)/", text)


def without_anybody(text: str) -> str:
    """The same text without secret links and addresses; an id becomes a short mark that only the key can make again."""
    text = _PLACE.sub("(place)", _MAIL.sub("(address)", without_secrets(text)))
    return _UUID.sub(lambda found: mark_of(found.group()), text)


def mark_of(identity: object) -> str:
    """A short mark for an id: the same id has the same mark, and nobody reads the id out of it."""
    return "#" + salted_hmac("cms_tracker.web.logs", str(identity).lower(), algorithm="sha256").hexdigest()[:10]


def said(record: logging.LogRecord) -> str:
    """The sentence of a record, on one line, without anything of anybody."""
    return without_anybody(_sentence(record)).replace("\r", "\\r").replace("\n", "\\n")


def _sentence(record: logging.LogRecord) -> str:
    if record.name.startswith("django.security"):
        return "input was refused"
    if record.name == "celery.app.trace" and isinstance(record.args, Mapping):
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else "an exception"
        return f"the task {record.args.get('name')} failed: {kind}"
    if record.name == "django.request" and hasattr(record, "request") and record.args:
        return str(record.args[0] if isinstance(record.args, tuple) else "a request failed")  # the other is the path
    if record.name.split(".", 1)[0] in _KNOWN:
        return _filled(record, _kind)
    text = _filled(record, _figure)
    # Gunicorn repeats what it could not read, and from where.
    return text.split(" from ip=", 1)[0].split(": ", 1)[0] if record.levelno >= logging.WARNING else text


def _kind(one: object) -> object:
    """An exception's kind: what it says may be what somebody typed."""
    if isinstance(one, BaseException):
        return type(one).__name__
    exception = getattr(one, "exception", None)  # as Celery wraps them
    return type(exception).__name__ if isinstance(exception, BaseException) else one


def _figure(one: object) -> object:
    """A number; of anything else only that it was there."""
    return one if isinstance(one, int | float) else "…"


def _filled(record: logging.LogRecord, shown: Callable[[object], object]) -> str:
    """The template with each value as it may be shown; alone, where the values do not fit it."""
    values = record.args
    try:
        if isinstance(values, Mapping):
            return str(record.msg) % {name: shown(one) for name, one in values.items()}
        return str(record.msg) % tuple(map(shown, values)) if isinstance(values, tuple) and values else str(record.msg)
    except (TypeError, ValueError, KeyError):
        return str(record.msg)


def _route(record: logging.LogRecord) -> str:
    found = getattr(getattr(record, "request", None), "resolver_match", None)
    return str(found.view_name) if found else ""


def _request_id(record: logging.LogRecord) -> str:
    """The name of the request; Django writes of some answers when they have left the outermost layer."""
    return request_ids.current() or str(getattr(getattr(record, "request", None), "request_id", ""))


class Line(logging.Formatter):
    """One line for a terminal, and under it the places of a trace.

    So is what an exception says left out: it may repeat what was typed, and PostgreSQL quotes whole
    rows. Only our own exceptions that say nothing of anybody (``says_nothing_personal``) are written
    in full. A line break in a message is written as two letters.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Write the record without the secret part of any address."""
        # The framework fills the template in first; where that fails it would print every value to the terminal.
        told = copy.copy(record)
        told.msg, told.args = said(record), ()
        told.exc_text = None  # another formatter may have left there all that the exception says
        return without_secrets(super().format(told))

    def formatMessage(self, record: logging.LogRecord) -> str:
        """The line itself, which stays one line, with the page and the request it belongs to."""
        route, request_id = _route(record), _request_id(record)
        beside = f"{f' ({route})' if route else ''}{f' [{request_id}]' if request_id else ''}"
        record.message += beside
        return super().formatMessage(record).replace("\r", "\\r").replace("\n", "\\n")

    def formatException(self, ei: Any) -> str:
        """Where it happened and of what kind it was, and not what it said."""
        return "\n".join(line for error in _chain(ei[1]) for line in _places(error))


class Json(logging.Formatter):
    """One JSON object a line, with the time in UTC. It keeps every promise that ``Line`` makes."""

    def format(self, record: logging.LogRecord) -> str:
        """Write the sentence and the fields that a line may hold; see docs/operator/watching.md."""
        at = dt.datetime.fromtimestamp(record.created, dt.UTC)
        line: dict[str, object] = {
            "time": at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": said(record),
            "process": record.process,
        }
        if request_id := _request_id(record):
            line["request_id"] = request_id
        if route := _route(record):
            line["route"] = route
        line |= {name: getattr(record, name) for name in FIELDS if isinstance(getattr(record, name, None), str | int)}
        if record.exc_info and record.exc_info[1] and not record.name.startswith("django.security"):
            line["trace"] = [text.strip() for error in _chain(record.exc_info[1]) for text in _places(error)]
        return json.dumps(line, ensure_ascii=True)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """What led to an exception, the oldest first."""
    if error is not None:
        yield from _chain(error.__cause__ or (None if error.__suppress_context__ else error.__context__))
        yield error


def _places(error: BaseException) -> Iterator[str]:
    for frame in traceback.extract_tb(error.__traceback__):
        yield f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}'
    said_by_us = f": {error}" if getattr(error, "says_nothing_personal", False) else ""
    yield f"{type(error).__module__}.{type(error).__qualname__}{said_by_us}"


class RefusedInput(logging.Formatter):
    """One line for one refusal. Django adds the trace of where, and some messages repeat the input."""

    def format(self, record: logging.LogRecord) -> str:
        """Name the refusal by the logger's last part, like ``TooManyFieldsSent``."""
        return f"{self.formatTime(record)} WARNING {record.name}: input was refused"


def formatter() -> logging.Formatter:
    """The one that ``LOG_FORMAT`` asks for, for programs that bring loggers of their own."""
    return Json() if settings.LOG_FORMAT == "json" else Line(fmt="{asctime} {levelname} {name}: {message}", style="{")
