"""The one way out for e-mail: plain text, neutral headers, and only to whoever may be written to.

Nothing else in the project opens a connection to a mail server, and nobody who writes a message
says where it goes: this module finds that out itself, at the moment of sending. The one exception
is an answer to what somebody has just typed on a page. Tests hold the project to both.
"""

import uuid
from dataclasses import dataclass
from email.utils import make_msgid, parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.module_loading import import_string

from cms_tracker.web import counting


class NotSafeError(Exception):
    """This person may not be written to: they have not said where it is safe, or not confirmed it, or left it."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a sign-in. Whether and where they may be written to is what they said last."""

    user_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class Asked:
    """An address that somebody has typed on a page a moment ago, and that the message answers.

    For a sign-up, a forgotten password, the confirmation of this very address, and nothing else:
    whoever reads the mailbox is the one who must decide, and no word that was typed goes with it.
    """

    address: str


def deliver(to: Person | Asked, *, subject: str, body: str, message_id: uuid.UUID | None = None) -> None:
    """Send one plain text message. Raises NotSafeError, or OSError where the mail server did not take it.

    ``message_id`` names the message: one that is sent again by accident carries the same name, and
    mail programs show it once. The name says nothing of this machine.
    """
    address = to.address if isinstance(to, Asked) else _safe_address_of(to)
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    name = f"<{message_id}@{domain}>" if message_id else make_msgid(domain=domain)
    headers = {"Message-ID": name, "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
    message = EmailMessage(subject=" ".join(subject.split()), body=body, to=[address], headers=headers)
    try:
        message.send()
    except OSError:
        counting.MAIL.labels("failed").inc()
        raise
    counting.MAIL.labels("sent").inc()


def _safe_address_of(person: Person) -> str:
    address: str | None = import_string(settings.MAIL_BOOK)(person.user_id)
    if not address:
        raise NotSafeError
    return address
