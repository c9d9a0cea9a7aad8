"""What keeps the site from reading or writing just now, told apart from a fault of ours.

A database that went away, a disk without room and one that takes no writes all pass without
anybody's help once the cause is gone: whoever asked is told so, and asked to try again.
"""

import errno
from enum import StrEnum

from django.db import Error, InterfaceError, InternalError, OperationalError


class Trouble(StrEnum):
    """What is the matter: the database or the store does not answer; there is no room; nothing may be written."""

    NO_ANSWER = "no_answer"
    NO_ROOM = "no_room"
    READ_ONLY = "read_only"


_OF_FILES = {
    errno.ENOSPC: Trouble.NO_ROOM,
    errno.EDQUOT: Trouble.NO_ROOM,
    errno.EFBIG: Trouble.NO_ROOM,  # a limit on the size of a file (ulimit -f)
    errno.EROFS: Trouble.READ_ONLY,
    errno.EACCES: Trouble.READ_ONLY,
    errno.EPERM: Trouble.READ_ONLY,
    errno.EIO: Trouble.NO_ANSWER,  # a store for files that is down says so too
}
#: Where the driver names its error: SQLite's primary result codes, and PostgreSQL's SQLSTATE.
_OF_SQLITE = {8: Trouble.READ_ONLY, 13: Trouble.NO_ROOM}
_OF_POSTGRESQL = {"25006": Trouble.READ_ONLY, "53100": Trouble.NO_ROOM}
_SQLITE_FAULT_OF_OURS = 1  # SQL that it does not understand, or a table that is not there


def trouble_of(error: BaseException | None) -> Trouble | None:
    """What an exception comes from, or None where it is a fault of ours."""
    if isinstance(error, Error):
        return _of_database(error)
    return _OF_FILES.get(error.errno or 0) if isinstance(error, OSError) else None


def _of_database(error: Error) -> Trouble | None:
    said = error.__cause__
    state = getattr(said, "sqlstate", None)
    if isinstance(error, InternalError):
        return _OF_POSTGRESQL.get(str(state))
    if not isinstance(error, OperationalError | InterfaceError):
        return None
    code = getattr(said, "sqlite_errorcode", 0) & 0xFF
    if code == _SQLITE_FAULT_OF_OURS:
        return None
    return _OF_POSTGRESQL.get(str(state)) or _OF_SQLITE.get(code) or Trouble.NO_ANSWER
