"""CMS's figures and the record's, put side by side in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from arrears.core.facts import Statement
from arrears.core.results import StatementCheck
from cases.core import notes
from cms_tracker.money import pounds


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """One figure of CMS. ``check`` is None for one that was struck out: nothing is compared with it."""

    statement: Statement
    check: StatementCheck | None
    verdict: str
    inferred: bool


def rows(pairs: Sequence[tuple[Statement, StatementCheck | None]], *, note: str) -> list[FigureRow]:
    """Each figure with its verdict; ``note`` is the note of the whole file, which may mark amounts."""
    marked = notes.inferred_amounts(note)
    return [
        FigureRow(
            statement=statement,
            check=check,
            verdict=_verdict(check) if check else "",
            inferred=notes.is_inferred(statement.note) or statement.amount in marked,
        )
        for statement, check in pairs
    ]


def _verdict(check: StatementCheck) -> str:
    """The difference in one or two short sentences. It says "would explain", never "is"."""
    if not check.difference:
        return "The two figures are the same."
    more = "more" if check.difference > 0 else "less"
    said = f"{pounds(abs(check.difference))} {more} in your record."
    if not check.explanations:
        return f"{said} Nothing we tried would explain it."
    if len(check.explanations) == 1:
        return f"{said} One thing would explain it."
    return f"{said} Any one of these would explain it."
