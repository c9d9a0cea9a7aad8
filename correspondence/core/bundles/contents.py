"""What stands in a bundle, page by page, and the hashes that let anybody check it.

A document keeps the hash of what it was made from: of a letter or a file, of the very bytes that
the record holds; of a part that we wrote, of its pages as they were laid out.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from correspondence.core.bundles.numbering import spoken
from correspondence.core.bundles.purposes import SECTIONS, Section

FORMAT = "bundle-manifest/1"
_SHA256 = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document of a bundle: its place, its name, its pages, its hash.

    ``section`` is empty for the cover, the index and the list of hashes. ``mark`` is how it is called
    ("D2"), ``added_on`` the day of the version that brought it in after the first. ``unread`` are the
    pages whose text nobody could read, so that a person has to look.
    """

    key: str
    section: str
    mark: str
    title: str
    on: dt.date | None
    labels: tuple[str, ...]
    sha256: str
    added_on: dt.date | None = None
    unread: tuple[str, ...] = ()

    @property
    def pages(self) -> str:
        """Its pages as the index has them."""
        return spoken(self.labels)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The documents of one section, under its name."""

    title: str
    documents: tuple[Document, ...]


def grouped(documents: Iterable[Document]) -> list[Group]:
    """The documents that belong to a section, in the order of the bundle."""
    found: dict[str, list[Document]] = {}
    for one in documents:
        if one.section:
            found.setdefault(one.section, []).append(one)
    return [Group(title=SECTIONS[Section(name)], documents=tuple(every)) for name, every in found.items()]


def digest(documents: Iterable[Document]) -> str:
    """One hash over the titles, pages and hashes of every document: it changes when any of them would.

    The cover, the index and the list of hashes are left out: they print it.
    """
    lines = [[one.mark, one.title, list(one.labels), one.sha256] for one in documents if one.section]
    return hashlib.sha256(json.dumps(lines, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def as_json(documents: Iterable[Document]) -> list[dict[str, Any]]:
    """The documents as they are kept in a row, and in the manifest."""
    return [
        {
            "key": one.key, "section": one.section, "mark": one.mark, "title": one.title,
            "on": one.on.isoformat() if one.on else None, "labels": list(one.labels), "sha256": one.sha256,
            "added_on": one.added_on.isoformat() if one.added_on else None, "unread": list(one.unread),
        }
        for one in documents
    ]  # fmt: skip


def from_json(values: Sequence[Mapping[str, Any]]) -> tuple[Document, ...]:
    """What ``as_json`` wrote. Raises ValueError for anything else."""
    try:
        return tuple(
            Document(
                key=str(one["key"]),
                section=Section(one["section"]).value if one["section"] else "",
                mark=str(one["mark"]),
                title=str(one["title"]),
                on=dt.date.fromisoformat(one["on"]) if one["on"] else None,
                labels=tuple(map(str, one["labels"])),
                sha256=str(one["sha256"]),
                added_on=dt.date.fromisoformat(one["added_on"]) if one["added_on"] else None,
                unread=tuple(map(str, one["unread"])),
            )
            for one in values
        )
    except (KeyError, TypeError) as error:
        raise ValueError("not the documents of a bundle") from error


def manifest(documents: Sequence[Document], *, file_name: str, file_sha256: str, pages: int) -> dict[str, Any]:
    """The manifest as JSON: what is in the bundle, and the hash of the finished file."""
    return {
        "format": FORMAT,
        "file": file_name,
        "sha256": file_sha256,
        "pages": pages,
        "contents_sha256": digest(documents),
        "documents": as_json(documents),
    }


def manifest_text(value: Mapping[str, Any]) -> str:
    """The manifest to read: its first line is what ``sha256sum --check`` takes, the rest are remarks to it."""
    lines = [
        f"{value['sha256']}  {value['file']}",
        f"# {value['pages']} pages. Contents: {value['contents_sha256']}",
        "# Each document: hash, pages, mark, title",
    ]
    lines += [
        f"# {one.sha256}  {one.pages}  {one.mark}  {one.title}" for one in from_json(value["documents"]) if one.section
    ]
    return "\n".join(lines) + "\n"


def complaint_about(value: Any, *, file_sha256: str) -> str:
    """What is wrong between a manifest and a file with this hash; empty where they agree."""
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        return f"this is no manifest of a bundle ({FORMAT})"
    try:
        documents = from_json(value["documents"])
    except (KeyError, ValueError):
        return "the manifest is damaged: its list of documents cannot be read"
    if digest(documents) != value.get("contents_sha256"):
        return "the manifest is damaged: its list of documents does not give the hash of its contents"
    if len(file_sha256) != _SHA256 or file_sha256 != value.get("sha256"):
        return "the file is not the one that this manifest was made for"
    return ""
