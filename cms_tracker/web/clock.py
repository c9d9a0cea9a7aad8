"""The clock, read only at the edge: in views, tasks and commands. Rules get ``on=`` as a value."""

from datetime import date, datetime

from django.utils import timezone


def today() -> date:
    """Return today's civil date in London, whatever the server's own time zone."""
    return timezone.localdate()


def now() -> datetime:
    """Return this instant, aware, in UTC."""
    return timezone.now()
