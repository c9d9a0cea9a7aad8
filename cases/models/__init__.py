"""The rows of a case file that do not count money. Private to the cases app."""

from cases.models.authority import Authority, Look
from cases.models.calculation import Calculation, PaymentSchedule, ServicePeriod
from cases.models.case import Case, Child
from cases.models.conflict import ConflictDecision, ConflictMark
from cases.models.desk import Check, CheckedCase, Closing, HandOver
from cases.models.files_to_remove import FilesToRemove
from cases.models.membership import CaseMembership, ClientCode, Invitation
from cases.models.organisation import Holding, Organisation, Post, PostCode, Team
from cases.models.safe_contact import SafeContact
from cases.models.shared_copy import SharedCopy
from cases.models.strike_out import StrikeOut

__all__ = [
    "Authority", "Calculation", "Case", "CaseMembership", "Check", "CheckedCase", "Child", "ClientCode", "Closing",
    "ConflictDecision", "ConflictMark", "FilesToRemove", "HandOver", "Holding", "Invitation", "Look", "Organisation",
    "PaymentSchedule", "Post", "PostCode", "SafeContact", "ServicePeriod", "SharedCopy", "StrikeOut", "Team",
]  # fmt: skip
