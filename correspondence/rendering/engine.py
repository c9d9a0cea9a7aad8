"""Lays out pages as PDF: a program of its own, which ``typesetter`` starts, feeds and, if need be, ends.

The only module that touches WeasyPrint. It knows nothing of letters, records or Django. A message
is its length in four bytes, then its bytes: first come the style sheets by name, as JSON, then one
question after another: a line of JSON with the style and the limits, then the HTML. Each is
answered by one line and the PDF. The line is the number of pages, or says what is wrong.
"""

import gc
import json
import os
import resource
import struct
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import IO, Any

MISSING = b"missing"  # Pango, or the library that uses it, is not there
TOO_LARGE = b"too large"  # more pages or bytes than asked for

_LENGTH = struct.Struct(">I")


class Engine:
    """WeasyPrint with the style sheets read and the fetcher shut. Raises ImportError or OSError without Pango."""

    def __init__(self, styles: Mapping[str, str]) -> None:
        from weasyprint import CSS, HTML  # noqa: PLC0415 - slow, and impossible without Pango
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
        from weasyprint.urls import URLFetcher  # noqa: PLC0415

        class Shut(URLFetcher):  # type: ignore[misc]  # published without types
            """Fetches nothing: a document is its own words and our style sheet."""

            def __init__(self) -> None:
                super().__init__(allowed_protocols=())

            def fetch(self, url: str, headers: Any = None) -> Any:
                """Refuse, without repeating the address: it may be somebody's."""
                raise ValueError("a letter fetches nothing")

        self.fetcher, self._fonts, self._html = Shut(), FontConfiguration(), HTML
        self._css = {
            name: CSS(string=style, url_fetcher=self.fetcher, font_config=self._fonts) for name, style in styles.items()
        }

    def lay_out(self, page: str, *, style: str, most_pages: int) -> tuple[int, bytes]:
        """Lay out a whole HTML page as a tagged PDF; return the number of sheets, and the file.

        The file is empty where there are more sheets than ``most_pages``.
        """
        document = self._html(string=page, url_fetcher=self.fetcher).render(
            stylesheets=[self._css[style]], font_config=self._fonts, pdf_variant="pdf/ua-1"
        )
        sheets = len(document.pages)
        return sheets, document.write_pdf(pdf_variant="pdf/ua-1") if sheets <= most_pages else b""


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


def _serve(questions: IO[bytes], answers: IO[bytes]) -> None:
    styles = receive(questions)
    if styles is None:
        return
    try:
        engine = Engine(json.loads(styles))
    except (ImportError, OSError):
        for _ in _messages(questions):
            send(answers, MISSING + b"\n")
        return
    for question in _messages(questions):
        gc.disable()  # what a page leaves behind is collected after it, in one go
        try:
            send(answers, _answer(engine, question))
        except Exception as error:  # whatever is in a letter; its message may repeat the letter
            send(answers, f"{type(error).__name__}\n".encode())
        gc.enable()
        gc.collect()
        gc.freeze()  # what the engine has loaded stays: no letter waits while it is searched again


def _answer(engine: Engine, question: bytes) -> bytes:
    head, _, page = question.partition(b"\n")
    asked = json.loads(head)
    _allow(seconds=asked["seconds"], memory=asked["memory"], file_bytes=asked["file_bytes"])
    sheets, content = engine.lay_out(page.decode(), style=asked["style"], most_pages=asked["pages"])
    if not content or len(content) > asked["file_bytes"]:
        return TOO_LARGE + b"\n"
    return b"%d\n" % sheets + content


def _messages(stream: IO[bytes]) -> Iterator[bytes]:
    while (message := receive(stream)) is not None:
        yield message


def _allow(*, seconds: int, memory: int, file_bytes: int) -> None:
    """Set what the next document may take.

    The computing ends this process by itself, should it outlive the one that watches it. It writes
    no file but the cache of its fonts.
    """
    used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    limits = {"CPU": int(used) + seconds + 1, "AS": memory, "FSIZE": file_bytes}
    for name, soft in limits.items():
        with suppress(ValueError, OSError):  # not on every system
            resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (soft, resource.RLIM_INFINITY))


def main() -> None:
    """Serve on standard input and output until the other side ends."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library says must not stand among the answers
    _serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
