"""A check of a server: nobody gets at private files without a key."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core import checks

from cms_tracker.web import storage


@checks.register(checks.Tags.security, deploy=True)
def private_files(*, app_configs: Sequence[AppConfig] | None, **_: Any) -> list[checks.CheckMessage]:
    """Return an error for each way in that stands open, and a warning where the files cannot be reached now."""
    try:
        found = storage.doors_left_open()
    except storage.StorageError as error:
        # No error: the site starts without its files, says so where one is asked for, and goes on when they are back.
        return [checks.Warning(f"The files cannot be reached: {error.strerror}.", hint=_HINT, id="web.W001")]
    return [
        checks.Error(f"Anybody can {way} without a key: the bucket is public.", hint=_HINT, id="web.E010")
        for way in found
    ]


_HINT = "See docs/guides/files-in-s3.md."
