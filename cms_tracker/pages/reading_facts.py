"""What a guide states in figures, taken from the dated data for one day, each with its source."""

import datetime as dt
from dataclasses import dataclass

from arrears.core import rates
from arrears.core.case_values import ClockKind
from arrears.core.rate_values import Basis, Certainty, Rate, Scale
from arrears.presenters.rates import written
from cms_tracker.days import day
from cms_tracker.language import month_of_year, say
from cms_tracker.pages.core.reading import Guide
from correspondence.core import clock_rules, contact_data
from correspondence.core.clock_rules import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A figure as a sentence of a guide writes it, with where it is said and when it was checked.

    ``basis``: a word of warning beside its source, like that it is policy and not law, or empty.
    """

    text: str
    source: str
    url: str
    checked: dt.date
    firm: bool
    basis: str = ""

    def __str__(self) -> str:
        """Write the figure; one that nobody verified says so wherever it stands."""
        return self.text if self.firm else say("{text} (not verified by us)", text=self.text)


def facts_of(guide: Guide, *, on: dt.date) -> dict[str, Fact]:
    """Every figure of a guide by the name its template uses, on a day. KeyError where there is no such data."""
    return {name: _fact(guide, reference, on) for name, reference in guide.facts.items()}


def _fact(guide: Guide, reference: str, on: dt.date) -> Fact:
    kind, _, rest = reference.partition(":")
    name, _, key = rest.partition("/")
    if kind == "rate":
        return _of_rate(name, key, on)
    if kind == "announced":
        return _of_announced(name, key)
    if kind == "clock":
        return _of_clock(name, key)
    if reference == "contact:estates":
        known = contact_data.estates()
        return Fact(text=day(known.day), source=known.source, url=known.url, checked=known.checked, firm=True)
    if kind == "figure":
        figure = guide.figures[name]
        source = figure.source
        return Fact(text=figure.value, source=source.says, url=source.url, checked=source.checked, firm=source.firm)
    raise KeyError(reference)


def _of_rate(name: str, key: str, on: dt.date) -> Fact:
    in_force = rates.on(on)
    if key:
        scale = in_force.scale(name)
        return _cited(scale, written(scale.of(key), _unit(scale)))
    rate: Rate = getattr(in_force, name)
    return _cited(rate, written(rate.value, _unit(rate)))


def _of_announced(name: str, key: str) -> Fact:
    change = next(one for one in rates.table().announced if one.name == name)
    said = {"announced_on": month_of_year(change.announced_on), "expected": change.expected}
    if key in said:
        return Fact(text=said[key], source=change.source, url=change.url, checked=change.checked, firm=True)
    rate_name, _, row = key.partition("/")
    rate = change.rates[rate_name]
    return _cited(rate, written(rate.of(row) if isinstance(rate, Scale) else rate.value, _unit(rate)))


def _of_clock(name: str, key: str) -> Fact:
    rule = clock_rules.rules()[ClockKind(name)]
    reading = rule.latest if key == "latest" else rule.readings[int(key or 0)]
    if reading is None:
        raise KeyError(f"{name} has no latest day")
    return of_reading(reading)


def of_reading(reading: Reading) -> Fact:
    """What one source says of a time limit, in its own words: "30 days after you were told"."""
    return Fact(
        text=reading.says, source=reading.source, url=reading.url, checked=reading.checked, firm=reading.firm
    )  # fmt: skip


def _unit(rate: Rate | Scale) -> str:
    return "working days" if rate.unit.startswith("working days") else rate.unit.partition(" ")[0].rstrip(",")


def _cited(rate: Rate | Scale, text: str) -> Fact:
    return Fact(
        text=text,
        source=rate.source,
        url=rate.url,
        checked=rate.checked,
        firm=rate.certainty is Certainty.VERIFIED,
        basis=say("CMS policy, not law") if rate.basis is Basis.POLICY else "",
    )
