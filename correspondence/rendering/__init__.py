"""From facts to words, and from words to a PDF.

Words are made in the web process and frozen; pages are laid out for the worker by a process of
their own (``typesetter``, ``engine``), which no letter can hold up for long, and which is handed
no key of ours. Nothing a document names is ever fetched, and the same words always give the same
bytes.
"""

import atexit
import datetime as dt
import functools
import hashlib

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from cms_tracker.days import day
from correspondence.core.letter_markup import MOST_STATEMENT_TAGS, is_letter_markup
from correspondence.core.letters import paragraphs
from correspondence.core.letters.envelope import Letter
from correspondence.core.one_page import OnePage
from correspondence.core.statement_options import PaperKind
from correspondence.core.statement_words import Paper
from correspondence.core.words import printable
from correspondence.rendering.tables import comma_separated, workbook
from correspondence.rendering.typesetter import (
    LETTER,
    EngineMissingError,
    LayoutError,
    Limits,
    Pdf,
    TooLargeError,
    Typesetter,
)

__all__ = [
    "LETTER", "ONE_PAGE", "STATEMENT", "EngineMissingError", "LayoutError", "Limits", "Pdf", "TooLargeError",
    "comma_separated", "lay_out", "letter_html", "letter_page", "one_page_html", "paper_style", "plain_html",
    "render_pdf", "statement_html", "statement_pdf", "statement_version", "statement_words", "stop", "style_sheets",
    "template_html", "template_version", "warm", "words", "workbook",
]  # fmt: skip

#: Every style sheet of static/css/ that a document may be laid out with.
STYLE_SHEETS = ("letter.css", "bundle.css", "statement.css", "one-page.css")
#: Of a letter's HTML. Plain words fill the pages that a letter may have with a third of it.
MOST_CHARACTERS = 1_000_000

#: Forty years of weekly payments, each with where it went.
STATEMENT = Limits(seconds=60, memory=2**30, file_bytes=20 * 2**20, pages=400)
#: A case on one page: what does not fit is refused, and never printed on a second one.
ONE_PAGE = Limits(seconds=20, memory=640 * 2**20, file_bytes=2 * 2**20, pages=1)

# What each paper is made of and laid out with: its template, its style sheet, its limits, and its name in a title.
_PAPERS = {
    PaperKind.ACCOUNT: ("correspondence/statement_paper.html", "statement.css", STATEMENT, "Statement"),
    PaperKind.ONE_PAGE: ("correspondence/one_page_paper.html", "one-page.css", ONE_PAGE, "Summary"),
}


def letter_html(letter: Letter) -> str:
    """The words of a letter as HTML: everything a person typed stands in it as text.

    Raises ``paragraphs.MovedError`` where a paragraph written anew is not in the letter any more.
    """
    texts = {one.key: one.text for one in letter.edits}
    return paragraphs.edited(template_html(letter), texts, addition=letter.addition)


def template_html(letter: Letter) -> str:
    """The words of a letter as our template has them, before the person's own."""
    return render_to_string(f"letters/{letter.kind}.html", {"letter": letter, "about": letter.about})


def template_version(kind: str) -> str:
    """A short name of exactly the template and the looks by which a letter of this kind is made now."""
    folder = settings.BASE_DIR / "templates" / "letters"
    files = [folder / name for name in ("base.html", "document.html", f"{kind}.html")]
    digest = hashlib.sha256()
    for path in [*files, *sorted(folder.glob("_*.html")), settings.BASE_DIR / "static" / "css" / "letter.css"]:
        digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


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

    Raises as ``lay_out`` does, within the limits of a letter.
    """
    if len(html) > MOST_CHARACTERS:
        raise TooLargeError("the words would fill far more pages than a letter may have")
    return lay_out(letter_page(html, dated_on=dated_on), style="letter.css", limits=LETTER)


def letter_page(html: str, *, dated_on: dt.date) -> str:
    """The words of a letter as the whole HTML page that is laid out."""
    return render_to_string("letters/document.html", {"html": words(html), "dated": day(dated_on)})


def statement_html(paper: Paper) -> str:
    """The words of a statement as HTML."""
    return render_to_string("correspondence/statement_paper.html", {"paper": paper})


def one_page_html(paper: OnePage) -> str:
    """The words of a case on one page as HTML."""
    return render_to_string("correspondence/one_page_paper.html", {"paper": paper})


def paper_style(kind: PaperKind) -> str:
    """The style sheet that a paper of this kind has on a screen, below static/."""
    return f"css/{_PAPERS[kind][1]}"


def statement_version(kind: PaperKind = PaperKind.ACCOUNT) -> str:
    """A short name of exactly the template and the looks by which such a paper is made now."""
    folders = settings.BASE_DIR / "templates", settings.BASE_DIR / "static" / "css"
    template, style, _, _ = _PAPERS[kind]
    digest = hashlib.sha256()
    for path in [folders[0] / template, folders[0] / "letters/document.html", folders[1] / style]:
        digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def statement_words(html: str) -> SafeString:
    """The stored words of a statement, for a page; anything but its own markup stays text."""
    is_its_own = is_letter_markup(html, most_tags=MOST_STATEMENT_TAGS)
    return mark_safe(html) if is_its_own else plain_html(html)  # noqa: S308 - just checked


def statement_pdf(html: str, *, made_on: dt.date, kind: PaperKind = PaperKind.ACCOUNT) -> Pdf:
    """Lay out the words of a statement as a tagged PDF. Raises as ``lay_out`` does, within the limits of its kind."""
    _, style, limits, called = _PAPERS[kind]
    context = {"html": statement_words(html), "dated": day(made_on), "called": called}
    return lay_out(render_to_string("letters/document.html", context), style=style, limits=limits)


def lay_out(page: str, *, style: str, limits: Limits) -> Pdf:
    """Lay out a whole HTML page as a tagged PDF, with one of ``STYLE_SHEETS``.

    Raises EngineMissingError where this machine cannot, TooLargeError where it would have more pages
    or bytes than it may, and LayoutError where it takes too long or brings the engine down; the next
    one is not harmed.
    """
    return _typesetter().lay_out(page, style=style, limits=limits)


def style_sheets() -> dict[str, str]:
    """The text of every style sheet, by its name."""
    folder = settings.BASE_DIR / "static" / "css"
    return {name: (folder / name).read_text(encoding="utf-8") for name in STYLE_SHEETS}


def warm() -> None:
    """Load the engine and lay out one page, so that nobody's letter waits for it."""
    render_pdf(plain_html("£0.00"), dated_on=dt.date(2026, 1, 1))


def stop() -> None:
    """End the process that lays out pages; the next letter starts it anew."""
    _typesetter().stop()


@functools.lru_cache(maxsize=1)
def _typesetter() -> Typesetter:
    """The one typesetter of this process, once in its life."""
    made = Typesetter(style_sheets())
    atexit.register(made.stop)
    return made
