"""The amounts of a bank statement, as signed pence. Strict: what is not plainly an amount is not guessed."""

import re

from cms_tracker.language import say
from cms_tracker.money import MAX_PENCE

_AMOUNT = re.compile(
    r"(?P<sign>[-+\u2212]?)\s?(?:£|GBP)?\s?(?P<inner>[-+\u2212]?)(?P<pounds>\d{1,3}(?:,\d{3})+|\d+)"
    r"(?:\.(?P<pence>\d{1,2})0*)?\s?(?:GBP)?(?P<after>[-\u2212]|\s?CR|\s?DR)?",
    re.IGNORECASE | re.ASCII,
)
_PLAIN = re.compile(r"(-?)(\d{1,7})\.(\d\d)", re.ASCII)  # what most files hold, read at once
_MINUS = {"-", "\N{MINUS SIGN}"}


class PenceError(ValueError):
    """An amount that cannot be read; the message says why."""


def signed(text: str) -> int:
    """Read ``-£1,234.56``, ``12.5``, ``7.00 DR`` as pence, negative for money out. Raises PenceError."""
    if plain := _PLAIN.fullmatch(text):
        pence = int(plain[2] + plain[3])
        return -pence if plain[1] else pence
    match = _AMOUNT.fullmatch(text.strip())
    if match is None:
        raise PenceError(say("its amount cannot be read"))
    pounds = match["pounds"].replace(",", "").lstrip("0")
    if len(pounds) > len(str(MAX_PENCE // 100)):
        raise PenceError(say("its amount is over £9,999,999.99"))
    pence = int(pounds or "0") * 100 + int((match["pence"] or "0").ljust(2, "0"))
    after = (match["after"] or "").strip().casefold()
    minus = [sign in _MINUS for sign in (match["sign"], match["inner"], after)]
    return -pence if any(minus) or after == "dr" else pence
