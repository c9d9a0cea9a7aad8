"""Put a backup into an empty installation, and prove what is there then."""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms_tracker.pages.backup import passphrases, putting_back
from cms_tracker.pages.backup.sealed_stream import NotABackupError
from cms_tracker.web import storage

PROOFS = ("verify_files", "verify_audit", "verify_ledger")


class Command(BaseCommand):
    """Prove the file, put it back, and run every check over what was put back."""

    help = "Put a backup into an empty database and an empty data folder, then verify files, audit and figures."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the backup, and where its passphrase stands."""
        parser.add_argument("file", type=Path, help="what `backup` wrote")
        passphrases.add_argument(parser)

    def handle(self, *, file: Path, passphrase_file: Path | None, **_: Any) -> None:
        """Put it back and verify it; exit with 1 where anything is not as it was."""
        passphrase = passphrases.read(passphrase_file)
        try:
            found = putting_back.put_back(
                file, passphrase=passphrase, say=lambda done: self.stderr.write(f"{done:,} parts")
            )
        except storage.StorageError as error:
            raise CommandError(
                f"The files could not all be put back: {error.strerror}. Empty the database and what holds the files, "
                "and begin again."
            ) from error
        except OSError as error:
            raise CommandError(f"{error.filename or file}: {error.strerror}.") from error
        except (NotABackupError, putting_back.CannotPutBackError) as error:
            raise CommandError(str(error), returncode=1) from error
        self.stdout.write(f"Put back as it was at {found.at}: the database and {found.files:,} files.")
        for proof in PROOFS:
            call_command(proof, stdout=self.stdout, stderr=self.stderr)
