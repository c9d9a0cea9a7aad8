"""How fast the product is on this machine, as a table of ratios. Not a test: it fails nothing."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from cms_tracker.pages import bench, standing
from cms_tracker.pages.bench import groups
from cms_tracker.pages.bench import jobs as jobs  # importing them enters them


class Command(BaseCommand):
    """Measure a named group, every job, or those whose name contains a word."""

    help = "Print how long the main jobs take, beside what they are held against and the goal."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a word and a number of rounds."""
        parser.add_argument(
            "word",
            nargs="?",
            default="",
            help="a group (engine, faults, letters, timing…), or jobs whose name has this",
        )
        parser.add_argument("--rounds", type=int, default=30, help="how often each is measured for its median")
        parser.add_argument(
            "--cases", type=int, metavar="N",
            help="of a group: how many cases it gets; 100, of load 100,000, of soak 10,000 unless said otherwise",
        )  # fmt: skip
        parser.add_argument("--postgres", default="", metavar="URL", help="of a group: a PostgreSQL to measure too")
        parser.add_argument(
            "--caseload", type=_sizes, default=(10_000, 100_000), metavar="N[,N]",
            help="of a group: how many cases to write and recompute; 0 for none, 100,000 take minutes",
        )  # fmt: skip
        parser.add_argument("--runs", type=int, default=20, help="of faults: how often each is done")
        parser.add_argument("--letters", type=int, default=200, help="of letters: how many are made")
        parser.add_argument(
            "--asked", type=int, default=200, help="of timing: how often each kind of address is asked for"
        )
        parser.add_argument("--writes", type=int, default=1_000, help="of durability: how many have to be acknowledged")
        parser.add_argument("--kills", type=int, default=20, help="of durability: how often something is killed")
        parser.add_argument(
            "--seconds", type=int, default=30, help="of writers: how long they write; of load: how long each part lasts"
        )
        parser.add_argument("--users", type=int, default=20, help="of load and soak: how many people there are at once")
        parser.add_argument("--minutes", type=float, default=60, help="of soak: how long it lasts")
        parser.add_argument("--json", action="store_true", dest="as_json", help="answer in JSON")

    def handle(self, *, word: str, rounds: int, as_json: bool, **options: Any) -> None:
        """Measure one thing after another; what it writes is rolled back."""
        if word not in groups.APART and not standing.is_migrated():
            raise CommandError("The database has no tables of this version. Run `manage.py migrate` first.")
        if word in groups.GROUPS:
            names = (
                "cases", "postgres", "caseload", "runs", "letters", "asked", "seconds", "writes", "kills", "users",
                "minutes",
            )  # fmt: skip
            asked = {name: options[name] for name in names}
            asked["cases"] = asked["cases"] or groups.MANY_CASES.get(word, groups.Ask.cases)
            try:
                self._group(word, groups.Ask(rounds=rounds, **asked), as_json=as_json)
            except groups.MissingError as missing:
                raise CommandError(str(missing)) from missing
            return
        if not as_json:
            self.stdout.write(f"{'job':<44} {'ms':>9}  {'base ms':>9}  {'ratio':>7}  {'goal':<14} base")
        for entered in bench.JOBS:
            if word.casefold() not in entered.name.casefold():
                continue
            with transaction.atomic():
                line = bench.measure(entered, rounds=rounds)
                transaction.set_rollback(True)
            self.stdout.write(_as_json(line) if as_json else _row(line))

    def _group(self, word: str, ask: groups.Ask, *, as_json: bool) -> None:
        """Every figure of a group, as it is measured; in JSON one a line."""
        for section in groups.GROUPS[word]:
            if word in groups.APART:
                self._section(section, ask, as_json=as_json)
                continue
            with transaction.atomic():
                self._section(section, ask, as_json=as_json)
                transaction.set_rollback(True)

    def _section(self, section: groups.Section, ask: groups.Ask, *, as_json: bool) -> None:
        for figure in section(ask):
            self.stdout.write(json.dumps(figure.as_json()) if as_json else _figure(figure))
            self.stdout.flush()


def _sizes(text: str) -> tuple[int, ...]:
    """``10000,100000`` as numbers; those of nil are left out."""
    return tuple(sorted({int(one) for one in text.split(",")} - {0}))


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


def _as_json(line: bench.Line) -> str:
    entered = line.job
    return json.dumps(
        {
            "name": entered.name, "ms": round(line.subject_ms, 4), "base": entered.base_name,
            "base_ms": None if line.base_ms is None else round(line.base_ms, 4),
            "goal_ratio": entered.goal_ratio, "goal_ms": entered.goal_ms, "met": line.meets_goal,
        }
    )  # fmt: skip


def _figure(figure: groups.Figure) -> str:
    ms = "" if figure.ms is None else f"{figure.ms:.3f} ms"
    met = {None: "", True: "met", False: "MISSED"}[figure.is_met]
    return f"{figure.part:<11} {figure.name:<58} {ms:>14}  {figure.goal:<19} {met:<7} {figure.note}".rstrip()
