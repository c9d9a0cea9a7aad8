"""Who may do what with a case: the one table that joins roles and permissions."""

from enum import StrEnum

from cases.core.authority import Scope


class Role(StrEnum):
    """How a person stands to a case file."""

    OWNER = "owner"
    HELPER = "helper"
    ADVISER = "adviser"
    VISITOR = "visitor"  # a supervisor who looks in for an hour, for a reason that the client can read


class Permission(StrEnum):
    """Something a person may do with one case."""

    VIEW = "view"
    AUTHORITY = "authority"
    RECORD = "record"
    WRITE_LETTERS = "write_letters"
    EDIT_CASE = "edit_case"
    SAY_CONTACT = "say_contact"
    SHARE = "share"
    EXPORT = "export"
    DELETE = "delete"


_SEEING = frozenset({Permission.VIEW, Permission.AUTHORITY})
_EXPLAINING = _SEEING | {Permission.RECORD}
_HELPING = _EXPLAINING | {Permission.WRITE_LETTERS, Permission.EDIT_CASE}
_NOTHING_STANDS = frozenset({Permission.AUTHORITY})

_ADVISING = _HELPING | {Permission.SAY_CONTACT}

# A helper and an adviser have the same rights: to do the work, not to give the file away. How the person
# may be reached is said by the person, or to their adviser: a helper may be somebody who was sent.
PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.OWNER: frozenset(Permission),
    Role.HELPER: _HELPING,
    Role.ADVISER: _ADVISING,
    Role.VISITOR: _SEEING,
}

#: The most that an authority allows, whatever the role.
SCOPES: dict[Scope, frozenset[Permission]] = {
    Scope.EXPLAIN: _EXPLAINING | {Permission.SAY_CONTACT},
    Scope.ACT: _ADVISING,
    Scope.ATTORNEY: _ADVISING,
}


def allowed(role: Role, *, under: Scope | None) -> frozenset[Permission]:
    """What somebody may do who needs a client's authority; None where none stands.

    Then they may see that it has ended, and nothing of the record.
    """
    return PERMISSIONS[role] & SCOPES[under] if under else _NOTHING_STANDS
