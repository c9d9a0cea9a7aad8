"""What a case file holds beside the facts that the engine reads: who, and what was said and sent.

Values only, the common language of export, import and the commands (rules section 7).
"""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from arrears.core.challenge_values import Challenge
from arrears.core.event_values import Event
from arrears.core.facts import CaseFacts
from cases.core.facts import Frequency, Nation, Scheme, StruckOut

FORMAT = "cms-tracker-case/1"


class CaseFileError(ValueError):
    """A case file that is refused: ``path`` names the field (``payments[3].amount``), ``message`` says why."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path = path
        self.message = message


class ContactKind(StrEnum):
    """How a contact was made."""

    CALL = "call"
    LETTER = "letter"
    ONLINE = "online"
    TEXT = "text"
    MEETING = "meeting"


class Direction(StrEnum):
    """Who made the contact: ``OUT`` is this file's person, ``IN`` the other side."""

    IN = "in"
    OUT = "out"


class PromiseResult(StrEnum):
    """What became of a promise."""

    KEPT = "kept"
    NOT_KEPT = "not_kept"


class PostedHow(StrEnum):
    """How a letter left the house."""

    POST = "post"
    TRACKED = "tracked"
    ONLINE = "online"
    BY_HAND = "by_hand"


class LetterStepKind(StrEnum):
    """What happened to a letter after it was made. ``WITHDRAWN``: it was not sent, or was taken back."""

    POSTED = "posted"
    DELIVERED = "delivered"
    RETURNED = "returned"
    REPLY_RECEIVED = "reply_received"
    WITHDRAWN = "withdrawn"


class ClockKind(StrEnum):
    """A step with a time limit, or an answer that somebody owes by a day."""

    RECONSIDERATION = "reconsideration"
    TRIBUNAL = "tribunal"
    COMPLAINT_REPLY = "complaint_reply"
    EXAMINER = "examiner"
    OMBUDSMAN = "ombudsman"
    WRITE_OFF = "write_off"
    CSA_WRITE_OFF = "csa_write_off"
    ACCESS_REQUEST = "access_request"
    DEDUCTION_ORDER = "deduction_order"
    LIABILITY_ORDER_OBJECTION = "liability_order_objection"
    ALLEGED_MISS = "alleged_miss"
    OWN_STEP = "own_step"


class ClockResult(StrEnum):
    """What became of a clock."""

    DONE = "done"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockEnd:
    """What became of a clock, on which day, and why."""

    on: dt.date
    result: ClockResult
    note: str = ""
    struck_out: StruckOut | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """What started a time limit: the day on a letter (or of sending), the day it came, or both.

    ``contact``, ``letter`` and ``decision`` are the places in the file's lists, from 0, of what it
    came from. Of ``ends``, in the order in which they were noted, the last one counts.
    """

    kind: ClockKind
    dated_on: dt.date | None = None
    reached_on: dt.date | None = None
    contact: int | None = None
    letter: int | None = None
    decision: int | None = None
    ends: tuple[ClockEnd, ...] = ()
    note: str = ""
    struck_out: StruckOut | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a promise, and on which day that was noted."""

    on: dt.date
    result: PromiseResult
    note: str = ""
    struck_out: StruckOut | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """Something that someone said they would do, by ``due_on`` if they gave a day.

    Of ``outcomes``, in the order in which they were noted, the last one counts.
    """

    text: str
    due_on: dt.date | None = None
    outcomes: tuple[Outcome, ...] = ()
    note: str = ""
    struck_out: StruckOut | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileNote:
    """What was typed of a file of evidence, and its fingerprint. The file itself does not travel."""

    shows: str
    happened_on: dt.date
    recorded_on: dt.date
    name: str
    media_type: str
    size: int
    sha256: str
    note: str = ""
    struck_out: StruckOut | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A call, letter, message or meeting. ``at`` is a day, or an aware instant if the time is known."""

    at: dt.date | dt.datetime
    kind: ContactKind
    direction: Direction
    with_whom: str = ""
    spoke_to: str = ""
    reference: str = ""
    summary: str = ""
    recorded_on: dt.date | None = None
    promises: tuple[Promise, ...] = ()
    files: tuple[FileNote, ...] = ()
    note: str = ""
    struck_out: StruckOut | None = None


