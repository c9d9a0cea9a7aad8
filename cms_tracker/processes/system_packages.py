"""What Python packages cannot bring: Pango for letters; Chromium and git for the tests.

As root on Debian they are installed; otherwise the one line to run is said, and life goes on.
"""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

PANGO = ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"]
CHROMIUM = ["chromium"]
#: What the Node.js that drives the browser needs, and a bare Debian lacks.
DRIVER = ["libatomic1"]
GIT = ["git"]

_PANGO_LIBRARIES = ["libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0"]
_DRIVER_LIBRARIES = ["libatomic.so.1"]


def has_pango() -> bool:
    """Tell whether the libraries that lay out a letter can be loaded."""
    # Elsewhere the PDF library says it itself, with what to do on that system.
    return sys.platform != "linux" or _can_load(_PANGO_LIBRARIES)


def has_driver() -> bool:
    """Tell whether the libraries are there that the program that drives the browser is linked to."""
    return sys.platform != "linux" or _can_load(_DRIVER_LIBRARIES)


def has_git() -> bool:
    """Tell whether git can be run: to try the release script, and to lay out the last version."""
    return shutil.which("git") is not None


def chromium() -> str | None:
    """Return the path of the browser that the tests drive, if there is one."""
    named = os.environ.get("CHROMIUM", "")
    if named:
        return shutil.which(named)
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def missing(*, for_tests: bool) -> list[str]:
    """Return the Debian packages that are not there yet."""
    needs = [(has_pango(), PANGO)]
    if for_tests:
        needs += [(chromium() is not None, CHROMIUM), (has_driver(), DRIVER), (has_git(), GIT)]
    return [package for is_there, packages in needs if not is_there for package in packages]


def can_install() -> bool:
    """Tell whether we may install packages by ourselves: root, on Debian or a system made of it."""
    return os.name == "posix" and os.geteuid() == 0 and Path("/etc/debian_version").exists()


def install_line(packages: Sequence[str]) -> str:
    """Return the one line that a person without our rights can have run."""
    return "sudo apt-get install --no-install-recommends " + " ".join(packages)


def install(packages: Sequence[str]) -> bool:
    """Install Debian packages; return whether that worked. The list of packages is renewed only when needed."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    order = ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", *packages]
    for step in (order, ["apt-get", "update", "--quiet"], order):
        done = subprocess.run(step, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        if step is order and done.returncode == 0:
            return True
    return False


def _can_load(libraries: Sequence[str]) -> bool:
    try:
        for name in libraries:
            ctypes.CDLL(name)
    except OSError:
        return False
    return True
