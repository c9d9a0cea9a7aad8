"""Passwords that are long and still easy to guess: this site's own words, counting, one key held down."""

import re
from itertools import pairwise
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError

from cms_tracker.language import mark, say

#: Letters that must be left when the site's own words are taken out.
ENOUGH_LETTERS = 6
#: Different characters that a password must have.
ENOUGH_CHARACTERS = 5
_EASY = mark("That password is easy to guess here. Try three words that have nothing to do with this site.")
_WORDS = ("childmaintenance", "childsupport", "maintenance", "arrears", "password", "cms", "csa", "records", "record")


class HardToGuess:
    """Refuse a password that is little more than this site's name or subject, or that only counts."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError when too little is left without what anybody would try first."""
        steps = {(ord(after) - ord(before)) % 10 for before, after in pairwise(password)}
        if len(set(password)) < ENOUGH_CHARACTERS or len(steps) == 1:
            raise ValidationError(say(_EASY), code="only_counts")
        letters = left = re.sub(r"[\W\d_]", "", password.lower())
        for word in (re.sub(r"\W", "", settings.SITE_NAME.lower()), *_WORDS):
            left = left.replace(word, "")
        if left != letters and len(left) < ENOUGH_LETTERS:
            raise ValidationError(say(_EASY), code="about_this_site")

    def get_help_text(self) -> str:
        """Say nothing beforehand: one hint beside the field is enough."""
        return ""
