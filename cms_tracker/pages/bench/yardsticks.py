"""What others take for the same histories: plain-text accounting as whole processes, and SQL sums as the floor.

None of these programs belongs to the product. Those that are on the path are measured, and of
those that are not it is said that they are not. Each gets the entries that the engine posts and
the payments, as transactions; where it prints a balance it must be the engine's.
"""

import datetime as dt
import json
import re
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import NamedTuple

import psycopg

from arrears.core import case_file
from arrears.core.facts import CaseFacts
from arrears.core.position import position
from cms_tracker.money import plain
from cms_tracker.pages.bench.groups import Ask, Figure, medians_ms, section
from cms_tracker.pages.bench.histories import weekly_case
from cms_tracker.web.clock import today

PART = "yardsticks"
LONG_MS = 5000  # what takes longer than this is run once
PROCESS_ROUNDS = 3
MANAGE = Path(__file__).resolve().parents[3] / "manage.py"


class Rival(NamedTuple):
    """A program, what to ask it for, and how many times as long as the engine it is to take."""

    program: str
    arguments: tuple[str, ...]
    goal: int
    note: str = ""


RIVALS = (
    Rival("ledger", ("-f", "cases.journal", "bal", "Assets:Owed", "--depth", "2"), 10),
    Rival("hledger", ("-f", "cases.journal", "bal", "Assets:Owed", "--depth", "2"), 20),
    Rival("bean-check", ("cases.beancount",), 60, "beancount: reads and checks, prints no balance"),
)


@section("engine")
def yardsticks(ask: Ask) -> Iterator[Figure]:
    """So many cases like the one above, as whole processes, and their sums in SQL."""
    day = today()
    cases = [case_file.parse(json.dumps(weekly_case(day, number=number))).facts for number in range(ask.cases)]

    def whole() -> int:
        return sum(position(one, on=day, known_on=day).net for one in cases)

    (ours,) = medians_ms(whole, rounds=3)
    cpu = _processor_ms(whole)
    of = f"{ask.cases} cases"
    note = f"{ours / ask.cases:.3f} ms a case, {cpu / ask.cases:.3f} ms of processor time"
    yield Figure(part=PART, name=f"{of}, positions in memory", ms=ours, note=note)
    with tempfile.TemporaryDirectory() as folder:
        _write(Path(folder), cases, day, ask.cases)
        command = [sys.executable, str(MANAGE), "position", "cases.jsonl", "--on", str(day), "--json"]
        ran = _process(command, folder)
        note = f"{ran.cpu_ms / ask.cases:.3f} ms of processor time a case, with starting, reading and printing"
        yield Figure(part=PART, name=f"{of}, manage.py position as a process", ms=ran.ms, note=note)
        for rival in RIVALS:
            yield _rival(rival, folder, ours=cpu, of=of, net=whole())
    yield _on_sqlite(of, cases, ours, ask)
    yield _on_postgres_or_not(of, cases, ours, ask)


def _rival(rival: Rival, folder: str, *, ours: float, of: str, net: int) -> Figure:
    goal = f">= {rival.goal}x the engine"
    name = f"{of}, {rival.program}"
    program = shutil.which(rival.program)
    if program is None:
        return Figure(part=PART, name=name, ms=None, goal=goal, note="not installed")
    ran = _process([program, *rival.arguments], folder)
    amount = re.search(r"-?[0-9]+\.[0-9]{2}(?= GBP)", ran.said)
    checked = rival.note or ("the same balance" if amount and amount[0] == plain(net) else "ANOTHER BALANCE")
    note = f"{ran.cpu_ms / ours:.1f}x the engine in memory; {checked}"
    return Figure(part=PART, name=name, ms=ran.ms, goal=goal, is_met=ran.cpu_ms >= rival.goal * ours, note=note)


class Ran(NamedTuple):
    """A whole process: the median of its time and of its processor time, and what it said.

    Programs that run one after another meet the machine at different moments, so processor time is
    what is compared.
    """

    ms: float
    cpu_ms: float
    said: str


