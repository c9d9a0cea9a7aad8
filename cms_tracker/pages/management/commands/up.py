"""The whole product on this machine: database, demo, broker, worker and web server."""

import fcntl
import os
import socket
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command, get_commands
from django.core.management.base import BaseCommand, CommandParser
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from cms_tracker.processes import broker, programs, system_packages
from cms_tracker.processes.children import Family, StopRequest
from cms_tracker.processes.outbox import Outbox

LONGEST_START_SECONDS = 60


class Command(BaseCommand):
    """Serve this machine alone until Ctrl-C."""

    help = "Start everything on http://localhost:8000 (PORT chooses another port) and stop it with Ctrl-C."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the port."""
        parser.add_argument("--port", type=int, default=os.environ.get("PORT") or "8000")

    def handle(self, *, port: int, **_: Any) -> None:
        """Prepare, start, wait until it answers, then look after it."""
        _refuse_a_taken_port(port)
        if not os.environ.get("SITE_URL"):
            settings.SITE_URL = f"http://localhost:{port}"  # the web server is a copy of this process
        self._offer_letters()
        os.umask(0o077)  # what is written from here on is nobody else's to read
        for folder in (settings.DATA_DIR, settings.EMAIL_FILE_PATH, settings.PRIVATE_FILES_DIR):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        claim = _claim(settings.DATA_DIR)
        self._prepare_data()
        outbox = Outbox(settings.EMAIL_FILE_PATH)
        family = Family(self._say)
        with StopRequest() as stop:
            try:
                self._start(family, port)
                _wait_until_it_serves(port, family, stop)
                if not stop.asked:
                    self._say(f"\n{settings.SITE_NAME} is at http://localhost:{port}   (Ctrl-C stops it)")
                healthy = self._tend(family, outbox, stop)
            finally:
                self._say("Stopping ...")
                family.stop()
                claim.close()
        if not healthy:
            raise CommandError("Stopped, because a part of it would not stay up.")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def _offer_letters(self) -> None:
        packages = system_packages.missing(for_tests=False)
        if not packages:
            return
        if system_packages.can_install():
            self._say("Installing the libraries that lay out letters (Pango) ...")
            if system_packages.install(packages):
                return
        self._say("Letters can be printed from the browser, but not made as PDF until you run:")
        self._say(f"  {system_packages.install_line(packages)}")

    def _prepare_data(self) -> None:
        if _has_migrations_to_run():
            call_command("migrate", verbosity=0, interactive=False)
        if "seed_demo" not in get_commands():
            return
        if get_user_model()._default_manager.exists():
            self._say("Your data is as you left it. Demo accounts: python3 manage.py seed_demo --json")
        else:
            call_command("seed_demo", stdout=self.stdout)

    def _start(self, family: Family, port: int) -> None:
        connections.close_all()  # the copies must not share one with us
        if not os.environ.get("REDIS_URL"):
            if not broker.is_available():
                raise CommandError("There is no embedded broker for this system: start Valkey and set REDIS_URL.")
            ours = broker.Broker(broker.folder_for(settings.DATA_DIR))
            family.add(ours)
            ours.wait_until_it_answers()
        family.add(programs.web(port=port))
        family.add(programs.worker())

    def _tend(self, family: Family, outbox: Outbox, stop: StopRequest) -> bool:
        while not stop.asked:
            if not family.tend():
                return False
            for address, link in outbox.new_links():
                self._say(f"Mail to {address}: {link}")
            time.sleep(0.3)
        return True


def _claim(folder: Path) -> IO[str]:
    """Hold the data directory for as long as the file is open: two timers on one database would do work twice."""
    held = (folder / "running").open("w")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise CommandError(f"It is running already, with its data in {folder}.") from error
    return held


def _has_migrations_to_run() -> bool:
    executor = MigrationExecutor(connections["default"])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _refuse_a_taken_port(port: int) -> None:
    with socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            line.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as error:
            raise CommandError(
                f"Port {port} cannot be used ({error}). Choose another: PORT=8001 python3 manage.py up"
            ) from error


def _wait_until_it_serves(port: int, family: Family, stop: StopRequest) -> None:
    end = time.monotonic() + LONGEST_START_SECONDS
    while not stop.asked and not _serves(port):
        if not family.tend():
            raise CommandError("The product did not start; the lines above say why.")
        if time.monotonic() > end:
            raise CommandError(f"The web server did not answer within {LONGEST_START_SECONDS} seconds.")
        time.sleep(0.05)


def _serves(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
            return bool(answer.status == 200)
    except urllib.error.HTTPError as error:
        raise CommandError(f"The web server answers, but /healthz says {error.code}; see the lines above.") from error
    except OSError:
        return False
