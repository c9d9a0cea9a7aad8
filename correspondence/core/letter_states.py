"""The states of a letter on its way from words to a PDF."""

from enum import StrEnum

MAX_ATTEMPTS = 3  # after that the letter is visibly failed, with a button to try again


class LetterState(StrEnum):
    """Where a letter is. The row is the truth; a queue message is only a hint."""

    QUEUED = "queued"
    RENDERING = "rendering"
    READY = "ready"
    FAILED = "failed"


class FailureReason(StrEnum):
    """Why a letter has no PDF. Never the words of an error: they may repeat the letter."""

    ENGINE_MISSING = "engine_missing"
    GAVE_UP = "gave_up"
