"""docker-compose.yml without containers: its commands and its variables, to the letter, as plain processes.

What containers would give is put in the place of it here, and nothing else:

| in a container | here |
|---|---|
| the image's ``/opt/venv/bin`` first on the path | the ``bin`` of the Python that runs the tests |
| names of machines: ``database:5432``, ``broker:6379`` | ``127.0.0.1`` and a free port |
| a network of its own: ``0.0.0.0:8000``, ``127.0.0.1:8000`` | ``127.0.0.1`` and a free port for each container |
| the volume ``/srv/data`` | a folder |
| a ``/tmp`` of its own, with ``/tmp/...`` in it | a folder for each container |
| the entry point of the PostgreSQL image | ``initdb``, with the user, database and password of the variables |
| ``postgres -c ...`` | the same settings, given to ours |
| ``valkey-server``, ``pg_isready`` on their ports | the same on the free ports |
| ``valkey-cli ping``, which no Python package brings | ``PING`` by a client in Python |
| the ``proxy`` | what it adds to a request: ``X-Forwarded-Proto`` and ``X-Forwarded-For`` |
| a read-only root | ``Site.left_behind`` tells what was written into the project |
| user, capabilities | nothing: ``tests/architecture/test_containers.py`` reads them |
"""

import os
import re
import secrets
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from cms_tracker.processes import broker
from tests.architecture import compose
from tests.architecture.source import ROOT, without_git
from tests.runner import postgres

HOST = "records.example"
PATIENCE = 240.0  # seconds for a start, on a machine that does much else
_NEEDED = ("LANG", "LD_LIBRARY_PATH")  # of the machine; nothing else of our own surroundings goes in


def free_port() -> int:
    """A port that nobody has now."""
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])


def written() -> dict[str, str]:
    """An .env as the guide has it written: every line of .env.example, the wanted ones filled in."""
    given = compose.env_file((ROOT / ".env.example").read_text(encoding="utf-8"))
    return given | {
        "SECRET_KEY": secrets.token_urlsafe(64),
        "FIELD_KEYS": secrets.token_urlsafe(32),
        "AUDIT_KEY": secrets.token_urlsafe(32),
        "ALLOWED_HOSTS": HOST,
        "SITE_URL": f"https://{HOST}",
        "POSTGRES_PASSWORD": secrets.token_hex(16),
        "VALKEY_PASSWORD": secrets.token_hex(16),
    }


