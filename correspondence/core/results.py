"""What came of the work on a case: the words for each kind, and one result as it is kept."""

import uuid
from typing import NamedTuple

from arrears.core.case_values import Result, ResultKind, ResultMeans, ResultStage

KINDS = {
    ResultKind.PAYMENTS_STARTED: "Payments started, or started again",
    ResultKind.ARREARS_PAID: "Arrears were paid",
    ResultKind.FIGURE_CORRECTED: "A figure was put right",
    ResultKind.BETTER_PLAN: "A repayment plan that can be kept",
    ResultKind.DECISION_CHANGED: "A decision was changed",
    ResultKind.REDRESS: "An apology or a payment for bad service",
    ResultKind.DEBT_REDUCED: "A debt was written off or made smaller",
    ResultKind.UNDERSTOOD: "The person understands where they stand",
    ResultKind.NOTHING: "Nothing changed",
}
STAGES = {
    ResultStage.CALL: "A call or a message",
    ResultStage.LETTER: "A letter",
    ResultStage.RECONSIDERATION: "Mandatory reconsideration",
    ResultStage.TRIBUNAL: "Tribunal",
    ResultStage.COMPLAINT: "Complaint to CMS",
    ResultStage.EXAMINER: "Independent Case Examiner",
    ResultStage.OMBUDSMAN: "Ombudsman",
    ResultStage.ENFORCEMENT: "Enforcement or a court",
}
MEANS = {
    ResultMeans.EXPLANATION: "Explaining the position",
    ResultMeans.LETTER: "A letter that set out the facts",
    ResultMeans.EVIDENCE: "Evidence of payments or income",
    ResultMeans.CHASING: "Chasing what was promised",
    ResultMeans.MEMBER_OF_PARLIAMENT: "A member of parliament",
    ResultMeans.AGREEMENT: "Agreement between the parents",
    ResultMeans.OTHER: "Something else",
}


class ResultSeen(NamedTuple):
    """A result with the key of its row."""

    id: uuid.UUID
    result: Result

    @property
    def kind(self) -> str:
        """What changed."""
        return KINDS[self.result.kind]

    @property
    def stage(self) -> str:
        """How far it had to go."""
        return STAGES[self.result.stage]

    @property
    def means(self) -> str:
        """What did it."""
        return MEANS[self.result.means]
