"""A decision that a person challenges: its dates and amounts, and whether that is still in time.

A mandatory reconsideration is for decisions about the amount (domain: Child Support Maintenance
Calculation Regulations 2012, regulation 14, for Great Britain). The time limit is dated data
(``clock_data.toml``), never written here.
"""

import datetime as dt
from dataclasses import dataclass

from arrears.core.case_values import ClockKind
from arrears.core.results import Kind as EntryKind
from arrears.core.schedule import told_order
from cases.core.facts import Decision, Nation
from cms_tracker.days import day
from cms_tracker.language import say
from cms_tracker.money import pounds
from cms_tracker.refusal import Refusal
from correspondence.core.clock_rules import Anchor, Reading, rules
from correspondence.core.clocks import count
from correspondence.core.letters.asks import Answers, Ask, Option, Pick, Words
from correspondence.core.letters.kind import Record
from correspondence.core.words import printable

_FROM_DECISION = frozenset({EntryKind.INITIAL, EntryKind.RECALCULATION})


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenged:
    """The decision as the letter names it. Amounts in pence.

    ``instalment`` only where the decision letter states it. ``before`` is the weekly amount that held
    until then, None for a first decision. ``back`` is what the decision added to what was due for the
    time before it was told, by the engine (negative: took off). ``days`` is the legal time limit, in
    days from ``notified_on``. ``late_because`` is the person's reason where the letter is later.
    """

    decided_on: dt.date
    notified_on: dt.date
    effective_on: dt.date
    weekly: int
    instalment: int | None
    before: int | None
    back: int
    days: int
    is_in_time: bool
    is_great_britain: bool
    why: str
    late_because: str = ""

    @property
    def back_by(self) -> int:
        """By how much the decision changed the time before it was told, in pence, whichever way."""
        return abs(self.back)


def options(record: Record) -> tuple[Option, ...]:
    """The decisions of the record, the latest told first; the latest is chosen at first."""
    told = sorted(record.known.decisions, key=told_order, reverse=True)
    return tuple(
        Option(
            value=one.id,
            label=f"{pounds(one.weekly)} a week from {day(one.effective_on)}, told on {day(one.notified_on)}",
            is_ticked=place == 0,
        )
        for place, one in enumerate(told)
    )


def asks(record: Record, *, opened_by: tuple[str, str] | None = None) -> list[Ask]:
    """Which decision, why it is wrong, and why the letter is late if it is."""
    return [
        Pick(
            name="decision",
            label="Which decision?",
            help=f"The legal time limit is {limit().says}. CMS may count from the date on its letter.",
            needed="Choose the decision that you think is wrong.",
            options=options(record),
            opened_by=opened_by,
        ),
        Words(
            name="why_wrong",
            label="Why is it wrong?",
            help="Say what CMS used, what it should have used, and how you know.",
            needed="Say why the decision is wrong.",
            most=4000,
            rows=7,
            opened_by=opened_by,
        ),
        Words(
            name="late_because",
            label=f"Why you could not write within {limit().count} days",
            help="Only if it is later than that. CMS decides whether to take a late request.",
            optional="only if it is late",
            opened_by=opened_by,
        ),
    ]


def limit() -> Reading:
    """The legal time limit, counted from the day the person was told."""
    (found,) = (one for one in rules()[ClockKind.RECONSIDERATION].readings if one.law and one.anchor is Anchor.REACHED)
    return found


def challenged(record: Record, answers: Answers) -> Challenged:
    """The chosen decision. Raises Refusal where none is chosen, or where it is late and nothing says why."""
    found = next((one for one in record.known.decisions if one.id == answers.text("decision")), None)
    if found is None:
        raise Refusal(say("Choose the decision that you think is wrong."), field="decision")
    in_time = record.on <= count(limit(), found.notified_on, nation=record.nation)
    late = printable(answers.text("late_because")).strip()
    if not in_time and not late:
        raise Refusal(
            say(
                "You were told on {notified_on}, more than {count_of} days ago. Say why this is late.",
                notified_on=day(found.notified_on),
                count_of=limit().count,
            ),
            field="late_because",
        )
    return Challenged(
        decided_on=found.decided_on,
        notified_on=found.notified_on,
        effective_on=found.effective_on,
        weekly=found.weekly,
        instalment=found.instalment,
        before=_before(record, found),
        back=_back(record, found),
        days=limit().count,
        is_in_time=in_time,
        is_great_britain=record.nation is not Nation.NORTHERN_IRELAND,
        why=printable(answers.text("why_wrong")).strip(),
        late_because="" if in_time else late,
    )


def _before(record: Record, decision: Decision) -> int | None:
    """The weekly amount in force the day before the decision begins, by what was told before it."""
    earlier = [
        one
        for one in record.known.decisions
        if one.effective_on < decision.effective_on and told_order(one) < told_order(decision)
    ]
    last = max(earlier, key=lambda one: (one.effective_on, told_order(one)), default=None)
    return last.weekly if last else None


def _back(record: Record, decision: Decision) -> int:
    return sum(
        entry.amount
        for entry in record.position.others
        if entry.fact_id == decision.id and entry.kind in _FROM_DECISION
    )
