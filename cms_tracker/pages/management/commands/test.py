"""Every check and every test; with arguments, pytest with those arguments."""

import subprocess
import sys
from pathlib import Path

from django.core.management.base import BaseCommand

PROJECT = Path(__file__).resolve().parents[4]


class Command(BaseCommand):
    """Hand over to the suite, which stands in tests/ and is no part of an installation."""

    help = "Run everything, or `manage.py test tests/unit -k plans` to hand arguments to pytest."

    def run_from_argv(self, argv: list[str]) -> None:
        """Take the arguments as they are: they are pytest's, not Django's."""
        runner = [sys.executable, "-m", "tests.runner", *argv[2:]]
        sys.exit(subprocess.run(runner, cwd=PROJECT, check=False).returncode)  # noqa: S603 - our own module
