"""What a process costs, read from /proc, and whether a row of readings grows. Linux alone has them."""

import os
from collections.abc import Sequence
from itertools import pairwise
from math import sqrt
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

BLOCKS = 10  # into which a row of readings is cut: readings close to each other tell the same thing twice
_T = 2.306  # Student's t for 95 of 100, both sides, with eight degrees of freedom
HOUR = 3600.0


class Reading(NamedTuple):
    """One look at a process: memory in KiB, all that is resident and what it has asked for itself, and open handles.

    What it asked for (``Anonymous``) is where a leak shows. What it shares of files, programs and
    libraries, comes and goes with what other processes of the machine read.
    """

    resident: int
    own: int
    handles: int


class Trend(NamedTuple):
    """How much a figure grows in an hour, and how far off that may be (95 of 100)."""

    per_hour: float
    bound: float

    def verdict(self, *, allowed: float) -> str:
        """ "growing" where it surely grows by more than is allowed, "flat" where it surely does not."""
        if self.per_hour - self.bound > allowed:
            return "growing"
        return "flat" if self.per_hour + self.bound <= allowed else "unclear"


def trend(readings: Sequence[tuple[float, float]]) -> Trend | None:
    """The straight line through the means of ten blocks of readings (seconds, figure); None for too few."""
    if len(readings) < 2 * BLOCKS:
        return None
    cuts = [round(place * len(readings) / BLOCKS) for place in range(BLOCKS + 1)]
    blocks = [readings[start:end] for start, end in pairwise(cuts)]
    points = [(fmean(at for at, _ in one), fmean(figure for _, figure in one)) for one in blocks]
    middle, mean = fmean(at for at, _ in points), fmean(figure for _, figure in points)
    spread = sum((at - middle) ** 2 for at, _ in points)
    slope = sum((at - middle) * (figure - mean) for at, figure in points) / spread
    left = sum((figure - mean - slope * (at - middle)) ** 2 for at, figure in points)
    return Trend(slope * HOUR, _T * sqrt(left / (BLOCKS - 2) / spread) * HOUR)


def can_look() -> bool:
    """Tell whether this system shows what a process holds."""
    return look(os.getpid()) is not None


def look(pid: int) -> Reading | None:
    """One reading; None where the process has ended."""
    try:
        sums = _kib(Path(f"/proc/{pid}/smaps_rollup"))
        return Reading(sums["Rss"], sums["Anonymous"], len(os.listdir(f"/proc/{pid}/fd")))  # noqa: PTH208 - as it is
    except (OSError, KeyError):
        return None


def seconds_of(pid: int) -> float:
    """The seconds of computing that a process has had, those of its ended children too; 0 for one that is gone."""
    try:
        cells = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, cells[11:15])) / os.sysconf("SC_CLK_TCK")


def below(pid: int) -> list[int]:
    """Every process that descends from this one."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = [int(one) for one in task.read_text(encoding="ascii").split()]
        except OSError:
            continue
        for child in children:
            found += [child, *below(child)]
    return found


def command(pid: int) -> str:
    """The words with which a process was started; empty for one that is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def _kib(path: Path) -> dict[str, int]:
    lines = (line.split() for line in path.read_text(encoding="ascii").splitlines()[1:])
    return {words[0].rstrip(":"): int(words[1]) for words in lines}
