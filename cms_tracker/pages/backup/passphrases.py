"""Where the passphrase of a backup comes from: never from the command line, which every process can read."""

import os
from pathlib import Path

from django.core.management.base import CommandError, CommandParser

from cms_tracker.pages.backup.sealed_stream import LEAST_PASSPHRASE

VARIABLE = "BACKUP_PASSPHRASE"


def add_argument(parser: CommandParser) -> None:
    """Add the option that names a file with the passphrase."""
    parser.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="FILE",
        help=f"a file whose first line is the passphrase; else {VARIABLE}",
    )


def read(path: Path | None) -> str:
    """The passphrase. Raises CommandError where there is none, or one that could be guessed."""
    if path is None:
        found = os.environ.get(VARIABLE, "")
    else:
        try:
            found = path.read_text(encoding="utf-8").partition("\n")[0]
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{path} cannot be read.") from error
    found = found.strip()
    if len(found) < LEAST_PASSPHRASE:
        raise CommandError(
            f"Set {VARIABLE}, or name a --passphrase-file: at least {LEAST_PASSPHRASE} characters, kept elsewhere."
        )
    return found
