"""Report a change to CMS, and ask what it does to what is to come and to what is owed already."""

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction

from arrears.core import rates
from arrears.core.estimate.income import changes_the_income
from cases.core.facts import Perspective
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from correspondence.core.letters.asks import Answers, Ask, Day, Lines, Money, Option, PickMany, Words
from correspondence.core.letters.kind import EVERYONE, Group, Kind, Record, To
from correspondence.core.words import printable

_PAYING = {
    "income": "My income has changed",
    "job": "I have started or left a job",
    "benefit": "I have started or stopped getting a benefit",
    "nights": "The number of nights that a child stays with me has changed",
    "other_child": "Another child has come to live with me, or has left",
    "child_left": "A child has left school, or lives somewhere else now",
}
_RECEIVING = {
    "nights": "The number of nights that a child stays with the other parent has changed",
    "child_left": "A child has left school, or lives somewhere else now",
    "their_income": "I have reason to think that the other parent’s income has changed",
    "care": "Who looks after a child day to day has changed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What the report states. ``before`` and ``now`` are weekly income before tax, in pence, where given.

    ``is_enough``: they differ by ``counts_percent`` or more, by the engine's own rule.
    """

    what: tuple[str, ...]
    from_on: dt.date
    before: int | None
    now: int | None
    counts_percent: str
    words: str
    evidence: tuple[str, ...]
    is_enough: bool = True


def _kinds(record: Record) -> dict[str, str]:
    return _PAYING if record.perspective is Perspective.PAYING else _RECEIVING


def _asks(record: Record) -> list[Ask]:
    income: list[Ask] = [
        Money(
            name="before",
            label="Your weekly income before tax, before the change",
            at_least=0,
            optional="if it changed",
        ),
        Money(name="now", label="Your weekly income before tax, now", at_least=0, optional="if it changed"),
    ]
    return [
        PickMany(
            name="what",
            label="What has changed?",
            help="Tell CMS about a new address or phone number in your online account, not in a letter.",
            needed="Choose what has changed.",
            options=tuple(Option(value=key, label=words) for key, words in _kinds(record).items()),
        ),
        Day(
            name="from_on",
            label="From when?",
            what="the day it changed",
            is_ahead=True,
            needed="Enter the day it changed.",
        ),
        *(income if record.perspective is Perspective.PAYING else []),
        Words(name="words", label="Tell CMS about it", help="What happened, and how it is now."),
        Lines(name="evidence", label="What you can send", help="One on each line, like: payslips since May.", most=6),
    ]


def _draft(record: Record, answers: Answers) -> Change:
    kinds = _kinds(record)
    what = tuple(kinds[key] for key in answers.many("what") if key in kinds)
    from_on = answers.day("from_on")
    if not what:
        raise Refusal(say("Choose what has changed."), field="what")
    if from_on is None:
        raise Refusal(say("Enter the day it changed."), field="from_on")
    before, now = answers.number("before"), answers.number("now")
    if (before is None) != (now is None):
        missing = "now" if now is None else "before"
        raise Refusal(say("Enter both, or leave both empty."), field=missing)
    rule = rates.on(record.on)
    return Change(
        what=what,
        from_on=from_on,
        before=before,
        now=now,
        counts_percent=rule.income_change_that_counts.percent,
        words=printable(answers.text("words")).strip(),
        evidence=answers.many("evidence"),
        is_enough=before is not None and now is not None and changes_the_income(Fraction(before), Fraction(now), rule),
    )


KIND = Kind(
    code="change-of-circumstances",
    number=40,
    group=Group.RECORD,
    title="Report a change",
    purpose="Tell CMS what has changed and from when, and ask what it does to past and future amounts.",
    needs="What changed, from which day, and something that shows it.",
    never="It holds no employer, no account number, and no address unless you write it.",
    to=To.CMS,
    senders=EVERYONE,
    about=Change,
    asks=_asks,
    draft=_draft,
    heading=lambda change: "A change that I report",
)
