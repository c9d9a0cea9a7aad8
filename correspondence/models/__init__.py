"""The rows of calls, letters, time limits and reminders, and what a worker has to make. Private to the app."""

from correspondence.models.account_statement import AccountStatement
from correspondence.models.bundle import Bundle, KeepOut
from correspondence.models.challenge import Challenge, ChallengeStep
from correspondence.models.clock import ClockEnd, ClockStart
from correspondence.models.contact import Contact, Promise, PromiseOutcome
from correspondence.models.event import CaseEvent
from correspondence.models.evidence import EvidenceFile
from correspondence.models.job import Job
from correspondence.models.letter import Letter
from correspondence.models.letter_batch import BatchedLetter, LetterBatch
from correspondence.models.letter_step import LetterStep
from correspondence.models.reminder import CalendarFeed, Reminder, ReminderSettings
from correspondence.models.result import CaseResult

__all__ = [
    "AccountStatement", "BatchedLetter", "Bundle", "CalendarFeed", "CaseEvent", "CaseResult", "Challenge",
    "ChallengeStep", "ClockEnd", "ClockStart", "Contact", "EvidenceFile", "Job", "KeepOut", "Letter", "LetterBatch",
    "LetterStep", "Promise", "PromiseOutcome", "Reminder", "ReminderSettings",
]  # fmt: skip
