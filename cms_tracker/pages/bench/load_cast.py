"""Who asks, in a load test: people with a record each, advisers with a caseload, and where each of them goes.

Written past the forms, like the cases themselves. Everybody is signed in beforehand by a session in
the database: hashing hundreds of passwords, slow on purpose, would be all that is measured.
"""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.test import Client
from django.urls import reverse

from arrears import caseload
from arrears.core.caseload import Wanted
from cms_tracker.pages import worklist
from cms_tracker.pages.bench import scratch_cases
from cms_tracker.users import operations as users
from cms_tracker.web.clock import now, today
from correspondence.core.letters import missed_payments

if TYPE_CHECKING:
    from cms_tracker.users.models import User

TRAY = 200  # cases of one adviser
BEYOND = "g"  # sorts after every key of a list


class Cast:
    """The people of a load test, in the first of the cases that are there."""

    def __init__(self, *, people: int, advisers: int, cases: int) -> None:
        # Of every third case much is owed, and in every fifth the record is the paying parent's.
        fit = [number for number in range(cases) if number % 3 == 0 and number % 5][:people]
        self.people = [(self._person(f"parent{place}@example.com"), number) for place, number in enumerate(fit)]
        tray = min(TRAY, max(cases // advisers, 1))
        self.advisers = [
            (self._person(f"adviser{place}@example.com"), range(place * tray, (place + 1) * tray))
            for place in range(min(advisers, cases // tray))
        ]
        scratch_cases.enter(
            [
                *((user.pk, "owner", range(number, number + 1)) for user, number in self.people),
                *((user.pk, "adviser", numbers) for user, numbers in self.advisers),
            ]
        )

    @staticmethod
    def _person(email: str) -> "User":
        user = users.sign_up(email)
        if user is None:
            raise LookupError(email)
        users.note_safety_page_seen(user, at=now())
        return user

    def told(self) -> dict[str, Any]:
        """Everybody's cookie and addresses, as plain data: what asks knows nothing of the product."""
        return {
            "empty": reverse("pages:healthz"),
            "people": [_parent(user, number) for user, number in self.people],
            "advisers": [_adviser(user) for user, _ in self.advisers],
        }


def _parent(user: "User", number: int) -> dict[str, str]:
    case_id = scratch_cases.case_id(number)
    pages = {
        "payments": "arrears:payments",
        "today": "pages:today",
        "account": "arrears:breakdown",
        "timeline": "correspondence:timeline",
        "log": "arrears:log-payment",
    }
    letter = reverse("correspondence:new-letter", args=[case_id, missed_payments.KIND.code])
    return {name: reverse(page, args=[case_id]) for name, page in pages.items()} | {
        "cookie": _cookie(user),
        "letter": letter,
    }


def _adviser(user: "User") -> dict[str, str]:
    """Their list: the first page, the one after it, and the last."""
    first = worklist.page_of(user, on=today())
    last = caseload.before(user.pk, "by_reason", Wanted(), key=BEYOND, count=worklist.PAGE + 1)
    address = reverse("pages:caseload")
    return {
        "cookie": _cookie(user),
        "first": address,
        "later": f"{address}?after={first.rows[-1].case_id}",
        "deepest": f"{address}?after={last[0].entry.case_id}",
    }


def _cookie(user: "User") -> str:
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
