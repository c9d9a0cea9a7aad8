"""The engine on one case: in memory, through the database, and why it changed."""

import datetime as dt
import json
import os
from collections.abc import Iterator

from arrears import queries
from arrears.core import answers, case_file
from arrears.core.changes import explain
from arrears.core.facts import CaseFacts
from arrears.core.position import position
from cases import queries as case_queries
from cms_tracker.pages import case_transfer
from cms_tracker.pages.bench.groups import Ask, Figure, at_most, section, taken_ms
from cms_tracker.pages.bench.histories import WEEKS, weekly_case
from cms_tracker.users import operations as users
from cms_tracker.web.clock import today

PART = "one case"
ADDRESS = "bench-engine@example.com"
MOST_GROWTH = 2.4  # in a linear engine twice the facts cost twice as much, give or take the noise
YEAR = dt.timedelta(days=365)


@section("engine")
def machine(_: Ask) -> Iterator[Figure]:
    """How busy the machine is: a median says little without it."""
    one, five, _fifteen = os.getloadavg()
    yield Figure(part="machine", name=f"load average {one:.2f} (5 minutes: {five:.2f})", ms=None)


@section("engine")
def one_case(ask: Ask) -> Iterator[Figure]:
    """One case of 520 instalments, 520 payments and 6 decisions."""
    day = today()
    text = json.dumps(weekly_case(day))
    facts = case_file.parse(text).facts
    half = case_file.parse(json.dumps(weekly_case(day, weeks=WEEKS // 2))).facts
    at = position(facts, on=day, known_on=day)
    whole, of_half, floor, reading, printing = taken_ms(
        lambda: position(facts, on=day, known_on=day),
        lambda: position(half, on=day, known_on=day),
        lambda: closed_form(facts, day),
        lambda: case_file.parse(text),
        lambda: json.dumps(answers.position_json(at)),
        rounds=ask.rounds,
    )
    yield at_most(PART, "position, in memory", whole.median, goal_ms=1, note=f"at best {whole.best:.3f} ms")
    growth = whole.best / of_half.best
    yield Figure(
        part=PART,
        name=f"twice the facts: {growth:.2f}x",
        ms=None,
        goal=f"<= {MOST_GROWTH:g}x",
        is_met=growth <= MOST_GROWTH,
        note=f"at best; half as long takes {of_half.best:.3f} ms",
    )
    name = "floor: dues and payments summed, no allocation"
    yield Figure(part=PART, name=name, ms=floor.median, note=f"the engine takes {whole.best / floor.best:.1f}x")
    yield Figure(
        part=PART, name="reading and checking its case file", ms=reading.median, note=f"at best {reading.best:.3f} ms"
    )
    yield Figure(
        part=PART, name="printing its position as JSON", ms=printing.median, note=f"at best {printing.best:.3f} ms"
    )
    yield from _through_the_database(text, day, ask)
    yield from _why(facts, day, ask)


def closed_form(facts: CaseFacts, day: dt.date) -> int:
    """The least work that gives a balance: weeks counted by arithmetic under each amount, payments summed."""
    first = facts.schedules[0].first_due_on
    told = sorted(facts.decisions, key=lambda one: one.effective_on)
    ends = [*(one.effective_on for one in told[1:]), day + dt.timedelta(days=1)]
    due = 0
    for one, end in zip(told, ends, strict=True):
        due += one.weekly * (-(-(end - first).days // 7) - -(-(one.effective_on - first).days // 7))
    return due - sum([one.amount for one in facts.payments])


def _through_the_database(text: str, day: dt.date, ask: Ask) -> Iterator[Figure]:
    owner = users.sign_up(ADDRESS)
    if owner is None:
        raise LookupError(ADDRESS)
    case = case_transfer.bring_in(case_file.parse(text), owner=owner)
    found = case_queries.case_by_id(case.pk)
    if found is None:
        raise LookupError(case.pk)
    whole, rows = taken_ms(
        lambda: queries.position_of(found, on=day, known_on=day), lambda: queries.facts_for(found), rounds=ask.rounds
    )
    note = f"at best {whole.best:.3f} ms, {rows.best:.3f} ms of it for the rows"
    yield at_most(PART, "position, through the database", whole.median, goal_ms=2, note=note)


def _why(facts: CaseFacts, day: dt.date, ask: Ask) -> Iterator[Figure]:
    start = facts.schedules[0].first_due_on - dt.timedelta(days=1)
    year, ever = taken_ms(
        lambda: explain(facts, before=(day - YEAR, day - YEAR), after=(day, day)),
        lambda: explain(facts, before=(start, start), after=(day, day)),
        rounds=ask.rounds,
    )
    yield Figure(
        part=PART, name="why it changed, over the last year", ms=year.median, note=f"at best {year.best:.3f} ms"
    )
    yield Figure(
        part=PART, name="why it changed, over all ten years", ms=ever.median, note=f"at best {ever.best:.3f} ms"
    )
