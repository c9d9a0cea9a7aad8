"""Keep a record from being destroyed: ``manage.py legal_hold place|end|list``."""

import datetime as dt
import uuid
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cases import queries as cases
from cms_tracker.rights import operations
from cms_tracker.rights.models import LegalHold
from cms_tracker.web.clock import today


class Command(BaseCommand):
    """Place a hold, end one, list them. Its owner is told that there is one, and not why."""

    help = "Keep one record from being destroyed, with who asked, why, and until when."

    def add_arguments(self, parser: CommandParser) -> None:
        """One word says what to do."""
        does = parser.add_subparsers(dest="do", required=True)
        place = does.add_parser("place")
        place.add_argument("case", type=uuid.UUID, help="the id of the record")
        place.add_argument("--by", required=True, help="your name")
        place.add_argument("--why", required=True, help="a court, the police, a claim: what it rests on")
        place.add_argument("--until", type=dt.date.fromisoformat, help="the last day; without it, until you end it")
        end = does.add_parser("end")
        end.add_argument("hold", type=uuid.UUID)
        end.add_argument("--by", required=True, help="your name")
        does.add_parser("list")

    def handle(self, *, do: str, **given: Any) -> None:
        """Do it."""
        if do == "place":
            if cases.case_by_id(given["case"]) is None:
                raise CommandError("There is no record with this id.")
            hold = operations.place_hold(
                case_id=given["case"], by=given["by"], why=given["why"], from_on=today(), until_on=given["until"]
            )
            self.stdout.write(f"{hold.pk} is in force.")
        elif do == "end":
            if not operations.end_hold(hold_id=given["hold"], by=given["by"], on=today()):
                raise CommandError("There is no such hold, or it has ended.")
            self.stdout.write("It has ended. What was deleted meanwhile is destroyed within five minutes.")
        else:
            for one in LegalHold.objects.filter(ended_on__isnull=True).order_by("from_on", "pk"):
                until = one.until_on or "it is ended"
                self.stdout.write(f"{one.pk}  record {one.case_id}  {one.from_on} until {until}  by {one.placed_by}")
