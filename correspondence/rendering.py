"""From facts to words, and from words to a PDF. The only module that touches WeasyPrint.

Words are made in the web process and frozen; pages are laid out by the worker, which imports
WeasyPrint when it is first needed: it is slow to load, and absent where Pango is. Nothing a
document names is ever fetched, and the same words always give the same bytes.
"""

import datetime as dt
import functools
import gc
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from cms_tracker.days import day
from correspondence.core.letter_facts import LetterFacts
from correspondence.core.letter_markup import is_letter_markup
from correspondence.core.words import printable

STYLE_SHEET = settings.BASE_DIR / "static" / "css" / "letter.css"


class EngineMissingError(RuntimeError):
    """This machine cannot lay out PDF pages: Pango, or the library that uses it, is not there."""


@dataclass(frozen=True, slots=True)
class Pdf:
    """A finished document."""

    content: bytes
    pages: int


def letter_html(facts: LetterFacts) -> str:
    """The words of a letter as HTML: everything a person typed stands in it as text."""
    return render_to_string(f"letters/{facts.kind.value}.html", {"letter": facts})


def plain_html(text: str) -> SafeString:
    """A text from elsewhere as HTML that says exactly that text."""
    lines = printable(text).split("\n")
    body = format_html_join(mark_safe("<br>\n"), "{}", ((line,) for line in lines))
    return format_html('<main class="plain">{}</main>', body)


def words(html: str) -> SafeString:
    """The stored words of a letter, for a page. Anything that is not a letter's own markup stays text.

    A stored letter may have come in with a case file that anybody could have written.
    """
    return mark_safe(html) if is_letter_markup(html) else plain_html(html)  # noqa: S308 - just checked


def render_pdf(html: str, *, dated_on: dt.date) -> Pdf:
    """Lay out the words of a letter as a tagged PDF. Raises EngineMissingError where nothing can."""
    engine = _engine()
    page = render_to_string("letters/document.html", {"html": words(html), "dated": day(dated_on)})
    document = engine.html(string=page, url_fetcher=engine.fetcher).render(
        stylesheets=[engine.css], font_config=engine.fonts, pdf_variant="pdf/ua-1"
    )
    return Pdf(document.write_pdf(pdf_variant="pdf/ua-1"), len(document.pages))


def warm() -> None:
    """Load the engine and lay out one page, so that nobody's letter waits for it."""
    render_pdf(plain_html("£0.00"), dated_on=dt.date(2026, 1, 1))
    gc.collect()
    gc.freeze()  # what the engine has loaded stays: no letter waits while it is searched again


@dataclass(frozen=True, slots=True)
class _Engine:
    html: Any
    fetcher: Any
    fonts: Any
    css: Any


@functools.lru_cache(maxsize=1)
def _engine() -> _Engine:
    """WeasyPrint with our style sheet read and the fetcher shut, once in the life of a worker."""
    try:
        from weasyprint import CSS, HTML  # noqa: PLC0415 - slow, and impossible without Pango
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
        from weasyprint.urls import URLFetcher  # noqa: PLC0415
    except (ImportError, OSError) as error:
        raise EngineMissingError("Pango cannot be loaded") from error

    class Shut(URLFetcher):  # type: ignore[misc]  # published without types
        """Fetches nothing: a letter is its own words and our style sheet."""

        def __init__(self) -> None:
            super().__init__(allowed_protocols=())

        def fetch(self, url: str, headers: Any = None) -> Any:
            """Refuse, without repeating the address: it may be somebody's."""
            raise ValueError("a letter fetches nothing")

    fetcher, fonts = Shut(), FontConfiguration()
    text = STYLE_SHEET.read_text(encoding="utf-8")
    return _Engine(HTML, fetcher, fonts, CSS(string=text, url_fetcher=fetcher, font_config=fonts))
