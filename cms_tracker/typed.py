"""Letters typed where a digit belongs, named so that a person can see them: O for 0, l or I for 1."""

import re

from cms_tracker.language import say

_LOOK_ALIKES = {"O": "0", "o": "0", "l": "1", "I": "1"}


def letter_for_digit(text: str) -> str:
    """One sentence that names the first letter that stands for a digit.

    Empty where the text holds none, or anything else but digits, spaces and the signs of a number
    or a reference: it is then wrong in another way.
    """
    if not re.fullmatch(r"[0-9OolI.,\s-]*[0-9][0-9OolI.,\s-]*|[OolI]", text):
        return ""
    letter = next((char for char in text if char in _LOOK_ALIKES), "")
    return (
        say("You typed a letter {letter}. Use {look_alikes}.", letter=letter, look_alikes=_LOOK_ALIKES[letter])
        if letter
        else ""
    )
