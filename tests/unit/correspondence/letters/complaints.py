"""Records for the tests of complaints: one with nothing in it, and contacts of every sort."""

import datetime as dt
import uuid
from dataclasses import replace
from typing import Any

from arrears.core.case_values import ContactKind, Direction, PromiseResult
from cases.core.facts import Nation, Perspective
from correspondence.core.contacts import ContactSeen, PromiseSeen
from correspondence.core.letters.kind import Record
from tests.unit.arrears.build import case, day
from tests.unit.correspondence.letters.build import record
from tests.unit.correspondence.letters.samples import ON, example

CASE_ID = uuid.UUID(int=3)


def bare(side: Perspective = Perspective.RECEIVING, *, nation: Nation = Nation.ENGLAND) -> Record:
    """A record in which nothing stands yet."""
    return record(case(perspective=side.value), ON, nation=nation)


def northern(side: Perspective = Perspective.RECEIVING) -> Record:
    """The full record, in Northern Ireland."""
    return replace(example(side), nation=Nation.NORTHERN_IRELAND)


def contact(on: str, **changes: Any) -> ContactSeen:
    """A call to CMS on a day, unless ``changes`` say otherwise."""
    made = ContactSeen(
        id=uuid.uuid5(CASE_ID, on + repr(changes)), case_id=CASE_ID, at_date=day(on), at_time=None,
        kind=ContactKind.CALL, direction=Direction.OUT, party="CMS",
    )  # fmt: skip
    return replace(made, **changes)


def promise(text: str, *, due_on: dt.date | None = None, outcome: PromiseResult | None = None) -> PromiseSeen:
    """Something that CMS promised on 1 June 2025."""
    return PromiseSeen(
        id=uuid.uuid5(CASE_ID, text), case_id=CASE_ID, contact_id=CASE_ID, made_on=day("2025-06-01"), party="CMS",
        text=text, due_on=due_on, outcome=outcome, outcome_on=day("2025-06-15") if outcome else None,
    )  # fmt: skip
