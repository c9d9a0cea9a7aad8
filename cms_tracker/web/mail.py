"""The one way out for e-mail: plain text, neutral headers, and only to an address that may be written to.

Nothing else in the project opens a connection to a mail server; a test holds it to that.
"""

import uuid
from dataclasses import dataclass
from email.utils import make_msgid, parseaddr

from django.conf import settings
from django.core.mail import EmailMessage


class NotSafeError(Exception):
    """The address may not be written to: nobody has asked for it, or nobody has said that it is safe."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Where a message goes, and why it may go there.

    ``asked_now``: it answers what somebody has just typed on a page (a sign-up, a forgotten
    password, the confirmation of this very address). Otherwise the reader must have confirmed the
    address (``is_confirmed``) and said that only they read it (``is_safe``).
    """

    address: str
    asked_now: bool = False
    is_confirmed: bool = False
    is_safe: bool = False


def deliver(to: Recipient, *, subject: str, body: str, message_id: uuid.UUID | None = None) -> None:
    """Send one plain text message. Raises NotSafeError, or OSError where the mail server did not take it.

    ``message_id`` names the message: one that is sent again by accident carries the same name, and
    mail programs show it once. The name says nothing of this machine.
    """
    if not (to.asked_now or (to.is_confirmed and to.is_safe)):
        raise NotSafeError
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    name = f"<{message_id}@{domain}>" if message_id else make_msgid(domain=domain)
    headers = {"Message-ID": name, "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
    EmailMessage(subject=" ".join(subject.split()), body=body, to=[to.address], headers=headers).send()