def _process(command: Sequence[str], folder: str) -> Ran:
    """Run a process a few times, or once if it takes long."""
    taken: list[tuple[float, float]] = []
    said = ""
    while len(taken) < PROCESS_ROUNDS and not (taken and taken[0][0] > LONG_MS):
        began, spent = time.perf_counter(), _children()
        said = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout  # noqa: S603
        taken.append(((time.perf_counter() - began) * 1000, (_children() - spent) * 1000))
    return Ran(median(wall for wall, _ in taken), median(cpu for _, cpu in taken), said)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _processor_ms(work: Callable[[], object]) -> float:
    """The median of the processor time of a piece of work."""
    taken = []
    for _ in range(PROCESS_ROUNDS):
        began = time.process_time()
        work()
        taken.append((time.process_time() - began) * 1000)
    return median(taken)


def _write(folder: Path, cases: list[CaseFacts], day: dt.date, count: int) -> None:
    """The same histories as case files, one a line, and as journals."""
    lines = (json.dumps(weekly_case(day, number=number)) for number in range(count))
    (folder / "cases.jsonl").write_text("\n".join(lines), encoding="utf-8")
    with (
        (folder / "cases.journal").open("w", encoding="utf-8") as journal,
        (folder / "cases.beancount").open("w", encoding="utf-8") as beancount,
    ):
        for account in ("Income:Due", "Assets:Bank"):
            beancount.write(f"1993-01-01 open {account}\n")
        for number, facts in enumerate(cases):
            owed = f"Assets:Owed:C{number:06}"
            beancount.write(f"1993-01-01 open {owed}\n")
            for text in _transactions(facts, owed, day):
                journal.write(text)
                beancount.write(text)


def _transactions(facts: CaseFacts, owed: str, day: dt.date) -> Iterator[str]:
    moves = [(one.on, one.amount, "Income:Due") for one in position(facts, on=day, known_on=day).entries]
    moves += [(one.paid_on, -one.amount, "Assets:Bank") for one in facts.payments if one.paid_on <= day]
    for on, amount, other in sorted(moves):
        yield f'{on} * "entry"\n  {owed}  {plain(amount)} GBP\n  {other}  {plain(-amount)} GBP\n\n'


Rows = list[tuple[int, int]]


def _sum(
    name: str, prepare: Callable[[Rows], Callable[[], object]], cases: list[CaseFacts], ours: float, ask: Ask
) -> Figure:
    rows = [(number, one.amount) for number, facts in enumerate(cases) for one in facts.payments]
    (ms,) = medians_ms(prepare(rows), rounds=min(ask.rounds, 10))
    return Figure(
        part=PART, name=name, ms=ms, note=f"the engine takes {ours / ms:.1f}x, with what was due and allocation"
    )


_TABLE = "CREATE TEMPORARY TABLE bench_paid (case_number integer, pence bigint)"
_SUMS = "SELECT case_number, SUM(pence) FROM bench_paid GROUP BY case_number"


def _on_sqlite(of: str, cases: list[CaseFacts], ours: float, ask: Ask) -> Figure:
    with closing(sqlite3.connect(":memory:")) as database:

        def prepare(rows: Rows) -> Callable[[], object]:
            database.execute(_TABLE)
            database.executemany("INSERT INTO bench_paid VALUES (?, ?)", rows)
            return lambda: database.execute(_SUMS).fetchall()

        return _sum(f"floor: {of}, SQL sums of payments, SQLite", prepare, cases, ours, ask)


def _on_postgres_or_not(of: str, cases: list[CaseFacts], ours: float, ask: Ask) -> Figure:
    name = f"floor: {of}, SQL sums of payments, PostgreSQL"
    if not ask.postgres:
        return Figure(part=PART, name=name, ms=None, note="not measured: give a database with --postgres URL")
    with psycopg.connect(ask.postgres) as database:

        def prepare(rows: Rows) -> Callable[[], object]:
            database.execute(_TABLE)
            with database.cursor() as cursor:
                cursor.executemany("INSERT INTO bench_paid VALUES (%s, %s)", rows)
            return lambda: database.execute(_SUMS).fetchall()

        figure = _sum(name, prepare, cases, ours, ask)
        database.rollback()
        return figure
