"""Money on its way in a case file: read, written, and kept to the right payments (docs/reference/case-file.md)."""

from collections.abc import Mapping
from dataclasses import replace

from arrears.core.case_values import CaseFileError
from arrears.core.facts import CaseFacts, Payment
from arrears.core.strict_json import MOST_ITEMS, Fields, Json, common, day, filled, money, tail
from arrears.core.transit_facts import MOST_LEGS, Leg, LegKind, Way

REFERENCE = 60


def read_legs(top: Fields) -> tuple[Leg, ...]:
    """The list ``transits``; a sum with two ways, and a leg that says no amount, are refused."""
    legs = top.items("transits", _leg, most=MOST_LEGS)
    ways: dict[int, Way] = {}
    for place, leg in enumerate(legs):
        if ways.setdefault(leg.number, leg.way) is not leg.way:
            raise CaseFileError(f"transits[{place}].way", "is not that of the other legs of this sum")
    return legs


def check_payments(legs: tuple[Leg, ...], payments: tuple[Payment, ...]) -> None:
    """Refuse a leg that names a payment which the file does not hold."""
    held = {one.id for one in payments}
    for place, leg in enumerate(legs):
        if leg.payment_id and leg.payment_id not in held:
            raise CaseFileError(f"transits[{place}].payment", "is not the place of a payment in this file")


def write_legs(facts: CaseFacts) -> list[Json]:
    """The list as a case file holds it; a payment is named by its place."""
    places = {one.id: place for place, one in enumerate(facts.payments)}
    return [_written(one, places) for one in facts.transits]


def with_payments(facts: CaseFacts, keys: Mapping[str, str]) -> CaseFacts:
    """The same facts with each leg's payment under the name that it has now."""
    legs = (replace(one, payment_id=keys[one.payment_id]) if one.payment_id else one for one in facts.transits)
    return replace(facts, transits=tuple(legs))


def _leg(fields: Fields) -> Leg:
    on = fields.date("on")
    payment = fields.number("payment", default=0, most=MOST_ITEMS) if fields.has("payment") else None
    leg = Leg(
        number=fields.number("number", default=1, most=MOST_LEGS),
        kind=fields.choice("kind", LegKind),
        way=fields.choice("way", Way),
        on=on,
        recorded_on=fields.date_or("recorded_on", on),
        gross=fields.optional_amount("gross", least=1),
        fee=fields.optional_amount("fee"),
        net=fields.optional_amount("net", least=1),
        reference=fields.text("reference", default="", longest=REFERENCE),
        payment_id="" if payment is None else f"payments[{payment}]",
        **common(fields),
    )
    if leg.number < 1:
        fields.refuse("number", "must be 1 or more")
    if leg.gross is None and leg.net is None:
        fields.refuse("gross", "or net is missing")
    return leg


def _written(one: Leg, places: Mapping[str, int]) -> Json:
    return filled(
        {
            "number": one.number,
            "kind": one.kind.value,
            "way": one.way.value,
            "on": day(one.on),
            "recorded_on": day(one.recorded_on) if one.recorded_on != one.on else None,
            "gross": money(one.gross),
            "fee": money(one.fee),
            "net": money(one.net),
            "reference": one.reference,
            "payment": places.get(one.payment_id),
            **tail(one.note, one.struck_out),
        }
    )
