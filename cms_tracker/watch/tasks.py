"""What happens around every task: it carries the name of the request that asked, and recurring work leaves its hour.

There is no task here. Celery imports this module in every process that sends or works, which connects what follows.
"""

import logging
import time
from typing import Any

from celery.signals import before_task_publish, task_postrun, task_prerun
from django.db import DatabaseError

from cms_tracker.watch import operations
from cms_tracker.web import request_ids
from cms_tracker.web.clock import now

log = logging.getLogger(__name__)

_HEADER = "request_id"
_carried: dict[str, tuple[Any, float]] = {}


@before_task_publish.connect
def _send_along(headers: dict[str, Any] | None = None, **_: Any) -> None:
    """A message says what asked for it: a random name, of nobody."""
    if headers is not None and (name := request_ids.current()):
        headers[_HEADER] = name


@task_prerun.connect
def _begin(task_id: str = "", task: Any = None, **_: Any) -> None:
    name = str(task.request.get(_HEADER) or "")
    carrying = request_ids.carrying(name if request_ids.is_well_formed(name) else "")
    carrying.__enter__()
    _carried[task_id] = (carrying, time.monotonic())


@task_postrun.connect
def _end(task_id: str = "", task: Any = None, state: str | None = None, **_: Any) -> None:
    carrying, began = _carried.pop(task_id, (None, time.monotonic()))
    fields = {"task": task.name, "state": (state or "lost").lower(), "ms": round((time.monotonic() - began) * 1000)}
    # Recurring work that is done leaves its hour in the table, and no line every few seconds.
    log.log(logging.DEBUG if state == "SUCCESS" else logging.WARNING, "task", extra=fields)
    if state == "SUCCESS":
        _note(task.name)
    if carrying is not None:
        carrying.__exit__(None, None, None)


def _note(name: str) -> None:
    try:
        operations.ran(name, at=now())
    except DatabaseError as error:
        # A table that is not there yet, or a database that has gone: the work itself was done.
        log.warning("when %s ran could not be noted (%s)", name, type(error).__name__)
