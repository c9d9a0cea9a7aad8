"""How long something that was deleted can still be brought back, and the code that does it."""

import hashlib
import secrets

#: The person chooses; nobody is shown what was chosen.
LEAST_DAYS, MOST_DAYS = 0, 30
#: Where nobody has chosen: time enough to get to another device, and no longer.
DAYS_UNLESS_CHOSEN = 7

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is read for another
_GROUPS, _GROUP = 5, 5


def new_code() -> str:
    """A code of 125 random bits, in groups that can be written down."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def fingerprint(code: str) -> str:
    """What is kept of a code: it says the same for small letters, and whatever stands between the groups."""
    plain = "".join(char for char in code.upper() if char.isalnum())
    return hashlib.sha256(f"rights:{plain}".encode()).hexdigest() if plain else ""
