"""A folder beside the data for a copy of the database that can be read, and that must not stay."""

import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings

_START = ".copying-"
_HELD = "held"  # the file in each that its process keeps locked for as long as it lives


@contextmanager
def workplace() -> Iterator[Path]:
    """Give an empty folder that is deleted afterwards; first delete what a process left that was killed.

    A lock goes with the process that held it, however that ended, so what another one is at work in is
    never taken for left. Raises OSError.
    """
    data = Path(settings.DATA_DIR)
    for left in data.glob(f"{_START}*"):
        _delete_unless_held(left)
    made = Path(tempfile.mkdtemp(prefix=".new", dir=data))
    with (made / _HELD).open("x") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        folder = made.rename(data / f"{_START}{made.name}")  # only now by the name that is looked for
        inside = folder / "copy"
        try:
            inside.mkdir()
            yield inside
        finally:
            shutil.rmtree(inside, ignore_errors=True)  # first: as long as any of it is left, the next one finds it
            shutil.rmtree(folder)


def _delete_unless_held(folder: Path) -> None:
    """Whatever is in the way, another user's folder say, must not keep the next backup from being made."""
    with suppress(OSError), (folder / _HELD).open("r+") as held:  # to write: a lock over a network asks for that
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder)
