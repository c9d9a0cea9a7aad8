"""Everything that this installation holds, in one encrypted file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms_tracker.pages.backup import making, passphrases
from cms_tracker.watch import operations as watch
from cms_tracker.web import storage
from cms_tracker.web.clock import now


class Command(BaseCommand):
    """Write a backup while people go on working; exit with 1 where a file was lost before."""

    help = "Write the database and every file into one encrypted file. The keys (FIELD_KEYS, AUDIT_KEY) are not in it."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take where it goes, and where the passphrase stands."""
        parser.add_argument("file", type=Path, help="the new file; nothing is ever written over")
        passphrases.add_argument(parser)

    def handle(self, *, file: Path, passphrase_file: Path | None, **_: Any) -> None:
        """Write it, and say what is in it."""
        passphrase = passphrases.read(passphrase_file)
        try:
            made = making.make(
                file,
                passphrase=passphrase,
                at=now().isoformat(timespec="seconds"),
                say=lambda done: self.stderr.write(f"{done:,} files"),
            )
        except FileExistsError as error:
            raise CommandError(f"{file} is there already, and nothing is written over.") from error
        except storage.StorageError as error:
            raise CommandError(f"The files could not all be read: {error.strerror}. No backup was made.") from error
        except OSError as error:
            raise CommandError(f"{file} could not be written: {error.strerror}.") from error
        except making.PurgedMeanwhileError as error:
            raise CommandError("Files were deleted while the backup was made, three times. Try again later.") from error
        watch.ran("backup", at=now())
        self.stdout.write(f"{file}: {made.size:,} bytes, the database and {made.files:,} files.")
        if made.lost:
            for name in made.lost:
                self.stdout.write(f"lost before  {name}")
            raise CommandError(
                f"{len(made.lost)} files were missing or changed before; see verify_files.", returncode=1
            )
