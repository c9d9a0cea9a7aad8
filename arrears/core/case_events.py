"""What happened in a case, in a case file (docs/reference/case-file.md)."""

from arrears.core.event_values import Event, EventKind, Power
from arrears.core.strict_json import Fields, Json, day, filled, money, struck_out, tail

MOST_EVENTS = 500


def read_events(fields: Fields) -> tuple[Event, ...]:
    """The events of a case file."""
    return fields.items("events", _event, most=MOST_EVENTS)


def write_events(events: tuple[Event, ...]) -> list[Json]:
    """The list as a case file holds it."""
    return [
        filled(
            {
                "on": day(one.on),
                "kind": one.kind.value,
                "power": one.power.value if one.power else None,
                "amount": money(one.amount),
                **tail(one.note, one.struck_out),
            }
        )
        for one in events
    ]


def _event(fields: Fields) -> Event:
    kind = fields.choice("kind", EventKind)
    if fields.has("power") and not kind.names_a_power:
        fields.refuse("power", "belongs to a step of enforcement")
    return Event(
        kind=kind,
        on=fields.date("on"),
        power=fields.choice("power", Power) if kind.names_a_power else None,
        amount=fields.optional_amount("amount", least=1),
        note=fields.text("note", default=""),
        struck_out=fields.part("struck_out", struck_out),
    )
