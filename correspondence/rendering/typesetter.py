"""Keeps one process that lays out pages, and ends it when one takes too long."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import IO, NamedTuple

from correspondence.rendering import engine

# What a program needs to run and to find its fonts. No key, password or address of ours is among it.
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_", "XDG_", "FONTCONFIG", "LD_", "DYLD_", "TMPDIR", "PYTHON")


class EngineMissingError(RuntimeError):
    """This machine cannot lay out PDF pages: Pango, or the library that uses it, is not there."""


class LayoutError(RuntimeError):
    """A document could not be laid out: it took too long, or the engine ended or refused it."""


class TooLargeError(LayoutError):
    """A document came out with more pages or bytes than it may have. Trying again cannot help."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one document may take and become.

    Seconds by the clock, and as much computing; bytes of address space, into which libraries and
    fonts are mapped too; bytes and pages of the finished file.
    """

    seconds: int
    memory: int
    file_bytes: int
    pages: int


#: Far beyond the longest letter, and less time than a worker's lease.
LETTER = Limits(seconds=20, memory=640 * 2**20, file_bytes=5 * 2**20, pages=60)


class Pdf(NamedTuple):
    """A finished document, and how many pages it has."""

    content: bytes
    pages: int


class Typesetter:
    """The process, started when it is first needed, kept warm, and replaced when it has ended."""

    def __init__(self, styles: Mapping[str, str]) -> None:
        """``styles`` are the style sheets that a document may be laid out with, by name."""
        self._styles = dict(styles)
        self._process: subprocess.Popen[bytes] | None = None
        self._one_at_a_time = threading.Lock()

    def lay_out(self, page: str, *, style: str, limits: Limits = LETTER) -> Pdf:
        """Lay out a whole HTML page with one of the style sheets.

        Raises EngineMissingError, TooLargeError, or LayoutError after ``limits.seconds`` at the latest.
        """
        head = json.dumps({"style": style, **asdict(limits)})
        with self._one_at_a_time:
            answer = self._ask(f"{head}\n{page}".encode(), limits.seconds)
        if answer is None:
            raise LayoutError("the page took too long, or brought the engine down")
        line, _, content = answer.partition(b"\n")
        if line == engine.MISSING:
            raise EngineMissingError("Pango cannot be loaded")
        if line == engine.TOO_LARGE:
            raise TooLargeError("the document has too many pages or bytes")
        if not line.isdigit():
            raise LayoutError(line.decode())
        return Pdf(content, int(line))

    def stop(self) -> None:
        """End the process. The next page starts a new one."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()  # waits, and closes the pipes
            self._process = None

    def _ask(self, page: bytes, seconds: float) -> bytes | None:
        process = self._running()
        out_of_time = threading.Timer(seconds, process.kill)
        out_of_time.daemon = True
        out_of_time.start()
        try:
            engine.send(_pipe(process.stdin), page)
            answer = engine.receive(_pipe(process.stdout))
        except OSError:  # it ended before it had read the page
            answer = None
        finally:
            out_of_time.cancel()
        if answer is None:
            self.stop()
        return answer

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.stop()
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-P", engine.__file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # the engine's remarks may repeat a letter
            env={name: value for name, value in os.environ.items() if name.startswith(_PASSED_ON)},
            start_new_session=True,  # Ctrl+C asks the worker to finish its letter, and this is part of it
        )
        with suppress(OSError):
            engine.send(_pipe(self._process.stdin), json.dumps(self._styles).encode())
        return self._process


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None  # noqa: S101 - for the type checker: asked for above
    return stream
