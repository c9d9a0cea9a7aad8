"""Read one file from standard input and answer on standard output, under limits, then end.

The question is a line with the media type, then the file. The answer is one line of JSON, then the
copy. Without an answer the limits ended it.
"""

import importlib
import json
import os
import resource
import sys
from contextlib import suppress
from typing import IO

from .found import Found, NotTakenError

_OPENERS = {
    "application/pdf": ("documents", "copy_of"), "image/jpeg": ("photos", "copy_of"),
    "image/png": ("photos", "copy_of"), "image/webp": ("photos", "copy_of"), "text/plain": ("texts", "copy_of_text"),
    "message/rfc822": ("texts", "copy_of_email"),
}  # fmt: skip


def main(memory: str, seconds: str) -> None:
    """``memory`` is how many bytes it may take beyond what it has when it begins, ``seconds`` of computing at most."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library says must not stand in the answer
    media_type, _, content = sys.stdin.buffer.read().partition(b"\n")
    module, function = _OPENERS[media_type.decode()]
    opened = getattr(importlib.import_module(f".{module}", __package__), function)
    _limit(int(memory), int(seconds))
    try:
        found: Found = opened(content, media_type.decode())
    except NotTakenError as error:
        _answer(answers, {"code": error.code}, b"")
    except (MemoryError, RecursionError):
        _answer(answers, {"code": "too_much"}, b"")
    else:
        said: dict[str, object] = {"media_type": found.media_type, "pages": found.pages, "left_out": found.left_out}
        _answer(answers, said, found.content)


def _limit(memory: int, seconds: int) -> None:
    with suppress(ValueError, OSError):  # not on every system
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(ValueError, OSError):
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - a file of the system, not of ours
            taken = int(file.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (taken + memory, taken + memory))


def _answer(stream: IO[bytes], said: dict[str, object], content: bytes) -> None:
    stream.write(json.dumps(said).encode() + b"\n" + content)
    stream.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
