"""Two days worth comparing, one press each: since a decision, since a figure of CMS, since the start."""

import datetime as dt
from typing import NamedTuple

from arrears.core.facts import CaseFacts
from arrears.core.ledger import known
from cms_tracker.days import day
from cms_tracker.language import say
from cms_tracker.money import pounds

MOST_TOLD = 4  # of decisions, and of figures; older ones are typed


class Preset(NamedTuple):
    """Two days to compare: what to call them, and the query that asks for them."""

    words: str
    query: str


def presets(facts: CaseFacts, *, today: dt.date, first: dt.date | None) -> tuple[Preset, ...]:
    """What a person is likely to want explained. ``first`` is the day the record begins to owe anything."""
    seen, eve = known(facts, today), dt.timedelta(days=1)
    told = sorted({one.notified_on for one in seen.decisions if one.notified_on <= today}, reverse=True)
    found = [
        Preset(say("Since the decision told on {on}", on=day(on)), _query(on - eve, today)) for on in told[:MOST_TOLD]
    ]
    stated = sorted({(one.as_at, one.amount) for one in seen.statements if one.as_at < today}, reverse=True)
    found += [
        Preset(say("Since CMS's figure of {amount}, {on}", amount=pounds(amount), on=day(on)), _query(on, today))
        for on, amount in stated[:MOST_TOLD]
    ]
    month_ago = today - dt.timedelta(days=30)
    found.append(Preset(say("The last month"), _query(month_ago, today)))
    new_year = dt.date(today.year - 1, 12, 31)
    found.append(Preset(say("This year"), _query(new_year, today)))
    if first is not None and first <= today:
        found.append(Preset(say("Since the start"), _query(first - eve, today)))
        news = f"{_query(today, today)}&from_known={month_ago}&to_known={today}"
        found.append(Preset(say("What became known in the last month"), news))
    return tuple(found)


def _query(first: dt.date, last: dt.date) -> str:
    return f"?from={first}&to={last}"
