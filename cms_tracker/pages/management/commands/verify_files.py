"""Say which private files are missing, changed, or named by no row."""

import datetime as dt
import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms_tracker.pages import files
from cms_tracker.web import storage
from cms_tracker.web.clock import now

JUST_WRITTEN = dt.timedelta(hours=1)  # its row may still be on the way


class Command(BaseCommand):
    """Read every file; name what is wrong, and exit with 1 where something is lost."""

    help = "Compare every private file with the row that names it, by its SHA-256. Changes nothing by itself."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the form of the answer, and whether to tidy up."""
        parser.add_argument("--json", action="store_true", dest="as_json", help="answer as JSON")
        parser.add_argument(
            "--remove-orphans", action="store_true",
            help="delete every file that no row names, and that is older than an hour. Never after an old copy of the "
            "database was put back: it does not name what was handed in since",
        )  # fmt: skip
        parser.add_argument(
            "--even-all", action="store_true",
            help="with --remove-orphans: delete them also where no row names any file that lies here",
        )  # fmt: skip

    def handle(self, *, as_json: bool, remove_orphans: bool, even_all: bool, **_: Any) -> None:
        """Check, tidy up if asked to, and answer."""
        try:
            found = files.check(before=(now() - JUST_WRITTEN).timestamp())
            if remove_orphans and found.is_of_other_rows and not even_all:
                raise CommandError(
                    f"Nothing was deleted: no row names any of the {len(found.orphaned)} files that lie here, so this "
                    "may be another installation's database. See that DATABASE_URL, CMS_DATA_DIR and S3_BUCKET belong "
                    "together; if they do, add --even-all."
                )
            for stored_as in found.orphaned if remove_orphans else ():
                storage.remove(stored_as)
        except storage.StorageError as error:
            raise CommandError(f"Nothing can be said of the files now: {error.strerror}.", returncode=2) from error
        kinds = {"missing": found.missing, "changed": found.changed, "orphaned": found.orphaned}
        if as_json:
            self.stdout.write(json.dumps({"named": found.named, **kinds}, indent=1))
        else:
            for kind, names in kinds.items():
                for name in names:
                    self.stdout.write(f"{kind:<9} {name}")
        if not found.is_well:
            raise CommandError(f"{len(found.missing)} missing, {len(found.changed)} changed", returncode=1)
        if not as_json:
            gone = " deleted" if remove_orphans else ""
            self.stdout.write(
                f"{found.named:,} files checked: all as they were written. {len(found.orphaned)} orphaned{gone}."
            )
