"""The name that the first migration knows the states of a job by."""

from correspondence.core.jobs import JobState

LetterState = JobState
