"""One short random name for each request, which its lines in the log carry, and those of what it asked for.

It is made where a request comes in, stands in every answer, and goes into the row of a paper that is
asked for, so that the worker's lines carry it too. It says nothing of a person: it is made anew each time.
"""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

LONGEST = 36  # a UUID, as some proxies make them
_FORM = re.compile(r"[0-9A-Fa-f-]{8,36}")
_current: ContextVar[str] = ContextVar("request_id", default="")


def fresh() -> str:
    """A new name: sixteen letters and digits, short enough to be read out."""
    return secrets.token_hex(8)


def current() -> str:
    """The name of the request that is being answered, or that asked for what is being done; empty for none."""
    return _current.get()


def is_well_formed(text: str) -> bool:
    """Say whether a proxy's name for a request can be taken over: hexadecimal digits and hyphens, 8 to 36."""
    return _FORM.fullmatch(text) is not None


@contextmanager
def carrying(request_id: str) -> Iterator[str]:
    """Let everything inside carry this name."""
    before = _current.set(request_id)
    try:
        yield request_id
    finally:
        _current.reset(before)
