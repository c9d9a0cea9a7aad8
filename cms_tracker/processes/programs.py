"""The programs that `up` starts, with the arguments that suit one machine."""

import sys
import warnings
from collections.abc import Mapping

from cms_tracker.processes.children import Child, fork, program

# On one's own machine one may well be root: messages carry ids as JSON, never code.
_ROOT_IS_FINE = "You're running the worker with superuser privileges"

# The web server has run the checks on the same installation; in the worker they would double the start.
_WORKER = [
    "--app=cms_tracker",
    "--quiet",
    "--skip-checks",
    "worker",
    "--pool=solo",  # one letter at a time, without forking
    "--beat",
    "--without-gossip",
    "--without-mingle",
    "--loglevel=WARNING",
]


def web(*, port: int) -> Child:
    """Describe the web server, on the loopback only."""
    options = [
        "--config=python:cms_tracker.processes.web_server",
        f"--bind=127.0.0.1:{port}",
        "--worker-class=gthread",
        "--threads=8",
        "--graceful-timeout=10",
        "--log-level=warning",
        "--no-control-socket",
        "cms_tracker.wsgi",
    ]
    return Child("web server", lambda: fork("gunicorn", options), patience=15)


def worker() -> Child:
    """Describe the worker with its timer, as a copy of a process that has Django loaded."""
    warnings.filterwarnings("ignore", message=_ROOT_IS_FINE)
    return Child("worker", lambda: fork("celery", _WORKER))


def separate_worker(environment: Mapping[str, str]) -> Child:
    """Describe the same worker as a program of its own, for a process that has threads."""
    command = [sys.executable, "-W", f"ignore:{_ROOT_IS_FINE}", "-m", "celery", *_WORKER]
    return Child("worker", lambda: program(command, environment=environment))


def separate_web(environment: Mapping[str, str], *, port: int, processes: int) -> Child:
    """Describe a web server of several processes, as a program of its own, on the loopback only."""
    command = [
        sys.executable, "-m", "gunicorn", "--config=python:cms_tracker.processes.web_server",
        f"--bind=127.0.0.1:{port}", f"--workers={processes}", "--worker-class=gthread", "--threads=4",
        "--graceful-timeout=10", "--log-level=critical", "--no-control-socket", "cms_tracker.wsgi",
    ]  # fmt: skip
    return Child("web server", lambda: program(command, environment=environment), patience=15)
