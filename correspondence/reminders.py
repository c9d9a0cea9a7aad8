"""Send the reminders that are due: each is claimed in the database first, and handed over once.

A reminder is a row that is unique for the person, the deadline, the rule and the day. Claiming it
counts the attempt; marking it as handed over comes right before the mail server is spoken to. A
process that ends before that mark loses its claim, and the reminder is tried again, three times at
most. One that ends after it leaves a reminder of which nobody knows: it is not sent again, the
person is told on their page, and the next one, a day before, still comes.
"""

import datetime as dt
import logging
import uuid
from typing import TYPE_CHECKING
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from django.conf import settings as site
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse

from cms_tracker.users.queries import safe_address_of
from cms_tracker.web import mail
from correspondence.core import reminder_rules
from correspondence.core.reminder_rules import MOST_ATTEMPTS, DueReminder, ReminderState
from correspondence.models import Reminder, ReminderSettings
from correspondence.queries import deadlines_for

if TYPE_CHECKING:
    from cms_tracker.users.models import User

log = logging.getLogger(__name__)

LONDON = ZoneInfo("Europe/London")
LEASE = dt.timedelta(minutes=5)  # many times what a mail server takes (EMAIL_TIMEOUT)
#: Longer than any lease or wait: one that ends later was written before the clock was set back.
LONGEST = dt.timedelta(hours=2)
KEPT_FOR = dt.timedelta(days=400)  # longer than any deadline stays on a page


def send_due(*, at: dt.datetime) -> int:
    """Send every reminder that is due at the instant ``at``; return to how many people.

    Safe to run twice, at the same time, late, or after the clock was set back. By night it sends
    nothing, and the next run finds the same rows. A mail server that does not answer ends the run.
    """
    local = at.astimezone(LONDON)
    _settle(at)
    Reminder.objects.filter(due_on__lt=local.date() - KEPT_FOR).delete()
    if not reminder_rules.is_time(local):
        return 0
    told = 0
    for one in _wanted():
        try:
            told += _remind(one, at=at, on=local.date())
        except OSError as error:
            # The kind of error only: its message may name the address.
            log.warning("a reminder could not be sent (%s); it is tried again", type(error).__name__)
            break
        except Exception as error:  # one person's row must not stop the others', whatever is in it
            log.warning("the reminders of one person could not be sent (%s)", type(error).__name__)
    return told


def send_confirmation(address: str, key: str) -> None:
    """Send the link by which the reader of a second address confirms it. A failure is logged, not shown.

    Called after the transaction, so that a mail server never holds one open.
    """
    link = urljoin(site.SITE_URL, reverse("correspondence:confirm-reminders", args=[key]))
    body = (
        "Hello,\n\nSomeone, we hope you, wants reminders to be sent to this address.\n\n"
        f"Open this link within one day to say yes:\n\n{link}\n\n"
        f"If it was not you, do nothing. Nothing else will be sent.\n\n{site.SITE_NAME}\n"
    )
    try:
        mail.deliver(mail.Asked(address), subject=f"{site.SITE_NAME}: reminders", body=body)
    except OSError as error:
        log.warning("a link could not be sent (%s)", type(error).__name__)


def _wanted() -> list[ReminderSettings]:
    """Everybody who asked. Whether they may be written to is asked for each of them, and again by the gateway."""
    found = ReminderSettings.objects.filter(is_on=True, user__is_active=True)
    return list(found.select_related("user").order_by("pk"))


