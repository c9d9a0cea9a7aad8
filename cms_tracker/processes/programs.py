"""The programs that `up` starts, with the arguments that suit one machine."""

import sys

from cms_tracker.processes.children import Child

_PYTHON = [sys.executable, "-m"]


def web(*, port: int, environment: dict[str, str]) -> Child:
    """Describe the web server, on the loopback only."""
    options = [
        f"--bind=127.0.0.1:{port}",
        "--worker-class=gthread",
        "--threads=8",
        "--graceful-timeout=10",
        "--log-level=warning",
        "--no-control-socket",
    ]
    return Child("web server", [*_PYTHON, "gunicorn", *options, "cms_tracker.wsgi"], environment, patience=15)


def worker(*, environment: dict[str, str]) -> Child:
    """Describe the worker: one letter at a time, without forking, and the timer beside it.

    The web server has run the checks on the same installation; here they would double the start.
    """
    options = ["--pool=solo", "--beat", "--without-gossip", "--without-mingle", "--loglevel=WARNING"]
    return Child(
        "worker",
        [*_PYTHON, "celery", "--app=cms_tracker", "--quiet", "--skip-checks", "worker", *options],
        # On one's own machine one may well be root; messages carry ids as JSON, never code.
        {"C_FORCE_ROOT": "1", "PYTHONWARNINGS": "ignore:You're running the worker", **environment},
    )
