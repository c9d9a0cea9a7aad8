"""What every test may ask for, and what none may do: reach beyond this machine."""

import os
import shutil
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

import hypothesis
import pytest
from celery import current_app
from django.core.cache import cache
from django.db import connection, connections

from cms_tracker.audit import append_only
from cms_tracker.celery import HintTask
from cms_tracker.processes import programs, system_packages, translations
from cms_tracker.processes.broker import Broker, folder_for
from cms_tracker.processes.children import Child
from cms_tracker.settings.files import Bucket
from tests.needs import absent
from tests.s3_store import S3Store

# No test is a stopwatch: a busy machine must not turn a true property into a failure. Nor is one a lottery: the
# histories tried follow from the test, so one commit gets one answer. A search for what nobody has thought of yet
# draws new ones each time: HYPOTHESIS_PROFILE=search pytest -m hypothesis tests/unit
hypothesis.settings.register_profile(
    "project", deadline=None, derandomize=True, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.register_profile(
    "search", hypothesis.settings.get_profile("project"), derandomize=False, print_blob=True
)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "project"))

T = TypeVar("T")
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take the folder that the browser tests put their pictures in."""
    parser.addoption("--screenshots", metavar="DIR", help="write pictures of the pages to this folder")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is asked of the other engine: the run on that one asks it."""
    asked = [(item, item.get_closest_marker("engine")) for item in items]
    others = [item for item, mark in asked if mark is not None and mark.args != (connection.vendor,)]
    if others:
        config.hook.pytest_deselected(items=others)
        left = set(others)
        items[:] = [item for item in items if item not in left]


def pytest_sessionstart() -> None:
    """Make the folder that tests/settings.py named."""
    Path(os.environ["CMS_DATA_DIR"]).mkdir(mode=0o700, parents=True, exist_ok=True)
    translations.compile_what_is_new()


def pytest_unconfigure() -> None:
    """Remove it, with everything the run left there."""
    shutil.rmtree(os.environ["CMS_DATA_DIR"], ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def _no_outside_network() -> Iterator[None]:
    """Refuse every connection that would leave this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if self.family != socket.AF_UNIX and isinstance(address, tuple) and address[0] not in _LOOPBACK:
            raise AssertionError(f"a test tried to reach {address[0]}")
        return connect(self, address)

    socket.socket.connect = guarded
    yield
    socket.socket.connect = connect


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """Forget the throttles' counters, which live outside the database."""
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _emptied_afterwards(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let a test that commits be cleaned up after: the append-only guard would refuse it.

    Emptying the database ends with Django's post-migrate signal, which installs the guard again.
    """
    marker = request.node.get_closest_marker("django_db")
    commits = {"transactional_db", "live_server", "worker"} & set(request.fixturenames)
    if not commits and not (marker and marker.kwargs.get("transaction")):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    append_only.remove(connection)


@pytest.fixture(scope="session")
def _s3() -> Iterator[S3Store]:
    store = S3Store()
    yield store
    store.kill()


@pytest.fixture
def s3(_s3: S3Store) -> Iterator[S3Store]:
    """A real store that speaks S3, running and well; a test may stop it, harm it, and make buckets in it."""
    yield _s3
    _s3.go_on()


@pytest.fixture
def bucket(s3: S3Store, settings: Any) -> Bucket:
    """A new place in that store, which holds the private files from now on."""
    found = settings.S3 = s3.place()
    return found


@pytest.fixture(scope="session")
def _valkey() -> Iterator[Broker]:
    server = Broker(folder_for(Path(os.environ["CMS_DATA_DIR"])))
    yield server
    server.stop()


@pytest.fixture
def broker(_valkey: Broker) -> Broker:
    """A real broker, running and empty; ``stop()``, ``kill()`` and ``start()`` are a test's to use."""
    if not _valkey.is_running:
        _valkey.start()
        _valkey.wait_until_it_answers()
    with current_app.connection_for_write() as line:
        line.default_channel.client.flushall()
    HintTask._rests_until = 0.0  # an earlier test may have done without one
    return _valkey


class Worker:
    """A real Celery worker in a process of its own, on this test's database and broker."""

    def __init__(self, child: Child) -> None:
        self._child = child
        self.start, self.stop, self.kill = child.start, child.stop, child.kill

    @property
    def pid(self) -> int:
        """Its process id, for a test that sends it a signal."""
        return self._child.pid

    def wait_for(self, what: Callable[[], T], *, seconds: float = 30) -> T:
        """Return the first true answer of ``what()``; fail when the worker has ended or time is up."""
        end = time.monotonic() + seconds
        while not (answer := what()):
            if self._child.exit_code is not None:
                pytest.fail(f"the worker ended with {self._child.exit_code}")
            if time.monotonic() > end:
                pytest.fail(f"the worker did not get there within {seconds} seconds")
            time.sleep(0.05)
        return answer


@pytest.fixture
def worker(transactional_db: None, broker: Broker) -> Iterator[Worker]:
    """A worker for tests that need a letter rendered; skipped when Pango is absent."""
    if not system_packages.has_pango():
        absent("Pango is not installed, so no letter can be rendered")
    child = programs.separate_worker({**_shared_with_children(), "DATABASE_URL": _test_database_url()})
    child.start()
    yield Worker(child)
    child.stop()


def _shared_with_children() -> dict[str, str]:
    kept = ("SECRET_KEY", "FIELD_KEYS", "AUDIT_KEY", "CMS_LOCAL", "CMS_DATA_DIR")
    return {name: os.environ[name] for name in kept} | {
        "DJANGO_SETTINGS_MODULE": "cms_tracker.settings",
        "JOB_SWEEP_SECONDS": "2",  # no test waits long for what no message spoke of
    }


def _test_database_url() -> str:
    at = connections["default"].settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{at['NAME']}"
    return f"postgres://{quote(at['USER'])}@{quote(at['HOST'], safe='')}/{quote(at['NAME'])}"
