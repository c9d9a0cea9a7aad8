"""Short ways to put a figure of CMS beside a record in tests, and to read what would explain it."""

from arrears.core.facts import CaseFacts, Statement
from arrears.core.results import StatementCheck
from arrears.core.statements import check
from cms_tracker.money import parse_typed
from tests.unit.arrears.build import day, decision, schedule

FACTS = (decision("60", "2025-01-03", told="2025-01-01"), schedule("monthly", "2025-01-03"))
WEEKLY = (decision("61.37", "2025-01-06"), schedule("weekly", "2025-01-06"))


def compared(facts: CaseFacts, amount: str, on: str, known_on: str | None = None) -> StatementCheck:
    """A figure for a day, compared."""
    statement = Statement(stated_on=day(on), as_at=day(on), amount=parse_typed(amount), id="statement")
    return check(facts, statement, known_on=day(known_on or on))


def kinds(facts: CaseFacts, amount: str, on: str, known_on: str | None = None) -> set[str]:
    """What would explain the difference."""
    return {one.kind for one in compared(facts, amount, on, known_on).explanations}


def said(facts: CaseFacts, amount: str, on: str, known_on: str | None = None) -> list[str]:
    """The same in words, after "if"."""
    found = compared(facts, amount, on, known_on).explanations
    return [one.text.removeprefix("It would explain the difference if ") for one in found]
