"""Child processes: each in a session of its own, so that Ctrl-C reaches only the parent, which
then stops them in order.
"""

import contextlib
import ctypes
import multiprocessing
import os
import runpy
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

_PR_SET_PDEATHSIG = 1
_OFTEN = 3  # starts within …
_SOON = 30  # … seconds mean that it will not stay up


class Running(Protocol):
    """A process that has been launched; the methods are those of ``subprocess.Popen``."""

    @property
    def pid(self) -> int:
        """Its process id."""

    def poll(self) -> int | None:
        """Return how it ended, or ``None`` while it runs."""

    def wait(self, timeout: float | None = None) -> int:
        """Return how it ended; raise ``TimeoutExpired`` when it has not in time."""

    def terminate(self) -> None:
        """Ask it to end."""

    def kill(self) -> None:
        """End it."""


@dataclass
class Child:
    """One program: how to launch it, and how it has fared."""

    name: str
    launch: Callable[[], Running]
    patience: float = 25.0  # seconds to finish what it is doing before it is killed
    _process: Running | None = None
    _starts: list[float] = field(default_factory=list)

    def start(self) -> None:
        """Launch it, after whatever an earlier run of it left behind has been ended."""
        self._end_what_it_left()
        self._starts.append(time.monotonic())
        self._process = self.launch()

    @property
    def pid(self) -> int:
        """The process id of a child that has been started."""
        if self._process is None:
            raise RuntimeError(f"{self.name} has not been started")
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """How it ended; ``None`` while it runs or before its first start."""
        return None if self._process is None else self._process.poll()

    @property
    def is_running(self) -> bool:
        """Tell whether it has been started and has not ended."""
        return self._process is not None and self._process.poll() is None

    def keeps_dying(self) -> bool:
        """Tell whether it has been started again and again within half a minute."""
        return len(self._starts) >= _OFTEN and self._starts[-1] - self._starts[-_OFTEN] < _SOON

    def stop(self) -> None:
        """Ask it to finish, wait, and kill it only when its patience is over."""
        if self._process is None:
            return
        self._process.terminate()  # does nothing to one that has ended
        try:
            self._process.wait(timeout=self.patience)
        except subprocess.TimeoutExpired:
            self.kill()
        self._end_what_it_left()

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._end_what_it_left()

    def _end_what_it_left(self) -> None:
        # A worker that was killed leaves its timer behind, in the session it led.
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)


def program(command: Sequence[str], *, environment: Mapping[str, str], quiet: bool = False) -> Running:
    """Launch another program; it ends with us even when we are killed outright."""
    return subprocess.Popen(
        list(command),
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL if quiet else None,
        start_new_session=True,
        preexec_fn=_end_with_parent,
    )


def fork(module: str, arguments: Sequence[str]) -> Running:
    """Run ``python -m module`` in a copy of this process, which need not load everything again.

    Only from a process that has one thread and no open database connection.
    """
    return _Fork(module, arguments)


class _Fork:
    def __init__(self, module: str, arguments: Sequence[str]) -> None:
        context = multiprocessing.get_context("fork")
        self._process = context.Process(target=_become, args=(module, list(arguments)))
        self._process.start()
        self.pid = self._process.pid or 0

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise subprocess.TimeoutExpired(self._process.name, timeout or 0)
        return self._process.exitcode

    def terminate(self) -> None:
        self._process.terminate()

    def kill(self) -> None:
        self._process.kill()


class Family:
    """Children started in order and stopped in the reverse of it."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._children: list[Child] = []

    def add(self, child: Child) -> None:
        """Start a child and look after it from now on."""
        self._children.append(child)
        child.start()

    def tend(self) -> bool:
        """Start again what has ended; False when one of them ends again and again."""
        for child in self._children:
            if child.exit_code is None:
                continue
            how = f"(exit code {child.exit_code})"
            if child.keeps_dying():
                self._say(f"The {child.name} ends as soon as it starts {how}; see the lines above.")
                return False
            self._say(f"The {child.name} ended unexpectedly {how}; starting it again.")
            child.start()
        return True

    def stop(self) -> None:
        """Stop them all, the last started first."""
        for child in reversed(self._children):
            child.stop()
        self._children.clear()


class StopRequest:
    """Notes SIGINT and SIGTERM while it is entered, so that a loop can end when it suits."""

    def __init__(self) -> None:
        self.asked = False

    def __enter__(self) -> "StopRequest":
        self._before = {number: signal.signal(number, self._note) for number in (signal.SIGINT, signal.SIGTERM)}
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _note(self, *_: object) -> None:
        self.asked = True


def children_of(pid: int) -> dict[int, str]:
    """Return the processes that a process has started and that live, by id, with their command lines.

    Read from /proc: `ps` is a package of its own, which the smallest Debian has not.
    """
    found = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # ended while we looked
            parent = int(status.read_text(errors="replace").rpartition(")")[2].split()[1])
            if parent == pid:
                command = (status.parent / "cmdline").read_text(errors="replace")
                found[int(status.parent.name)] = command.replace("\0", " ").strip()
    return found


def _become(module: str, arguments: list[str]) -> None:
    os.setsid()
    _end_with_parent()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def _end_with_parent() -> None:
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
