"""`python -m tests.runner.advisories`: whether a weakness is known in anything that is locked.

It asks pip-audit, for as long as ``MOST_SECONDS``. Where the advisories cannot be reached it says so, and that is no
failure: the machine has no way out. A weakness that is known is one, with the names. pip-audit calls a package that it
could not look up skipped, and the whole then clean; here that is not audited.
"""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from tests.runner.steps import ROOT

LOCKS = ("requirements-dev.txt", "requirements-server.txt", "requirements-uv.txt")
MOST_SECONDS = 25
#: One package, asked for first: so that nobody waits for a hundred that get no answer.
PROBE = ("requirements-uv.txt",)
PROBE_SECONDS = 8
NOT_REACHED = "the advisories could not be reached: not audited"


def main() -> int:
    """Print the verdict as one line; return 1 where a weakness is known."""
    ok, line = audit(sys.argv[1:] or [sys.executable, "-m", "pip_audit"])
    print(line)
    return 0 if ok else 1


def audit(program: Sequence[str]) -> tuple[bool, str]:
    """Say whether all is well, and what was found, in one line without an address."""
    first = _asked(program, PROBE, seconds=PROBE_SECONDS)
    if not _looked_up(first):
        return True, NOT_REACHED
    return verdict(_asked(program, LOCKS, seconds=MOST_SECONDS))


def verdict(packages: Sequence[Mapping[str, Any]]) -> tuple[bool, str]:
    """Read pip-audit's list: each package has its ``vulns``, or a ``skip_reason``."""
    looked_up = _looked_up(packages)
    weak = sorted({_named(one) for one in looked_up if one["vulns"]})
    if weak:
        return False, f"known weaknesses: {'; '.join(weak)}"
    if not looked_up:
        return True, NOT_REACHED
    skipped = len(packages) - len(looked_up)
    left = f"; {skipped} could not be looked up" if skipped else ""
    return True, f"{len(looked_up)} packages, no known weakness{left}"


def _looked_up(packages: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [one for one in packages if "skip_reason" not in one]


def _named(package: Mapping[str, Any]) -> str:
    known = ", ".join(sorted({str(one["id"]) for one in package["vulns"]}))
    return f"{package['name']} {package['version']} ({known})"


def _asked(program: Sequence[str], locks: Sequence[str], *, seconds: int) -> list[Mapping[str, Any]]:
    """Return what it says of each package; nothing where it cannot tell in time. Its own words name addresses."""
    files = [part for lock in locks for part in ("--requirement", lock)]
    options = ["--require-hashes", "--disable-pip", "--progress-spinner=off", "--format=json", "--timeout=4"]
    try:
        done = subprocess.run(
            [*program, *options, *files], cwd=ROOT, capture_output=True, text=True, check=False, timeout=seconds
        )
        return list(json.loads(done.stdout)["dependencies"])
    except (OSError, subprocess.TimeoutExpired, ValueError, KeyError):
        return []


if __name__ == "__main__":
    sys.exit(main())
