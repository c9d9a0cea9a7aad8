"""The ways in which CMS collects, as a guide lists them: together where they are the same, and by nation."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from cases.core.facts import Nation
from cms_tracker.money import pounds
from correspondence.core import powers
from correspondence.core.events import POWERS
from correspondence.core.powers import Group, PowerRule, Said, Source

_EVERYWHERE = frozenset(Nation)


class Listing(StrEnum):
    """One list of a guide. The first three are the same in every nation."""

    FIRST = "first"
    ANY_TIME = "any_time"
    LAST_RESORT = "last_resort"
    ENGLAND_AND_WALES = "england_and_wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern_ireland"


_NATIONS = {
    Listing.ENGLAND_AND_WALES: Nation.ENGLAND,
    Listing.SCOTLAND: Nation.SCOTLAND,
    Listing.NORTHERN_IRELAND: Nation.NORTHERN_IRELAND,
}
_GROUPS = {
    Listing.FIRST: {Group.DEDUCTION, Group.ORDER},
    Listing.ANY_TIME: {Group.ANY_TIME},
    Listing.LAST_RESORT: {Group.LAST_RESORT},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way of collecting on a day: its charge in words (empty where none is listed), limits and answers."""

    title: str
    what: str
    charge: str
    charge_source: Source | None
    facts: list[Said]
    answers: list[Said]


def ways(listing: Listing, *, on: dt.date) -> list[Way]:
    """The ways of one list, in the order in which they can come."""
    return [_way(rule, on) for rule in powers.rules().values() if _stands_in(rule, listing)]


def _stands_in(rule: PowerRule, listing: Listing) -> bool:
    if listing in _NATIONS:
        return rule.nations != _EVERYWHERE and _NATIONS[listing] in rule.nations
    return rule.nations == _EVERYWHERE and rule.group in _GROUPS[listing]


def _way(rule: PowerRule, on: dt.date) -> Way:
    charge = rule.charge_on(on)
    answers = list(dict.fromkeys(one for nation in Nation for one in rule.answers_on(on, nation=nation)))
    return Way(
        title=POWERS[rule.power],
        what=rule.what,
        charge=pounds(charge[0]).removesuffix(".00") if charge else "",
        charge_source=charge[1] if charge else None,
        facts=rule.facts_on(on),
        answers=answers,
    )
