"""The rows that count money. Private to the arrears app."""

from arrears.models.bank import BankReference
from arrears.models.budget import Budget, BudgetLine
from arrears.models.evidence import Evidence
from arrears.models.money import (
    Adjustment,
    Observation,
    OpeningBalance,
    Payment,
    PaymentAllocation,
    Statement,
)
from arrears.models.other_money import Claim, LiabilityOrder, OtherMoney, Settlement, Step
from arrears.models.plan import PlanProposal, RepaymentPlan
from arrears.models.saved_view import SavedView
from arrears.models.shared_plan import SharedPlan, SharedPlanEnd
from arrears.models.snapshot import CaseloadEntry, PositionSnapshot, SnapshotMark
from arrears.models.transit import TransitLeg

__all__ = [
    "Adjustment", "BankReference", "Budget", "BudgetLine", "CaseloadEntry", "Claim", "Evidence", "LiabilityOrder",
    "Observation", "OpeningBalance", "OtherMoney", "Payment", "PaymentAllocation", "PlanProposal", "PositionSnapshot",
    "RepaymentPlan", "SavedView", "Settlement", "SharedPlan", "SharedPlanEnd", "SnapshotMark", "Statement", "Step",
    "TransitLeg",
]  # fmt: skip
