"""`manage.py test` without arguments: every check and every test, on both databases."""

import os
import re
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from cms_tracker.processes import system_packages
from tests.runner import postgres, steps
from tests.runner.steps import Outcome, Step

LANES = 2  # as many cores as the smallest machine has

_COUNT = re.compile(r"(\d+) (passed|failed|skipped|error|errors|xfailed|xpassed|deselected|warnings?)\b")


def run_everything() -> int:
    """Run it all, print what failed and a table; return the exit code."""
    began = time.monotonic()
    _install_missing_programs()
    with postgres.Server() as server, ThreadPoolExecutor(max_workers=LANES) as lanes:
        # The longest first, so that the two lanes end together.
        tests = [steps.on_postgresql(server.url), steps.ON_SQLITE, steps.BROWSER, steps.PROPERTIES, steps.UNIT]
        plan = [*tests, *steps.STATIC]
        outcomes = list(lanes.map(_run, plan))
    _print_table(outcomes)
    _print_skips(outcomes)
    _print_closing_line(outcomes, seconds=time.monotonic() - began)
    return 0 if all(outcome.ok for outcome in outcomes) else 1


def _install_missing_programs() -> None:
    packages = system_packages.missing(for_tests=True)
    if not packages:
        return
    if system_packages.can_install():
        _say(f"Installing {' '.join(packages)} ...")
        if system_packages.install(packages):
            return
    _say(f"Some tests cannot run until this has been done: {system_packages.install_line(packages)}")


def _run(step: Step) -> Outcome:
    outcome = step.run()
    said = outcome.last_line if outcome.ok else outcome.output
    _say(f"{outcome.word:<6} {step.name} ({outcome.seconds:.0f} s)\n{said}\n")
    return outcome


def _print_table(outcomes: Sequence[Outcome]) -> None:
    width = max(len(outcome.step.name) for outcome in outcomes)
    _say("-" * (width + 60))
    for outcome in outcomes:
        _say(f"{outcome.word:<6}  {outcome.step.name:<{width}}  {outcome.seconds:6.1f} s  {outcome.last_line}")
    _say("-" * (width + 60))


def _print_skips(outcomes: Sequence[Outcome]) -> None:
    for outcome in outcomes:
        for line in outcome.output.splitlines():
            if line.startswith("SKIPPED"):
                _say(f"{outcome.step.name}: {line}")


def _print_closing_line(outcomes: Sequence[Outcome], *, seconds: float) -> None:
    """Print one closing line in pytest's own words, over all its runs; a check that failed counts as an error."""
    counts = {"failed": 0, "passed": 0, "skipped": 0, "error": 0}
    for outcome in outcomes:
        found = _COUNT.findall(outcome.last_line) if outcome.step.is_pytest else []
        for number, word in found:
            name = word.rstrip("s") if word.startswith("error") else word
            counts[name] = counts.get(name, 0) + int(number)
        told = any(word.startswith(("failed", "error")) for _, word in found)
        if not outcome.ok and not told:
            counts["error"] += 1
    said = ", ".join(f"{number} {word}" for word, number in counts.items() if number)
    _say(f" {said} in {seconds:.2f}s ".center(80, "="))


def _say(line: str) -> None:
    sys.stdout.write(line + os.linesep)
    sys.stdout.flush()
