"""Moving between Direct Pay and Collect and Pay: the notices that hold, what was asked, and what was kept.

Values only. What it costs is arrears.core.service_fees; the sentences are moving_words.py.
"""

import datetime as dt
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib import resources
from typing import Any

from arrears.core import rates
from arrears.core.event_values import Event, EventKind
from arrears.core.facts import CaseFacts
from arrears.core.in_force import service_on
from arrears.core.rate_values import Rate
from arrears.core.results import Instalment, Position, Status
from arrears.core.schedule import nth_month
from cases.core.facts import Perspective, ServiceType
from correspondence.core.notices import Notice, arrears_notice, failure_notice, latest_of

_SIDES = ("receiving", "paying")
_FIELDS = {"code", "part", "sides", "says", "source", "url", "checked", "firm"}


class Part(StrEnum):
    """What a sentence about moving is about; the page shows the parts in this order."""

    TEST = "test"
    CHANGES = "changes"
    ASK = "ask"
    REFUSED = "refused"
    BACK = "back"
    SAFETY = "safety"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One sentence with where it is said; ``firm`` False: nobody has verified it."""

    code: str
    part: Part
    sides: frozenset[Perspective]
    says: str
    source: str
    url: str
    checked: dt.date
    firm: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Moving:
    """Where a case stands between the services on a day.

    ``asked`` is the last that was asked or refused since the service began, ``unlikely`` when CMS found
    payments unlikely. ``short`` are payments missed, short or late since then. ``kept_since`` is the first
    payment of the run on time that still goes on, and ``may_ask_from`` when it has lasted long enough.
    """

    on: dt.date
    service: ServiceType | None
    since: dt.date | None
    asked: Event | None
    unlikely: Event | None
    short: tuple[Instalment, ...]
    kept_since: dt.date | None
    may_ask_from: dt.date | None
    rule: Rate
    failure: Notice
    arrears: Notice

    @property
    def can_ask_to_collect(self) -> bool:
        """Say whether the record shows what a request for Collect and Pay rests on."""
        return self.service is ServiceType.DIRECT_PAY and bool(self.short)

    @property
    def can_ask_for_direct(self) -> bool:
        """Say whether the payments were kept for as long as is usually looked for, which is not verified."""
        return self.may_ask_from is not None and self.may_ask_from <= self.on


@lru_cache(maxsize=1)
def said() -> tuple[Said, ...]:
    """Every sentence about moving, in the order of the file. ValueError names what is wrong in it."""
    text = resources.files(__package__).joinpath("moving.toml").read_text(encoding="utf-8")
    return read(text)


def read(text: str) -> tuple[Said, ...]:
    """The sentences of a file's text, strictly."""
    content = tomllib.loads(text)
    found = [_said(one, content.get("sources", {})) for one in content.get("said", [])]
    if len({one.code for one in found}) != len(found):
        raise ValueError("a code is given twice")
    return tuple(found)


def said_to(perspective: Perspective, part: Part) -> tuple[Said, ...]:
    """What is said to one side about one part."""
    return tuple(one for one in said() if one.part is part and perspective in one.sides)


def standing(seen: CaseFacts, at: Position, events: Sequence[Event]) -> Moving:
    """Where the case stands on the day of ``at``. ``seen`` are facts as known then, ``events`` those that stand."""
    on = at.on
    period = service_on(seen, on)
    since = period.from_on if period else None
    past = sorted((one for one in events if one.on <= on), key=lambda one: one.on)
    recent = [one for one in past if since is None or one.on >= since]
    fallen = [one for one in at.instalments if one.due_on < on and (since is None or one.due_on >= since)]
    kept_since = _run(fallen)
    rule: Rate = rates.on(on).kept_before_direct_pay_months
    is_collected = period is not None and period.type is ServiceType.COLLECT_AND_PAY
    return Moving(
        on=on,
        service=period.type if period else None,
        since=since,
        asked=latest_of(recent, *_ASKED),
        unlikely=latest_of(recent, EventKind.FOUND_UNLIKELY_TO_PAY),
        short=tuple(one for one in fallen if one.status in _NOT_AS_DUE),
        kept_since=kept_since,
        may_ask_from=nth_month(kept_since, int(rule.value)) if kept_since and is_collected else None,
        rule=rule,
        failure=failure_notice(past, on=on),
        arrears=arrears_notice(past, at.instalments, on=on),
    )


_ASKED = (
    EventKind.ASKED_COLLECT_AND_PAY, EventKind.REFUSED_COLLECT_AND_PAY, EventKind.ASKED_DIRECT_PAY,
    EventKind.REFUSED_DIRECT_PAY,
)  # fmt: skip
_NOT_AS_DUE = frozenset({Status.MISSED, Status.PART_PAID, Status.PAID_LATE})


def _run(fallen: Sequence[Instalment]) -> dt.date | None:
    """The due date of the first payment of the run on time that goes on; None where the last was not."""
    start = None
    for one in sorted(fallen, key=lambda one: one.due_on, reverse=True):
        if one.status is not Status.PAID_ON_TIME:
            break
        start = one.due_on
    return start


def _said(values: dict[str, Any], sources: dict[str, dict[str, Any]]) -> Said:
    source = sources.get(values.pop("by", ""), {})
    whole: dict[str, Any] = {"firm": True, "sides": list(_SIDES)} | source | values
    if set(whole) != _FIELDS:
        raise ValueError(f"{whole.get('code')}: {', '.join(sorted(set(whole) ^ _FIELDS))}")
    return Said(
        code=whole["code"],
        part=Part(whole["part"]),
        sides=frozenset(Perspective(one) for one in whole["sides"]),
        says=whole["says"],
        source=whole["source"],
        url=whole["url"],
        checked=whole["checked"],
        firm=whole["firm"],
    )
