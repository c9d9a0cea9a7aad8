"""`manage.py up`, the real command: it serves, mends itself, and leaves nothing behind."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from cms_tracker.processes.children import children_of
from tests.architecture.source import ROOT
from tests.runner.steps import clean_environment

SECONDS = 150  # a machine may be busy: this is no stopwatch


def _free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])


class Up:
    """The running command, and what it printed so far."""

    def __init__(self, folder: Path) -> None:
        self.port = _free_port()
        self.data = folder / "data"
        self.printed = folder / "printed"
        with self.printed.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "up"],
                cwd=ROOT,
                env={**clean_environment(), "CMS_DATA_DIR": str(self.data), "PORT": str(self.port)},
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def text(self) -> str:
        return self.printed.read_text()

    def status(self) -> int | None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as answer:
                return int(answer.status)
        except OSError:
            return None

    def children(self) -> list[int]:
        return sorted(children_of(self.process.pid))

    def wait_for(self, what: Callable[[], object]) -> None:
        end = time.monotonic() + SECONDS
        while not what():
            assert self.process.poll() is None, f"`up` ended by itself:\n{self.text()}"
            assert time.monotonic() < end, f"`up` did not get there:\n{self.text()}"
            time.sleep(0.1)


@contextmanager
def _running(folder: Path) -> Iterator[Up]:
    running = Up(folder)
    try:
        running.wait_for(lambda: f"http://localhost:{running.port}" in running.text())
        yield running
    finally:
        running.process.send_signal(signal.SIGTERM)
        running.process.wait(timeout=SECONDS)


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    """One that runs while the tests of this module do."""
    with _running(tmp_path_factory.mktemp("up")) as running:
        yield running


@pytest.mark.own_database
class TestUp:
    def test_serves_and_stops_cleanly(self, tmp_path: Path) -> None:
        with _running(tmp_path) as up:
            assert up.status() == 200
            children = up.children()
            assert len(children) == 3

            up.process.send_signal(signal.SIGINT)

            assert up.process.wait(timeout=SECONDS) == 0, up.text()
            assert "Traceback" not in up.text()
            assert [pid for pid in children if _lives(pid)] == []

    def test_starts_again_what_was_killed(self, up: Up) -> None:
        children = up.children()

        for pid in children:
            os.kill(pid, signal.SIGKILL)
        up.wait_for(lambda: len(up.children()) == 3 and not set(children) & set(up.children()) and up.status() == 200)

        assert up.text().count("starting it again") == 3

    def test_keeps_its_key_and_data_to_itself(self, up: Up) -> None:
        assert up.data.stat().st_mode & 0o077 == 0
        kept = [path for path in up.data.rglob("*") if path.is_file()]
        assert up.data / "secret_key" in kept
        assert [path for path in kept if path.stat().st_mode & 0o077] == []

    def test_does_not_say_what_serves(self, up: Up) -> None:
        with urllib.request.urlopen(f"http://127.0.0.1:{up.port}/healthz", timeout=5) as answer:
            assert answer.headers["Date"]
            assert answer.headers["Server"] is None

    def test_mails_links_to_its_own_port_whatever_port_is_asked_for(self, up: Up) -> None:
        page = f"http://127.0.0.1:{up.port}/account/signup/"
        with urllib.request.urlopen(page, timeout=SECONDS) as form:
            cookie = str(form.headers["Set-Cookie"]).partition(";")[0]
            token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form.read().decode())
        assert token
        sent = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1], "email": "new@example.com"}).encode()
        kind = "application/x-www-form-urlencoded"
        with closing(http.client.HTTPConnection("127.0.0.1", up.port, timeout=SECONDS)) as line:
            line.request(
                "POST", "/account/signup/", sent, {"Host": "localhost:6666", "Cookie": cookie, "Content-Type": kind}
            )
            assert line.getresponse().status == 302
        up.wait_for(lambda: f"http://localhost:{up.port}/account/confirm-email/" in up.text())
        assert "6666" not in up.text()

    def test_refuses_to_run_twice_on_the_same_data(self, up: Up) -> None:
        second = subprocess.run(
            [sys.executable, "manage.py", "up"],
            cwd=ROOT,
            env={**clean_environment(), "CMS_DATA_DIR": str(up.data), "PORT": str(_free_port())},
            capture_output=True,
            text=True,
            check=False,
        )

        assert second.returncode == 1
        assert "running already" in second.stderr

    def test_says_when_the_port_is_taken(self, up: Up, tmp_path: Path) -> None:
        second = subprocess.run(
            [sys.executable, "manage.py", "up"],
            cwd=ROOT,
            env={**clean_environment(), "CMS_DATA_DIR": str(tmp_path / "other"), "PORT": str(up.port)},
            capture_output=True,
            text=True,
            check=False,
        )

        assert second.returncode == 1
        assert f"Port {up.port} cannot be used" in second.stderr


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
