"""Read what presses in many cases, in a fixed number of queries."""

import datetime as dt
import uuid
from collections.abc import Collection
from typing import TYPE_CHECKING

from cases.core.facts import Nation
from correspondence.core.pressing import Pressing, pressing
from correspondence.queries.deadlines import deadlines_by_case

if TYPE_CHECKING:
    from cases.models import Case


def pressing_in(cases: Collection["Case"], *, on: dt.date) -> dict[uuid.UUID, Pressing]:
    """What presses in each of these cases on the day ``on``."""
    found = deadlines_by_case(cases, on=on)
    return {case.pk: pressing(found[case.pk], on=on, nation=Nation(case.nation)) for case in cases}
