"""The records that one paying parent keeps, beside each other: separate debts, shared by children."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace

from arrears.core.results import Due
from cases.core.case_group import apportion
from cases.core.references import grouped
from cms_tracker.language import say


@dataclass(frozen=True, slots=True, kw_only=True)
class Debt:
    """What is owed to one receiving parent, in pence.

    ``weekly`` is that of the decision in force: 0 where it says that nothing is due, None where there is none.
    """

    case_id: uuid.UUID
    name: str
    reference: str
    children: int
    weekly: int | None
    owed: int
    ahead: int
    next_due: Due | None
    called: str = ""  # its name in a sentence, where it stands beside the others

    @property
    def next_total(self) -> int:
        """What is to be paid on the next payment date, in pence, the fee included; 0 where there is none."""
        return self.next_due.amount + self.next_due.fee if self.next_due else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A part of one sum: whose it is, for how many children, and how much, in pence."""

    debt: Debt
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """The weekly amounts in force beside what sharing their sum by children would give, in pence.

    Each of ``weekly`` stands beside the share of the same place. ``children`` is how many there are in all.
    """

    total: int
    children: int
    weekly: tuple[int, ...]
    shares: tuple[Share, ...]

    @property
    def is_by_children(self) -> bool:
        """Say whether each weekly amount is within a penny of its share."""
        pairs = zip(self.weekly, self.shares, strict=True)
        return all(abs(weekly - share.amount) <= 1 for weekly, share in pairs)


def going_on(debts: Sequence[Debt]) -> list[Debt]:
    """The debts to which more may be added: all but those whose decision in force says that nothing is due."""
    return [debt for debt in debts if debt.weekly != 0]


def told_apart(debts: Sequence[Debt]) -> list[Debt]:
    """The same debts, each called by its name, and by its reference too where another has that name."""
    names = [debt.name for debt in debts]
    return [
        replace(debt, called=f"{debt.name} ({grouped(debt.reference)})" if names.count(debt.name) > 1 else debt.name)
        for debt in debts
    ]


def can_share(debts: Sequence[Debt]) -> bool:
    """Say whether a sum can be shared: two debts at least go on, each with its children named."""
    going = going_on(debts)
    return len(going) > 1 and all(debt.children for debt in going)


def share(amount: int, debts: Sequence[Debt]) -> tuple[Share, ...]:
    """Share a sum by children between the debts that go on, in their order."""
    going = going_on(debts)
    parts = apportion(amount, [debt.children for debt in going])
    return tuple(Share(debt=debt, amount=part) for debt, part in zip(going, parts, strict=True))


def split(debts: Sequence[Debt]) -> Split | None:
    """The weekly amounts beside shares by children; None where they cannot be compared."""
    going = going_on(debts)
    weekly = tuple(debt.weekly for debt in going if debt.weekly is not None)
    if not can_share(debts) or len(weekly) < len(going):
        return None
    total = sum(weekly)
    return Split(total=total, children=sum(debt.children for debt in going), weekly=weekly, shares=share(total, debts))


def note(total: str, part: Share, shares: Sequence[Share]) -> str:
    """The note of a payment that was a part of one sum."""
    every = sum(one.debt.children for one in shares)
    return say(
        "Part of one payment of {total}, shared by children: {children} of {every}.",
        total=total,
        children=part.debt.children,
        every=every,
    )
