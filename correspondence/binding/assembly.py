"""One file out of many parts: pages in order, numbers stamped, bookmarks, links, tags, labels.

The parts that we laid out are tagged, and keep their tags under one root. Sheets of files that
people handed in are not: nobody has said how they are to be read, and the documentation says so.
"""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    TextStringObject,
    create_string_object,
)

from correspondence.binding import leaves

LINK = "x-bundle:"  # an address that only means: the first page of the document with this key
_TAGGED = re.compile(rb"/Span\s*<<\s*/MCID \d+\s*>>\s*BDC")


@dataclass
class Part:
    """Something that was handed over to be bound in. ``first`` and ``pages`` pick some pages of a file of ours."""

    content: bytes
    media_type: str
    is_ours: bool
    first: int = 0
    pages: int = 0
    reader: PdfReader | None = None

    def open(self) -> PdfReader:
        """A part that we laid out, opened once: what it shares between its pages is copied once."""
        self.reader = self.reader or PdfReader(io.BytesIO(self.content))
        return self.reader


@dataclass
class Tags:
    """The tags of the whole file: one root, one document, in it the tags of each part."""

    writer: PdfWriter
    nums: list[Any] = field(default_factory=list)
    following: int = 0

    def __post_init__(self) -> None:
        self.document = DictionaryObject(
            {NameObject("/Type"): NameObject("/StructElem"), NameObject("/S"): NameObject("/Document")}
        )
        self.document[NameObject("/K")] = self.children = ArrayObject()
        self.at = self.writer._add_object(self.document)

    def take(self, reader: PdfReader, *, title: str, kept_as: str, first: int, added: Sequence[PageObject]) -> None:
        """The tags of these pages of a part, under an element with the title of its document.

        ``kept_as`` names the element in a file that we bound before; empty: the part is a whole file.
        """
        source = _element(reader, kept_as)
        if source is None:
            return
        source.pop("/P", None)  # its old parent holds every other part of that file
        mine = source.indirect_reference.clone(self.writer)
        element = mine.get_object()
        element[NameObject("/S")] = NameObject("/Sect")
        element[NameObject("/T")] = create_string_object(title)
        element[NameObject("/P")] = self.at
        self.children.append(mine)
        old = _parents(reader)
        for place, page in enumerate(added):
            self._renumber(page, "/StructParents", old, reader.pages[first + place].get("/StructParents"))
            for note in page.get("/Annots", ArrayObject()):
                self._renumber(note.get_object(), "/StructParent", old, note.get_object().get("/StructParent"))

    def close(self) -> None:
        """Hang the tags into the file."""
        parents = DictionaryObject({NameObject("/Nums"): ArrayObject(self.nums)})
        root = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/StructTreeRoot"),
                NameObject("/K"): ArrayObject([self.at]),
                NameObject("/ParentTree"): self.writer._add_object(parents),
                NameObject("/ParentTreeNextKey"): NumberObject(self.following),
            }
        )
        reference = self.writer._add_object(root)
        self.document[NameObject("/P")] = reference
        self.writer._root_object[NameObject("/StructTreeRoot")] = reference

    def _renumber(self, holder: Any, name: str, old: Mapping[int, Any], key: Any) -> None:
        if key is None or int(key) not in old:
            holder.pop(name, None)
            return
        found = old[int(key)]
        copied = found.clone(self.writer) if isinstance(found, IndirectObject) else ArrayObject(
            one.clone(self.writer) if isinstance(one, IndirectObject) else one for one in found
        )  # fmt: skip
        self.nums += [NumberObject(self.following), copied]
        holder[NameObject(name)] = NumberObject(self.following)
        self.following += 1


def bind(parts: Mapping[str, Part], spec: Mapping[str, Any]) -> bytes:
    """The finished file.

    ``spec["documents"]`` are in order, each with its ``key``, ``title``, ``section`` (what its
    bookmark stands under), ``labels`` and ``kept_as``; ``spec["stamps"]`` names the part whose pages
    are the numbers of all pages that bear none yet, in order.
    """
    writer = PdfWriter()
    writer.pdf_header = "%PDF-1.7"
    tags = Tags(writer)
    stamps = parts[spec["stamps"]].open()
    stamped, first_of = 0, {}
    for one in spec["documents"]:
        part = parts[one["key"]]
        first_of[one["key"]] = len(writer.pages)
        added = _added(writer, part)
        if part.is_ours:
            tags.take(part.open(), title=one["title"], kept_as=one["kept_as"], first=part.first, added=added)
        for page in added if not one["kept_as"] else ():
            _stamp(writer, page, stamps.pages[stamped])
            stamped += 1
    tags.close()
    _point_links(writer, first_of)
    _bookmarks(writer, spec["documents"], first_of)
    _describe(writer, spec)
    finished = io.BytesIO()
    writer.write(finished)
    return finished.getvalue()


