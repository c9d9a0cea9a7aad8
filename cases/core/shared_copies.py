"""The copy of a file that may leave the record, as the rest of the code sees it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CopySeen:
    """A copy: of which file (by SHA-256), what it is, its own SHA-256, and by code what it leaves out of the file.

    ``stored_as`` is its place in private storage, ``pages`` is None where they are not known.
    """

    original_sha256: str
    media_type: str
    size: int
    sha256: str
    stored_as: str
    pages: int | None = None
    left_out: tuple[str, ...] = ()
