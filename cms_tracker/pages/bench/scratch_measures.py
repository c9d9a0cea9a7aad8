"""What is measured on the scratch caseload. Everything goes the way the product goes: worklist and its engine."""

import datetime as dt
import time
from collections.abc import Callable
from statistics import median
from typing import Any, Protocol

from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from arrears import caseload
from arrears.core.caseload import Wanted
from arrears.operations import snapshots
from cases import queries as cases
from cms_tracker.pages import worklist
from cms_tracker.pages.bench import scratch_cases
from cms_tracker.pages.hands import Hands
from cms_tracker.users import operations as users
from cms_tracker.web.clock import today

FEW = 3  # rounds of what takes seconds
MANY_CASES = 20_000  # from here on such a thing is measured once
GOAL_TIMES_FLOOR = 5
GOAL_FIRST, GOAL_DEEPEST, GOAL_OF_EMPTY = 1.1, 1.5, 0.12
TRAY = 200  # cases of one adviser, of all those in the installation
BEYOND = "g"  # sorts after every key


class Say(Protocol):
    """Where a figure goes."""

    def __call__(self, **figure: object) -> None:
        """Take one figure."""


class Scratch:
    """A growing caseload, and what was measured at the sizes before."""

    def __init__(self, *, rounds: int, say: Say) -> None:
        self.rounds, self.say = rounds, say
        self.size = 0
        self.before: dict[str, float] = {}
        self.helper, self.client = _person("bench-list@example.com")
        self.adviser, self.desk = _person("bench-adviser@example.com")
        _, self.empty = _person("bench-nobody@example.com")

    def measure(self, size: int) -> None:
        """Grow to a size and measure all of it."""
        began = time.perf_counter()
        scratch_cases.add(self.size, size, until=today())
        grown, self.size = size - self.size, size
        payments = apps.get_model("arrears.Payment").objects.count()
        self._line(
            f"{size:,} cases of five years, {payments:,} payments, {connection.vendor}",
            note=f"{grown:,} of them written in {time.perf_counter() - began:.0f} s",
        )
        self._recomputed(size)
        self._listed(size)
        self._worktray(size)
        self._by_night(size)

    def _line(
        self, name: str, ms: float | None = None, *, limit: float | None = None, ratio: float = 0, note: str = ""
    ) -> None:
        goal = "" if limit is None else f"<= {limit:g}x"
        self.say(
            part="caseload", name=name, ms=ms, goal=goal, is_met=None if limit is None else ratio <= limit, note=note
        )

    def _recomputed(self, size: int) -> None:
        rounds = FEW if size <= MANY_CASES else 1
        floor = _median(_sql_floor, rounds)
        self._line("floor: payments summed, sums written as snapshots, in SQL", floor)
        taken = []
        for _ in range(rounds):
            _mark_all()
            taken.append(_timed(lambda: worklist.roll_forward(on=today())))
        full, ratio = median(taken), median(taken) / floor
        note = f"{ratio:.1f}x the floor; {full / size * 1000:.0f} us a case"
        self._line("every case read, computed, stored", full, limit=GOAL_TIMES_FLOOR, ratio=ratio, note=note)
        with Hands(alone=0) as hands:
            _mark_all()
            worklist.roll_forward(on=today(), hands=hands)  # they have come by now
            _mark_all()
            side_by_side = _timed(lambda: worklist.roll_forward(on=today(), hands=hands))
        note = f"{side_by_side / floor:.1f}x the floor; {side_by_side / size * 1000:.0f} us a case"
        self._line(f"the same in {hands.count} processes, one of which writes", side_by_side, note=note)
        if "full" in self.before:
            growth, cases_growth = full / self.before["full"], size / self.before["size"]
            note = f"{cases_growth:.0f}x the cases take {growth:.1f}x the time"
            self._line("growth with the number of cases", limit=1.25, ratio=growth / cases_growth, note=note)
        self.before |= {"full": full, "size": size}

    def _by_night(self, size: int) -> None:
        done: list[int] = []
        night = _timed(lambda: done.append(worklist.roll_forward(on=today() + dt.timedelta(days=1))))
        share = f"{done[0]:,} of {size:,} touched, {night / max(done[0], 1) * 1000:.0f} us a case"
        self._line("the night: what falls due, is a day late or older", night, note=share)
        nothing = _timed(lambda: worklist.roll_forward(on=today() + dt.timedelta(days=1)))
        self._line("the same night once more: nothing is left", nothing)

    def _listed(self, size: int) -> None:
        """One person's list of all of them: the first page and the deepest, read and as served."""
        _enter(self.helper.pk, size)
        on = today()
        last = caseload.before(self.helper.pk, "by_reason", Wanted(), key=BEYOND, count=worklist.PAGE + 1)
        deep = last[0].entry.keys.by_reason
        address = reverse("pages:caseload")
        if self.client.get(address).status_code != 200:
            raise LookupError(address)
        first, deepest, served = _medians(
            lambda: worklist.page_of(self.helper, on=on),
            lambda: worklist.page_of(self.helper, on=on, after=deep),
            lambda: self.client.get(address),
            rounds=max(self.rounds, 10),
        )
        self._line(f"list of {size:,}: first page", first, note=f"as served, in process: {served:.1f} ms")
        ratio = deepest / first
        self._line(
            f"list of {size:,}: deepest page", deepest, limit=GOAL_DEEPEST, ratio=ratio, note=f"{ratio:.2f}x the first"
        )
        if "first" in self.before:
            ratio = first / self.before["first"]
            self._line("first page, held against the smaller list", limit=GOAL_FIRST, ratio=ratio, note=f"{ratio:.2f}x")
        self.before["first"] = first

    def _worktray(self, size: int) -> None:
        """The list of an adviser with 200 of all these cases, beside the same page with nobody on it."""
        _enter(self.adviser.pk, min(TRAY, size), place=8)
        on, address = today(), reverse("pages:caseload")
        last = caseload.before(self.adviser.pk, "by_reason", Wanted(), key=BEYOND, count=worklist.PAGE + 1)
        deep = last[0].entry.keys.by_reason
        first, deepest, served, empty = _medians(
            lambda: worklist.page_of(self.adviser, on=on),
            lambda: worklist.page_of(self.adviser, on=on, after=deep),
            lambda: self.desk.get(address),
            lambda: self.empty.get(address),
            rounds=max(self.rounds, 30),
        )
        of = f"worktray of {TRAY} among {size:,}"
        note = f"as served, in process: {served:.1f} ms; the same page with nobody on it: {empty:.1f} ms"
        self._line(f"{of}: first page", first, note=note)
        ratio = deepest / first
        self._line(f"{of}: deepest page", deepest, limit=GOAL_DEEPEST, ratio=ratio, note=f"{ratio:.2f}x the first")
        least = empty / served
        self.say(
            part="caseload", name=f"{of}: pages a second, to those of the empty page", ms=None,
            goal=f">= {GOAL_OF_EMPTY:g}x", is_met=least >= GOAL_OF_EMPTY, note=f"{least:.2f}x",
        )  # fmt: skip
        if "tray" in self.before:
            ratio = first / self.before["tray"]
            self._line(
                "the same, held against the smaller installation", limit=GOAL_FIRST, ratio=ratio, note=f"{ratio:.2f}x"
            )
        self.before["tray"] = first


