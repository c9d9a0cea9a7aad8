"""CMS's figure beside ours, and what would explain the difference (rules section 6).

The search is bounded and does not depend on a clock: single things first, then several equal ones,
then two or three together, each held to a test of chance (``search``). Every explanation adds up to
the penny. It says "would explain", never "is"; what nothing explains is shown as unexplained.
"""

import datetime as dt
from collections.abc import Sequence

from arrears.core.facts import CaseFacts, Statement
from arrears.core.position import position
from arrears.core.results import Beside, StatementCheck
from arrears.core.statements.candidates import on_the_day, plain
from arrears.core.statements.reworked import Reworked
from arrears.core.statements.search import search

__all__ = ["beside", "beside_all", "check", "check_all"]

MOST_SHOWN = 5


def beside(facts: CaseFacts, statement: Statement, *, known_on: dt.date) -> Beside:
    """Put a figure CMS gave beside ours for the same day, by what is known on ``known_on``.

    One pass of the engine, for pages that show many figures; ``check`` also looks for explanations.
    """
    return beside_all(facts, [statement], known_on=known_on)[0]


def beside_all(facts: CaseFacts, statements: Sequence[Statement], *, known_on: dt.date) -> list[Beside]:
    """The same of several figures; those for one day share a pass."""
    days = {one.as_at for one in statements}
    ours = {on: position(facts, on=on, known_on=known_on).outstanding for on in days}
    return [
        Beside(
            statement_id=one.id,
            as_at=one.as_at,
            known_on=known_on,
            theirs=one.amount,
            ours=ours[one.as_at],
            difference=ours[one.as_at] - one.amount,
        )
        for one in statements
    ]


def check(facts: CaseFacts, statement: Statement, *, known_on: dt.date) -> StatementCheck:
    """Put a figure CMS gave beside ours, and look for what would explain the difference."""
    return check_all(facts, [statement], known_on=known_on)[0]


def check_all(facts: CaseFacts, statements: Sequence[Statement], *, known_on: dt.date) -> list[StatementCheck]:
    """Check several figures at once: what fell due is worked out anew once for all of them."""
    until = max((one.as_at for one in statements), default=known_on)
    other_ways = Reworked(facts, known_on=known_on, until=until)
    return [_checked(facts, one, other_ways, known_on) for one in statements]


def _checked(facts: CaseFacts, statement: Statement, other_ways: Reworked, known_on: dt.date) -> StatementCheck:
    one = on_the_day(facts, on=statement.as_at, known_on=known_on)
    ours = one.at.outstanding
    gap = statement.amount - ours
    result = StatementCheck(
        statement_id=statement.id,
        as_at=statement.as_at,
        known_on=known_on,
        theirs=statement.amount,
        ours=ours,
        difference=-gap,
    )
    if not gap:
        return result
    candidates = [*plain(one, theirs=statement.amount), *other_ways.candidates(statement.as_at)]
    found = search(candidates, gap, near=statement.as_at.toordinal())
    explained = gap if found.explanations else found.partly.amount if found.partly else 0
    return StatementCheck(
        statement_id=result.statement_id,
        as_at=result.as_at,
        known_on=known_on,
        theirs=result.theirs,
        ours=ours,
        difference=-gap,
        explanations=found.explanations[:MOST_SHOWN],
        partly=found.partly,
        left_out=max(len(found.explanations) - MOST_SHOWN, 0),
        unexplained=explained - gap,
        tried=found.tried,
    )
