"""Processes by their numbers: who belongs to whom, who lives, and an end at once."""

import contextlib
import os
import signal
import subprocess
from pathlib import Path


def children_of(pid: int) -> list[int]:
    """The processes that this one has started and that have not ended."""
    listed = subprocess.run(  # noqa: S603 - a fixed program and a number
        ["ps", "-o", "pid=", "--ppid", str(pid)],  # noqa: S607
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return [int(one) for one in listed.stdout.split()]


def lives(pid: int) -> bool:
    """Tell whether it runs: one that has ended and was not waited for does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def kill(*numbers: int) -> None:
    """End them as a power cut would (SIGKILL)."""
    for pid in numbers:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
