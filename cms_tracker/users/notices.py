"""Tell a person that how they sign in was changed: on the page, and by e-mail only where that is safe.

The message says nothing of what was changed, and nothing of the site (OWASP ASVS 5.0, 6.3.7). It
goes to the address that the person said only they read; one that they have left is not that.
"""

import logging
from typing import TYPE_CHECKING

from django.conf import settings

from cms_tracker.web import mail

if TYPE_CHECKING:
    from cms_tracker.users.models import User

logger = logging.getLogger(__name__)

_BODY = """Hello,

How you sign in was changed today.

If it was you, there is nothing to do. If not, sign in and look at "Your sign-in".

{site_name}
"""


def tell(user: "User") -> None:
    """Write to the person, if they may be written to. A mail server that fails stops nothing."""
    body = _BODY.format(site_name=settings.SITE_NAME)
    try:
        mail.deliver(mail.Person(user.pk), subject=f"{settings.SITE_NAME}: your sign-in", body=body)
    except mail.NotSafeError:
        return
    except OSError:
        logger.exception("A message could not be sent.")
