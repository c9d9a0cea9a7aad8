"""The codes of the second step: six figures from an app, and the recovery codes on paper. Plain rules.

An app's code is RFC 6238: SHA-1, six figures, a new one every 30 seconds. It is taken one step early
or late, because clocks differ, and each step once (OWASP ASVS 5.0, 6.5.1 and 6.5.5).
"""

import base64
import datetime as dt
import hashlib
import hmac
import re
import secrets
import struct
from urllib.parse import quote, urlencode

PERIOD = 30  # seconds
FIGURES = 6
LEEWAY = 1  # steps, either way
_SECRET_BYTES = 20  # the length of a SHA-1 digest, as RFC 4226 recommends

RECOVERY_CODES = 10
#: Without letters and figures that are taken for another.
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
_RECOVERY_LENGTH = 12  # of 31 characters: 59 bits; ASVS 6.5.4 asks for 20 at least


def new_secret() -> str:
    """A secret for an app, in base32, as apps read it."""
    return base64.b32encode(secrets.token_bytes(_SECRET_BYTES)).decode("ascii")


def step_at(at: dt.datetime) -> int:
    """The number of the 30 seconds that an instant lies in."""
    return int(at.timestamp()) // PERIOD


def code_of(secret: str, step: int) -> str:
    """The six figures that an app with this secret shows during a step."""
    key = base64.b32decode(secret)
    digest = hmac.new(key, struct.pack(">Q", step), hashlib.sha1).digest()
    offset = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return str(number % 10**FIGURES).zfill(FIGURES)


def step_of(code: str, *, secret: str, at: dt.datetime) -> int | None:
    """The step whose code was typed, among those that are taken at this instant; None for any other text."""
    typed = re.sub(r"[\s-]", "", code)
    if not (typed.isascii() and typed.isdigit()):
        return None
    found = None
    for step in range(step_at(at) - LEEWAY, step_at(at) + LEEWAY + 1):
        if hmac.compare_digest(code_of(secret, step), typed):
            found = step
    return found


def address_for_app(secret: str, *, site_name: str) -> str:
    """What the square picture says: the site's neutral name and the secret, and no e-mail address.

    An app lists its entries to whoever holds the phone.
    """
    name = quote(site_name)
    return f"otpauth://totp/{name}?{urlencode({'secret': secret, 'issuer': site_name}, quote_via=quote)}"


def new_recovery_codes() -> list[str]:
    """Codes to write down, like ``3-k4fw-9m2x-tq7h``; the first figures are the number of the code."""
    return [f"{number}-{_grouped(_random())}" for number in range(1, RECOVERY_CODES + 1)]


def number_and_words(code: str) -> tuple[str, str] | None:
    """The number of a recovery code and its letters, as they are compared; None for what is no such code."""
    typed = re.fullmatch(r"\s*(\d{1,2})\s*[-. ]\s*([0-9a-zA-Z\s-]{1,40})", code)
    if typed is None:
        return None
    return typed[1], re.sub(r"[\s-]", "", typed[2]).lower()


def _random() -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(_RECOVERY_LENGTH))


def _grouped(word: str) -> str:
    return "-".join(word[start : start + 4] for start in range(0, len(word), 4))
