"""The records that one paying parent keeps, beside each other: separate debts, shared by children."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from arrears.core.results import Due
from cases.core.case_group import apportion


@dataclass(frozen=True, slots=True, kw_only=True)
class Debt:
    """What is owed to one receiving parent, in pence. ``weekly`` is 0 where nothing is decided."""

    case_id: uuid.UUID
    name: str
    reference: str
    children: int
    weekly: int
    owed: int
    ahead: int
    next_due: Due | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A part of one sum: whose it is, for how many children, and how much, in pence."""

    debt: Debt
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """The weekly amounts in force beside what sharing their sum by children would give, in pence."""

    total: int
    shares: tuple[Share, ...]

    @property
    def is_by_children(self) -> bool:
        """Say whether each weekly amount is within a penny of its share."""
        return all(abs(share.debt.weekly - share.amount) <= 1 for share in self.shares)


def can_share(debts: Sequence[Debt]) -> bool:
    """Say whether a sum can be shared: two debts at least, each with its children named."""
    return len(debts) > 1 and all(debt.children for debt in debts)


def share(amount: int, debts: Sequence[Debt]) -> tuple[Share, ...]:
    """Share a sum by children, in the order of the debts."""
    parts = apportion(amount, [debt.children for debt in debts])
    return tuple(Share(debt=debt, amount=part) for debt, part in zip(debts, parts, strict=True))


def split(debts: Sequence[Debt]) -> Split | None:
    """The weekly amounts beside shares by children; None where they cannot be compared."""
    if not can_share(debts) or not all(debt.weekly for debt in debts):
        return None
    total = sum(debt.weekly for debt in debts)
    return Split(total=total, shares=share(total, debts))


def note(total: str, part: Share, shares: Sequence[Share]) -> str:
    """The note of a payment that was a part of one sum."""
    every = sum(one.debt.children for one in shares)
    return f"Part of one payment of {total}, shared by children: {part.debt.children} of {every}."
