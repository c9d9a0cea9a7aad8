"""The rows that count money. Private to the arrears app."""

from arrears.models.evidence import Evidence
from arrears.models.money import (
    Adjustment,
    Observation,
    OpeningBalance,
    Payment,
    PaymentAllocation,
    Statement,
)
from arrears.models.plan import PlanProposal, RepaymentPlan

__all__ = [
    "Adjustment", "Evidence", "Observation", "OpeningBalance", "Payment", "PaymentAllocation", "PlanProposal",
    "RepaymentPlan", "Statement",
]  # fmt: skip
