"""``manage.py estimate FILE``: what a weekly amount would come to under the published rules."""

from typing import Any

from django.core.management.base import CommandParser

from arrears.core.case_values import CaseFileError
from arrears.core.estimate import reading
from arrears.management import plain_command
from arrears.management.plain_command import PlainCommand
from cms_tracker.web.clock import today


class Command(PlainCommand):
    help = "What a weekly amount would come to under the published rules, step by step. An illustration: CMS decides."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="the inputs as JSON, a list of them, or a file of cases; - for standard input")
        parser.add_argument("--on", help="the day whose rates apply, YYYY-MM-DD; by default today")
        parser.add_argument("--json", action="store_true", help="answer in JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        on = plain_command.optional_day("--on", options["on"]) or today()
        try:
            found = reading.answers(plain_command.read_file(options["file"]), on=on)
        except CaseFileError as error:
            plain_command.refuse("--on" if error.path == "on" else error.path, error.message)
        self.say(plain_command.as_json(found) if options["json"] else reading.as_text(found))
