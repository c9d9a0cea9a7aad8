"""Files that people hand in: one way to judge them, for every form that takes one.

Three steps, each cheaper than the next is dangerous: what the file is, by its bytes (``kinds``); a
name that is safe (``names``); and, in a program of its own under limits (``child``, ``opener``),
whether it opens, and the copy of it that may leave the record. A file that is taken has all three.
"""

from dataclasses import dataclass

from cms_tracker.uploads.child import SharedCopy, copy_of
from cms_tracker.uploads.kinds import Kind, kind_of
from cms_tracker.uploads.names import safe_name

__all__ = ["Accepted", "Kind", "SharedCopy", "copy_of", "judge", "kind_of", "safe_name"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A file that has been judged: a safe name, what it is, its bytes as they came, and the copy that may be shared."""

    name: str
    media_type: str
    content: bytes
    copy: SharedCopy


def judge(content: bytes, *, name: str) -> Accepted:
    """Judge a file by its content. Raises Refusal with the one sentence that a person is shown."""
    kind = kind_of(content)
    return Accepted(name=safe_name(name, kind), media_type=kind.value, content=content, copy=copy_of(content, kind))
