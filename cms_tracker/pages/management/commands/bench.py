"""How fast the product is on this machine, as a table of ratios. Not a test: it fails nothing."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from cms_tracker.pages import bench
from cms_tracker.pages.bench import jobs as jobs  # importing them enters them


class Command(BaseCommand):
    """Measure every job, or those whose name contains a word."""

    help = "Print how long the main jobs take, beside what they are held against and the goal."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a word and a number of rounds."""
        parser.add_argument("word", nargs="?", default="", help="only jobs whose name contains this")
        parser.add_argument("--rounds", type=int, default=30)

    def handle(self, *, word: str, rounds: int, **_: Any) -> None:
        """Measure one job after another; what they write is rolled back."""
        self.stdout.write(f"{'job':<44} {'ms':>9}  {'base ms':>9}  {'ratio':>7}  {'goal':<14} base")
        for entered in bench.JOBS:
            if word.casefold() not in entered.name.casefold():
                continue
            with transaction.atomic():
                line = bench.measure(entered, rounds=rounds)
                transaction.set_rollback(True)
            self.stdout.write(_row(line))


def _row(line: bench.Line) -> str:
    entered = line.job
    base = "" if line.base_ms is None else f"{line.base_ms:.3f}"
    ratio = "" if line.ratio is None else f"{line.ratio:.2f}x"
    goals = [
        f"<= {entered.goal_ratio:g}x" if entered.goal_ratio is not None else "",
        f"<= {entered.goal_ms:g} ms" if entered.goal_ms is not None else "",
    ]
    goal = " ".join(filter(None, goals)) + (" met" if line.meets_goal else " MISSED")
    return f"{entered.name:<44} {line.subject_ms:>9.3f}  {base:>9}  {ratio:>7}  {goal:<14} {entered.base_name}"
