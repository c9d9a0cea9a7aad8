"""What happened in a case, in words: the kinds in their groups, the ways of collecting, and the timeline's items."""

import uuid
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from arrears.core.event_values import Event, EventKind, Power
from cms_tracker.language import Words, mark, say
from cms_tracker.money import pounds
from correspondence.core.timeline import Item, Place, Topic

KINDS = Words(
    {
        EventKind.ARREARS_NOTICE: mark("CMS sent a notice about payments that did not come"),
        EventKind.FAILURE_NOTICE: mark("CMS warned that it may collect if a payment fails (the twelve-month notice)"),
        EventKind.WRITE_OFF_NOTICE: mark("CMS sent a notice that it may write a debt off"),
        EventKind.ASKED_COLLECT_AND_PAY: mark("Somebody asked for Collect and Pay"),
        EventKind.REFUSED_COLLECT_AND_PAY: mark("CMS said no to Collect and Pay"),
        EventKind.ASKED_DIRECT_PAY: mark("Somebody asked for Direct Pay"),
        EventKind.REFUSED_DIRECT_PAY: mark("CMS said no to Direct Pay"),
        EventKind.FOUND_UNLIKELY_TO_PAY: mark("CMS found that payments are unlikely without Collect and Pay"),
        EventKind.CHILD_LEFT: mark("A child left the case"),
        EventKind.CALCULATION_ENDED: mark("The calculation ended"),
        EventKind.CASE_CLOSED: mark("CMS closed the case"),
        EventKind.ARREARS_NOT_WANTED: mark("The receiving parent told CMS not to collect the arrears"),
        EventKind.OTHER_PARENT_DIED: mark("The other parent died"),
        EventKind.PRIVATE_ARRANGEMENT_MADE: mark("The parents made an arrangement of their own"),
        EventKind.PRIVATE_ARRANGEMENT_BROKE: mark("An arrangement between the parents broke down"),
        EventKind.ENFORCEMENT_ASKED: mark("CMS was asked to collect in another way"),
        EventKind.ENFORCEMENT_REFUSED: mark("CMS said no, or not now"),
        EventKind.ENFORCEMENT_STARTED: mark("CMS started to collect in another way"),
        EventKind.ENFORCEMENT_MADE: mark("An order or a deduction was made"),
        EventKind.ENFORCEMENT_WORKED: mark("It worked: money came, or is coming"),
        EventKind.ENFORCEMENT_FAILED: mark("It did not work"),
        EventKind.ENFORCEMENT_ENDED: mark("It ended, or was lifted"),
        EventKind.ENFORCEMENT_ON_HOLD: mark("CMS put it on hold"),
        EventKind.COMPENSATION_ASKED: mark("CMS was asked to pay for its own mistake"),
        EventKind.COMPENSATION_OFFERED: mark("CMS offered to pay for its own mistake"),
        EventKind.COMPENSATION_ACCEPTED: mark("What CMS offered for its mistake was accepted"),
        EventKind.COMPENSATION_REFUSED: mark("A payment for CMS’s mistake was refused"),
        EventKind.OFFSET_ASKED: mark("CMS was asked to set money off"),
        EventKind.OFFSET_ACCEPTED: mark("CMS said that it sets money off"),
        EventKind.OFFSET_REFUSED: mark("CMS said no to setting money off"),
        EventKind.WRITE_OFF_ANSWERED: mark("The notice of a write-off was answered"),
        EventKind.WRITE_OFF_DROPPED: mark("CMS said that it does not write the debt off"),
        EventKind.WRITTEN_OFF: mark("CMS said that it wrote the debt off"),
        EventKind.ESTATE_CLAIM_ASKED: mark("CMS was asked to claim from what somebody left"),
        EventKind.ESTATE_CLAIM_REFUSED: mark("CMS said no to that claim"),
    }
)
POWERS = Words(
    {
        Power.DEDUCTION_FROM_BENEFITS: mark("Deduction from benefits"),
        Power.DEDUCTION_FROM_EARNINGS: mark("Deduction from earnings (order, or request for the armed forces)"),
        Power.REGULAR_DEDUCTION: mark("Regular deduction from a bank account"),
        Power.LUMP_SUM_DEDUCTION: mark("Lump sum deduction from a bank account"),
        Power.LIABILITY_ORDER: mark("Liability order"),
        Power.REGISTER_ENTRY: mark("Entry in the register of judgments (credit record)"),
        Power.ENFORCEMENT_AGENTS: mark("Enforcement agents (bailiffs)"),
        Power.THIRD_PARTY_DEBT_ORDER: mark("Third-party debt order"),
        Power.CHARGING_ORDER: mark("Charging order"),
        Power.ORDER_FOR_SALE: mark("Order for sale"),
        Power.CHARGE_FOR_PAYMENT: mark("Charge for payment"),
        Power.ATTACHMENT: mark("Attachment of goods"),
        Power.ARRESTMENT: mark("Arrestment"),
        Power.INHIBITION: mark("Inhibition"),
        Power.JUDGMENTS_OFFICE: mark("Enforcement of Judgments Office"),
        Power.FREEZING_ORDER: mark("Freezing order"),
        Power.SET_ASIDE: mark("Undoing a transfer of money or property"),
        Power.DRIVING_LICENCE: mark("Driving licence"),
        Power.PASSPORT: mark("Passport"),
        Power.CURFEW: mark("Curfew"),
        Power.PRISON: mark("Prison"),
    }
)
_GROUPS = (
    (mark("A notice from CMS"), EventKind.ARREARS_NOTICE, EventKind.WRITE_OFF_NOTICE),
    (mark("How the money is paid"), EventKind.ASKED_COLLECT_AND_PAY, EventKind.FOUND_UNLIKELY_TO_PAY),
    (mark("Something ended"), EventKind.CHILD_LEFT, EventKind.OTHER_PARENT_DIED),
    (
        mark("An arrangement without CMS"),
        EventKind.PRIVATE_ARRANGEMENT_MADE,
        EventKind.PRIVATE_ARRANGEMENT_BROKE,
    ),
    (mark("Collecting what is owed"), EventKind.ENFORCEMENT_ASKED, EventKind.ENFORCEMENT_ON_HOLD),
    (mark("Settling, and what CMS lets go"), EventKind.COMPENSATION_ASKED, EventKind.ESTATE_CLAIM_REFUSED),
)
#: Kinds that come with a sum of money. The others are not asked for one.
_WITH_A_SUM = frozenset(
    {
        EventKind.ARREARS_NOTICE,
        EventKind.WRITE_OFF_NOTICE,
        EventKind.CASE_CLOSED,
        EventKind.ARREARS_NOT_WANTED,
        EventKind.PRIVATE_ARRANGEMENT_MADE,
        EventKind.ENFORCEMENT_MADE,
        EventKind.ENFORCEMENT_WORKED,
        EventKind.COMPENSATION_ASKED,
        EventKind.COMPENSATION_OFFERED,
        EventKind.COMPENSATION_ACCEPTED,
        EventKind.OFFSET_ASKED,
        EventKind.OFFSET_ACCEPTED,
        EventKind.WRITTEN_OFF,
        EventKind.ESTATE_CLAIM_ASKED,
    }
)


