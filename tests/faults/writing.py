"""`python -m tests.faults.writing`: log payments, each with a proof, without end; print each once it is kept.

With `kept`: print every payment that the database holds. Either speaks of the installation that the
environment names.
"""

import datetime as dt
import sys

import django

DAY = dt.date(2026, 2, 20)


def write() -> None:
    """Log one payment after another."""
    from arrears import operations
    from arrears.core.facts import Route
    from cms_tracker import uploads
    from tests.cast import ROSA
    from tests.factories import make_user, monthly_case

    rosa = make_user(ROSA)
    case = monthly_case(rosa)
    number = 0
    while True:
        number += 1
        proof = uploads.judge(f"Paid in, number {number}".encode(), name="proof.txt")
        payment = operations.log_payment(
            actor=rosa,
            case=case,
            paid_on=DAY,
            amount_pence=number,
            recorded_on=DAY,
            route=Route.DIRECT,
            proof=proof,
        )
        sys.stdout.write(f"{payment.pk}\n")
        sys.stdout.flush()


def kept() -> None:
    """Print what is there."""
    from arrears.models import Payment

    sys.stdout.writelines(f"{one}\n" for one in Payment.objects.values_list("pk", flat=True))


if __name__ == "__main__":
    django.setup()
    if sys.argv[1:] == ["kept"]:
        kept()
    else:
        write()
