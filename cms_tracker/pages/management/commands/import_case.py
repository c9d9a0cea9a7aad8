"""Bring a case file into the database: ``manage.py import_case FILE --owner EMAIL``."""

from typing import Any

from django.core.management.base import CommandParser

from arrears.core import case_file
from arrears.core.case_values import CaseFileError
from arrears.management.plain_command import PlainCommand, read_file, refuse
from cms_tracker.pages import case_transfer
from cms_tracker.users import queries as user_queries


class Command(PlainCommand):
    """Read a case file, check all of it, and open the case that it holds."""

    help = "Open the case of a case file for a person, and print its id. Nothing is ever half-written."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file and the person who will own the case."""
        parser.add_argument("file", help="a case file; - reads standard input")
        parser.add_argument("--owner", required=True, metavar="EMAIL", help="whose case it becomes")

    def handle(self, *, file: str, owner: str, **_: Any) -> None:
        """Import the case; print its id alone, for the next command to use."""
        person = user_queries.by_email(owner)
        if person is None:
            refuse("owner", "nobody here has this e-mail address; they sign up first")
        try:
            case = case_transfer.bring_in(case_file.parse(read_file(file)), owner=person)
        except CaseFileError as error:
            refuse(error.path, error.message)
        self.say(str(case.pk))
