"""A small installation to harm: a broker, workers, one person with a case, and letters that are waited for."""

import contextlib
import os
import random
import signal
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

from celery import current_app
from django.conf import settings

from cms_tracker.pages.bench.letters import choices_for, prepared, press_button
from cms_tracker.processes import programs
from cms_tracker.processes.broker import Broker, folder_for
from cms_tracker.processes.children import Child, children_of
from cms_tracker.web import storage
from correspondence import queries
from correspondence.core.jobs import JobKind, JobState

LONGEST = 90.0  # seconds after which a letter counts as lost
LONG = 60  # instalments of a letter that takes long enough to be met in the middle
_OFTEN = 0.02


class World:
    """Started once; each fault is done to it in turn and leaves a worker and a broker that run."""

    def __init__(self) -> None:
        self.owner, self.case, self.long = prepared(reported=LONG)
        self.short = choices_for(self.case, reported=3)
        self.broker = Broker(folder_for(settings.DATA_DIR))
        self.worker = programs.separate_worker({})
        self.letters: list[uuid.UUID] = []
        self.dice = random.Random(4)  # noqa: S311 - moments to strike at, the same ones each time

    def __enter__(self) -> "World":
        self.broker.start()
        self.broker.wait_until_it_answers()
        self.worker.start()
        self.wait(self.ready(self.press()))
        return self

    def __exit__(self, *_: object) -> None:
        self.worker.stop()
        self.broker.stop()

    def press(self, *, long: bool = False) -> uuid.UUID:
        """Ask for a letter, and return its key."""
        letter = press_button(self.owner, self.case, self.long if long else self.short)
        self.letters.append(letter.pk)
        return letter.pk

    def state(self, letter: uuid.UUID) -> str:
        """How far a letter is."""
        job = queries.job_of(JobKind.LETTER, letter)
        return job.state if job else ""

    def failure(self, letter: uuid.UUID) -> str:
        """Why it is not made, or waits."""
        job = queries.job_of(JobKind.LETTER, letter)
        return job.failure if job else ""

    def attempts(self, letter: uuid.UUID) -> int:
        """How often it was tried."""
        job = queries.job_of(JobKind.LETTER, letter)
        return job.attempts if job else 0

    def ready(self, *letters: uuid.UUID) -> Callable[[], bool]:
        """Whether all of them are ready."""
        return lambda: all(self.state(one) == JobState.READY for one in letters)

    def in_hand(self, letter: uuid.UUID) -> Callable[[], bool]:
        """Whether a worker has it."""
        return lambda: self.state(letter) == JobState.RENDERING

    def wait(self, what: Callable[[], bool], *, seconds: float = LONGEST) -> float:
        """Wait for it and return the seconds it took. Raises TimeoutError."""
        began = time.monotonic()
        while not what():
            if time.monotonic() - began > seconds:
                raise TimeoutError
            time.sleep(_OFTEN)
        return time.monotonic() - began

    def in_the_middle(self) -> uuid.UUID:
        """Ask for a long letter and return when it is being laid out, at no foreseeable point of it."""
        letter = self.press(long=True)
        self.wait(self.in_hand(letter))
        time.sleep(self.dice.uniform(0.01, 0.5))
        return letter

    def engine_of(self, worker: Child) -> int | None:
        """The process that lays out pages for a worker, or None where it has none now."""
        found = [pid for pid, said in children_of(worker.pid).items() if "rendering/engine.py" in said]
        return min(found, default=None)

    @contextlib.contextmanager
    def second_worker(self) -> Iterator[Child]:
        """Another worker, with a timer of its own, for as long as it is entered."""
        other = programs.separate_worker({})
        other.start()
        try:
            yield other
        finally:
            other.stop()

    def send(self, name: str, times: int = 1) -> None:
        """Send messages to the workers by the name of their task."""
        for _ in range(times):
            current_app.send_task(name)

    @contextlib.contextmanager
    def stopped(self, pid: int) -> Iterator[None]:
        """A process that stands still (SIGSTOP) for as long as it is entered."""
        os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(pid, signal.SIGCONT)

    def lost(self) -> int:
        """Letters of this run that are not ready, or whose file is not the one that was made."""
        return sum(not self._is_kept(key) for key in self.letters)

    def made_twice(self) -> int:
        """Finished files beyond one for each letter of this run."""
        folder = Path(settings.PRIVATE_FILES_DIR, self.case.pk.hex)
        files = [path for path in folder.glob("*") if path.name.endswith(storage.MADE)]
        return max(0, len(files) - len(self.letters))

    def mend(self) -> None:
        """Start again what a run that failed has left ended or standing still."""
        for child in (self.broker, self.worker):
            if child.is_running:
                os.kill(child.pid, signal.SIGCONT)
            else:
                child.start()

    def forget(self) -> None:
        """Begin a run anew: the files of the last one go."""
        storage.remove_all(self.case.pk)
        self.letters.clear()

    def _is_kept(self, key: uuid.UUID) -> bool:
        letter = queries.letter_of(self.case.pk, key)
        if letter is None or self.state(key) != JobState.READY:
            return False
        return storage.read_kept(letter.pdf_name, sha256=letter.pdf_sha256) is not None
