"""A challenge as a case file holds it: what it is about, and each step that was taken.

There are two routes. A decision about the amount goes to a mandatory reconsideration and a
tribunal; how somebody was treated goes to a complaint. No step moves money.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from cases.core.facts import StruckOut


class ChallengeAbout(StrEnum):
    """Which of the two routes a challenge takes."""

    DECISION = "decision"
    SERVICE = "service"


class ChallengeStepKind(StrEnum):
    """What happened on a route. The order here is the order of steps that lie on one day."""

    RECONSIDERATION_ASKED = "reconsideration_asked"
    RECONSIDERATION_LATE = "reconsideration_late"
    NOTICE_RECEIVED = "notice_received"
    APPEALED = "appealed"
    TRIBUNAL_DECIDED = "tribunal_decided"
    COMPLAINED = "complained"
    ANSWERED = "answered"
    ESCALATED = "escalated"
    FINAL_ANSWER = "final_answer"
    EXAMINER_ASKED = "examiner_asked"
    EXAMINER_REFUSED = "examiner_refused"
    EXAMINER_REPORTED = "examiner_reported"
    REFERRAL_ASKED = "referral_asked"
    OMBUDSMAN_HAS_IT = "ombudsman_has_it"
    OMBUDSMAN_DECIDED = "ombudsman_decided"
    MP_TOLD = "mp_told"
    MP_ANSWERED = "mp_answered"
    PUT_RIGHT = "put_right"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChallengeStep:
    """One step on a day. ``letter`` and ``contact`` are places in the file's lists, from 0."""

    kind: ChallengeStepKind
    on: dt.date
    letter: int | None = None
    contact: int | None = None
    note: str = ""
    struck_out: StruckOut | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge:
    """One matter on one route.

    ``known_on`` is the day the person was told of the decision, or first knew of what went wrong.
    ``decision`` is its place among the file's calculations, from 0. ``note`` is the reason.
    """

    about: ChallengeAbout
    what: str
    known_on: dt.date
    decision: int | None = None
    steps: tuple[ChallengeStep, ...] = ()
    note: str = ""
    struck_out: StruckOut | None = None