def _remind(one: ReminderSettings, *, at: dt.datetime, on: dt.date) -> int:
    """One message for everything of this person that is due; 0 where another process has it, or nothing is due.

    Their access is read now: a record that they may not open any more is not spoken of.
    """
    if one.since is None or safe_address_of(one.user_id) is None:
        return 0
    due = list(reminder_rules.due(deadlines_for(one.user, on=on), since=one.since, on=on))
    claimed = _claim(one.user, due, at=at)
    handed = _hand_over(claimed, one) if claimed else []
    if not handed:
        return 0
    try:
        mail.deliver(
            mail.Person(one.user_id),
            subject=reminder_rules.SUBJECT,
            body=f"{reminder_rules.BODY}\n{site.SITE_NAME}\n",
            message_id=handed[0].pk,
        )
    except OSError:
        _give_back(handed, at=at)
        raise
    except mail.NotSafeError:  # they changed their mind at this very moment
        Reminder.objects.filter(pk__in=_keys(handed), state=ReminderState.HANDED).delete()
        return 0
    Reminder.objects.filter(pk__in=[row.pk for row in handed], state=ReminderState.HANDED).update(
        state=ReminderState.SENT, lease_until=None, sent_at=at
    )
    return 1


@transaction.atomic
def _claim(user: "User", due: list[DueReminder], *, at: dt.datetime) -> list[Reminder]:
    """Those of the due reminders that are this process's to send, the attempt counted."""
    mine = []
    for one in due:
        _replace(user, one)
        row = _row(user, one, rule=one.rule, state=ReminderState.CLAIMED)
        free = Q(lease_until=None) | _is_over(at)
        taken = Reminder.objects.filter(
            free, pk=row.pk, state=ReminderState.CLAIMED, attempts__lt=MOST_ATTEMPTS
        ).update(attempts=F("attempts") + 1, lease_until=at + LEASE)
        if taken:
            row.refresh_from_db()
            mine.append(row)
    return mine


def _replace(user: "User", one: DueReminder) -> None:
    """Note that an earlier reminder of the same day does not go out any more, where it has not."""
    for rule in one.replaces:
        row = _row(user, one, rule=rule, state=ReminderState.REPLACED)
        Reminder.objects.filter(pk=row.pk, state=ReminderState.CLAIMED).update(
            state=ReminderState.REPLACED, lease_until=None
        )


def _row(user: "User", one: DueReminder, *, rule: str, state: ReminderState) -> Reminder:
    row, _ = Reminder.objects.get_or_create(
        user_id=user.pk,
        subject=one.subject,
        rule=rule,
        due_on=one.due_on,
        defaults={"case_id": one.deadline.case_id, "state": state},
    )
    return row


@transaction.atomic
def _hand_over(claimed: list[Reminder], one: ReminderSettings) -> list[Reminder]:
    """Mark what goes to the mail server now. Nothing, where the person changed their mind meanwhile."""
    still = ReminderSettings.objects.select_for_update().filter(pk=one.pk, is_on=True)
    if not still.exists():
        Reminder.objects.filter(pk__in=_keys(claimed), state=ReminderState.CLAIMED).delete()
        return []
    return [
        row
        for row in claimed
        if Reminder.objects.filter(pk=row.pk, state=ReminderState.CLAIMED, attempts=row.attempts).update(
            state=ReminderState.HANDED
        )
    ]


def _give_back(handed: list[Reminder], *, at: dt.datetime) -> None:
    """The mail server did not take it: wait a little longer after each attempt, and stop after the last."""
    for row in handed:
        mine = Reminder.objects.filter(pk=row.pk, state=ReminderState.HANDED)
        if row.attempts >= MOST_ATTEMPTS:
            mine.update(state=ReminderState.FAILED, lease_until=None)
        else:
            wait = dt.timedelta(minutes=5 * 3**row.attempts)
            mine.update(state=ReminderState.CLAIMED, lease_until=at + wait)


def _settle(at: dt.datetime) -> None:
    """Close what a process left behind that ended without a word."""
    over = Reminder.objects.filter(_is_over(at))
    over.filter(state=ReminderState.HANDED).update(state=ReminderState.UNSURE, lease_until=None)
    over.filter(state=ReminderState.CLAIMED, attempts__gte=MOST_ATTEMPTS).update(
        state=ReminderState.FAILED, lease_until=None
    )


def _is_over(at: dt.datetime) -> Q:
    return Q(lease_until__lte=at) | Q(lease_until__gt=at + LONGEST)


def _keys(rows: list[Reminder]) -> list[uuid.UUID]:
    return [row.pk for row in rows]
