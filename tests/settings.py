"""The project's own settings, made quick for tests. Letters still go through a real worker and broker.

What a worker child must share with the test run that started it (the database, the data
directory, the broker) travels by environment, as it does for `up`.
"""

import os
import secrets
import tempfile
from pathlib import Path

os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(64))
os.environ.setdefault("CMS_LOCAL", "1")
if "CMS_DATA_DIR" not in os.environ:
    # Removed by tests/conftest.py when the run ends.
    os.environ["CMS_DATA_DIR"] = tempfile.mkdtemp(prefix="records-test-")
os.environ.setdefault("REDIS_URL", "memory://")

from cms_tracker.settings import *  # noqa: F403 - the variables must stand before
from cms_tracker.settings import DATA_DIR, DATABASES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, not memory: the live server's threads and the worker child open it too.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(DATA_DIR) / "test.sqlite3")}
