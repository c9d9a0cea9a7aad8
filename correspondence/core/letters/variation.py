"""An application for a variation: special expenses of the paying parent, or income that was not counted.

The kinds and their limits: GOV.UK, How we work out child maintenance, as dated data in rates.toml.
"""

from dataclasses import dataclass

from arrears.core import rates
from cases.core.facts import Perspective
from cms_tracker.language import say
from cms_tracker.money import pounds
from cms_tracker.refusal import Refusal
from correspondence.core.letters.asks import Answers, Ask, Lines, Money, Option, PickMany, Words
from correspondence.core.letters.kind import EVERYONE, Group, Kind, Record, To
from correspondence.core.words import printable

_EXPENSES = {
    "contact": "Travel to see the child",
    "disability": "Costs of an illness or disability of a child who lives with me",
    "debts": "Debts from when we lived together",
    "boarding": "Boarding school fees, the part that is for board",
    "mortgage": "The mortgage or insurance of the home we had together",
}
_NO_LIMIT = "disability"
_INCOME = {
    "unearned": "Income that is not from work, such as rent, interest or dividends",
    "assets": "Property, savings or other assets",
    "on_benefit": "Income beside a benefit that sets the flat rate",
    "diversion": "Income that is paid to somebody else, or kept in a business, so that it does not count",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Variation:
    """What the application states. ``weekly`` pence, where the person knows; ``limits`` are the leaflet's own."""

    is_expenses: bool
    grounds: tuple[str, ...]
    weekly: int | None
    words: str
    evidence: tuple[str, ...]


def _grounds(record: Record) -> dict[str, str]:
    on = rates.on(record.on)
    if record.perspective is Perspective.PAYING:
        least = pounds(int(on.special_expenses_least.value * 100))
        return {
            key: words if key == _NO_LIMIT else f"{words}, {least} a week or more" for key, words in _EXPENSES.items()
        }
    limits = {row.key: pounds(int(row.values[0] * 100)) for row in on.scale("variation_limits").rows}
    added = {
        "unearned": f", {limits['unearned']} a year or more",
        "assets": f" worth {limits['assets']} or more",
        "on_benefit": f", {limits['on_benefit']} a week or more",
    }
    return {key: words + added.get(key, "") for key, words in _INCOME.items()}


def _asks(record: Record) -> list[Ask]:
    is_paying = record.perspective is Perspective.PAYING
    return [
        PickMany(
            name="grounds",
            label="Which costs do you have?" if is_paying else "What was not counted?",
            help="As GOV.UK lists them. CMS decides whether it would be just and fair.",
            needed="Choose at least one.",
            options=tuple(Option(value=key, label=words) for key, words in _grounds(record).items()),
        ),
        Money(name="weekly", label="How much a week?", optional="if you know"),
        Words(
            name="words",
            label="Tell CMS about it",
            needed="Write a few words about it.",
            help="What it is, since when, and how you know.",
        ),
        Lines(name="evidence", label="What you can send", help="One on each line.", most=6),
    ]


def _draft(record: Record, answers: Answers) -> Variation:
    offered = _grounds(record)
    chosen = tuple(offered[key] for key in answers.many("grounds") if key in offered)
    words = printable(answers.text("words")).strip()
    if not chosen:
        raise Refusal(say("Choose at least one."), field="grounds")
    return Variation(
        is_expenses=record.perspective is Perspective.PAYING,
        grounds=chosen,
        weekly=answers.number("weekly"),
        words=words,
        evidence=answers.many("evidence"),
    )


KIND = Kind(
    code="variation",
    number=39,
    group=Group.RECORD,
    title="Ask for a variation",
    purpose="Ask CMS to count special costs, or income that was left out of the calculation.",
    needs="What it is, how much, and something that shows it.",
    never="It holds no account number, and no address unless you write it.",
    before="CMS tells the other parent that you have applied, and asks for their side.",
    to=To.CMS,
    senders=EVERYONE,
    about=Variation,
    asks=_asks,
    draft=_draft,
    heading=lambda variation: "Application for a variation",
)
