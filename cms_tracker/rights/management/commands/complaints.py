"""Read and answer complaints about the site: ``manage.py complaints list|show|answer``."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms_tracker.refusal import Refusal
from cms_tracker.rights import operations
from cms_tracker.rights.models import Complaint
from cms_tracker.web.clock import now


class Command(BaseCommand):
    """List what waits, show one, answer one. The person reads the answer on the site: nothing is sent."""

    help = "Complaints about the site: what waits for an answer, by when, and the answer."

    def add_arguments(self, parser: CommandParser) -> None:
        """One word says what to do."""
        does = parser.add_subparsers(dest="do", required=True)
        does.add_parser("list", help="those that wait, the most urgent first")
        does.add_parser("show").add_argument("reference")
        answer = does.add_parser("answer", help="the answer is read from the keyboard or a pipe")
        answer.add_argument("reference")
        answer.add_argument("--by", required=True, help="your name")

    def handle(self, *, do: str, reference: str = "", by: str = "", **_: Any) -> None:
        """Do it."""
        if do == "list":
            for one in Complaint.objects.filter(answered_at__isnull=True).order_by("reply_by", "made_at"):
                self.stdout.write(f"{one.reference}  came {one.made_at:%Y-%m-%d}  answer by {one.reply_by}")
            return
        if do == "show":
            found = Complaint.objects.filter(reference=reference.strip().upper()).first()
            if found is None:
                raise CommandError("There is no complaint with this reference.")
            self.stdout.write(found.said)
            return
        text = sys.stdin.read().strip()
        if not text or len(text) > 4000:
            raise CommandError("Write an answer of 4,000 characters at most.")
        try:
            operations.answer_complaint(reference=reference, by=by, answer=text, at=now())
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write("Answered. The person finds it on the site.")
