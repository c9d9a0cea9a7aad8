"""What came of the work on a case: the words for each kind, and one result as it is kept."""

import datetime as dt
import uuid
from typing import NamedTuple

from arrears.core.case_values import Result, ResultKind, ResultMeans, ResultStage
from cms_tracker.language import Words, mark

KINDS = Words(
    {
        ResultKind.PAYMENTS_STARTED: mark("Payments started, or started again"),
        ResultKind.ARREARS_PAID: mark("Arrears were paid"),
        ResultKind.FIGURE_CORRECTED: mark("A figure was put right"),
        ResultKind.BETTER_PLAN: mark("A repayment plan that can be kept"),
        ResultKind.DECISION_CHANGED: mark("A decision was changed"),
        ResultKind.REDRESS: mark("An apology or a payment for bad service"),
        ResultKind.DEBT_REDUCED: mark("A debt was written off or made smaller"),
        ResultKind.UNDERSTOOD: mark("The person understands where they stand"),
        ResultKind.NOTHING: mark("Nothing changed"),
    }
)
STAGES = Words(
    {
        ResultStage.CALL: mark("A call or a message"),
        ResultStage.LETTER: mark("A letter"),
        ResultStage.RECONSIDERATION: mark("Mandatory reconsideration"),
        ResultStage.TRIBUNAL: mark("Tribunal"),
        ResultStage.COMPLAINT: mark("Complaint to CMS"),
        ResultStage.EXAMINER: mark("Independent Case Examiner"),
        ResultStage.OMBUDSMAN: mark("Ombudsman"),
        ResultStage.ENFORCEMENT: mark("Enforcement or a court"),
    }
)
MEANS = Words(
    {
        ResultMeans.EXPLANATION: mark("Explaining the position"),
        ResultMeans.LETTER: mark("A letter that set out the facts"),
        ResultMeans.EVIDENCE: mark("Evidence of payments or income"),
        ResultMeans.CHASING: mark("Chasing what was promised"),
        ResultMeans.MEMBER_OF_PARLIAMENT: mark("A member of parliament"),
        ResultMeans.AGREEMENT: mark("Agreement between the parents"),
        ResultMeans.OTHER: mark("Something else"),
    }
)


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


def quarter_of(on: dt.date) -> str:
    """The quarter of a day, like ``2026-4``."""
    return f"{on.year}-{(on.month + 2) // 3}"


def first_day(quarter: str) -> dt.date:
    """The first day of a quarter."""
    year, number = map(int, quarter.split("-"))
    return dt.date(year, 3 * number - 2, 1)


def quarters_before(on: dt.date, *, count: int) -> list[str]:
    """The last quarters that are over by a day, the earliest first."""
    number = on.year * 4 + (on.month - 1) // 3
    return [f"{place // 4}-{place % 4 + 1}" for place in range(number - count, number)]
