"""The tables that UK banks hand out: which heading means what, and whose it is.

The headings are those of the banks' own downloads as they were in 2026. A bank that words one
column anew is still read by the words of the others; only its name is then not said.
"""

import re
from collections.abc import Sequence

from arrears.core.bank.lines import Columns

HEADING_WITHIN = 30  # rows; Nationwide's heading is the fifth

_DATE = ("completed date", "date", "transaction date", "posting date", "date posted", "booking date", "value date")
_AMOUNT = ("amount", "amount gbp", "value", "transaction amount", "amount in gbp")
_IN = ("paid in", "money in", "credit amount", "credit", "credits", "in", "amount in", "paid in gbp", "money in gbp")
_OUT = (
    "paid out", "money out", "debit amount", "debit", "debits", "out", "withdrawn", "amount out", "paid out gbp",
    "money out gbp",
)  # fmt: skip
_TEXT = (
    "name", "counter party", "counterparty", "payee", "transaction description", "description", "details", "memo",
    "narrative", "transaction", "transaction details", "reference", "notes and tags",
)  # fmt: skip
_CURRENCY = ("currency",)
_STATE = ("state", "status")

# What only this bank's heading holds. Several brands of one group hand out one table.
_BANKS = (
    ("Monzo", {"transaction id", "emoji", "notes and tags"}),
    ("Starling", {"counter party", "amount gbp"}),
    ("Revolut", {"completed date", "product", "state"}),
    ("Barclays", {"number", "account", "subcategory", "memo"}),
    ("Lloyds, Halifax, Bank of Scotland or TSB", {"sort code", "debit amount", "credit amount"}),
    ("NatWest or Royal Bank of Scotland", {"value", "account name", "account number"}),
    ("Nationwide", {"transaction type", "paid out", "paid in"}),
    ("Virgin Money or Clydesdale", {"debit", "credit", "balance"}),
    ("Co-operative Bank", {"type", "money in", "money out"}),
    ("Santander", {"money in", "money out"}),
    ("HSBC", {"type", "paid out", "paid in"}),
    ("HSBC", {"paid out", "paid in", "balance"}),
    ("first direct", {"date", "description", "amount", "balance"}),
    ("HSBC", {"date", "description", "amount"}),
)


def heading(cell: str) -> str:
    """A heading as it is compared: its words in small letters, without signs."""
    return " ".join(re.findall(r"[a-z0-9]+", cell.casefold()))


def columns(row: Sequence[str]) -> Columns | None:
    """What the columns under this heading hold; None where the row is no heading that we know."""
    names = [heading(cell) for cell in row]
    date, amount = _first(names, _DATE), _first(names, _AMOUNT)
    paid_in, paid_out = _first(names, _IN), _first(names, _OUT)
    if date is None or (amount is None and (paid_in is None or paid_out is None)):
        return None
    text = tuple(names.index(name) for name in _TEXT if name in names)
    return Columns(
        date=date,
        text=text,
        amount=amount,
        paid_in=None if amount is not None else paid_in,
        paid_out=None if amount is not None else paid_out,
        currency=_first(names, _CURRENCY),
        state=_first(names, _STATE),
    )


def bank(row: Sequence[str]) -> str:
    """Whose heading it is; empty where it is one that nobody in the list uses."""
    names = {heading(cell) for cell in row}
    return next((name for name, marks in _BANKS if marks <= names), "")


def known_banks() -> tuple[str, ...]:
    """Every bank whose table we know, brand by brand, in the order of the alphabet."""
    brands = {brand for name, _ in _BANKS for brand in re.split(r", | or ", name)}
    return tuple(sorted(brands, key=str.casefold))


def _first(names: list[str], known: tuple[str, ...]) -> int | None:
    return next((names.index(name) for name in known if name in names), None)
