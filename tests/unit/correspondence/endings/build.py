"""Facts of a small case, for the tests of endings."""

import datetime as dt
import uuid
from typing import Any

from arrears.core.case_values import ClockKind, ClockResult
from arrears.core.event_values import Event, EventKind
from arrears.core.facts import Adjustment, AdjustmentKind, CaseFacts
from arrears.core.other_facts import OtherMoney, OtherMoneyKind, Settlement, Step, StepKind
from cases.core.facts import Decision, Nation, Perspective, Scheme
from correspondence.core.clocks import ClockEnding, ClockSeen
from correspondence.core.ending_facts import EndingFacts

ON = dt.date(2026, 11, 23)


def happened(kind: EventKind, on: dt.date = dt.date(2026, 11, 2), amount: int | None = None) -> Event:
    """An event on a day."""
    return Event(kind=kind, on=on, amount=amount)


def clock(kind: ClockKind, reached_on: dt.date, *, ended: bool = False) -> ClockSeen:
    """A clock that counts from a day."""
    ending = ClockEnding(id=uuid.uuid4(), result=ClockResult.DONE, on=reached_on) if ended else None
    return ClockSeen(
        id=uuid.uuid4(), case_id=uuid.uuid4(), kind=kind, dated_on=None, reached_on=reached_on, ending=ending
    )


def settlement(*steps: StepKind, pay_by: dt.date | None = dt.date(2026, 12, 1), key: str = "a") -> Settlement:
    """An offer of £200 instead of £500, with what came of it."""
    return Settlement(
        offered_on=dt.date(2026, 10, 1),
        arrears=50000,
        amount=20000,
        recorded_on=dt.date(2026, 10, 1),
        pay_by=pay_by,
        steps=tuple(
            Step(kind=kind, on=dt.date(2026, 10, 5), recorded_on=dt.date(2026, 10, 5), amount=_amount(kind), id=kind)
            for kind in steps
        ),
        id=key,
    )


def _amount(kind: StepKind) -> int | None:
    return 30000 if kind in {StepKind.AGREED, StepKind.CANCELLED} else None


def taken_off(kind: AdjustmentKind, on: dt.date, amount: int = 5000) -> Adjustment:
    """What CMS took off on a day."""
    return Adjustment(kind=kind, on=on, amount=amount, recorded_on=on, id=f"{kind} {on}")


def sorry(on: dt.date, amount: int = 25000) -> OtherMoney:
    """What CMS paid for its own mistake."""
    return OtherMoney(kind=OtherMoneyKind.CONSOLATORY_PAYMENT, on=on, amount=amount, recorded_on=on, id=str(on))


def decision(effective_on: dt.date) -> Decision:
    """A decision that counts from a day."""
    return Decision(
        weekly=6000, effective_on=effective_on, decided_on=effective_on, notified_on=effective_on, id=str(effective_on)
    )


def facts(
    perspective: Perspective = Perspective.RECEIVING, *, money: dict[str, Any] | None = None, **given: Any
) -> EndingFacts:
    """The facts of a case that owes £500, unless told otherwise."""
    values: dict[str, Any] = {"nation": Nation.ENGLAND, "scheme": Scheme.CMS_2012, "on": ON, "owed": 50000}
    seen = CaseFacts(perspective=perspective, **(money or {}))
    return EndingFacts(perspective=perspective, seen=seen, **(values | given))
