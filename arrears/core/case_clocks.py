"""Time limits in a case file: what started each, and what became of it (docs/reference/case-file.md)."""

from arrears.core.case_values import CaseFile, CaseFileError, Clock, ClockEnd, ClockKind, ClockResult
from arrears.core.strict_json import MOST_ITEMS, Fields, Json, day, filled, struck_out, tail

MOST_CLOCKS = 500  # each one is worked out anew for every list


def read_clocks(fields: Fields) -> tuple[Clock, ...]:
    """The clocks of a case file. Their places are checked when all lists are there (``check_places``)."""
    return fields.items("clocks", _clock, most=MOST_CLOCKS)


def check_places(case: CaseFile) -> None:
    """Refuse a clock that names a contact, a letter or a decision that the file does not hold."""
    counts = {"contact": len(case.contacts), "letter": len(case.letters), "decision": len(case.facts.decisions)}
    for number, clock in enumerate(case.clocks):
        for name, most in counts.items():
            place = getattr(clock, name)
            if place is not None and place >= most:
                raise CaseFileError(f"clocks[{number}].{name}", f"is not the place of a {name} in this file")


def write_clocks(clocks: tuple[Clock, ...]) -> list[Json]:
    """The list as a case file holds it."""
    return [
        filled(
            {
                "kind": one.kind.value,
                "dated_on": day(one.dated_on),
                "reached_on": day(one.reached_on),
                "contact": one.contact,
                "letter": one.letter,
                "decision": one.decision,
                "ends": [_written_end(end) for end in one.ends],
                **tail(one.note, one.struck_out),
            }
        )
        for one in clocks
    ]


def _written_end(one: ClockEnd) -> Json:
    return filled({"on": day(one.on), "result": one.result.value, **tail(one.note, one.struck_out)})


def _clock(fields: Fields) -> Clock:
    clock = Clock(
        kind=fields.choice("kind", ClockKind),
        dated_on=fields.optional_date("dated_on"),
        reached_on=fields.optional_date("reached_on"),
        contact=_place(fields, "contact"),
        letter=_place(fields, "letter"),
        decision=_place(fields, "decision"),
        ends=fields.items("ends", _end),
        note=fields.text("note", default=""),
        struck_out=fields.part("struck_out", struck_out),
    )
    if clock.dated_on is None and clock.reached_on is None:
        fields.refuse("dated_on", "or reached_on is missing")
    if clock.dated_on is not None and clock.reached_on is not None and clock.reached_on < clock.dated_on:
        fields.refuse("reached_on", "is before dated_on")
    return clock


def _place(fields: Fields, name: str) -> int | None:
    return fields.number(name, default=0, most=MOST_ITEMS) if fields.has(name) else None


def _end(fields: Fields) -> ClockEnd:
    return ClockEnd(
        on=fields.date("on"),
        result=fields.choice("result", ClockResult),
        note=fields.text("note", default=""),
        struck_out=fields.part("struck_out", struck_out),
    )
