"""A password that names this site or what it is for is the first one that anybody would try."""

import re
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError

#: Letters that must be left when the site's own words are taken out.
ENOUGH_LETTERS = 6
_WORDS = ("childmaintenance", "childsupport", "maintenance", "arrears", "password", "cms", "csa", "records", "record")


class NotAboutThisSite:
    """Refuse a password that is little more than this site's name or subject."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError when too little is left without the words that anybody would guess."""
        left = re.sub(r"[\W\d_]", "", password.lower())
        if not left:  # digits and signs only: the other rules judge those
            return
        for word in (re.sub(r"\W", "", settings.SITE_NAME.lower()), *_WORDS):
            left = left.replace(word, "")
        if len(left) < ENOUGH_LETTERS and any(letter.isalpha() for letter in password):
            raise ValidationError(
                "That password is easy to guess here. Try three words that have nothing to do with this site.",
                code="about_this_site",
            )

    def get_help_text(self) -> str:
        """Say nothing beforehand: one hint beside the field is enough."""
        return ""
