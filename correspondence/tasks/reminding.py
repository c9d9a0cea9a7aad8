"""The timer's run for reminders."""

from celery import shared_task

from cms_tracker.web.clock import now
from correspondence import reminders


@shared_task(name="correspondence.send_reminders")
def send_reminders() -> None:
    """Send the reminders that are due. Safe to run twice, at the same time, or late."""
    reminders.send_due(at=now())
