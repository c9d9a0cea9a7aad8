"""Answer a request for somebody's data: of a sign-in, or of another named person.

manage.py export_subject --request ID --holder rosa@example.com --output everything.zip
manage.py export_subject --request ID --other "Paul Example" --output FOLDER
manage.py export_subject --request ID --release FOLDER --by "Your Name"      (two people)
"""

import hashlib
import os
import uuid
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from cases import queries as cases
from cms_tracker.audit import operations as audit
from cms_tracker.refusal import Refusal
from cms_tracker.rights import archive
from cms_tracker.rights.archive import another
from cms_tracker.rights.core.requests import RequestWho
from cms_tracker.rights.models import RightsRequest
from cms_tracker.rights.operations import requests
from cms_tracker.rights.operations.acting import OPERATOR
from cms_tracker.users import queries as users
from cms_tracker.web.clock import now, today

PUT_TOGETHER = "What there is, if there is anything, is put together. Two people have to release it."


class Command(BaseCommand):
    """Write the files of an answer. What it prints for another person is the same whether or not anything was found."""

    help = "Put together the answer to a request for somebody's data, and release it by two people."

    def add_arguments(self, parser: CommandParser) -> None:
        """The request of the register, and whose data."""
        parser.add_argument("--request", type=uuid.UUID, required=True, help="the id in the register of requests")
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--holder", metavar="EMAIL", help="of somebody about their own sign-in")
        what.add_argument("--other", metavar="NAME", action="append", help="of somebody else; again for a spelling")
        what.add_argument("--release", metavar="FOLDER", type=Path, help="let a folder that was put together leave")
        parser.add_argument("--record", type=uuid.UUID, action="append", help="look only in these records")
        parser.add_argument("--output", type=Path, help="a new file, or for another person a new folder")
        parser.add_argument("--by", default="", help="your name, to release")

    def handle(self, *, holder: str | None, other: list[str] | None, **given: Any) -> None:
        """Do one of the three."""
        try:
            request = requests.open_request(given["request"])
            if holder is not None:
                self._holder(request, holder, given["output"])
            elif other is not None:
                self._other(request, other, given["output"], given["record"])
            else:
                self._release(request, given["release"], given["by"])
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal

    def _holder(self, request: RightsRequest, email: str, output: Path | None) -> None:
        if request.who != RequestWho.HOLDER or request.identity_checked_on is None:
            raise CommandError("Enter first that it is about their own sign-in, and that they have shown who they are.")
        person = users.by_email(email)
        if person is None or output is None:
            raise CommandError("Nobody here has this address, or --output is missing.")
        case_ids = [case.pk for case in cases.owned_by(person.pk)]
        with transaction.atomic():
            audit.record_look("account.exported_by_operator", actor=OPERATOR, subject=str(request.pk))
            for case_id in case_ids:
                audit.record_look("case.exported", actor=OPERATOR, case_id=case_id, subject=str(request.pk))
        with os.fdopen(os.open(output, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            for piece in archive.zipped(archive.entries(person.pk, case_ids, on=today())):
                file.write(piece)
        self.stdout.write("Written. It holds everything: hand it over in a way that only they can open.")

    def _other(
        self, request: RightsRequest, names: list[str], output: Path | None, records: list[uuid.UUID] | None
    ) -> None:
        if request.who != RequestWho.ANOTHER:
            raise CommandError("This request is about somebody's own sign-in.")
        if output is None or not all(name.strip() for name in names):
            raise CommandError("Say which name, and --output: a new folder.")
        found = list(another.places_of(names, case_ids=records))
        output.mkdir(mode=0o700)
        for name, text in (
            ("own.json", another.as_text(another.own_part(found))),
            ("review-not-to-hand-on.json", another.as_text(another.review_part(found))),
            ("answer-that-says-nothing.txt", another.NEUTRAL),
        ):
            (output / name).write_text(text, encoding="utf-8")
            (output / name).chmod(0o600)
        with transaction.atomic():
            audit.record_look("subject.put_together", actor=OPERATOR, subject=str(request.pk))
        self.stdout.write(PUT_TOGETHER)

    def _release(self, request: RightsRequest, folder: Path, by: str) -> None:
        own = (folder / "own.json").read_bytes()
        count = requests.release(request_id=request.pk, by=by, sha256=hashlib.sha256(own).hexdigest(), at=now())
        with transaction.atomic():
            audit.record_look("subject.released", actor=OPERATOR, subject=str(request.pk))
        if count < requests.RELEASES_NEEDED:
            self.stdout.write("Noted. Another person has to read it and release it too.")
            return
        released = folder / "released.json"
        released.write_bytes(own)
        released.chmod(0o600)
        self.stdout.write("Released by two people: released.json may be handed over. Nothing else in the folder may.")
