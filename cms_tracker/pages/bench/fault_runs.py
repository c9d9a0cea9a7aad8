"""The faults themselves. Run by ``faults.py`` in a process of its own; prints one fault a line, as JSON.

Each function harms a running installation by process id, and returns the seconds from the service
coming back to every letter being ready. It raises TimeoutError where one did not become so.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402 - Django must be set up before
from django.core.management import call_command  # noqa: E402
from django.db import connections, transaction  # noqa: E402

from cms_tracker.pages.bench.fault_world import LONGEST, World  # noqa: E402
from cms_tracker.pages.bench.letters import press_button  # noqa: E402
from correspondence import operations  # noqa: E402
from correspondence.core.jobs import MAX_ATTEMPTS, FailureCode, JobKind, JobState  # noqa: E402

GRACEFUL = 30.0  # seconds in which a worker that is asked to stop has ended
Fault = Callable[[World], float]


def engine_killed(world: World) -> float:
    """The process that lays out pages dies in the middle of a letter; its neighbour waits behind it."""
    letter = world.in_the_middle()
    neighbour = world.press()
    _kill_engine(world)
    return world.wait(world.ready(letter, neighbour))


def _kill_engine(world: World) -> None:
    engine = world.engine_of(world.worker)
    if engine is not None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(engine, signal.SIGKILL)


def engine_killed_each_time(world: World) -> float:
    """A letter brings the engine down whenever it is tried: it stops after three attempts, and can be tried again."""
    letter = world.press(long=True)
    neighbour = world.press()

    def gave_up() -> bool:
        if world.state(letter) == JobState.RENDERING:
            _kill_engine(world)
        return world.state(letter) == JobState.FAILED

    world.wait(gave_up)
    world.wait(world.ready(neighbour))
    if (world.attempts(letter), world.failure(letter)) != (MAX_ATTEMPTS, FailureCode.GAVE_UP):
        raise TimeoutError
    operations.try_again(actor=world.owner, case=world.case, kind=JobKind.LETTER, subject=letter)
    return world.wait(world.ready(letter))


def worker_killed(world: World) -> float:
    """The whole worker dies in the middle of a letter, and is started again."""
    letter = world.in_the_middle()
    world.worker.kill()
    world.worker.start()
    return world.wait(world.ready(letter))


def broker_killed(world: World) -> float:
    """The broker dies with all its messages; letters are asked for meanwhile; an empty one takes its place."""
    letters = [world.press() for _ in range(3)]
    world.broker.kill()
    letters += [world.press() for _ in range(2)]
    world.broker.start()
    return world.wait(world.ready(*letters))


def web_killed(world: World) -> float:
    """The process that accepted the letter dies after the commit, before it has told anybody."""
    connections.close_all()  # the copy must not share one with us
    read, write = os.pipe()
    copy = os.fork()
    if copy == 0:
        _press_and_die(world, write)
    os.close(write)
    os.waitpid(copy, 0)
    with os.fdopen(read) as pipe:
        letter = uuid.UUID(pipe.read())
    world.letters.append(letter)
    return world.wait(world.ready(letter))


def _press_and_die(world: World, write: int) -> None:
    try:
        with transaction.atomic():
            transaction.on_commit(lambda: os.kill(os.getpid(), signal.SIGKILL))  # comes before the message
            os.write(write, str(press_button(world.owner, world.case, world.short).pk).encode())
    finally:
        os._exit(1)  # nothing of what follows is this copy's to do


def disk_full(world: World) -> float:
    """The disk takes no file; the letter says so and waits, and no attempt is counted. Then there is room."""
    with _without_room(Path(settings.PRIVATE_FILES_DIR)):
        letter = world.press()
        world.wait(lambda: world.failure(letter) == FailureCode.NO_ROOM)
        if world.attempts(letter):
            raise TimeoutError
    return world.wait(world.ready(letter))


def two_timers(world: World) -> float:
    """Two timers at once find the same letters, and two workers the same work."""
    with world.second_worker():
        letters = [world.press() for _ in range(3)]
        world.send("correspondence.sweep", 4)
        return world.wait(world.ready(*letters))


def delivered_fifty_times(world: World) -> float:
    """One letter, fifty messages, two workers."""
    with world.second_worker():
        letter = world.press()
        world.send("correspondence.work", 50)
        return world.wait(world.ready(letter))


def broker_stands_still(world: World) -> float:
    """The broker hangs (SIGSTOP) while a letter is asked for."""
    with world.stopped(world.broker.pid):
        letter = world.press()
        time.sleep(1)
    return world.wait(world.ready(letter))


def worker_stands_still(world: World) -> float:
    """A worker hangs (SIGSTOP) in the middle of a letter: another makes it, and the first one wakes up again."""
    letter = world.in_the_middle()
    with world.second_worker():
        with world.stopped(world.worker.pid):
            seconds = world.wait(world.ready(letter))
        world.worker.stop()  # it finishes what it had in hand, which counts no more
    world.worker.start()
    return seconds


def worker_asked_to_stop(world: World) -> float:
    """A worker is asked to stop (SIGTERM) in the middle of a letter: it ends in time, and the letter is made."""
    letter = world.in_the_middle()
    os.kill(world.worker.pid, signal.SIGTERM)
    world.wait(lambda: world.worker.exit_code is not None, seconds=GRACEFUL)
    world.worker.start()
    return world.wait(world.ready(letter))


FAULTS: dict[str, Fault] = {
    "the engine killed in the middle of a letter": engine_killed,
    "the engine killed at every attempt, then tried again": engine_killed_each_time,
    "the worker killed in the middle of a letter": worker_killed,
    "the broker killed, its messages gone": broker_killed,
    "the web process killed after the commit": web_killed,
    "the disk full": disk_full,
    "two timers and two workers": two_timers,
    "one letter delivered fifty times": delivered_fifty_times,
    "the broker standing still": broker_stands_still,
    "a worker standing still, and waking up": worker_stands_still,
    "a worker asked to stop": worker_asked_to_stop,
}


@contextlib.contextmanager
def _without_room(folder: Path) -> Iterator[None]:
    """A folder that takes no file: a full disk of a mebibyte where we may mount one, else one we may not write to."""
    folder.mkdir(parents=True, exist_ok=True)
    mounted = _run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder))
    if mounted:
        with contextlib.suppress(OSError), (folder / "filler").open("wb", buffering=0) as file:
            while file.write(bytes(4096)):
                pass
    else:
        folder.chmod(0o500)
    try:
        yield
    finally:
        if mounted:
            _run("umount", "--lazy", str(folder))
        else:
            folder.chmod(0o700)


def _run(*command: str) -> bool:
    return subprocess.run(list(command), capture_output=True, check=False).returncode == 0  # noqa: S603


def main(runs: int) -> None:
    """Do every fault so many times."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", buffering=1)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a worker says must not stand among the answers
    call_command("migrate", verbosity=0)
    with World() as world:
        for name, fault in FAULTS.items():
            line = {"fault": name, "runs": runs, "survived": 0, "lost": 0, "twice": 0, "slowest": 0.0}
            for _ in range(runs):
                _once(world, fault, line)
            answers.write(json.dumps(line) + "\n")


def _once(world: World, fault: Fault, line: dict[str, Any]) -> None:
    world.forget()
    try:
        seconds, in_time = fault(world), True
    except TimeoutError:
        seconds, in_time = LONGEST, False
        world.mend()
    lost, twice = world.lost(), world.made_twice()
    line["survived"] += in_time and not lost and not twice
    line["lost"] += lost
    line["twice"] += twice
    line["slowest"] = max(line["slowest"], seconds)


if __name__ == "__main__":
    main(int(sys.argv[1]))
