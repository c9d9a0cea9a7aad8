"""The people of the tests and of the demo. Invented, and always the same four.

Rosa is a receiving parent, Paul a paying parent, Ada an adviser to several people (Rosa among
them), Sam a stranger to all of them. Rosa and Paul are not each other's other parent.
"""

import datetime as dt
from dataclasses import dataclass

from cms_tracker.users.codes import code_of, step_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone with a sign-in. The password is for demonstrations and tests on one's own machine."""

    name: str
    email: str
    password: str
    is_adviser: bool = False
    #: What an app for sign-in codes holds, where the person has one ("": none).
    app_secret: str = ""

    def code(self, at: dt.datetime | None = None) -> str:
        """What the person's app shows at an instant (now)."""
        return code_of(self.app_secret, step_at(at or dt.datetime.now(dt.UTC)))


ROSA = Person(name="Rosa", email="rosa@example.com", password="violet-harbour-lantern")
PAUL = Person(name="Paul", email="paul@example.com", password="copper-meadow-window")
ADA = Person(
    name="Ada",
    email="ada@example.com",
    password="quiet-orchard-bridge",
    is_adviser=True,
    app_secret="FAMILYRECORDSDEMOADAABCDEFGHIJKL",
)
SAM = Person(name="Sam", email="sam@example.com", password="amber-station-pebble")

CAST = (ROSA, PAUL, ADA, SAM)
