"""One step of ``bench backup``, in the installation apart that the settings name: fill it, back it up, put it back."""

import json
import os
import sys
import time
from io import StringIO
from pathlib import Path

import django

PASSPHRASE = "a passphrase for one measurement"  # noqa: S105 - it guards invented cases, for minutes
FILES_ONE_IN = 10  # cases with a private file
EMAIL = "bench@example.com"


def main(step: str, file: Path, cases: int) -> None:
    """Take the step and say what it took."""
    django.setup()
    from cms_tracker.pages.backup import passphrases  # noqa: PLC0415 - Django must be set up before

    os.environ[passphrases.VARIABLE] = PASSPHRASE
    began = time.perf_counter()
    note = {"fill": fill, "backup": backup, "restore": restore}[step](file, cases)
    what = {"fill": "filled", "backup": "backed up", "restore": "put back and proved whole"}[step]
    seconds = time.perf_counter() - began
    sys.stdout.write(json.dumps({"what": what, "seconds": seconds, "note": note}) + "\n")


def fill(_: Path, cases: int) -> str:
    """Write the cases, five years each, and a payment with its proof in one case of ten."""
    from django.core.management import call_command  # noqa: PLC0415 - Django must be set up before

    call_command("migrate", verbosity=0, skip_checks=True)
    from arrears import operations  # noqa: PLC0415 - the same
    from arrears.core.facts import Route  # noqa: PLC0415 - the same
    from cases import queries  # noqa: PLC0415 - the same
    from cms_tracker import uploads  # noqa: PLC0415 - the same
    from cms_tracker.pages.bench import scratch_cases  # noqa: PLC0415 - the same
    from cms_tracker.users import operations as users  # noqa: PLC0415 - the same
    from cms_tracker.web.clock import today  # noqa: PLC0415 - a measurement has no day of its own

    on = today()
    scratch_cases.add(0, cases, until=on)
    owner = users.sign_up(EMAIL)
    assert owner is not None  # noqa: S101 - the installation is empty
    some = cases // FILES_ONE_IN
    scratch_cases.let_in(owner.pk, some)
    for number, case in enumerate(queries.cases_for(owner)):
        proof = uploads.judge(f"Paid in, number {number}".encode() * 200, name="slip.txt")
        operations.log_payment(
            actor=owner, case=case, paid_on=on, amount_pence=number + 1, recorded_on=on, route=Route.DIRECT, proof=proof
        )
    call_command("roll_forward", stdout=StringIO())
    return f"{some:,} with a private file"


def backup(file: Path, _: int) -> str:
    """Make the backup."""
    from django.core.management import call_command  # noqa: PLC0415 - Django must be set up before

    call_command("backup", str(file), stdout=StringIO(), stderr=StringIO())
    return f"{file.stat().st_size / 2**20:,.0f} MiB"


def restore(file: Path, _: int) -> str:
    """Put it back, with the three proofs; ends with an error where one of them finds anything."""
    from django.core.management import call_command  # noqa: PLC0415 - Django must be set up before

    said = StringIO()
    call_command("restore", str(file), stdout=said, stderr=StringIO())
    return "files, audit and figures all as they were" if "all as their facts give" in said.getvalue() else "?"


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
