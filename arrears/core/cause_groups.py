"""The causes of a change, like with like, so that a person reads five lines and not five hundred.

Payments that fell due are one line, payments that were made are one line; decisions (told late or
not), balances brought in and adjustments each keep their own, unless there are so many that like
stands with like there too. The lines still add up exactly.
"""

import datetime as dt
from collections.abc import Callable
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
    lines = _lines(change, _is_one_of_many)
    if len(lines) > MOST_LINES:
        lines = _lines(change, lambda _: True)
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


def _is_one_of_many(cause: Cause) -> bool:
    return cause.kind in TOGETHER and cause.decision is None


def _lines(change: Change, is_together: Callable[[Cause], bool]) -> list[list[Cause]]:
    """The causes of each line; those ``is_together`` picks stand in one for each kind."""
    lines: dict[tuple[CauseKind, int], list[Cause]] = {}
    for place, cause in enumerate(change.causes):
        lines.setdefault((cause.kind, -1 if is_together(cause) else place), []).append(cause)
    return list(lines.values())
