"""`python -m tests.upgrades.beside`: what a version can do on the database that the environment names, as JSON.

Copied into the folder of an older version and run there, on tables that a newer one has migrated: for as long as
a new version is being brought out, both run. It starts, people sign in, read and write, and the proofs are clean.
"""

import datetime as dt
import json
import sys
from importlib import import_module
from io import StringIO

import django

DAY = dt.date(2026, 1, 5)
PAGES = (
    "pages:today",
    "pages:overview",
    "arrears:payments",
    "arrears:breakdown",
    "correspondence:deadlines",
    "correspondence:timeline",
    "cases:people",
)


def beside() -> dict[str, object]:
    """Start as a web server does, then do what people do."""
    from django.conf import settings
    from django.core.management import call_command
    from django.urls import reverse

    from arrears import operations
    from arrears.core.facts import Route
    from cases import queries as cases
    from cms_tracker import uploads
    from cms_tracker.users import queries as users
    from tests.cast import ROSA
    from tests.signing_in import signed_in

    import_module("cms_tracker.wsgi")
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    client = signed_in(ROSA)
    rosa = users.by_email(ROSA.email)
    assert rosa is not None
    case = cases.cases_for(rosa)[0]
    payment = operations.log_payment(
        actor=rosa,
        case=case,
        paid_on=DAY,
        amount_pence=4321,
        recorded_on=DAY,
        route=Route.DIRECT,
        proof=uploads.judge(b"Paid in while both versions ran", name="slip.txt"),
    )
    pages = {name: client.get(reverse(name, args=[case.pk]), follow=True) for name in PAGES}
    proofs = StringIO()
    for proof in ("verify_files", "verify_audit", "roll_forward", "verify_ledger"):
        call_command(proof, stdout=proofs)
    return {
        "payment": str(payment.pk),
        "pages": {name: answer.status_code for name, answer in pages.items()},
        "is_shown": "£43.21" in pages["arrears:payments"].content.decode(),
        "proofs": proofs.getvalue(),
    }


if __name__ == "__main__":
    django.setup()
    json.dump(beside(), sys.stdout)
