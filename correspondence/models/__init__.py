"""The rows of calls, promises, letters, and what a worker has to make. Private to the correspondence app."""

from correspondence.models.bundle import Bundle, KeepOut
from correspondence.models.contact import Contact, Promise, PromiseOutcome
from correspondence.models.evidence import EvidenceFile
from correspondence.models.job import Job
from correspondence.models.letter import Letter
from correspondence.models.letter_step import LetterStep

__all__ = [
    "Bundle", "Contact", "EvidenceFile", "Job", "KeepOut", "Letter", "LetterStep", "Promise", "PromiseOutcome",
]  # fmt: skip