def _person(address: str) -> tuple[Any, Client]:
    """Somebody new, and their browser."""
    person = users.sign_up(address)
    if person is None:
        raise LookupError(address)
    client = Client(SERVER_NAME="localhost")
    client.force_login(person)
    return person, client


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def _median(work: Callable[[], object], rounds: int) -> float:
    return median(_timed(work) for _ in range(rounds))


def _medians(*turns: Callable[[], object], rounds: int) -> list[float]:
    taken: list[list[float]] = [[] for _ in turns]
    for _ in range(rounds + 1):
        for turn, times in zip(turns, taken, strict=True):
            times.append(_timed(turn))
    return [median(times[1:]) for times in taken]


def _sql_floor() -> None:
    """The least that must be done: sum the payments of each case, and write a row of the same shape for it."""
    snapshot, payment = (apps.get_model(f"arrears.{name}")._meta for name in ("PositionSnapshot", "Payment"))
    quote = connection.ops.quote_name
    columns = [quote(field.column) for field in snapshot.concrete_fields]
    cells: dict[str, str] = {"case_id": "case_id", "outstanding": "SUM(amount_pence)", "engine": "'0'"}
    cells |= dict.fromkeys(("on", "changes_on"), "MAX(paid_on)")
    values = [cells.get(field.column, "NULL" if field.null else "0") for field in snapshot.concrete_fields]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_floor")
        cursor.execute(f"CREATE TABLE bench_floor AS SELECT * FROM {snapshot.db_table} LIMIT 0")  # noqa: S608 - ours
        cursor.execute("CREATE UNIQUE INDEX bench_floor_case ON bench_floor (case_id)")
        cursor.execute(
            f"INSERT INTO bench_floor ({', '.join(columns)}) SELECT {', '.join(values)} "  # noqa: S608 - ours
            f"FROM {payment.db_table} GROUP BY case_id"
        )


def _mark_all() -> None:
    marks, case = (apps.get_model(name)._meta.db_table for name in ("arrears.SnapshotMark", "cases.Case"))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {marks}")  # noqa: S608 - ours
        cursor.execute(f"INSERT INTO {marks} (case_id) SELECT id FROM {case} ORDER BY id")  # noqa: S608 - ours


def _enter(helper: Any, size: int, *, place: int = 9) -> None:
    """Let a person into so many cases, and write the list from the figures that are there."""
    scratch_cases.let_in(helper, size, place=place)
    last, left = None, size
    while left > 0 and (case_ids := cases.case_ids_after(last, count=min(left, 1_000))):
        left -= len(case_ids)
        figures = {key: found for key, (_, found) in caseload.figures_of(case_ids).items()}
        with transaction.atomic():
            held = snapshots.hold(case_ids)
            snapshots.keep_entries(held, worklist.entries_for(figures, on=today()))
        last = case_ids[-1]
