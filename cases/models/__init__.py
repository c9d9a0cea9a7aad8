"""The rows of a case file that do not count money. Private to the cases app."""

from cases.models.calculation import Calculation, PaymentSchedule, ServicePeriod
from cases.models.case import Case, Child
from cases.models.membership import CaseMembership, Invitation
from cases.models.safe_contact import SafeContact
from cases.models.shared_copy import SharedCopy
from cases.models.strike_out import StrikeOut

__all__ = [
    "Calculation", "Case", "CaseMembership", "Child", "Invitation", "PaymentSchedule", "SafeContact",
    "ServicePeriod", "SharedCopy", "StrikeOut",
]  # fmt: skip
