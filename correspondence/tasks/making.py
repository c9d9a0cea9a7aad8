"""The kinds of paper that workers can make, each one function; see the package."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from django.conf import settings

from cases.core.roles import Permission
from cms_tracker.web import storage
from correspondence.core.jobs import FailureCode, JobKind

if TYPE_CHECKING:
    from correspondence.models import Job


class CannotBeMadeError(Exception):
    """Trying again cannot help; ``code`` says why, for the page of the paper."""

    def __init__(self, code: FailureCode) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, kw_only=True)
class Made:
    """A paper that was made, and how its row gets to know its file."""

    content: Iterable[bytes]
    note: Callable[[storage.Kept], object]
    replaces: str = ""  # the stored name of an earlier file of the same paper


class Progress(Protocol):
    """Say how far a paper is, for its page. Renews the lease; may raise to end the run, so let that pass."""

    def __call__(self, *, done: int, of: int, step: str = "") -> None: ...


Make = Callable[["Job", Progress], Made]


@dataclass(frozen=True, kw_only=True)
class Maker:
    """How one kind of paper is made, who may have it made, and how long a silent worker keeps it."""

    make: Make
    right: Permission | None  # None: of no one record
    lease: dt.timedelta


MAKERS: dict[JobKind, Maker] = {}


def makes(kind: JobKind, *, right: Permission | None, lease: dt.timedelta | None = None) -> Callable[[Make], Make]:
    """Enter a function as the one that makes a kind of paper; see the package.

    Who asked must hold ``right`` in the case when the work begins, and still when it ends; for a
    paper of no one case, their sign-in must be open, and the maker asks about each case.
    """

    def entered(make: Make) -> Make:
        MAKERS[kind] = Maker(make=make, right=right, lease=lease or settings.JOB_LEASE)
        return make

    return entered
