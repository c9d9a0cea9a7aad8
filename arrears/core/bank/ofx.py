"""OFX 1 and 2, by their tags alone: version 1 closes no field, and nothing here expands an entity.

Source: Open Financial Exchange, versions 1.0.3 and 2.2, section 11.4 (statement transactions).
"""

import html
import re
from collections.abc import Iterator
from itertools import islice

from arrears.core.bank.amounts import PenceError, signed
from arrears.core.bank.days import DayError, Days
from arrears.core.bank.lines import MAX_LINES, TOO_LONG, BankStatement, Line, Refused, StatementError
from arrears.core.bank.texts import cut, harmless
from cms_tracker.language import say

_TAG = re.compile(r"<(/?)([A-Za-z0-9.]{1,40})(?:\s[^<>]*)?/?>([^<]*)")
_TEXTS = ("NAME", "PAYEE", "MEMO")
_KEPT = {"DTPOSTED", "TRNAMT", *_TEXTS}
_CODE = 40  # characters of a currency: three are enough
_BOUNDS = {"STMTTRN", "BANKTRANLIST"}  # where a transaction begins or ends, whether it is closed or not


def read(text: str) -> BankStatement:
    """The lines of an OFX file. Raises StatementError where it holds no transactions."""
    records = list(islice(_records(text), MAX_LINES + 1))
    if len(records) > MAX_LINES:
        raise StatementError(TOO_LONG)
    if not records:
        raise StatementError(say("This OFX file holds no payments. Download it again, for a longer period."))
    days = Days(record.get("DTPOSTED", "") for _, record in records)
    lines: list[Line] = []
    refused: list[Refused] = []
    for number, record in records:
        found = _line(number, record, days)
        if isinstance(found, Line):
            lines.append(found)
        elif found is not None:
            refused.append(found)
    return BankStatement(source="OFX", lines=tuple(lines), refused=tuple(refused))


def _records(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Each transaction's fields by name, with the number of the line on which it begins."""
    record: dict[str, str] | None = None
    number, counted, currency, begun = 1, 0, "", 0
    for match in _TAG.finditer(text):
        closing, name = match[1], match[2].upper()
        if name in _BOUNDS:
            if record is not None:
                yield begun, record
            record = None
            if name == "STMTTRN" and not closing:
                number += text.count("\n", counted, match.start())
                counted, begun = match.start(), number
                record = {"CURDEF": currency}
        elif name == "CURDEF":
            currency = match[3][:_CODE].strip().upper() or currency
        elif record is not None and name in _KEPT and not closing and (value := match[3].strip()):
            record.setdefault(name, html.unescape(cut(value)))  # cut first: an entity of 5,000 digits is an error
    if record is not None:
        yield begun, record


def _line(number: int, record: dict[str, str], days: Days) -> Line | Refused | None:
    if (money := record["CURDEF"]) not in {"", "GBP"}:
        return Refused(number, say("it is in {harmless}, not in pounds", harmless=harmless(money)[:8]))
    try:
        on = days.read(record.get("DTPOSTED", ""))
        pence = signed(record.get("TRNAMT", "").replace(",", ".", 1))  # the standard allows a comma
    except (DayError, PenceError) as error:
        return Refused(number, str(error))
    texts = dict.fromkeys(record[name] for name in _TEXTS if name in record)
    return Line(number, on, pence, harmless(" ".join(texts))) if pence else None
