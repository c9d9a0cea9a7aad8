"""The project's own settings, made quick for tests. Letters still go through a real worker and broker.

What a worker child must share with the run that started it (database, data directory, broker)
travels by environment, as it does for `up`.
"""

import os
import secrets
import tempfile
from pathlib import Path

os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(64))
os.environ.setdefault("FIELD_KEYS", secrets.token_urlsafe(32))
os.environ.setdefault("AUDIT_KEY", secrets.token_urlsafe(32))
os.environ.setdefault("CMS_LOCAL", "1")
# Only named here: tests/conftest.py makes the folder and removes it.
os.environ["CMS_DATA_DIR"] = f"{tempfile.gettempdir()}/records-test-{secrets.token_hex(4)}"  # deleted at the end
# Its broker does not run until a test asks for `broker`: until then a message goes nowhere, at once.

from cms_tracker.settings import *  # noqa: F403 - the variables must stand before
from cms_tracker.settings import DATA_DIR, DATABASES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, not memory: the live server's threads and the worker child open it too.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(DATA_DIR) / "test.sqlite3")}

# The embedded PostgreSQL gives up durability for speed; a test asks the check itself.
SILENCED_SYSTEM_CHECKS = ["web.E001"]
