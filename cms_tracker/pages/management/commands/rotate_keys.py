"""Seal everything anew under the newest key, so that older ones can be taken away."""

import uuid
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from cms_tracker.audit import operations as audit
from cms_tracker.audit.sealing import reseal, sealed_columns
from cms_tracker.sealed.ring import CannotOpenError, ring
from cms_tracker.users import second_step


class _Operator:
    """Whoever runs commands here: no account of the site."""

    pk = uuid.UUID(int=0)


class Command(BaseCommand):
    """Batch by batch; broken off, it goes on where it was."""

    help = "Seal everything anew under the first of FIELD_KEYS. Put the new key first, restart, then run this."

    def handle(self, **_: Any) -> None:
        """Go through every sealed column, say what was done, and leave an event."""
        total = 0
        for column in sealed_columns():
            rows = 0
            try:
                for count in reseal(connection, column):
                    rows += count
            except CannotOpenError as error:
                raise CommandError(f"{error} Put that key back and run this again: what is done stays done.") from error
            if rows:
                self.stdout.write(f"{column.purpose}: {rows:,}")
            total += rows
        total += second_step.seal_anew()
        newest, *older = ring().names
        with transaction.atomic():
            audit.record_look("keys.rotated", actor=_Operator(), subject=f"{newest} {total}")
        self.stdout.write(f"{total:,} cells sealed anew. Everything is under key {newest} now.")
        if older:
            self.stdout.write(f"When every server was restarted with it: no row needs {', '.join(older)} any more.")
