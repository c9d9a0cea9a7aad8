"""The pots in words: what each holds, who it is owed to, and where every number comes from."""

from typing import NamedTuple

from arrears.core import words
from arrears.core.facts import CaseFacts
from arrears.core.other_facts import OtherMoney, OtherMoneyKind
from arrears.core.pots import Charges, Pots
from arrears.core.rate_values import Cited, Row, figures

_TAKES = frozenset({OtherMoneyKind.ENFORCEMENT_CHARGE_PAID, OtherMoneyKind.ENFORCEMENT_CHARGE_WAIVED})


class PotLine(NamedTuple):
    """One entry of a pot; ``amount`` is signed pence, what it adds to the pot."""

    fact: OtherMoney
    word: str
    amount: int


class Usual(NamedTuple):
    """What CMS charges for one step, as people write it."""

    label: str
    amount: str


def charge_lines(charges: Charges) -> list[PotLine]:
    """Every charge, and what was paid or taken back, oldest first."""
    return [
        PotLine(one, words.OTHER_MONEY[one.kind], -one.amount if one.kind in _TAKES else one.amount)
        for one in charges.entries
    ]


def consolatory_lines(pots: Pots) -> list[PotLine]:
    """What CMS paid for its own mistakes."""
    return [PotLine(one, words.OTHER_MONEY[one.kind], one.amount) for one in pots.consolatory_entries]


def usual(scale: tuple[Cited, tuple[Row, ...]]) -> list[Usual]:
    """The usual charges."""
    return [Usual(row.label, f"£{figures(row.values[0])}") for row in scale[1]]


def struck_lines(facts: CaseFacts) -> list[PotLine]:
    """Entries of any pot that were slips."""
    return [PotLine(one, words.OTHER_MONEY[one.kind], one.amount) for one in facts.other_money if one.struck_out]
