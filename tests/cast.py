"""The people of the tests and of the demo. Invented, and always the same four.

Rosa is a receiving parent, Paul a paying parent, Ada an adviser to several people (Rosa among
them), Sam a stranger to all of them. Rosa and Paul are not each other's other parent.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone with a sign-in. The password is for demonstrations and tests on one's own machine."""

    name: str
    email: str
    password: str
    is_adviser: bool = False


ROSA = Person(name="Rosa", email="rosa@example.com", password="violet-harbour-lantern")
PAUL = Person(name="Paul", email="paul@example.com", password="copper-meadow-window")
ADA = Person(name="Ada", email="ada@example.com", password="quiet-orchard-bridge", is_adviser=True)
SAM = Person(name="Sam", email="sam@example.com", password="amber-station-pebble")

CAST = (ROSA, PAUL, ADA, SAM)
