"""Child processes: each in a session of its own, so that Ctrl-C reaches only the parent, which
then stops them in order.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

_PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    """One program: how to start it, and how it has fared."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    patience: float = 25.0  # seconds to finish what it is doing before it is killed
    quiet: bool = False
    _process: subprocess.Popen[bytes] | None = None
    _starts: list[float] = field(default_factory=list)

    def start(self) -> None:
        """Start the program; it ends with us even when we are killed outright."""
        self._end_what_it_left()
        self._starts.append(time.monotonic())
        self._process = subprocess.Popen(
            list(self.command),
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL if self.quiet else None,
            start_new_session=True,
            preexec_fn=_end_with_parent if sys.platform == "linux" else None,
        )

    @property
    def pid(self) -> int:
        """The process id of a child that has been started."""
        if self._process is None:
            raise RuntimeError(f"{self.name} has not been started")
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """Tell whether it has been started and has not ended."""
        return self._process is not None and self._process.poll() is None

    @property
    def exit_code(self) -> int | None:
        """How it ended; ``None`` while it runs or before its first start."""
        return None if self._process is None else self._process.poll()

    def keeps_dying(self) -> bool:
        """Tell whether it has been started three times within half a minute."""
        return len(self._starts) >= 3 and self._starts[-1] - self._starts[-3] < 30

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
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)


class Family:
    """Children started in order and stopped in the reverse of it."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._children: list[Child] = []

    def add(self, child: Child) -> None:
        """Start a child and look after it from now on."""
        child.start()
        self._children.append(child)

    def tend(self) -> bool:
        """Start again what has ended; False when one of them ends again and again."""
        for child in self._children:
            if child.exit_code is None:
                continue
            if child.keeps_dying():
                self._say(
                    f"The {child.name} ends as soon as it starts (exit code {child.exit_code}); see the lines above."
                )
                return False
            self._say(f"The {child.name} ended unexpectedly (exit code {child.exit_code}); starting it again.")
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


def _end_with_parent() -> None:
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
