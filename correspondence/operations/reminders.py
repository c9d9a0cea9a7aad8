"""Choose reminders and calendars: each operation is one transaction with its audit row."""

import datetime as dt
import uuid
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction

from cms_tracker.audit import operations as audit
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from cms_tracker.users import operations as users
from correspondence import reminders
from correspondence.core import feeds
from correspondence.models import CalendarFeed, ReminderSettings

if TYPE_CHECKING:
    from cases.models import Case
    from cms_tracker.users.models import User


@transaction.atomic
def ask_for_reminders(*, actor: "User", address: str, at: dt.datetime, on: dt.date) -> bool:
    """Turn e-mail reminders on, to one address of which the person has said that only they read it.

    Return whether it may be written to already. Where not, it is sent a link first, and nothing else
    until that is used.
    """
    audit.record("reminders.turned_on", actor=actor)
    key = users.allow_mail(actor=actor, address=address, at=at)
    settings = _held(actor)
    if not settings.is_on or settings.since is None:
        settings.since = on
    settings.is_on = True
    settings.save()
    if key:
        transaction.on_commit(partial(reminders.send_confirmation, address.strip().lower(), key), robust=True)
    return key is None


@transaction.atomic
def stop_reminders(*, actor: "User") -> None:
    """Turn e-mail reminders off and forget the address. Nothing is sent to it any more, not even that."""
    audit.record("reminders.turned_off", actor=actor)
    ReminderSettings.objects.filter(user_id=actor.pk).delete()
    users.forbid_mail(actor=actor)


@transaction.atomic
def open_feed(*, actor: "User", case: "Case | None") -> str:
    """Make the calendar address of one record, or (None) of all; return its secret part, which is not kept.

    An address that was there before stops working in the same moment.
    """
    token, key = feeds.new_token(), uuid.uuid4()
    audit.record("calendar.opened", actor=actor, subject=str(key))
    CalendarFeed.objects.filter(user_id=actor.pk, case=case).delete()
    CalendarFeed.objects.create(id=key, user_id=actor.pk, case=case, token_hash=feeds.fingerprint(token) or "")
    return token


@transaction.atomic
def replace_feed(*, actor: "User", feed_id: uuid.UUID) -> str:
    """Give a calendar a new address and return its secret part; the old one is gone at once. May raise Refusal."""
    feed = _own_feed(actor, feed_id)
    token = feeds.new_token()
    feed.token_hash = feeds.fingerprint(token) or ""
    feed.save(update_fields=["token_hash"])
    audit.record("calendar.replaced", actor=actor, subject=str(feed.pk))
    return token


@transaction.atomic
def close_feed(*, actor: "User", feed_id: uuid.UUID) -> None:
    """Turn a calendar off. Its address answers like one that never was. Raises Refusal where there is none."""
    feed = _own_feed(actor, feed_id)
    audit.record("calendar.closed", actor=actor, subject=str(feed.pk))
    feed.delete()


def _held(actor: "User") -> ReminderSettings:
    """The person's settings, kept to this transaction."""
    ReminderSettings.objects.get_or_create(user_id=actor.pk)
    return ReminderSettings.objects.select_for_update().get(user_id=actor.pk)


def _own_feed(actor: "User", feed_id: uuid.UUID) -> CalendarFeed:
    feed = CalendarFeed.objects.select_for_update().filter(pk=feed_id, user_id=actor.pk).first()
    if feed is None:
        raise Refusal(say("This calendar is off already."))
    return feed
