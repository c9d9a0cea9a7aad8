"""Every job and section of `manage.py bench`: a module enters its own when it is imported here."""

from cms_tracker.pages.bench import (
    bank,
    bundle,
    caseload,
    faults,
    leave,
    ledger,
    letters,
    many_letters,
    one_case,
    platform,
    statements,
    timing,
    writers,
    yardsticks,
)

__all__ = [
    "bank",
    "bundle",
    "caseload",
    "faults",
    "leave",
    "ledger",
    "letters",
    "many_letters",
    "one_case",
    "platform",
    "statements",
    "timing",
    "writers",
    "yardsticks",
]
