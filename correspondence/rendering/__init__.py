"""From facts to words, and from words to a PDF.

Words are made in the web process and frozen; pages are laid out for the worker by a process of
their own (``typesetter``, ``engine``), which no letter can hold up for long, and which is handed
no key of ours. Nothing a document names is ever fetched, and the same words always give the same
bytes.
"""

import atexit
import datetime as dt
import functools

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from cms_tracker.days import day
from correspondence.core.letter_facts import LetterFacts
from correspondence.core.letter_markup import is_letter_markup
from correspondence.core.words import printable
from correspondence.rendering.typesetter import EngineMissingError, LayoutError, Pdf, Typesetter

__all__ = [
    "EngineMissingError", "LayoutError", "Pdf", "letter_html", "plain_html", "render_pdf", "stop", "warm", "words",
]  # fmt: skip

STYLE_SHEET = settings.BASE_DIR / "static" / "css" / "letter.css"


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
    """Lay out the words of a letter as a tagged PDF.

    Raises EngineMissingError where this machine cannot, and LayoutError for a letter that takes
    longer than ``typesetter.MOST_SECONDS`` or brings the engine down; the next one is not harmed.
    """
    page = render_to_string("letters/document.html", {"html": words(html), "dated": day(dated_on)})
    return _typesetter().lay_out(page)


def warm() -> None:
    """Load the engine and lay out one page, so that nobody's letter waits for it."""
    render_pdf(plain_html("£0.00"), dated_on=dt.date(2026, 1, 1))


def stop() -> None:
    """End the process that lays out pages; the next letter starts it anew."""
    _typesetter().stop()


@functools.lru_cache(maxsize=1)
def _typesetter() -> Typesetter:
    """The one typesetter of this process, once in its life."""
    made = Typesetter(STYLE_SHEET.read_text(encoding="utf-8"))
    atexit.register(made.stop)
    return made