class Container:
    """One process of one service, and what its health check says."""

    def __init__(self, site: "Site", name: str, number: int) -> None:
        self.service = site.services[name]
        self.port = site.ports.get(name) or free_port()
        self.printed = site.folder / f"{name}-{number}.txt"
        self._site, self._own = site, site.folder / f"tmp-{name}-{number}"
        self._own.mkdir(mode=0o700)
        self._process: subprocess.Popen[bytes] | None = None
        self.printed.touch()

    def environment(self) -> dict[str, str]:
        """The image's variables, then those of the file, then those that are named in the service."""
        ours = "env_file" in self.service
        all_of_them = {
            **(compose.image().environment if ours else {}),
            **(self._site.env if ours else {}),
            **self.service.get("environment", {}),
        }
        here = {name: self._here(value) for name, value in all_of_them.items()}
        path = os.pathsep.join([str(self._site.programs), str(Path(sys.executable).parent), os.environ["PATH"]])
        needed = {name: os.environ[name] for name in _NEEDED if name in os.environ}
        return needed | here | {"PATH": path, "HOME": str(self._own), "TMPDIR": str(self._own)}

    def start(self) -> None:
        """Start the service's command, or the image's."""
        command = self.service.get("command") or compose.image().command
        with self.printed.open("ab") as printed:
            self._process = subprocess.Popen(
                [self._here(part) for part in command],
                cwd=ROOT,
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=printed,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def run(self, *command: str) -> "subprocess.CompletedProcess[str]":
        """Run another command in it, as ``docker compose run`` and a health check do."""
        return subprocess.run(
            [self._here(part) for part in command],
            cwd=ROOT,
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
        )

    def is_healthy(self) -> bool:
        """Do what the file says its health is."""
        kind, *test = self.service["healthcheck"]["test"]
        return self.run(*(["sh", "-c", *test] if kind == "CMD-SHELL" else test)).returncode == 0

    @property
    def runs(self) -> bool:
        """Whether it was started and has not ended."""
        return self._process is not None and self._process.poll() is None

    def ended(self) -> int | None:
        """How it ended; None while it runs."""
        return None if self._process is None else self._process.poll()

    def finish(self) -> int:
        """Wait for a service that ends by itself."""
        assert self._process is not None
        return self._process.wait(timeout=PATIENCE)

    def ask_to_stop(self) -> None:
        """As ``docker compose stop`` does."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End what is left of it."""
        if self._process is not None and self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def _here(self, text: Any) -> str:
        places = {
            "@database:5432": f"@127.0.0.1:{self._site.ports['database']}",
            "@broker:6379": f"@127.0.0.1:{self._site.ports['broker']}",
            "0.0.0.0:8000": f"127.0.0.1:{self.port}",
            "127.0.0.1:8000": f"127.0.0.1:{self.port}",
            "/srv/data": str(self._site.data),
            "/tmp/": f"{self._own}/",
        }
        # In one go: what is put in is not looked at again.
        return re.sub("|".join(map(re.escape, places)), lambda found: places[found[0]], str(text))


class Site:
    """All of it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.data, self.programs = folder, folder / "data", folder / "programs"
        self.data.mkdir(mode=0o700)
        self.programs.mkdir()
        self.env = written()
        self.services = compose.services(self.env)
        self.ports = {"database": free_port(), "broker": free_port()}
        self.containers: list[Container] = []
        self._found = set(without_git())

    def container(self, name: str) -> Container:
        """One more container of a service, not started."""
        number = sum(one.service is self.services[name] for one in self.containers) + 1
        one = Container(self, name, number)
        self.containers.append(one)
        return one

    def up(self, name: str) -> Container:
        """Start one more container of a service."""
        one = self.container(name)
        one.start()
        return one

    def wait(self, what: Callable[[], object], *, seconds: float = PATIENCE) -> None:
        """Wait for it; say what was printed where something ended, or time is up."""
        end = time.monotonic() + seconds
        while not what():
            ended = [one for one in self.containers if one.ended() not in {None, 0}]
            assert not ended, "\n".join(one.printed.read_text() for one in ended)
            assert time.monotonic() < end, "\n".join(one.printed.read_text() for one in self.containers)
            time.sleep(0.1)

    def left_behind(self) -> list[str]:
        """Files in the project that were not there before: in a container, writing them would have failed."""
        return sorted(str(path.relative_to(ROOT)) for path in set(without_git()) - self._found)

    def database_settings(self) -> dict[str, str]:
        """What the database is told by its command, name by name."""
        program, *told = self.services["database"]["command"]
        assert program == "postgres"
        assert set(told[::2]) == {"-c"}
        return dict(setting.split("=", 1) for setting in told[1::2])

    def address(self) -> str:
        """Of the database, as the site's own processes know it."""
        return self.container("migrate").environment()["DATABASE_URL"]


@contextmanager
def site(folder: Path) -> Iterator[Site]:
    """A site whose database and broker run, as those services' variables and commands say."""
    one = Site(folder)
    port = str(one.ports["database"])
    here = {"fsync": "on", "listen_addresses": "127.0.0.1", "port": port}
    with postgres.Server(**here, **one.database_settings()) as server:
        _with_password(server, one.services["database"]["environment"], port=port)
        binaries = postgres._programs(server.folder)
        _program(one.programs / "pg_isready", f'exec {binaries / "pg_isready"} --port={port} "$@"')
        where = f"--bind 127.0.0.1 --port {one.ports['broker']} --dir {folder}"
        _program(one.programs / "valkey-server", f'exec {broker._server()} {where} "$@"')
        ping = (
            "import os, redis; client = redis.Redis(port="
            f"{one.ports['broker']}, password=os.environ['REDISCLI_AUTH']); print('PONG' if client.ping() else '')"
        )
        _program(one.programs / "valkey-cli", f'exec {sys.executable} -c "{ping}"')
        try:
            one.up("broker")
            one.wait(one.containers[0].is_healthy)
            one.wait(one.container("database").is_healthy)
            yield one
        finally:
            for container in reversed(one.containers):
                container.kill()


def _with_password(server: postgres.Server, variables: dict[str, str], *, port: str) -> None:
    """What the image's entry point makes of its variables: a user, a database, and a password by TCP."""
    user, database = variables["POSTGRES_USER"], variables["POSTGRES_DB"]
    assert user == postgres.OWNER
    with psycopg.connect(host=str(server.folder), port=port, user=user, dbname="postgres", autocommit=True) as line:
        password = sql.Literal(variables["POSTGRES_PASSWORD"])
        line.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(user), password))
        line.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))
        rules = server.folder / "data" / "pg_hba.conf"
        rules.write_text("local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n")
        line.execute("SELECT pg_reload_conf()")


def _program(path: Path, line: str) -> None:
    path.write_text(f"#!/bin/sh\n{line}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def seconds(text: str) -> float:
    """A length of time of the compose file, like ``30s``."""
    assert text.endswith("s")
    return float(text[:-1])


def stopped(containers: Sequence[Container]) -> dict[str, float]:
    """Ask all of them to stop, and return how long each took. Fails where one outstays its grace."""
    began = time.monotonic()
    for one in containers:
        one.ask_to_stop()
    took = {}
    for one in containers:
        grace = seconds(one.service.get("stop_grace_period", "10s"))
        while one.ended() is None:
            assert time.monotonic() - began < grace, f"{one.printed.name}: {one.printed.read_text()}"
            time.sleep(0.05)
        took[one.printed.stem] = time.monotonic() - began
    return took
