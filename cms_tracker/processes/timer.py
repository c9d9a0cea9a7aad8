"""The timer: sends the periodic messages. Of several that run, one does; another takes over when it ends.

Whoever holds the lease in the database sends. It is renewed while its holder lives and given back
when it stops; one that was killed loses it after ``LEASE`` seconds. Nothing remembers when a job last
ran: each is a catch-up, and whoever begins or takes over runs them all.
"""

import logging
import time
import uuid
from datetime import timedelta
from typing import Any

from celery.beat import Scheduler
from django.db import DatabaseError, close_old_connections, connection

from cms_tracker.processes.looking import touch
from cms_tracker.web import leases

log = logging.getLogger(__name__)

NAME = "timer"
LEASE = timedelta(seconds=20)
RENEW = 6.0  # seconds
LOOK = 4.0  # seconds between two looks of one that stands by; a killed holder is followed within their sum
JUMP = 30.0  # seconds by which the clock was set, for the schedule to be worked out anew


class OneOfMany(Scheduler):
    """Celery's scheduler in memory, which sends only while it holds the lease."""

    def __init__(self, *args: Any, **options: Any) -> None:
        self._me = uuid.uuid4()
        self._renewed: float | None = None  # None: it is not ours
        self._clock = 0.0
        super().__init__(*args, **options)

    def tick(self, *args: Any, **options: Any) -> float:
        """Send what is due if it is ours to send. Return the seconds until the next look."""
        if not self._is_ours():
            return LOOK
        self._follow_the_clock()
        wait: float = super().tick(*args, **options)
        return min(wait, LOOK)

    def close(self) -> None:
        """Let another take over at once."""
        if self._renewed is not None:
            self._renewed = None
            try:
                leases.give_back(NAME, holder=self._me)
            except DatabaseError as error:
                log.warning("the lease could not be given back (%s)", type(error).__name__)
        connection.close()
        super().close()

    def _is_ours(self) -> bool:
        at = time.monotonic()
        if self._renewed is not None and at - self._renewed < RENEW:
            return True
        close_old_connections()
        try:
            is_ours = leases.hold(NAME, holder=self._me, lasts=LEASE)
        except DatabaseError as error:
            log.warning("the database did not answer (%s); nothing is sent", type(error).__name__)
            connection.close()
            self._renewed = None
            return False
        if is_ours and self._renewed is None:
            log.info("this timer sends from now on")
            self._all_are_due()
        self._renewed = at if is_ours else None
        touch()
        return is_ours

    def _follow_the_clock(self) -> None:
        """A clock that was set back would otherwise have every job wait for the time it was before."""
        ahead = time.time() - time.monotonic()  # noqa: TID251 - how far the clock was set, not what time it is
        if abs(ahead - self._clock) > JUMP:
            self._clock = ahead
            self._all_are_due()

    def _all_are_due(self) -> None:
        for entry in self.schedule.values():
            entry.last_run_at = entry.default_now() - timedelta(days=1)
        self._heap = None
