"""Hold the files in private storage against the rows that name them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.apps import apps

from cms_tracker.web import storage


@dataclass(kw_only=True)
class Checked:
    """How many files the rows name, and what is wrong: names of files that are gone, that are not the
    ones that were written, and that no row names."""

    named: int = 0
    missing: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    orphaned: list[str] = field(default_factory=list)

    @property
    def is_well(self) -> bool:
        """Whether nothing is lost. A file that no row names is only in the way."""
        return not self.missing and not self.changed


def check(*, before: float) -> Checked:
    """Read every file that a row names. A file counts as orphaned when it was written before ``before``."""
    found = Checked()
    for stored_as, sha256 in named_files():
        found.named += 1
        is_now = storage.sha256_of(stored_as)
        if is_now is None:
            found.missing.append(stored_as)
        elif is_now != sha256:
            found.changed.append(stored_as)
    found.orphaned = [one.stored_as for one in _orphans(before=before)]
    return found


def sweep(*, before: float) -> int:
    """Delete the papers and copies written before ``before`` that no row names; return how many.

    They are what a worker left that was killed between the file and its row, and can be made again.
    A file that somebody handed in is never deleted by itself: a database that was put back from an
    older copy would not name it.
    """
    gone = [one for one in _orphans(before=before) if one.can_be_made_again]
    for one in gone:
        storage.remove(one.stored_as)
    return len(gone)


def named_files(*, using: str | None = None) -> Iterator[tuple[str, str]]:
    """The stored name and the SHA-256 of every file that a row of any app names, in the database ``using``.

    Found by how fields are called, so that no app can forget to say what it stores.
    """
    for model in apps.get_models():
        for name, sha256 in pairs(column.name for column in model._meta.concrete_fields):
            yield from model._base_manager.using(using).exclude(**{name: ""}).values_list(name, sha256).iterator()


def pairs(names: Iterator[str]) -> Iterator[tuple[str, str]]:
    """The fields that hold the name of a stored file, each with the one that holds its SHA-256."""
    every = set(names)
    for name in sorted(every):
        start = "pdf_" if name == "pdf_name" else name.removesuffix("stored_as")
        if (name == "pdf_name" or name.endswith("stored_as")) and f"{start}sha256" in every:
            yield name, f"{start}sha256"


def _orphans(*, before: float) -> list[storage.Lying]:
    # The files first: one that is written meanwhile, and its row, are then not in question.
    lying = [one for one in storage.every_file() if one.written < before]
    named = {name for name, _ in named_files()} if lying else set()
    return [one for one in lying if one.stored_as not in named]
