"""The rows of calls, promises and letters. Private to the correspondence app."""

from correspondence.models.contact import Contact, Promise, PromiseOutcome
from correspondence.models.letter import Letter
from correspondence.models.letter_step import LetterStep

__all__ = ["Contact", "Letter", "LetterStep", "Promise", "PromiseOutcome"]
