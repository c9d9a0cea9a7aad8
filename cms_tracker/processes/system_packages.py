"""What Python packages cannot bring: Pango for letters, Chromium for the browser tests.

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

_PANGO_LIBRARIES = ["libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0"]


def has_pango() -> bool:
    """Tell whether the libraries that lay out a letter can be loaded."""
    if sys.platform != "linux":
        return True  # the PDF library says it itself, with what to do on that system
    try:
        for name in _PANGO_LIBRARIES:
            ctypes.CDLL(name)
    except OSError:
        return False
    return True


def chromium() -> str | None:
    """Return the path of the browser that the tests drive, if there is one."""
    named = os.environ.get("CHROMIUM", "")
    if named:
        return shutil.which(named)
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def missing(*, with_browser: bool) -> list[str]:
    """Return the Debian packages that are not there yet."""
    wanted = [] if has_pango() else list(PANGO)
    if with_browser and chromium() is None:
        wanted += CHROMIUM
    return wanted


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
