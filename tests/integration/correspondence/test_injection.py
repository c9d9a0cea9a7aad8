"""Whatever is typed into a letter is text: nothing is fetched, and nothing of this machine gets into the PDF."""

import functools
import re
import threading
import urllib.request
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

import pytest

from cms_tracker.processes import system_packages
from correspondence import rendering
from tests.integration.correspondence.test_rendering import call, pdf_of, squeezed, text_of
from tests.needs import absent

SECRET = "canary-4d1f7c"
#: Every way known to us in which a document can name something: {http} on the network, {file} on this machine.
CHANNELS = [
    '<img src="{http}">',
    '<img src="{file}">',
    '<img srcset="{http} 2x">',
    '<picture><source srcset="{http}"><img></picture>',
    '<link rel="stylesheet" href="{http}">',
    '<link rel="attachment" href="{file}">',
    '<a rel="attachment" href="{file}">a</a>',
    '<a href="{http}">a</a>',
    '<a href="javascript:alert(1)">a</a>',
    '<link rel="icon" href="{http}">',
    '<style>@import "{http}";</style>',
    "<style>@import url({file});</style>",
    '<style>@font-face {{ font-family: x; src: url("{http}") }} p {{ font-family: x }}</style><p>x</p>',
    '<p style="background-image: url({http})">x</p>',
    '<ul style="list-style-image: url({http})"><li>x</li></ul>',
    '<p style="border-image: url({http}) 1">x</p>',
    '<style>p::before {{ content: url("{http}") }}</style><p>x</p>',
    '<style>@page {{ background: url("{http}") }}</style>',
    '<style>@page {{ @top-left {{ content: url("{http}") }} }}</style>',
    '<svg width="9" height="9"><image href="{http}" width="9" height="9"/></svg>',
    '<svg width="9" height="9"><image xlink:href="{file}" width="9" height="9"/></svg>',
    '<svg width="9" height="9"><use href="{http}#x"/></svg>',
    '<svg width="9" height="9"><style>@import "{http}";</style><rect width="9" height="9"/></svg>',
    '<object data="{http}" type="image/svg+xml"></object>',
    '<object data="{file}"></object>',
    '<embed src="{http}" type="image/png">',
    '<iframe src="{http}"></iframe>',
    '<video poster="{http}"></video>',
    '<input type="image" src="{http}">',
    '<table background="{http}"><tr><td background="{http}">x</td></tr></table>',
    '<base href="{http}"><img src="x.png">',
    '<meta http-equiv="refresh" content="0; url={http}">',
    '<script src="{http}"></script>',
    '<!DOCTYPE x [<!ENTITY y SYSTEM "{file}">]><p>&y;</p>',
    '<p style="color: red; -weasy-link: url({http})">x</p>',
    "@import '{file}'; {{ 7*7 }} {{% include '{file}' %}} ${{7*7}} %s",
]
#: Some that an unguarded engine is sure to follow.
_FOLLOWED = [CHANNELS[place] for place in (0, 4, 13)]


class Canary(NamedTuple):
    """A server and a file that nothing may touch."""

    http: str
    file: str
    hits: list[str]

    def named_in(self, channel: str) -> str:
        """The channel with both addresses in it."""
        return channel.format(http=self.http, file=self.file)


class _Notes(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.hits.append(self.path)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(SECRET.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def canary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Canary]:
    if not system_packages.has_pango():
        absent("Pango is not installed, so no letter can be laid out")
    path = tmp_path_factory.mktemp("canary") / "passwords.txt"
    path.write_text(SECRET)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Notes)
    server.hits = []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield Canary(f"http://127.0.0.1:{server.server_port}/x", path.as_uri(), server.hits)
    server.shutdown()
    server.server_close()


def inside(content: bytes) -> bytes:
    """A PDF with every compressed part of it opened."""
    parts = [content]
    for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
        try:
            parts.append(zlib.decompress(found[1]))
        except zlib.error:
            parts.append(found[1])
    return b"\n".join(parts)


class TestEveryChannel:
    def test_would_work_in_a_program_that_lets_it(self, canary: Canary) -> None:
        """Else the tests below would prove nothing."""
        from weasyprint import HTML

        canary.hits.clear()
        urllib.request.urlopen(canary.http, timeout=5).close()
        for channel in _FOLLOWED:
            HTML(string=canary.named_in(channel)).render()
        attached = HTML(string=canary.named_in(CHANNELS[5])).write_pdf()
        assert len(canary.hits) == 1 + len(_FOLLOWED)
        assert b"/EmbeddedFile" in inside(attached)
        assert SECRET.encode() in inside(attached)
        canary.hits.clear()

    @pytest.mark.parametrize("channel", CHANNELS)
    def test_is_printed_as_text_in_every_field_of_a_letter(self, canary: Canary, channel: str) -> None:
        typed = canary.named_in(channel)
        pdf = pdf_of(call(typed))
        assert squeezed(text_of(pdf)).count(squeezed(typed)) >= 2
        opened = inside(pdf.content)
        assert [word for word in (b"/EmbeddedFile", b"/URI", b"/JavaScript", SECRET.encode()) if word in opened] == []
        assert SECRET not in text_of(pdf)
        assert canary.hits == []

    def test_leads_nowhere_even_as_markup(self, canary: Canary) -> None:
        """The engine refuses by itself, should a mistake of ours ever let markup through."""
        for channel in CHANNELS:
            page = f"<html lang=en><title>x</title>{canary.named_in(channel)}<p>£1.00</p>"
            pdf = rendering.lay_out(page, style="letter.css", limits=rendering.LETTER)
            opened = inside(pdf.content)
            assert SECRET.encode() not in opened, channel
            assert b"/EmbeddedFile" not in opened, channel
        assert canary.hits == []


def laid_out(text: str) -> str:
    pdf = pdf_of(call(text))
    return squeezed(text_of(pdf))


class TestText:
    @pytest.fixture(autouse=True)
    def _pango(self) -> None:
        if not system_packages.has_pango():
            absent("Pango is not installed, so no letter can be laid out")

    @pytest.mark.parametrize(
        ("typed", "printed"),
        [
            ("a\u202eb", "a[U+202E]b"),
            ("a\u2066b\u2069", "a[U+2066]b[U+2069]"),
            ("a\x00b", "a[U+0000]b"),
            ("a\u200bb", "a[U+200B]b"),
            ("a\ufeffb", "a[U+FEFF]b"),
            ("a\x1b[31mb", "a[U+001B][31mb"),
        ],
    )
    def test_that_acts_on_the_page_is_shown(self, typed: str, printed: str) -> None:
        assert printed in laid_out(typed)

    def test_of_a_million_words_is_refused_at_once_and_the_next_letter_is_made(self) -> None:
        words = functools.partial(rendering.render_pdf, dated_on=call("").dated_on)
        with pytest.raises(rendering.TooLargeError):
            words(rendering.plain_html("arrears " * 1_000_000))
        assert words(rendering.plain_html("arrears")).pages == 1
