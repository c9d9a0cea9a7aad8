"""What was found in a file, or why it is not taken."""

from dataclasses import dataclass


class NotTakenError(Exception):
    """The file is not taken. ``code`` says why, for ``cms_tracker.uploads.child`` to put in words."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The copy that may be shared, how many pages it has where that is known, and what it leaves out, by code."""

    media_type: str
    content: bytes
    pages: int | None = None
    left_out: tuple[str, ...] = ()
