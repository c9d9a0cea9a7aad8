"""`python -m tests.upgrades.prepare`: fill the empty installation that the environment names, for `leave.py`.

The demo, and what it lacks: a payment with a proof, so that there is a private file, and an anchor of the audit.
"""

import datetime as dt

import django

PAID = dt.date(2026, 1, 2)


def prepare() -> None:
    """Make the tables, the demo and the rest."""
    from django.core.management import call_command

    from arrears import operations
    from arrears.core.facts import Route
    from cases import queries as cases
    from cms_tracker import uploads
    from cms_tracker.users import queries as users
    from tests.cast import ROSA

    call_command("migrate", verbosity=0, skip_checks=True)
    call_command("seed_demo", verbosity=0)
    rosa = users.by_email(ROSA.email)
    assert rosa is not None
    for case in cases.cases_for(rosa):
        operations.log_payment(
            actor=rosa,
            case=case,
            paid_on=PAID,
            amount_pence=1234,
            recorded_on=PAID,
            route=Route.DIRECT,
            proof=uploads.judge(b"Paid in at the counter", name="slip.txt"),
        )
    call_command("roll_forward", verbosity=0)
    call_command("anchor_audit", verbosity=0)


if __name__ == "__main__":
    django.setup()
    prepare()
