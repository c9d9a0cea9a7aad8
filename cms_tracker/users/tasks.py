"""What the timer clears away: sessions, tries and devices that are of no use to anybody."""

from celery import shared_task
from django.conf import settings

from cms_tracker.users import devices, throttles
from cms_tracker.users.session_store import SessionStore
from cms_tracker.web.clock import now


@shared_task(name="users.forget_old")
def forget_old() -> None:
    """Delete ended sessions, tries that limit nothing any more, and devices that nobody came back with."""
    SessionStore.clear_expired()
    throttles.purge(before=now() - throttles.KEPT)
    devices.purge(before=now() - settings.DEVICE_KNOWN)
