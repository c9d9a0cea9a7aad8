"""``manage.py position FILE --on D``: what is owed, from a case file (rules section 7)."""

import datetime as dt
from typing import Any

from django.core.management.base import CommandParser

from arrears.core.answers import position_json, position_text
from arrears.core.case_file import parse
from arrears.core.case_values import CaseFileError
from arrears.core.position import position
from arrears.core.results import Position
from arrears.management import plain_command
from arrears.management.plain_command import PlainCommand


class Command(PlainCommand):
    help = "What is owed on a day, from a case file. Needs no database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="a case file, or - for standard input; .jsonl: one case per line")
        parser.add_argument("--on", required=True, help="the day asked about, YYYY-MM-DD")
        parser.add_argument("--known-on", help="by what was known on this day; by default the same day")
        parser.add_argument("--json", action="store_true", help="answer in JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        on = plain_command.day("--on", options["on"])
        known_on = plain_command.optional_day("--known-on", options["known_on"]) or on
        name, wants_json = options["file"], options["json"]
        content = plain_command.read_file(name)
        if name.endswith(".jsonl"):
            write = plain_command.as_json_line if wants_json else None
            found = [_answer(line, on, known_on, f"line {n}") for n, line in _lines(content)]
            self.say("\n".join(write(position_json(one)) if write else position_text(one) for one in found))
            return
        answer = _answer(content, on, known_on, "")
        self.say(plain_command.as_json(position_json(answer)) if wants_json else position_text(answer))


def _lines(content: bytes) -> list[tuple[int, bytes]]:
    """The lines that hold something, with their numbers from 1."""
    return [(number, line) for number, line in enumerate(content.splitlines(), 1) if line.strip()]


def _answer(content: bytes, on: dt.date, known_on: dt.date, where: str) -> Position:
    try:
        return position(parse(content).facts, on=on, known_on=known_on)
    except CaseFileError as error:
        plain_command.refuse(f"{where}: {error.path}" if where else error.path, error.message)
