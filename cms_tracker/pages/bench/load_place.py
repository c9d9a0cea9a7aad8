"""The servers of a load test: the web server as the image starts it, two workers with their timers, a broker."""

import json
import re
import socket
import sys
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from django.conf import settings

from cms_tracker.pages.bench import watching
from cms_tracker.pages.bench.apart import ROOT
from cms_tracker.processes import programs
from cms_tracker.processes.broker import Broker, folder_for
from cms_tracker.processes.children import Child, program

WORKERS = 2
LONGEST = 60.0  # seconds until the web server answers
_CMD = re.compile(r"^CMD (\[.+\])$", re.MULTILINE)


class Place:
    """Started with the block and ended with it; ``url`` is where it answers.

    ``for_good``: gunicorn never replaces a process, so that each can be watched to the end.
    """

    def __init__(self, *, for_good: Sequence[str] = ()) -> None:
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        command = [sys.executable, "-m", *web_command(port=self.port), *for_good]
        self.web = Child("web server", lambda: program(command, environment={}))
        self.broker = Broker(folder_for(Path(settings.DATA_DIR)))
        self.workers = [programs.separate_worker({}) for _ in range(WORKERS)]

    def __enter__(self) -> Self:
        try:
            self.broker.start()
            self.broker.wait_until_it_answers()
            self.web.start()
            self._wait_for_web()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for child in (*self.workers, self.web, self.broker):
            child.stop()

    def start_workers(self) -> None:
        """Start the workers and their timers, who would otherwise help to build what is measured."""
        for worker in self.workers:
            worker.start()

    def processes(self) -> dict[int, str]:
        """Every process of the product that runs now, with what it is."""
        found: dict[int, str] = {}
        for child in (self.web, *self.workers):
            if child.is_running:
                found[child.pid] = child.name if child.name == "worker" else "web, main"
                below = watching.below(child.pid)
                found |= {pid: _kind(child, pid) for pid in below}
        if self.broker.is_running:
            found[self.broker.pid] = "broker"
        return found

    def _wait_for_web(self) -> None:
        end = time.monotonic() + LONGEST
        while True:
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=LONGEST):  # noqa: S310 - our own
                    return
            except OSError:
                if time.monotonic() > end or self.web.exit_code is not None:
                    raise
                time.sleep(0.05)


def web_command(*, port: int) -> list[str]:
    """What the image starts as its web server, on a port of the loopback. Raises LookupError without one."""
    found = _CMD.search(Path(ROOT, "Dockerfile").read_text(encoding="utf-8"))
    if found is None:
        raise LookupError("The Dockerfile starts nothing.")
    words = [str(one) for one in json.loads(found[1])]
    words = words[words.index("gunicorn") :]
    return [f"--bind=127.0.0.1:{port}" if one.startswith("--bind=") else one for one in words]


def _kind(child: Child, pid: int) -> str:
    if child.name != "worker":
        return "web"
    return "engine" if "rendering/engine.py" in watching.command(pid) else "timer"


def _free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])


def files_kept() -> tuple[int, int]:
    """How many private files there are, and their bytes."""
    sizes = [path.stat().st_size for path in Path(settings.PRIVATE_FILES_DIR).rglob("*") if path.is_file()]
    return len(sizes), sum(sizes)
