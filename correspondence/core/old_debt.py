"""Old Child Support Agency debts: whether CMS asked before writing one off, by its size and its age.

GOV.UK guidance of 14 December 2018; the thresholds are dated data (``old_scheme_debt`` in
``rates.toml``). Nothing here says whether a debt can still be collected.
"""

import datetime as dt
from enum import StrEnum

from arrears.core import rates
from arrears.core.schedule import nth_month

_TEN_YEARS = 120  # months


class OldDebt(StrEnum):
    """What CMS's guidance said of a debt of that size and age."""

    ASKED_FIRST = "asked_first"
    WITHOUT_ASKING = "without_asking"
    DEPENDS_ON_AGE = "depends_on_age"


def old_debt(amount: int, *, began_on: dt.date | None, on: dt.date) -> OldDebt:
    """Say which it was for ``amount`` pence, owed to one receiving parent, in a case that began on ``began_on``.

    A case is ten years old from the tenth anniversary of its first day. Where that day is not
    known, a debt between the two thresholds depends on it.
    """
    under, over = thresholds(on)
    if began_on is None:
        if amount > over:
            return OldDebt.ASKED_FIRST
        return OldDebt.WITHOUT_ASKING if amount <= under else OldDebt.DEPENDS_ON_AGE
    least = over if nth_month(began_on, _TEN_YEARS) <= on else under
    return OldDebt.ASKED_FIRST if amount > least else OldDebt.WITHOUT_ASKING


def thresholds(on: dt.date) -> tuple[int, int]:
    """The two sums in pence above which CMS asked first: for a case under ten years old, and for an older one."""
    scale = rates.on(on).scale("old_scheme_debt")
    return int(scale.of("under_ten_years") * 100), int(scale.of("ten_years") * 100)
