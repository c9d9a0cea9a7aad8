"""Who may do what with a case: the one table that joins roles and permissions."""

from enum import StrEnum


class Role(StrEnum):
    """How a person stands to a case file."""

    OWNER = "owner"
    HELPER = "helper"
    ADVISER = "adviser"


class Permission(StrEnum):
    """Something a person may do with one case."""

    VIEW = "view"
    RECORD = "record"
    WRITE_LETTERS = "write_letters"
    EDIT_CASE = "edit_case"
    SHARE = "share"
    EXPORT = "export"
    DELETE = "delete"


_HELPING = frozenset({Permission.VIEW, Permission.RECORD, Permission.WRITE_LETTERS, Permission.EDIT_CASE})

# A helper and an adviser have the same rights: to do the work, not to give the file away.
PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.OWNER: frozenset(Permission),
    Role.HELPER: _HELPING,
    Role.ADVISER: _HELPING,
}
