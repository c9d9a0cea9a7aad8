"""Hold the files in private storage against the rows that name them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.apps import apps

from cms_tracker.web import storage

#: A worker that is killed leaves one file. More than these at once, and more than half of all, were not left so.
HANDFUL = 20


class OtherRowsError(Exception):
    """The rows of this database seem not to be those of the files that lie here, so that none may be deleted."""

    says_nothing_personal = True


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

    @property
    def is_of_other_rows(self) -> bool:
        """Whether files lie here and no row names any of them: the database may be another installation's."""
        return bool(self.orphaned) and self.named == len(self.missing)


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
    found.orphaned = [one.stored_as for one in _without_row(_lying(before=before))]
    return found


def sweep(*, before: float) -> int:
    """Delete the papers and copies written before ``before`` that no row names; return how many.

    They are what a worker left that was killed between the file and its row, and can be made again.
    A file that somebody handed in is never deleted by itself: a database that was put back from an
    older copy would not name it. Raises OtherRowsError, and deletes nothing, where a database that
    belongs to other files, or an empty one, is the likelier reason for so many.
    """
    lying = _lying(before=before)
    orphans = _without_row(lying)
    gone = [one for one in orphans if one.can_be_made_again]
    made = sum(one.can_be_made_again for one in lying)
    if gone and (len(orphans) == len(lying) or (len(gone) > HANDFUL and 2 * len(gone) > made)):
        raise OtherRowsError(f"no row names {len(gone)} of {made} papers and copies")
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


def _lying(*, before: float) -> list[storage.Lying]:
    return [one for one in storage.every_file() if one.written < before]


def _without_row(lying: list[storage.Lying]) -> list[storage.Lying]:
    """Those that no row names."""
    # The rows after the files: a file that is written meanwhile, and its row, are then not in question.
    named = {name for name, _ in named_files()} if lying else set()
    return [one for one in lying if one.stored_as not in named]
