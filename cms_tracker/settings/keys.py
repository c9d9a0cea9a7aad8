"""The keys that seal what is personal, and the one that chains the audit. None is derived from SECRET_KEY.

They are kept apart from the database and its backups: whoever has a copy of the data has nothing
to read it with, and whoever has the keys alone has nothing to read.
"""

import hmac
from pathlib import Path

from cms_tracker.sealed.ring import Ring, read_key
from cms_tracker.settings.environment import SECRET_KEY, refuse, text


def _field_keys() -> tuple[str, ...]:
    keys = tuple(_written_keys().replace(",", " ").split())
    if not keys:
        raise refuse("FIELD_KEYS", "is missing")
    try:
        Ring([read_key(key) for key in keys])
    except ValueError:
        raise refuse("FIELD_KEYS", "must be different keys of 32 random bytes, newest first") from None
    if SECRET_KEY in keys:
        raise refuse("FIELD_KEYS", "must not be the SECRET_KEY")
    return keys


def _written_keys() -> str:
    path = text("FIELD_KEYS_FILE")
    if not path:
        return text("FIELD_KEYS")
    try:
        if Path(path).stat().st_mode & 0o077:
            raise refuse("FIELD_KEYS_FILE", "may be read by its owner alone (chmod 600)")
        return Path(path).read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        raise refuse("FIELD_KEYS_FILE", "cannot be read") from None


def _audit_key() -> str:
    key = text("AUDIT_KEY")
    if not key:
        raise refuse("AUDIT_KEY", "is missing")
    try:
        read_key(key)
    except ValueError:
        raise refuse("AUDIT_KEY", "must be a key of 32 random bytes") from None
    if key in {*FIELD_KEYS, SECRET_KEY}:
        raise refuse("AUDIT_KEY", "must be a key of its own")
    return key


#: The newest seals; every one of them opens (cms_tracker/sealed/ring.py).
FIELD_KEYS = _field_keys()
#: Chains the audit. It stays when FIELD_KEYS are changed, so that what was chained can always be verified.
AUDIT_KEY = _audit_key()
#: What two clients of one organisation are compared by. Made of the one above, which stays.
CONFLICT_KEY = hmac.new(read_key(AUDIT_KEY), b"conflict marks", "sha256").digest()