class EventSeen(NamedTuple):
    """An event with the key of its row."""

    id: uuid.UUID
    event: Event

    @property
    def title(self) -> str:
        """What happened, with the way of collecting where it is about one."""
        return title_of(self.event)


def title_of(event: Event) -> str:
    """What happened, with the way of collecting where it is about one."""
    return KINDS[event.kind] if event.power is None else f"{POWERS[event.power]}: {KINDS[event.kind]}"


def groups() -> list[tuple[str, list[tuple[EventKind, str]]]]:
    """Every kind with its words, in groups with their headings, as a person chooses one."""
    kinds = list(EventKind)
    return [
        (say(heading), [(one, KINDS[one]) for one in kinds[kinds.index(first) : kinds.index(last) + 1]])
        for heading, first, last in _GROUPS
    ]


def number_of(kind: EventKind) -> int:
    """What stands for a kind in an address, which says nothing of it."""
    return list(EventKind).index(kind) + 1


def numbered(number: int) -> EventKind | None:
    """The kind of this number, or None."""
    return next((one for one in EventKind if number_of(one) == number), None)


def takes_a_sum(kind: EventKind) -> bool:
    """Whether such an event comes with a sum of money."""
    return kind in _WITH_A_SUM


def event_items(events: Iterable[EventSeen]) -> Iterator[Item]:
    """Each event on its day."""
    for one in events:
        amount = pounds(one.event.amount) if one.event.amount is not None else ""
        yield Item(
            topic=Topic.DECISIONS,
            on=one.event.on,
            title=one.title,
            lines=tuple(line for line in (amount, one.event.note) if line),
            place=Place.EVENTS,
            struck_out=one.event.struck_out,
        )
