"""Processes that work cases out side by side. They read and compute; only the process that asks them writes.

Whoever asks holds the cases, as ever (arrears/operations/snapshots.py). A write that commits before
that is among the facts that they read; one that commits later leaves a mark that stays.
"""

import datetime as dt
import gc
import os
import uuid
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from types import TracebackType
from typing import TYPE_CHECKING, Self

import django
from django.db import connection

from arrears.core.snapshots import Snapshot

if TYPE_CHECKING:
    from cases.models import Case

ALONE = 2_500  # cases worked out before there is help: it takes a second to come
_LEAST = 16  # cases that are worth handing over


class Hands:
    """As many processes as there are processors, from the case on from which they pay; ended with the block.

    ``most`` limits them; with one, everything is done here.
    """

    def __init__(self, *, most: int | None = None, alone: int = ALONE) -> None:
        self.count = max(1, min(most or processors(), processors()))
        self._alone = alone
        self._done = 0
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    @property
    def shares(self) -> int:
        """How many batches are worked out at a time."""
        return self.count if self._done >= self._alone else 1

    def work_out(self, cases: Sequence["Case"], days: Sequence[dt.date]) -> dict[uuid.UUID, Snapshot]:
        """The figures of these cases, each on its day."""
        self._done += len(cases)
        if self.count == 1 or self._done <= self._alone or len(cases) < _LEAST:
            return _work_out(cases, days)
        if self._pool is None:
            # A fresh process each: one that is forked would share this one's connection to the database.
            self._pool = ProcessPoolExecutor(
                self.count, get_context("spawn"), initializer=_begin, initargs=(str(connection.settings_dict["NAME"]),)
            )
        size = -(-len(cases) // self.count)
        starts = range(0, len(cases), size)
        found: dict[uuid.UUID, Snapshot] = {}
        for part in self._pool.map(
            _work_out, [cases[at : at + size] for at in starts], [days[at : at + size] for at in starts]
        ):
            found |= part
        return found


@contextmanager
def uncollected() -> Iterator[None]:
    """Let nothing look for circles among values meanwhile: a batch makes tens of thousands, and none is in one.

    Looking would take a third of the time. What is done with is freed at once, as ever. Other threads
    only find theirs looked through a moment later.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _begin(database: str) -> None:
    """Set up a process that only reads, in the same database as the one that started it."""
    django.setup()
    connection.settings_dict["NAME"] = database
    gc.freeze()  # what is here now stays; looking through it again and again would take a fifth of the time


def _work_out(cases: Sequence["Case"], days: Sequence[dt.date]) -> dict[uuid.UUID, Snapshot]:
    from arrears.operations.snapshots import work_out  # noqa: PLC0415 - in a new process Django is set up by now

    with uncollected():
        return work_out(cases, days)
