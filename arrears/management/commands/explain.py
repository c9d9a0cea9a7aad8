"""``manage.py explain FILE --from D --to D``: why the balance changed (rules sections 4 and 7)."""

from typing import Any

from django.core.management.base import CommandParser

from arrears.core.answers import explain_json, explain_text
from arrears.core.case_file import parse
from arrears.core.case_values import CaseFileError
from arrears.core.changes import explain
from arrears.management import plain_command
from arrears.management.plain_command import PlainCommand


class Command(PlainCommand):
    help = "Why the balance changed between two days, from a case file. Needs no database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="a case file, or - for standard input")
        parser.add_argument("--from", required=True, dest="start", help="the first day, YYYY-MM-DD")
        parser.add_argument("--to", required=True, dest="end", help="the second day, YYYY-MM-DD")
        parser.add_argument("--known-from", help="what was known, for the first day; by default on that day")
        parser.add_argument("--known-to", help="what was known, for the second day; by default on that day")
        parser.add_argument("--json", action="store_true", help="answer in JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        start = plain_command.day("--from", options["start"])
        end = plain_command.day("--to", options["end"])
        known_from = plain_command.optional_day("--known-from", options["known_from"]) or start
        known_to = plain_command.optional_day("--known-to", options["known_to"]) or end
        try:
            facts = parse(plain_command.read_file(options["file"])).facts
        except CaseFileError as error:
            plain_command.refuse(error.path, error.message)
        change = explain(facts, before=(start, known_from), after=(end, known_to))
        self.say(plain_command.as_json(explain_json(change)) if options["json"] else explain_text(change))