class ResultKind(StrEnum):
    """What changed for the family in the end."""

    PAYMENTS_STARTED = "payments_started"
    ARREARS_PAID = "arrears_paid"
    FIGURE_CORRECTED = "figure_corrected"
    BETTER_PLAN = "better_plan"
    DECISION_CHANGED = "decision_changed"
    REDRESS = "redress"
    DEBT_REDUCED = "debt_reduced"
    UNDERSTOOD = "understood"
    NOTHING = "nothing"


class ResultStage(StrEnum):
    """How far the case had to go for it."""

    CALL = "call"
    LETTER = "letter"
    RECONSIDERATION = "reconsideration"
    TRIBUNAL = "tribunal"
    COMPLAINT = "complaint"
    EXAMINER = "examiner"
    OMBUDSMAN = "ombudsman"
    ENFORCEMENT = "enforcement"


class ResultMeans(StrEnum):
    """What did it, as far as anybody can say."""

    EXPLANATION = "explanation"
    LETTER = "letter"
    EVIDENCE = "evidence"
    CHASING = "chasing"
    MEMBER_OF_PARLIAMENT = "mp"
    AGREEMENT = "agreement"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of the work on a case, on which day: ``gained`` in pence, for how many ``children``."""

    on: dt.date
    kind: ResultKind
    stage: ResultStage
    means: ResultMeans
    gained: int = 0
    children: int = 0
    note: str = ""
    struck_out: StruckOut | None = None


class ProposalAnswer(StrEnum):
    """What CMS answered to a plan that was proposed."""

    AGREED = "agreed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A repayment plan that a person typed in to see what it comes to. Amounts in pence.

    Either ``instalment`` (the arrears part) or ``total`` with ``ongoing`` and ``fee``; or both.
    ``sent_on``: put to CMS on that day; ``answer`` is what CMS said, on ``answered_on``.
    """

    label: str
    arrears: int
    first_payment_on: dt.date
    frequency: Frequency
    instalment: int | None = None
    total: int | None = None
    ongoing: int | None = None
    fee: int | None = None
    review_on: dt.date | None = None
    net_income: int | None = None
    sent_on: dt.date | None = None
    answered_on: dt.date | None = None
    answer: ProposalAnswer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterStep:
    """Something that happened to a letter on ``on``.

    ``how`` and ``number`` (of the proof of posting, or to track it by) belong to a posting. ``contact``
    is the place in the file's ``contacts``, from 0, of the reply.
    """

    kind: LetterStepKind
    on: dt.date
    how: PostedHow | None = None
    number: str = ""
    contact: int | None = None
    note: str = ""
    struck_out: StruckOut | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter as it was made: its final text and the facts it used, frozen. Its PDF is made anew.

    ``facts_json`` is the facts object as canonical JSON; ``contact`` the place in the file's
    ``contacts``, from 0, of the contact it follows up, ``replaces`` the place in ``letters`` of the one
    it corrects. ``steps`` stand in the order of their days.
    """

    kind: str
    created_on: dt.date
    body: str = ""
    facts_json: str = "{}"
    template_version: str = ""
    rates_version: str = ""
    contact: int | None = None
    replaces: int | None = None
    steps: tuple[LetterStep, ...] = ()
    files: tuple[FileNote, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A file kept as proof of the payment ``payment_id``."""

    payment_id: str
    name: str
    media_type: str
    sha256: str
    content: bytes
    note: str = ""
    struck_out: StruckOut | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """A whole case, free of any installation. ``facts.openings`` holds the opening balance and former ones."""

    reference: str
    nation: Nation
    scheme: Scheme
    facts: CaseFacts
    other_parent: str = "Other parent"
    children: tuple[str, ...] = ()
    note: str = ""
    contacts: tuple[Contact, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    letters: tuple[Letter, ...] = ()
    clocks: tuple[Clock, ...] = ()
    results: tuple[Result, ...] = ()
    events: tuple[Event, ...] = ()
    challenges: tuple[Challenge, ...] = ()
    evidence: tuple[Evidence, ...] = field(default=())
    files: tuple[FileNote, ...] = ()
