"""What happened, counted for Prometheus: events only. What stands now is read from the database when it is asked for.

Nothing here says of whom: labels are names of routes, kinds and outcomes, all from lists in the program.
With several web processes each counts into a file of its own (``PROMETHEUS_MULTIPROC_DIR``), and
whoever asks one of them is told the sum. Workers count nothing here: what they do leaves rows.
"""

import os
from pathlib import Path

_folder = os.environ.get("PROMETHEUS_MULTIPROC_DIR", "")
if _folder:
    Path(_folder).mkdir(mode=0o700, parents=True, exist_ok=True)  # the library opens files there as it is imported
else:
    # To the library, one that is set and empty means the working directory, which may be read-only.
    os.environ.pop("PROMETHEUS_MULTIPROC_DIR", None)

from prometheus_client import CollectorRegistry, Counter, Histogram, multiprocess  # noqa: E402 - the folder first

#: Ours alone: the library's own registry tells of the Python and the process.
_OURS = CollectorRegistry()
_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

REQUESTS = Counter(
    "records_requests", "Requests answered, by route, method and class of status", ["route", "method", "status"],
    registry=_OURS,
)  # fmt: skip
REQUEST_SECONDS = Histogram(
    "records_request_seconds", "How long an answer took, by route", ["route"], buckets=_SECONDS, registry=_OURS
)
LOGIN_FAILURES = Counter("records_login_failures", "Sign-ins with a wrong address or password", registry=_OURS)
SECOND_STEP_FAILURES = Counter(
    "records_second_step_failures", "Codes and passkeys at the second step that were wrong", registry=_OURS
)
THROTTLE_REFUSALS = Counter("records_throttle_refusals", "Tries refused as too many, by kind", ["kind"], registry=_OURS)
MAIL = Counter("records_mail", "Messages of the web processes, by what became of them", ["result"], registry=_OURS)


def request(route: str, *, method: str, status: int, seconds: float) -> None:
    """Count one answer."""
    REQUESTS.labels(route, method, f"{status // 100}xx").inc()
    REQUEST_SECONDS.labels(route).observe(seconds)


def events() -> CollectorRegistry:
    """A registry with what was counted: in this process, or in all of them that share a folder."""
    if not _folder:
        return _OURS
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # published half without types
    return registry
