"""`python -m tests.faults.household`: put Rosa and her record into the installation that the environment names.

Prints the id of the record.
"""

import sys

import django


def make() -> None:
    """Make the tables, and Rosa, who has read the safety page, with a record that has payments due."""
    from django.core.management import call_command

    from cms_tracker.pages.bench.site import PASSWORD
    from cms_tracker.users import operations as users
    from cms_tracker.web.clock import now
    from tests.cast import ROSA
    from tests.factories import monthly_case

    call_command("migrate", verbosity=0)
    rosa = users.sign_up(ROSA.email)
    assert rosa is not None
    users.confirm_address(rosa, password=PASSWORD)
    users.note_safety_page_seen(rosa, at=now())
    sys.stdout.write(f"{monthly_case(rosa).pk}\n")


if __name__ == "__main__":
    django.setup()
    make()
