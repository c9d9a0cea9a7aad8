"""A command for people and scripts: one line on standard error and exit code 1 where input is refused."""

import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser

from arrears.core.case_values import CaseFileError
from arrears.core.strict_json import MOST_BYTES, Fields
from cms_tracker.money import AmountError, parse_typed


class PlainCommand(BaseCommand):
    """Needs no database and no checks of the installation. Refusals are ``field: reason``."""

    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Make a parser that raises, where Django's would print its usage and exit with code 2."""
        self._called_from_command_line = False
        return super().create_parser(prog_name, subcommand, **kwargs)

    def run_from_argv(self, argv: list[str]) -> None:
        """Run the command; refused input is one line, and nothing of the answer is printed."""
        try:
            parser = self.create_parser(argv[0], argv[1])
            options = vars(parser.parse_args(argv[2:]))
            self.execute(*options.pop("args", ()), **options)
        except CommandError as error:
            line = " ".join(str(error).removeprefix("Error: ").split())
            sys.stderr.write(f"{line}\n")
            sys.exit(1)

    def say(self, answer: str) -> None:
        """Print a whole answer at once."""
        self.stdout.write(answer)


def refuse(field: str, reason: str) -> NoReturn:
    """Refuse the command because of one input."""
    raise CommandError(f"{field}: {reason}")


def read_file(name: str) -> bytes:
    """The bytes of a file, or of standard input for ``-``."""
    try:
        if name == "-":
            return sys.stdin.buffer.read(MOST_BYTES + 1)
        return Path(name).read_bytes()
    except OSError as error:
        refuse("file", f"{name} cannot be read: {error.strerror or 'no such file'}")
    except ValueError:
        refuse("file", "that is not the name of a file")


def day(option: str, value: str) -> dt.date:
    """A date given as an option."""
    try:
        return Fields({option: value}, "").date(option)
    except CaseFileError as error:
        refuse(error.path, error.message)


def optional_day(option: str, value: str | None) -> dt.date | None:
    """A date that may be left out."""
    return None if value is None else day(option, value)


def amount(option: str, value: str) -> int:
    """An amount given as an option, in pence: ``12391.53`` or ``£12,391.53``."""
    try:
        return parse_typed(value)
    except AmountError as error:
        refuse(option, str(error))


def optional_amount(option: str, value: str | None) -> int | None:
    """An amount that may be left out."""
    return None if value is None else amount(option, value)


def as_json(answer: object) -> str:
    """An answer as JSON text on several lines."""
    return json.dumps(answer, ensure_ascii=False, indent=1)


def as_json_line(answer: object) -> str:
    """An answer as JSON on one line."""
    return json.dumps(answer, ensure_ascii=False)
