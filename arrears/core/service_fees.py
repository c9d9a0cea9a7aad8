"""What each service costs each parent: by payment, month and year, now and under an announced change."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from arrears.core import rates
from arrears.core.facts import CaseFacts
from arrears.core.in_force import decision_on, schedule_on
from arrears.core.rate_values import Announced, Rate, Scale
from arrears.core.schedule import full_units, round_units
from cms_tracker.money import round_half_up

_PAYING, _RECEIVING = "collection_fee_paying_parent", "collection_fee_receiving_parent"


class Span(StrEnum):
    """What a line of the comparison is for."""

    PAYMENT = "payment"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class Line(NamedTuple):
    """One span: the maintenance, and what CMS adds for one parent and keeps of the other's; all in pence."""

    span: Span
    maintenance: int
    added: int
    kept: int

    @property
    def paid(self) -> int:
        """What the paying parent pays."""
        return self.maintenance + self.added

    @property
    def reaches(self) -> int:
        """What reaches the receiving parent, if it is paid."""
        return self.maintenance - self.kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A fee that is announced and not in force: for which paying parents, and the lines it would make."""

    change: Announced
    who: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Collect and Pay beside Direct Pay, which has no fee. ``paying`` and ``receiving`` are the rates used."""

    on: dt.date
    weekly: int
    lines: tuple[Line, ...]
    paying: Rate
    receiving: Rate
    planned: tuple[Planned, ...]


def compare(seen: CaseFacts, *, on: dt.date) -> Comparison | None:
    """What moving costs on a day; None where no maintenance is due. ``seen`` are facts as known.

    The fee of a payment is rounded as the ledger rounds it. A month and a year are the law's: 52
    weeks in a year, in twelve parts. Twelve fees, each rounded, can differ from a year's by pence.
    """
    decision, schedule = decision_on(seen, on), schedule_on(seen, on)
    if decision is None or not decision.weekly:
        return None
    each = round_units(full_units(decision, schedule.frequency)) if schedule else None
    now = rates.on(on)
    paying, receiving = now.collection_fee_paying_parent, now.collection_fee_receiving_parent
    return Comparison(
        on=on,
        weekly=decision.weekly,
        lines=_lines(decision.weekly, each, paying.share, receiving.share),
        paying=paying,
        receiving=receiving,
        planned=tuple(
            one for change in rates.table().announced if change.from_on is None or change.from_on > on
            for one in _planned(change, decision.weekly, each)
        ),
    )  # fmt: skip


def _lines(weekly: int, each: int | None, added: Fraction, kept: Fraction) -> tuple[Line, ...]:
    year = weekly * 52
    spans = [(Span.WEEK, weekly), (Span.MONTH, round_half_up(Fraction(year, 12))), (Span.YEAR, year)]
    if each is not None:
        spans.insert(0, (Span.PAYMENT, each))
    return tuple(
        Line(span, amount, round_half_up(amount * added), round_half_up(amount * kept)) for span, amount in spans
    )


def _planned(change: Announced, weekly: int, each: int | None) -> list[Planned]:
    paying, receiving = change.rates.get(_PAYING), change.rates.get(_RECEIVING)
    if not isinstance(paying, Scale) or not isinstance(receiving, Rate):
        return []
    return [
        Planned(change=change, who=row.label, lines=_lines(weekly, each, row.values[0] / 100, receiving.share))
        for row in paying.rows
    ]
