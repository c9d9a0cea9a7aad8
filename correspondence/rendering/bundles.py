"""A whole bundle: its parts laid out one after another, numbered, bound, and searched.

The cover, the index and the list of hashes come last, because they say what stands on which page.
Everything that we write is cleaned of what must not leave before it is laid out.
"""

import datetime as dt
import hashlib
import html
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from cms_tracker.days import day
from correspondence import rendering
from correspondence.core.bundles import contents, hiding, numbering
from correspondence.core.bundles.contents import Document
from correspondence.core.bundles.findings import DAMAGED
from correspondence.core.bundles.hiding import Needle
from correspondence.core.bundles.numbering import Sized
from correspondence.core.words import printable
from correspondence.rendering.binder import Binder, UnreadableFileError

STYLE = "bundle.css"
#: One part of a bundle: a schedule of twenty years of weekly payments has 40 pages and takes 8 seconds.
PART = rendering.Limits(seconds=60, memory=2**30, file_bytes=20 * 2**20, pages=400)
MOST_PAGES = 600  # what fits in the time that a worker has for one paper
TITLE = "Bundle of documents"  # what the file says of itself: nothing

COVER, INDEX, HASHES = "cover", "index", "hashes"
_OURS = {COVER: "Cover", INDEX: "Index", HASHES: "List of hashes"}
_TAG = re.compile(r"(<[^>]*>)")


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One document that goes in: words of ours by ``template``, or a file: ``read`` gives it with its media type.

    ``sha256`` is the hash of what it is a copy of; empty for what we write ourselves, whose own pages
    are hashed.
    """

    key: str
    section: str
    mark: str
    title: str
    on: dt.date | None = None
    template: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)
    read: Callable[[], tuple[bytes, str]] | None = None
    sha256: str = ""
    added_on: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """The version before: its file, and what stands in it, in order."""

    content: bytes
    documents: tuple[Document, ...]


@dataclass(frozen=True, kw_only=True)
class Bundle:
    """A finished bundle. ``found`` names what stopped it, as label and title; its content must then not be kept."""

    content: bytes
    pages: int
    documents: tuple[Document, ...]
    found: tuple[tuple[str, str], ...]


class UnreadableExhibitError(Exception):
    """A file that cannot be put in; ``title`` is how the bundle calls it, ``why`` a code of ``findings``."""

    def __init__(self, title: str, *, why: str = DAMAGED) -> None:
        super().__init__("a file cannot be put in")
        self.title, self.why = title, why


@dataclass
class _Made:
    """A document and how many pages it has; ``handed_in``: its pages are not ours."""

    document: Document
    pages: int
    before: tuple[str, ...] = ()
    is_handed_in: bool = False
    is_kept: bool = False


def make(
    pieces: Sequence[Piece],
    *,
    cover: Mapping[str, Any],
    needles: Sequence[Needle],
    earlier: Earlier | None = None,
    progress: Callable[[int, int], None],
) -> Bundle:
    """Make a bundle of these pieces, in this order.

    With an ``earlier`` version its documents stay where they are, page by page, and pieces come in at
    the end of their sections. ``needles`` are what must not leave. ``progress`` is told how many of
    how many parts are done. Raises UnreadableExhibitError, and as ``rendering.lay_out`` does.
    """
    steps = len(pieces) + 3
    with Binder() as binder:
        made = _kept(binder, earlier) if earlier else []
        for done, piece in enumerate(pieces):
            progress(done, steps)
            made = _placed(made, _piece(binder, piece, needles))
        before = {one.key: one.labels for one in earlier.documents} if earlier else {}
        progress(steps - 3, steps)
        made = _with_frame(binder, made, before, cover=cover, needles=needles)
        progress(steps - 2, steps)
        return _bound(binder, made, needles)


def _kept(binder: Binder, earlier: Earlier) -> list[_Made]:
    """The documents of the version before, each standing by itself."""
    binder.add("earlier", earlier.content, pages=sum(len(one.labels) for one in earlier.documents))
    made, first = [], 0
    for one in earlier.documents:
        if one.section:
            binder.add_again(one.key, of="earlier", first=first, pages=len(one.labels))
            made.append(_Made(one, len(one.labels), one.labels, is_handed_in=bool(one.unread), is_kept=True))
        first += len(one.labels)
    return made


def _piece(binder: Binder, piece: Piece, needles: Sequence[Needle]) -> _Made:
    title = hiding.remove(printable(piece.title), needles)
    if piece.read is not None:
        content, media_type = piece.read()
        try:
            pages = binder.add_handed_in(piece.key, content, media_type=media_type)
        except UnreadableFileError as error:
            raise UnreadableExhibitError(title) from error
    else:
        pdf = _laid_out(piece.template, piece.context, needles)
        binder.add(piece.key, pdf.content, pages=pdf.pages)
        content, pages = pdf.content, pdf.pages
    document = Document(
        key=piece.key, section=piece.section, mark=piece.mark, title=title, on=piece.on, labels=(),
        sha256=piece.sha256 or hashlib.sha256(content).hexdigest(), added_on=piece.added_on,
    )  # fmt: skip
    return _Made(document, pages, is_handed_in=piece.read is not None)


def _placed(made: Sequence[_Made], new: _Made) -> list[_Made]:
    """The documents with a new one at the end of its section, or at the end of all where the section is new."""
    places = [place for place, one in enumerate(made) if one.document.section == new.document.section]
    at = places[-1] + 1 if places else len(made)
    return [*made[:at], new, *made[at:]]


def _with_frame(
    binder: Binder,
    made: Sequence[_Made],
    before: Mapping[str, tuple[str, ...]],
    *,
    cover: Mapping[str, Any],
    needles: Sequence[Needle],
) -> list[_Made]:
    """All documents with their labels, cover and index before them and the hashes behind.

    How long the index is depends on how many lines it has, so it is laid out until it fits the
    number of pages that was counted on; the second time it does.
    """
    sizes = {key: max(1, len(before.get(key, ()))) for key in _OURS}
    for _ in range(4):
        every = _labelled(made, before, sizes)
        pdfs = {key: _frame(key, every, cover, needles) for key in _OURS}
        found = {key: max(pdf.pages, len(before.get(key, ()))) for key, pdf in pdfs.items()}
        if found == sizes:
            break
        sizes = found
    for key, pdf in pdfs.items():
        binder.add(key, pdf.content, pages=pdf.pages)
    return every


def _labelled(made: Sequence[_Made], before: Mapping[str, tuple[str, ...]], sizes: Mapping[str, int]) -> list[_Made]:
    ours = {
        key: _Made(
            Document(key=key, section="", mark="", title=title, on=None, labels=(), sha256=""),
            sizes[key],
            before.get(key, ()),
        )
        for key, title in _OURS.items()
    }
    every = [ours[COVER], ours[INDEX], *made, ours[HASHES]]
    labels = numbering.numbered(
        [Sized(key=one.document.key, pages=one.pages, before=one.before) for one in every]
    )  # fmt: skip
    return [replace(one, document=replace(one.document, labels=labels[one.document.key])) for one in every]


def _frame(key: str, every: Sequence[_Made], cover: Mapping[str, Any], needles: Sequence[Needle]) -> rendering.Pdf:
    documents = [one.document for one in every]
    known = {
        "cover": cover,
        "groups": contents.grouped(documents),
        "pages": sum(one.pages for one in every),
        "digest": contents.digest(documents),
        "hashes_on": documents[-1].pages,
    }
    return _laid_out(f"{key}.html", known, needles)


def _laid_out(template: str, context: Mapping[str, Any], needles: Sequence[Needle]) -> rendering.Pdf:
    words = render_to_string(f"bundles/{template}", dict(context))
    page = render_to_string("bundles/document.html", {"html": cleaned(words, needles)})
    return rendering.lay_out(page, style=STYLE, limits=PART)


def cleaned(words: str, needles: Sequence[Needle]) -> SafeString:
    """HTML of ours whose text holds nothing that must not leave, and no character that acts on the page."""
    parts = _TAG.split(words)
    for place in range(0, len(parts), 2):
        if parts[place].strip():
            text = printable(html.unescape(parts[place]))
            parts[place] = html.escape(hiding.remove(text, needles))
    return mark_safe("".join(parts))  # noqa: S308 - our own template, its text escaped above


def _bound(binder: Binder, every: Sequence[_Made], needles: Sequence[Needle]) -> Bundle:
    documents = [one.document for one in every]
    labels = {one.key: one.labels for one in documents}
    total = "" if any(one.is_kept for one in every) else numbering.last_number(labels)
    pages = sum(len(one.labels) for one in documents)
    if pages > MOST_PAGES:
        raise rendering.TooLargeError("more pages than a bundle may have")
    stamps = [
        {"left": f"{one.document.mark} {one.document.title}".strip(), "right": _number(label, one.document, total)}
        for one in every
        if not one.is_kept
        for label in one.document.labels
    ]
    pdf = _laid_out("stamps.html", {"stamps": stamps}, needles)
    binder.add("stamps", pdf.content, pages=pdf.pages)
    handed_in = [place for place, one in enumerate(_owners(every)) if one.is_handed_in]
    bound = binder.bind(
        {
            "documents": [_spec(one) for one in every],
            "stamps": "stamps", "title": TITLE, "digest": contents.digest(documents),
        },
        needles=needles,
        handed_in=handed_in,
    )  # fmt: skip
    owners = [one.document for one in _owners(every)]
    shown = [label for one in documents for label in one.labels]
    unread = {shown[place] for place in bound.unread}
    return Bundle(
        content=bound.content,
        pages=pages,
        documents=tuple(
            replace(one, unread=tuple(label for label in one.labels if label in unread)) for one in documents
        ),
        found=tuple((shown[at], owners[at].title) if at >= 0 else ("", "") for at in bound.found),
    )


def _owners(every: Sequence[_Made]) -> list[_Made]:
    """The document that each page belongs to."""
    return [one for one in every for _ in one.document.labels]


def _number(label: str, document: Document, total: str) -> str:
    """What the foot of a page says. In a later version "of 148" would be wrong, and old pages say it already."""
    if total:
        return f"Page {label} of {total}"
    is_late = numbering.parsed(label)[1] and document.added_on is not None
    return f"Page {label}, added {day(document.added_on)}" if is_late and document.added_on else f"Page {label}"


def _spec(one: _Made) -> dict[str, Any]:
    document = one.document
    name = f"{document.mark} {document.title}".strip()
    is_sheet = not document.section or document.key.startswith("sheet:")
    return {
        "key": document.key,
        "title": name,
        "section": document.section,
        "labels": list(document.labels),
        "kept_as": name if one.is_kept else "",
        "is_sheet": is_sheet,
        "bookmark": f"{name} ({document.pages})",
    }
