"""Keeps the program that binds a bundle, for as long as one bundle takes, and ends it when it takes too long."""

import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from types import TracebackType
from typing import IO, Any, NamedTuple, Self

from django.conf import settings

from correspondence.binding import frames
from correspondence.core.bundles.hiding import Needle
from correspondence.rendering.typesetter import LayoutError

MOST_SECONDS = 120  # of computing, and by the clock for each step
MOST_MEMORY = 2**30  # bytes of address space

_PASSED_ON = ("PATH", "LANG", "LC_", "LD_", "DYLD_", "TMPDIR")  # no key, password or address of ours


class UnreadableFileError(Exception):
    """A file that cannot be drawn, although it was taken once."""


class Bound(NamedTuple):
    """The finished file; the places of pages that hold what must not leave (-1: no page), and of those not read."""

    content: bytes
    found: tuple[int, ...]
    unread: tuple[int, ...]


class Binder:
    """The program with what it was handed so far. Use it in a ``with``: it ends with it."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-P", "-m", "correspondence.binding", str(MOST_MEMORY), str(MOST_SECONDS)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a library's remarks may repeat a file
            env={name: value for name, value in os.environ.items() if name.startswith(_PASSED_ON)}
            | {"PYTHONPATH": str(settings.BASE_DIR), "PYTHONHASHSEED": "0"},
            start_new_session=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with suppress(OSError):
            self._process.kill()
        self._process.communicate()  # waits, and closes the pipes

    def add(self, key: str, content: bytes, *, pages: int) -> None:
        """Hand over a file that we laid out, of so many pages."""
        self._add(key, content, media_type="application/pdf", is_ours=True, pages=pages)

    def add_handed_in(self, key: str, content: bytes, *, media_type: str) -> int:
        """Hand over a file that somebody handed in. Returns its pages; raises UnreadableFileError."""
        return self._add(key, content, media_type=media_type, is_ours=False, pages=0)

    def add_again(self, key: str, *, of: str, first: int, pages: int) -> None:
        """Have some pages of a file that was handed over stand by themselves."""
        self._ask({"do": "again", "key": key, "of": of, "first": first, "pages": pages})

    def bind(self, spec: dict[str, Any], *, needles: Sequence[Needle], handed_in: Sequence[int]) -> Bound:
        """Make the file (``binding.assembly.bind``) and search it (``binding.scan``)."""
        asked = {"do": "bind", "spec": spec, "needles": [list(one) for one in needles], "handed_in": list(handed_in)}
        head, files = self._ask(asked)
        return Bound(files[0], tuple(head["found"]), tuple(head["unread"]))

    def _add(self, key: str, content: bytes, *, media_type: str, is_ours: bool, pages: int) -> int:
        head = {"do": "add", "key": key, "media_type": media_type, "is_ours": is_ours, "first": 0, "pages": pages}
        return int(self._ask(head, [content]).head["pages"])

    def _ask(self, head: dict[str, Any], files: Sequence[bytes] = ()) -> frames.Message:
        out_of_time = threading.Timer(MOST_SECONDS, self._process.kill)
        out_of_time.daemon = True
        out_of_time.start()
        try:
            frames.send(_pipe(self._process.stdin), head, files)
            answer = frames.receive(_pipe(self._process.stdout))
        except OSError:  # it ended before it had read everything
            answer = None
        finally:
            out_of_time.cancel()
        if answer is None:
            raise LayoutError("the bundle took too long, or brought the binder down")
        if answer.head.get("error") == "unreadable":
            raise UnreadableFileError
        if "error" in answer.head:
            raise LayoutError(str(answer.head["error"]))
        return answer


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None  # noqa: S101 - for the type checker: asked for above
    return stream
