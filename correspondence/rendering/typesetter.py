"""Keeps one process that lays out pages, and ends it when a page takes too long."""

import os
import subprocess
import sys
import threading
from contextlib import suppress
from typing import IO, NamedTuple

from correspondence.rendering import engine

MOST_SECONDS = 20  # for one page, by the clock; far beyond the longest letter, and less than a letter's lease
MOST_MEMORY = 2**31  # bytes of address space, into which the fonts are mapped

# What a program needs to run and to find its fonts. No key, password or address of ours is among it.
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_", "XDG_", "FONTCONFIG", "LD_", "DYLD_", "TMPDIR", "PYTHON")


class EngineMissingError(RuntimeError):
    """This machine cannot lay out PDF pages: Pango, or the library that uses it, is not there."""


class LayoutError(RuntimeError):
    """A page could not be laid out: it took too long, or the engine ended or refused it."""


class Pdf(NamedTuple):
    """A finished document, and how many pages it has."""

    content: bytes
    pages: int


class Typesetter:
    """The process, started when it is first needed, kept warm, and replaced when it has ended."""

    def __init__(self, style: str) -> None:
        """``style`` is the style sheet of every page."""
        self._style = style
        self._process: subprocess.Popen[bytes] | None = None
        self._one_at_a_time = threading.Lock()

    def lay_out(self, page: str, *, seconds: float = MOST_SECONDS) -> Pdf:
        """Lay out a whole HTML page. Raises EngineMissingError, or LayoutError after ``seconds`` at the latest."""
        with self._one_at_a_time:
            answer = self._ask(page.encode(), seconds)
        if answer is None:
            raise LayoutError("the page took too long, or brought the engine down")
        line, _, content = answer.partition(b"\n")
        if line == engine.MISSING:
            raise EngineMissingError("Pango cannot be loaded")
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
            [sys.executable, "-P", engine.__file__, str(MOST_MEMORY), str(MOST_SECONDS)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # the engine's remarks may repeat a letter
            env={name: value for name, value in os.environ.items() if name.startswith(_PASSED_ON)},
            start_new_session=True,  # Ctrl+C asks the worker to finish its letter, and this is part of it
        )
        with suppress(OSError):
            engine.send(_pipe(self._process.stdin), self._style.encode())
        return self._process


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None  # noqa: S101 - for the type checker: asked for above
    return stream
