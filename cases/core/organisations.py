"""Organisations that advise people: what a name may be, what a place in one allows, how long things last."""

import re
import unicodedata
from datetime import timedelta
from enum import StrEnum

from cms_tracker.language import say

MOST_IN_A_NAME = 80
SHORTEST_REASON = 20  # characters of the reason for which a supervisor looks into a record (ASVS 2.3.5)
LOOK_LASTS = timedelta(minutes=60)
CODE_LASTS = timedelta(days=7)
CODES_A_DAY = 20

_ADDRESS = re.compile(r"://|//|@|www\b|[^\s.]\.[^\s.]", re.IGNORECASE)


class PostRole(StrEnum):
    """What a person's place in an organisation lets them do. None of these opens a record."""

    ADVISER = "adviser"
    SUPERVISOR = "supervisor"
    CONFLICTS = "conflicts"
    MANAGER = "manager"


class BadName(ValueError):
    """A name that could be used to say something else; the message says why."""


def read_name(typed: str) -> str:
    """The name of an organisation, a team or a person at work, on one line.

    Raises BadName for none, for more than 80 characters, and for one that holds an internet address,
    a line break or an invisible character: names are shown to people whom its owner does not know.
    """
    name = typed.strip(" ")
    if not name:
        raise BadName(say("Enter a name."))
    if any(unicodedata.category(letter) in {"Cc", "Cf", "Zl", "Zp", "Co", "Cn"} for letter in name):
        raise BadName(say("A name is one line of ordinary letters."))
    if len(name) > MOST_IN_A_NAME:
        raise BadName(
            say(
                "A name can have {most_in_a_name} characters. This one has {name}.",
                most_in_a_name=MOST_IN_A_NAME,
                name=len(name),
            )
        )
    if _ADDRESS.search(name):
        raise BadName(say("A name cannot hold a web or e-mail address. Leave out the dots between letters."))
    return " ".join(name.split(" "))
