"""The causes of a change, like with like, so that a person reads five lines and not five hundred.

Payments that fell due are one line, payments that were made are one line; decisions, balances
brought in and adjustments each keep their own, unless there are so many that like stands with
like there too. The lines still add up exactly.
"""

import datetime as dt
from dataclasses import dataclass

from arrears.core.results import Cause, CauseKind, Change

TOGETHER = {CauseKind.INSTALMENT, CauseKind.PAYMENT, CauseKind.FEE, CauseKind.RECORDED_LATE, CauseKind.STRUCK_OUT}
MOST_LINES = 14  # of one change; more would hide the five that matter


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseGroup:
    """Causes of one kind, oldest first: their sum in pence, and the balance before and after them."""

    kind: CauseKind
    on: dt.date
    amount: int
    before: int
    after: int
    causes: tuple[Cause, ...]


def grouped(change: Change) -> tuple[CauseGroup, ...]:
    """The lines of a change in the order of their first day, running from its ``before`` to its ``after``."""
    lines = _lines(change, TOGETHER)
    if len(lines) > MOST_LINES:
        lines = _lines(change, set(CauseKind))
    found, running = [], change.before
    for causes in lines:
        amount = sum(cause.amount for cause in causes)
        found.append(
            CauseGroup(
                kind=causes[0].kind,
                on=causes[0].on,
                amount=amount,
                before=running,
                after=running + amount,
                causes=tuple(causes),
            )
        )
        running += amount
    return tuple(found)


def _lines(change: Change, together: set[CauseKind]) -> list[list[Cause]]:
    """The causes of each line; of the kinds in ``together`` all stand in one."""
    lines: dict[tuple[CauseKind, int], list[Cause]] = {}
    for place, cause in enumerate(change.causes):
        lines.setdefault((cause.kind, -1 if cause.kind in together else place), []).append(cause)
    return list(lines.values())
