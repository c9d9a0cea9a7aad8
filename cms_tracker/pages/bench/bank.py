"""A bank statement of ten years: read, matched to 520 due dates, and what fits stored."""

import datetime as dt
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.db import transaction

from arrears import operations, queries
from arrears.core.bank.lines import BankStatement
from arrears.core.bank.reading import read
from cases import operations as case_operations
from cases.core.facts import Frequency, Nation, Perspective, ServiceType
from cms_tracker.pages.bench import Pair, job
from cms_tracker.pages.bench.ledger import ADDRESS, WEEKS
from cms_tracker.users import operations as users
from cms_tracker.web.clock import today

LINES = 10_000
RULES = "skip 1\nfields date, description, amount, balance\ndate-format %d/%m/%Y\ncurrency £\naccount1 assets:bank\n"


def statement(until: dt.date) -> bytes:
    """A download in which every twentieth line is the payment of that week, and the rest is a life."""
    first = until - dt.timedelta(weeks=WEEKS - 1)
    rows = ["Date,Description,Amount,Balance"]
    for place in range(LINES):
        week, rest = divmod(place, LINES // WEEKS)
        day = first + dt.timedelta(weeks=min(week, WEEKS - 1), days=rest % 6)
        if rest == 0 and week < WEEKS:
            rows.append(f"{day:%d/%m/%Y},A PAYER MAINTENANCE REF {week},60.00,1000.00")
        else:
            rows.append(f"{day:%d/%m/%Y},SHOP {place % 400} CARD {place},-{place % 9000 + 1}.{place % 100:02d},1000.00")
    return "\n".join(rows).encode()


@job("Bank statement, 10,000 lines to the record", base="hledger reads it only", goal_ratio=0.1, goal_ms=2000)
def whole() -> Pair:
    """From the bytes of the file to the stored payments, each round on a record without any."""
    day = today()
    owner = users.sign_up(ADDRESS)
    if owner is None:
        raise LookupError(ADDRESS)
    case = case_operations.open_case(
        actor=owner, reference="120000000520", nation=Nation.ENGLAND, perspective=Perspective.RECEIVING
    )
    first = day - dt.timedelta(weeks=WEEKS - 1)
    case_operations.record_calculation(
        actor=owner, case=case, weekly_pence=6000, effective_on=first, decided_on=first, notified_on=first
    )
    case_operations.record_schedule(actor=owner, case=case, frequency=Frequency.WEEKLY, first_due_on=first)
    case_operations.record_service(actor=owner, case=case, type=ServiceType.DIRECT_PAY, from_on=first)
    content = statement(day)

    def imported() -> None:
        found = read(content)
        if not isinstance(found, BankStatement) or len(found.lines) != LINES:
            raise LookupError("the statement was not read")
        likely = [one for one in queries.bank_lines(case, found.lines, on=day).candidates if one.is_likely]
        with transaction.atomic():
            done = operations.import_payments(actor=owner, case=case, lines=likely, recorded_on=day)
            if done.added != WEEKS:
                raise LookupError("the payments were not stored")
            transaction.set_rollback(True)

    return Pair(subject=imported, base=_hledger(content))


def _hledger(content: bytes) -> Callable[[], object] | None:
    """A plain-text accounting program that reads the same file, where it is installed."""
    program = shutil.which("hledger")
    if program is None:
        return None
    folder = Path(tempfile.mkdtemp())
    (folder / "bank.csv").write_bytes(content)
    (folder / "bank.csv.rules").write_text(RULES, encoding="utf-8")
    call = [program, "-f", str(folder / "bank.csv"), "stats"]
    return lambda: subprocess.run(call, check=True, capture_output=True)  # noqa: S603 - fixed arguments
