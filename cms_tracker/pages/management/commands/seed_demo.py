"""Make the demo people and their cases, and say how to sign in as each: ``manage.py seed_demo``."""

import json
import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from cases import queries as case_queries
from cms_tracker.pages import demo
from cms_tracker.users import codes
from cms_tracker.users import queries as user_queries
from cms_tracker.web.clock import now, today

if TYPE_CHECKING:
    from tests.cast import Person

EXAMPLES = Path(settings.BASE_DIR) / "tests" / "examples"


class Command(BaseCommand):
    """Idempotent: people who are here already, and their cases, stay as they are."""

    help = "Make invented people with known passwords, and their cases. For one's own machine only."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how to print."""
        parser.add_argument("--json", action="store_true", dest="as_json", help="print accounts and cases as JSON")

    def handle(self, *, as_json: bool, **_: Any) -> None:
        """Seed what is missing, then print every account with its password and cases."""
        if not settings.LOCAL:
            raise CommandError("The demo has known passwords, so it is only for a machine with CMS_LOCAL=1.")
        cast = _cast()
        # `up` seeds before it starts the broker; the worker looks for waiting letters by itself.
        logging.getLogger("cms_tracker.celery").setLevel(logging.ERROR)
        demo.seed({person.name: person for person in cast}, _example, on=today(), at=now())
        accounts = [_account(person) for person in cast]
        self.stdout.write(_as_json(accounts) if as_json else _as_lines(accounts))


def _cast() -> "tuple[Person, ...]":
    try:
        from tests.cast import CAST  # noqa: PLC0415 - absent from the container, on purpose
    except ImportError as error:
        raise CommandError("The demo needs the tests folder, which this installation does not have.") from error
    return CAST


def _example(name: str) -> bytes:
    return (EXAMPLES / f"{name}.json").read_bytes()


def _account(person: "Person") -> dict[str, Any]:
    user = user_queries.by_email(person.email)
    memberships = case_queries.memberships_of(user) if user else []
    return {
        "name": person.name,
        "email": person.email,
        "password": person.password,
        "is_adviser": person.is_adviser,
        # The second step: the key for an app, and what the app would show now.
        "app_key": person.app_secret,
        "code_now": codes.code_of(person.app_secret, codes.step_at(now())) if person.app_secret else "",
        "cases": [
            {
                "id": str(one.case_id),
                "reference": one.case.reference,
                "role": one.role,
                "perspective": one.case.perspective,
                "url": settings.SITE_URL + reverse("pages:today", args=[one.case_id]),
            }
            for one in memberships
        ],
    }


def _as_json(accounts: list[dict[str, Any]]) -> str:
    return json.dumps({"accounts": accounts}, indent=1)


def _as_lines(accounts: list[dict[str, Any]]) -> str:
    wide = max(len(account["email"]) for account in accounts)
    lines = [f"  {account['email']:<{wide}}  {account['password']}{_second_step(account)}" for account in accounts]
    return "\n".join(["Sign in as one of these invented people:", *lines])


def _second_step(account: dict[str, Any]) -> str:
    if not account["app_key"]:
        return ""
    return f"  then the code {account['code_now']} (of now; again: python3 manage.py seed_demo)"
