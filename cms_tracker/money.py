"""Pounds and pence, exactly.

Money is GBP and is held as whole pence (``int``). Inside a rule it may be an exact
``Fraction`` of pence; each posted entry is rounded once, half-up, away from zero at
exactly half a penny. There is no float anywhere.
"""

import re
from fractions import Fraction

from cms_tracker.language import say
from cms_tracker.typed import letter_for_digit

MAX_PENCE = 999_999_999  # £9,999,999.99: more is a slip of the keyboard, not a CMS case
_MOST_DIGITS = len(str(MAX_PENCE // 100))  # of the pounds: with as many nines, this is the largest amount

_AMOUNT = re.compile(r"£?\s?(?P<pounds>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.(?P<pence>[0-9]{1,2}))?")
_PLAIN = re.compile(r"[0-9]{1,7}\.[0-9]{2}")


class AmountError(ValueError):
    """An amount that a person typed and that we refuse; the message says why, in one sentence."""


def round_half_up(pence: Fraction) -> int:
    """Round an exact amount of pence to a whole penny, half away from zero (rules section 1)."""
    whole, rest = divmod(abs(pence.numerator), pence.denominator)
    rounded = whole + (1 if 2 * rest >= pence.denominator else 0)
    return rounded if pence >= 0 else -rounded


def pounds(pence: int) -> str:
    """Write pence as people read money: ``£1,234.56``, negative amounts with a true minus sign."""
    sign = "\N{MINUS SIGN}" if pence < 0 else ""
    return f"{sign}£{abs(pence) // 100:,}.{abs(pence) % 100:02d}"


def plain(pence: int) -> str:
    """Write pence as a case file holds money: ``1234.56``, ``-0.05``."""
    sign = "-" if pence < 0 else ""
    return f"{sign}{abs(pence) // 100}.{abs(pence) % 100:02d}"


def parse_typed(text: str) -> int:
    """Read an amount that a person typed and return pence.

    Takes ``£1,234.56``, ``1234.5``, ``200``. Raises AmountError, naming what is wrong, for
    anything else: exponents, NaN, underscores, minus signs, a third decimal, digits of other
    scripts, the letters O and l, and amounts over £9,999,999.99.
    """
    typed = text.strip()
    if not typed:
        raise AmountError(say("Enter an amount, like 200.00."))
    match = _AMOUNT.fullmatch(typed)
    if match is None:
        raise AmountError(_what_is_wrong(typed))
    pounds_typed = match["pounds"].replace(",", "").lstrip("0") or "0"
    if len(pounds_typed) > _MOST_DIGITS:  # before int(), which refuses thousands of digits in its own words
        raise AmountError(say("Enter an amount of £9,999,999.99 or less."))
    return int(pounds_typed) * 100 + int((match["pence"] or "0").ljust(2, "0"))


def parse_plain(text: str) -> int:
    """Read a case file's amount, ``0.00`` to ``9999999.99``, always with two decimals, as pence."""
    if not _PLAIN.fullmatch(text):
        raise AmountError(say("must be an amount in pounds with two decimals, such as 260.00"))
    return int(text.replace(".", ""))


def _what_is_wrong(typed: str) -> str:
    """Name the first thing that stops a typed amount from being read."""
    body = typed.replace("£", "", 1).strip()
    if any(char.isdigit() and not char.isascii() for char in body):
        return say("Use the digits 0 to 9, like 200.00.")
    if body[:1] in {"-", "\N{MINUS SIGN}", "("}:
        return say("Enter an amount without a minus sign, like 200.00.")
    if re.fullmatch(r"[0-9,]+\.[0-9]{3,}", body):
        return say("Use no more than two figures after the point, like 200.00.")
    if re.fullmatch(r"[0-9.]+[eE][-+]?[0-9]+", body):
        return say("Write the amount out in full, like 100000.00. You typed a letter e.")
    if body.casefold().strip("+") in {"nan", "inf", "infinity"}:
        return say("Use numbers only, like 200.00.")
    if "_" in body:
        return say("Leave out the underscore. Use numbers only, like 1000.00.")
    if letter := letter_for_digit(body):
        return letter
    if re.fullmatch(r"[0-9]{1,3}(,?[0-9]{3})*,[0-9]{1,2}", body):
        whole, _, rest = body.rpartition(",")
        return say(
            "Pence come after a point, not a comma. Did you mean {whole}.{ljust}?",
            whole=whole,
            ljust=rest.ljust(2, "0"),
        )
    if "," in body:
        return say("Put the comma before each group of three figures, like 1,234.56, or leave it out.")
    return say("Use numbers only, like 200.00.")
