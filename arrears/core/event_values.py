"""What happened in a case beside money, decisions and words: the kinds, as a case file and the rows name them.

The order of the members is kept for good: an event's place in it stands in an address.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from cases.core.facts import StruckOut


class EventKind(StrEnum):
    """What happened: a notice, a change of service, an end, a private arrangement, or a step of enforcement."""

    ARREARS_NOTICE = "arrears_notice"
    FAILURE_NOTICE = "failure_notice"
    WRITE_OFF_NOTICE = "write_off_notice"
    ASKED_COLLECT_AND_PAY = "asked_collect_and_pay"
    REFUSED_COLLECT_AND_PAY = "refused_collect_and_pay"
    ASKED_DIRECT_PAY = "asked_direct_pay"
    REFUSED_DIRECT_PAY = "refused_direct_pay"
    FOUND_UNLIKELY_TO_PAY = "found_unlikely_to_pay"
    CHILD_LEFT = "child_left"
    CALCULATION_ENDED = "calculation_ended"
    CASE_CLOSED = "case_closed"
    ARREARS_NOT_WANTED = "arrears_not_wanted"
    OTHER_PARENT_DIED = "other_parent_died"
    PRIVATE_ARRANGEMENT_MADE = "private_arrangement_made"
    PRIVATE_ARRANGEMENT_BROKE = "private_arrangement_broke"
    ENFORCEMENT_ASKED = "enforcement_asked"
    ENFORCEMENT_REFUSED = "enforcement_refused"
    ENFORCEMENT_STARTED = "enforcement_started"
    ENFORCEMENT_MADE = "enforcement_made"
    ENFORCEMENT_WORKED = "enforcement_worked"
    ENFORCEMENT_FAILED = "enforcement_failed"
    ENFORCEMENT_ENDED = "enforcement_ended"
    ENFORCEMENT_ON_HOLD = "enforcement_on_hold"
    COMPENSATION_ASKED = "compensation_asked"
    COMPENSATION_OFFERED = "compensation_offered"
    COMPENSATION_ACCEPTED = "compensation_accepted"
    COMPENSATION_REFUSED = "compensation_refused"
    OFFSET_ASKED = "offset_asked"
    OFFSET_ACCEPTED = "offset_accepted"
    OFFSET_REFUSED = "offset_refused"
    WRITE_OFF_ANSWERED = "write_off_answered"
    WRITE_OFF_DROPPED = "write_off_dropped"
    WRITTEN_OFF = "written_off"
    ESTATE_CLAIM_ASKED = "estate_claim_asked"
    ESTATE_CLAIM_REFUSED = "estate_claim_refused"

    @property
    def names_a_power(self) -> bool:
        """Whether it is a step of enforcement, which always says by which power."""
        return self.value.startswith("enforcement_")


class Power(StrEnum):
    """A way to collect arrears that needs nobody's agreement. Which of them exist depends on the nation."""

    DEDUCTION_FROM_BENEFITS = "deduction_from_benefits"
    DEDUCTION_FROM_EARNINGS = "deduction_from_earnings"
    REGULAR_DEDUCTION = "regular_deduction"
    LUMP_SUM_DEDUCTION = "lump_sum_deduction"
    LIABILITY_ORDER = "liability_order"
    REGISTER_ENTRY = "register_entry"
    ENFORCEMENT_AGENTS = "enforcement_agents"
    THIRD_PARTY_DEBT_ORDER = "third_party_debt_order"
    CHARGING_ORDER = "charging_order"
    ORDER_FOR_SALE = "order_for_sale"
    CHARGE_FOR_PAYMENT = "charge_for_payment"
    ATTACHMENT = "attachment"
    ARRESTMENT = "arrestment"
    INHIBITION = "inhibition"
    JUDGMENTS_OFFICE = "judgments_office"
    FREEZING_ORDER = "freezing_order"
    SET_ASIDE = "set_aside"
    DRIVING_LICENCE = "driving_licence"
    PASSPORT = "passport"
    CURFEW = "curfew"
    PRISON = "prison"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened on a day. ``power`` is there exactly where the kind names one; ``amount`` in pence.

    An event changes nothing of what is owed.
    """

    kind: EventKind
    on: dt.date
    power: Power | None = None
    amount: int | None = None
    note: str = ""
    struck_out: StruckOut | None = None