def _added(writer: PdfWriter, part: Part) -> list[PageObject]:
    if not part.is_ours:
        return list(leaves.sheets(writer, part.content, part.media_type))
    pages = part.open().pages
    return [writer.add_page(pages[part.first + number]) for number in range(part.pages)]


def _element(reader: PdfReader, kept_as: str) -> Any:
    """The element that holds the tags of a part, or None where it has none."""
    root = reader.root_object.get("/StructTreeRoot")
    if root is None:
        return None
    document = root.get_object()["/K"][0].get_object()
    if not kept_as:
        return document
    every = [one.get_object() for one in document["/K"]]
    return next((one for one in every if one.get("/T") == kept_as), None)


def _parents(reader: PdfReader) -> dict[int, Any]:
    """Which tags each page and link of a file of ours belongs to, by the number that it bears."""
    root: Any = reader.root_object["/StructTreeRoot"].get_object()
    pairs = list(root["/ParentTree"].get_object()["/Nums"])
    return {int(key): _kept(value) for key, value in zip(pairs[::2], pairs[1::2], strict=True)}


def _kept(value: Any) -> Any:
    """The tags of a page as a list; the tag of a link as the reference that it is."""
    return value.get_object() if isinstance(value.get_object(), ArrayObject) else value


def _stamp(writer: PdfWriter, page: PageObject, stamp: PageObject) -> None:
    """Lay the number of the page over it, marked as what is not part of the text."""
    data = _TAGGED.sub(b"/Artifact BMC", stamp.get_contents().get_data())  # type: ignore[union-attr]
    resources = stamp["/Resources"].clone(writer)
    drawn = leaves.form(writer, data, box=[float(one) for one in stamp.mediabox], resources=resources)
    own: Any = page["/Resources"].get_object()
    drawings = own.get("/XObject", DictionaryObject()).get_object()
    # Parts may share one dictionary between their pages: each page gets its own, or the last number won.
    mine = DictionaryObject(
        {**own, NameObject("/XObject"): DictionaryObject({**drawings, NameObject("/Number"): drawn})}
    )
    page[NameObject("/Resources")] = mine
    before, after = DecodedStreamObject(), DecodedStreamObject()
    before.set_data(b"q\n")
    after.set_data(b"\nQ\n/Artifact BMC\nq /Number Do Q\nEMC\n")
    contents: Any = page.raw_get("/Contents") if "/Contents" in page else ArrayObject()
    middle = list(contents.get_object()) if isinstance(contents.get_object(), ArrayObject) else [contents]
    page[NameObject("/Contents")] = ArrayObject([writer._add_object(before), *middle, writer._add_object(after)])


def _point_links(writer: PdfWriter, first_of: Mapping[str, int]) -> None:
    """Turn the index's lines into links to the pages they speak of."""
    for page in writer.pages:
        for reference in page.get("/Annots", ArrayObject()):
            note = reference.get_object()
            address = str(note.get("/A", DictionaryObject()).get_object().get("/URI", ""))
            if address.startswith(LINK) and (key := address.removeprefix(LINK)) in first_of:
                target = writer.pages[first_of[key]].indirect_reference
                note[NameObject("/Dest")] = ArrayObject([target, NameObject("/Fit")])
                note[NameObject("/Contents")] = TextStringObject("Go to this document")
                del note["/A"]


def _bookmarks(writer: PdfWriter, documents: Sequence[Mapping[str, Any]], first_of: Mapping[str, int]) -> None:
    under: dict[str, Any] = {}
    for one in documents:
        if one["is_sheet"]:
            under[one["section"]] = writer.add_outline_item(
                title=one["bookmark"], page_number=first_of[one["key"]], bold=True
            )
        else:
            writer.add_outline_item(
                title=one["bookmark"], page_number=first_of[one["key"]], parent=under.get(one["section"])
            )


def _describe(writer: PdfWriter, spec: Mapping[str, Any]) -> None:
    """What the file says of itself: a name that says nothing, its language, its labels. No date, no person."""
    labels = ArrayObject()
    for number, label in enumerate(label for one in spec["documents"] for label in one["labels"]):
        labels += [NumberObject(number), DictionaryObject({NameObject("/P"): create_string_object(label)})]
    root = writer._root_object
    root[NameObject("/PageLabels")] = DictionaryObject({NameObject("/Nums"): labels})
    root[NameObject("/Lang")] = create_string_object("en-GB")
    root[NameObject("/MarkInfo")] = DictionaryObject({NameObject("/Marked"): BooleanObject(value=True)})
    root[NameObject("/ViewerPreferences")] = DictionaryObject(
        {NameObject("/DisplayDocTitle"): BooleanObject(value=True)}
    )
    root[NameObject("/PageMode")] = NameObject("/UseOutlines")
    writer.metadata = {"/Title": spec["title"], "/Producer": "pypdf"}
    writer._ID = ArrayObject([ByteStringObject(bytes.fromhex(spec["digest"])[:16])] * 2)
