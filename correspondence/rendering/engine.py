"""Lays out pages as PDF: a program of its own, which ``typesetter`` starts, feeds and, if need be, ends.

The only module that touches WeasyPrint. It knows nothing of letters, records or Django. A message
is its length in four bytes, then its bytes: first comes the style sheet, then one page of HTML
after another; each page is answered by one line and the PDF. The line is the number of pages, or
says what is wrong.
"""

import gc
import os
import resource
import struct
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import IO, Any

MISSING = b"missing"  # Pango, or the library that uses it, is not there

_LENGTH = struct.Struct(">I")


class Engine:
    """WeasyPrint with the style sheet read and the fetcher shut. Raises ImportError or OSError without Pango."""

    def __init__(self, style: str) -> None:
        from weasyprint import CSS, HTML  # noqa: PLC0415 - slow, and impossible without Pango
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
        from weasyprint.urls import URLFetcher  # noqa: PLC0415

        class Shut(URLFetcher):  # type: ignore[misc]  # published without types
            """Fetches nothing: a letter is its own words and our style sheet."""

            def __init__(self) -> None:
                super().__init__(allowed_protocols=())

            def fetch(self, url: str, headers: Any = None) -> Any:
                """Refuse, without repeating the address: it may be somebody's."""
                raise ValueError("a letter fetches nothing")

        self.fetcher, self._fonts, self._html = Shut(), FontConfiguration(), HTML
        self._css = CSS(string=style, url_fetcher=self.fetcher, font_config=self._fonts)

    def lay_out(self, page: str) -> tuple[int, bytes]:
        """Lay out a whole HTML page as a tagged PDF; return the number of sheets, and the file."""
        document = self._html(string=page, url_fetcher=self.fetcher).render(
            stylesheets=[self._css], font_config=self._fonts, pdf_variant="pdf/ua-1"
        )
        return len(document.pages), document.write_pdf(pdf_variant="pdf/ua-1")


def send(stream: IO[bytes], message: bytes) -> None:
    """Send one message."""
    stream.write(_LENGTH.pack(len(message)) + message)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes | None:
    """The next message, or None where the other side has ended."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    message = stream.read(length)
    return message if len(message) == length else None


def _serve(questions: IO[bytes], answers: IO[bytes], *, seconds: int) -> None:
    style = receive(questions)
    if style is None:
        return
    try:
        engine = Engine(style.decode())
    except (ImportError, OSError):
        for _ in _messages(questions):
            send(answers, MISSING + b"\n")
        return
    for page in _messages(questions):
        _allow_seconds(seconds)
        try:
            sheets, content = engine.lay_out(page.decode())
        except Exception as error:  # whatever is in a letter; its message may repeat the letter
            send(answers, f"{type(error).__name__}\n".encode())
        else:
            send(answers, b"%d\n" % sheets + content)
        gc.collect()
        gc.freeze()  # what the engine has loaded stays: no letter waits while it is searched again


def _messages(stream: IO[bytes]) -> Iterator[bytes]:
    while (message := receive(stream)) is not None:
        yield message


def _allow_seconds(more: int) -> None:
    """End this process by itself, should it outlive the one that watches it, after so much computing."""
    used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    resource.setrlimit(resource.RLIMIT_CPU, (int(used) + more + 1, resource.RLIM_INFINITY))


def main(memory: str, seconds: str) -> None:
    """Serve on standard input and output until the other side ends.

    ``memory`` is the most address space it may take, in bytes; ``seconds`` the most computing for
    one page.
    """
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library says must not stand among the answers
    with suppress(ValueError, OSError):  # not on every system
        resource.setrlimit(resource.RLIMIT_AS, (int(memory), resource.RLIM_INFINITY))
    _serve(sys.stdin.buffer, answers, seconds=int(seconds))


if __name__ == "__main__":
    main(*sys.argv[1:])
