"""The 12-digit CMS reference: read, check, print in groups.

Source: the leaflet "How we work out child maintenance" (1 April 2026): twelve digits that start
with 12. Both parents hold the same one, so it never identifies a case file here.
"""

import re

from cms_tracker.language import say
from cms_tracker.typed import letter_for_digit


class BadReference(ValueError):
    """A reference that cannot be a CMS reference; the message says why."""


def parse(text: str) -> str:
    """Return the twelve digits of a typed reference. Spaces and hyphens are taken.

    Raises BadReference when it is not twelve digits, naming a letter that was typed for one.
    """
    digits = re.sub(r"[\s-]", "", text)
    if not re.fullmatch(r"[0-9]{12}", digits):
        if letter := letter_for_digit(digits):
            raise BadReference(letter)
        raise BadReference(say("Enter the 12 digits from the top of a CMS letter, like 1200 1234 5678."))
    return digits


def looks_usual(reference: str) -> bool:
    """Say whether a reference starts with 12, as CMS references do; others are worth a second look."""
    return reference.startswith("12")


def grouped(reference: str) -> str:
    """Print a reference in groups of four, as a person reads it out."""
    return " ".join(reference[start : start + 4] for start in range(0, len(reference), 4))
