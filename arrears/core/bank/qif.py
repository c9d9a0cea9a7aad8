"""QIF: one field a line, a letter before each, and a ``^`` after each transaction.

Its dates do not say which of day and month comes first; banks in the UK write the day first.
"""

import io
from collections.abc import Iterator
from itertools import islice

from arrears.core.bank.amounts import PenceError, signed
from arrears.core.bank.days import DayError, Days
from arrears.core.bank.lines import MAX_LINES, TOO_LONG, BankStatement, Line, Refused, StatementError
from arrears.core.bank.texts import cut, harmless

_KEPT = "DTUPM"  # day, amount, amount again, payee, memo
_TAKEN = ("bank", "cash", "ccard", "oth a", "oth l")


def read(text: str) -> BankStatement:
    """The lines of a QIF file. Raises StatementError where it holds no transactions of an account."""
    records = list(islice(_records(text), MAX_LINES + 1))
    if len(records) > MAX_LINES:
        raise StatementError(TOO_LONG)
    if not records:
        raise StatementError("This QIF file holds no payments of a bank account. Download it again.")
    days = Days(record.get("D", "") for _, record in records)
    lines: list[Line] = []
    refused: list[Refused] = []
    for number, record in records:
        try:
            on, pence = days.read(record.get("D", "")), signed(record.get("T") or record.get("U", ""))
        except (DayError, PenceError) as error:
            refused.append(Refused(number, str(error)))
            continue
        if pence:
            texts = dict.fromkeys(record[letter] for letter in "PM" if letter in record)
            lines.append(Line(number, on, pence, harmless(" ".join(texts))))
    return BankStatement(
        source="QIF", lines=tuple(lines), refused=tuple(refused), notes=tuple(filter(None, [days.note]))
    )


def _records(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Each transaction's fields by their letter, with the number of the line on which it begins."""
    record: dict[str, str] = {}
    begun, taken = 0, True
    for number, line in enumerate(io.StringIO(text, newline=None), start=1):
        line = line.strip()
        if line.startswith("!"):
            kind, _, name = line[1:].partition(":")
            if kind.casefold() in {"type", "account"}:
                taken = kind.casefold() == "type" and name.strip().casefold() in _TAKEN
            record = {}
        elif line.startswith("^"):
            if record and taken:
                yield begun, record
            record = {}
        elif line:
            if not record:
                begun = number
            letter = line[0].upper()
            record.setdefault(letter if letter in _KEPT else "", cut(line[1:].strip()))
    if record and taken:
        yield begun, record
