"""What the events of a record decide: each facet from the latest that is noted of it. No order of the list counts."""

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from arrears.core.event_values import Event, EventKind, Power
from arrears.core.facts import CaseFacts
from arrears.core.in_force import service_on
from cases.core.facts import ServiceType
from correspondence.core.notices import NoticeState, failure_notice
from correspondence.core.steps import snapshot as s
from correspondence.core.steps.fact import Fact

Note = Callable[[Fact, dt.date | None, int | None], None]

#: What takes money again and again. A lump sum is first held in the account, and may be answered.
_DEDUCTIONS = frozenset(
    {
        Power.DEDUCTION_FROM_BENEFITS,
        Power.DEDUCTION_FROM_EARNINGS,
        Power.REGULAR_DEDUCTION,
    }
)
_RUNNING = frozenset({EventKind.ENFORCEMENT_MADE, EventKind.ENFORCEMENT_WORKED})
_WANTED = frozenset({EventKind.ENFORCEMENT_ASKED, EventKind.ENFORCEMENT_STARTED, EventKind.ENFORCEMENT_ON_HOLD})
_IN_VAIN = frozenset({EventKind.ENFORCEMENT_FAILED, EventKind.ENFORCEMENT_ENDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """The events of a record by a day, struck-out ones left out, beside its money facts as known then."""

    on: dt.date
    events: Sequence[Event]
    seen: CaseFacts
    note: Note

    def latest(self, *kinds: EventKind, powers: Collection[Power] = ()) -> Event | None:
        """The latest of these kinds, of these powers where any are named; of one day the last in the list of kinds."""
        places = {kind: place for place, kind in enumerate(EventKind)}
        found = [
            one
            for one in self.events
            if one.kind in kinds
            and one.on <= self.on
            and one.struck_out is None
            and (not powers or one.power in powers)
        ]
        return max(found, key=lambda one: (one.on, places[one.kind]), default=None)

    def asked(self, letter_on: dt.date | None) -> s.Asked:
        """A request for Collect and Pay, by a letter or another way, and what CMS said to it."""
        event = self.latest(EventKind.ASKED_COLLECT_AND_PAY)
        asked_on = max((one for one in (letter_on, event.on if event else None) if one is not None), default=None)
        refused = self.latest(EventKind.REFUSED_COLLECT_AND_PAY)
        period = service_on(self.seen, self.on)
        self.note(Fact.ASKED_COLLECT, asked_on, None)
        came_since = period is not None and period.type is ServiceType.COLLECT_AND_PAY
        if refused is not None and (asked_on is None or refused.on >= asked_on) and not came_since:
            self.note(Fact.REFUSED_COLLECT, refused.on, None)
            return s.Asked.REFUSED
        return s.Asked.WAITING if asked_on is not None and period is not None else s.Asked.NONE

    def is_unlikely(self) -> bool:
        """Whether CMS found that payment is unlikely, and the case has not gone to Direct Pay since."""
        found = self.latest(EventKind.FOUND_UNLIKELY_TO_PAY)
        if found is None:
            return False
        period = service_on(self.seen, self.on)
        self.note(Fact.UNLIKELY, found.on, None)
        return period is None or period.type is not ServiceType.DIRECT_PAY or period.from_on <= found.on

    def has_notice(self) -> bool:
        """Whether the notice that CMS may act on a failure stands in the record, and holds."""
        found = failure_notice([one for one in self.events if one.struck_out is None], on=self.on)
        if found.state is not NoticeState.HOLDS:
            return False
        self.note(Fact.NOTICE_GIVEN, found.on, None)
        return True

    def deduction(self) -> s.Deduction:
        """How the deductions stand together: one that runs counts before one that is wanted, that before a failure."""
        latest = [self.latest(*EventKind, powers=[power]) for power in Power if power in _DEDUCTIONS]
        for kinds, state, fact in (
            (_RUNNING, s.Deduction.RUNNING, Fact.DEDUCTION_RUNNING),
            (_WANTED, s.Deduction.ASKED, Fact.DEDUCTION_ASKED),
            (_IN_VAIN, s.Deduction.FAILED, Fact.DEDUCTION_FAILED),
        ):
            days = [one.on for one in latest if one is not None and one.kind in kinds]
            if days:
                self.note(fact, max(days), None)
                return state
        return s.Deduction.NONE

    def order(self) -> s.Order:
        """A liability order: one that was made and did not end, or else one that CMS asked a court for."""
        order = max(self.seen.orders, key=lambda one: one.granted_on, default=None)
        if order is not None:
            self.note(Fact.ORDER_GRANTED, order.granted_on, order.amount)
            return s.Order.GRANTED
        made = self.latest(*_RUNNING, EventKind.ENFORCEMENT_ENDED, powers=[Power.LIABILITY_ORDER])
        if made is not None and made.kind in _RUNNING:
            self.note(Fact.ORDER_GRANTED, made.on, made.amount)
            return s.Order.GRANTED
        latest = self.latest(*EventKind, powers=[Power.LIABILITY_ORDER])
        if latest is not None and latest.kind is EventKind.ENFORCEMENT_STARTED:
            self.note(Fact.ORDER_APPLIED, latest.on, None)
            return s.Order.APPLIED
        return s.Order.NONE

    def life(self) -> s.Life:
        """Whether the case goes on."""
        died, closed = self.latest(EventKind.OTHER_PARENT_DIED), self.latest(EventKind.CASE_CLOSED)
        period = service_on(self.seen, self.on)
        if died is not None:
            self.note(Fact.DIED, died.on, None)
            return s.Life.DIED
        if closed is None or (period is not None and period.from_on > closed.on):
            return s.Life.OPEN
        self.note(Fact.CLOSED, closed.on, None)
        return s.Life.CLOSED

    def notice(self) -> Event | None:
        """A notice of write-off after which nothing was said or decided, or None."""
        found = self.latest(
            EventKind.WRITE_OFF_NOTICE,
            EventKind.WRITE_OFF_ANSWERED,
            EventKind.WRITE_OFF_DROPPED,
            EventKind.WRITTEN_OFF,
        )
        return found if found is not None and found.kind is EventKind.WRITE_OFF_NOTICE else None

    def is_private(self) -> bool:
        """Whether the parents arranged it between themselves, and CMS does not come into it by the record."""
        return self.private() is s.Private.KEPT and service_on(self.seen, self.on) is None

    def private(self) -> s.Private:
        """What became of an arrangement between the parents."""
        found = self.latest(EventKind.PRIVATE_ARRANGEMENT_MADE, EventKind.PRIVATE_ARRANGEMENT_BROKE)
        if found is None:
            return s.Private.NONE
        if found.kind is EventKind.PRIVATE_ARRANGEMENT_MADE:
            return s.Private.KEPT
        self.note(Fact.PRIVATE_BROKE, found.on, None)
        return s.Private.BROKE

    def ended(self) -> s.Ended:
        """What ended the maintenance, or the wish for the arrears, the latest of them."""
        ends = {
            EventKind.CHILD_LEFT: (s.Ended.CHILD_LEFT, Fact.CHILD_LEFT),
            EventKind.CALCULATION_ENDED: (s.Ended.CALCULATION, Fact.CALCULATION_ENDED),
            EventKind.ARREARS_NOT_WANTED: (s.Ended.NOT_WANTED, Fact.NOT_WANTED),
        }
        found = self.latest(*ends)
        if found is None:
            return s.Ended.NONE
        state, fact = ends[found.kind]
        self.note(fact, found.on, None)
        return state
