"""Two records of one case, put side by side in words. Of the other record only days and amounts are shown."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from arrears.core import words
from arrears.core.comparing import Comparison, FeeBack, Match, Pair, Parting, RuleChange, Side
from arrears.core.facts import AdjustmentKind
from arrears.presenters.fact_links import Addresses, Link
from arrears.presenters.words import balance
from cases.core import words as case_words
from cases.core.facts import Decision, Perspective, Schedule
from cms_tracker.days import day
from cms_tracker.money import pounds

MOST_ROWS = 200
MOST_PARTINGS = 24

_HOW = {
    Match.SAME: "In both",
    Match.NEAR: "The same amount, a few days apart",
    Match.FEE_TAKEN: "The same money, but in one of them a part went to a fee",
    Match.OTHER_AMOUNT: "The same day, another amount",
    Match.ONLY_MINE: "Only in your record",
    Match.ONLY_THEIRS: "Only in the file",
}
_FEES = (
    "A decision that lowers what was due lowers the fees on it too. "
    "What was paid of such a fee then counts as maintenance. Only a record of the paying parent holds these fees."
)
_SIDES = {Perspective.RECEIVING: "the receiving parent", Perspective.PAYING: "the paying parent"}


class Row(NamedTuple):
    """One difference: the two sides in words ("" for none), what it does to the balance, and where it comes from."""

    how: str
    mine: str
    theirs: str
    effect: str
    link: Link | None = None


class Section(NamedTuple):
    """The differences of one kind; ``left_out`` counts those beyond what one page holds."""

    title: str
    text: str
    rows: tuple[Row, ...]
    left_out: int


class BalanceRow(NamedTuple):
    """The two balances after a day."""

    day: str
    mine: str
    theirs: str
    difference: str


class Compared(NamedTuple):
    """A comparison, ready to be shown."""

    lede: str
    sides: str
    same: str
    sections: tuple[Section, ...]
    partings: tuple[BalanceRow, ...]
    partings_left_out: int
    years: tuple[BalanceRow, ...]


def compared(found: Comparison, *, mine: Perspective, theirs: Perspective, pages: Addresses) -> Compared:
    """Write a comparison; ``mine`` and ``theirs`` say which parent each record belongs to, ``pages`` are mine."""
    return Compared(
        lede=_lede(found),
        sides=_sides(mine, theirs),
        same=_same(found),
        sections=tuple(one for one in _sections(found, pages) if one.rows),
        partings=tuple(_balances(one) for one in found.partings[:MOST_PARTINGS]),
        partings_left_out=max(len(found.partings) - MOST_PARTINGS, 0),
        years=tuple(_balances(one) for one in found.year_ends),
    )


def _lede(found: Comparison) -> str:
    on = f"On {day(found.on)}"
    if not found.difference:
        return f"{on} both records come to {balance(found.mine)}."
    more = "more" if found.difference > 0 else "less"
    return (
        f"{on} your record comes to {balance(found.mine)} and the file to {balance(found.theirs)}. "
        f"The file has {pounds(abs(found.difference))} {more}."
    )


def _sides(mine: Perspective, theirs: Perspective) -> str:
    if mine is theirs:
        return f"Both are records of {_SIDES[mine]}."
    return (
        f"Your record is that of {_SIDES[mine]}, the file that of {_SIDES[theirs]}. "
        "Payments are compared by what they count for towards maintenance, without fees."
    )


def _same(found: Comparison) -> str:
    count = found.same_payments
    if not count:
        return "No payment is the same in both."
    return f"{count:,} payment{' is' if count == 1 else 's are'} the same in both."


def _sections(found: Comparison, pages: Addresses) -> Iterable[Section]:
    yield _section("Payments", "", [_pair(one, "") for one in found.payments])
    rules = [_rule(one) for one in found.rules]
    if found.rest_of_rules:
        rules.append(Row("More decisions and payment dates", "", "", _effect(found.rest_of_rules)))
    text = "Each line says what the balance does when the file's rule takes the place of yours, one after the other."
    yield _section("Decisions and payment dates", text, rules)
    yield _section("Amounts carried over", "", [_pair(one, "") for one in found.openings])
    kinds = [_pair(one, words.ADJUSTMENTS[AdjustmentKind(one.word)]) for one in found.adjustments]
    yield _section("Corrections and credits", "", kinds)
    yield _section("Money back from collection fees", _FEES, [_fee_back(one, pages) for one in found.fees])


def _section(title: str, text: str, rows: Sequence[Row]) -> Section:
    return Section(title, text, tuple(rows[:MOST_ROWS]), max(len(rows) - MOST_ROWS, 0))


def _pair(one: Pair, word: str) -> Row:
    how = f"{word}. {_HOW[one.match]}" if word else _HOW[one.match]
    return Row(how, _side(one.mine), _side(one.theirs), _effect(one.effect))


def _side(side: Side | None) -> str:
    if side is None:
        return ""
    amount = abs(side.amount)
    paid = f" ({pounds(side.as_paid)} was paid)" if side.as_paid != amount else ""
    return f"{pounds(amount)} on {day(side.on)}{paid}"


def _rule(one: RuleChange) -> Row:
    how = "Not alike" if one.match is Match.OTHER_AMOUNT else _HOW[one.match]
    return Row(how, _rule_words(one.mine), _rule_words(one.theirs), _effect(one.effect))


def _rule_words(rule: Decision | Schedule | None) -> str:
    if rule is None:
        return ""
    if isinstance(rule, Schedule):
        return f"{case_words.FREQUENCIES[rule.frequency]} from {day(rule.first_due_on)}"
    stated = f", each payment {pounds(rule.instalment)}" if rule.instalment is not None else ""
    return f"{pounds(rule.weekly)} a week from {day(rule.effective_on)}{stated}, told {day(rule.notified_on)}"


def _fee_back(one: FeeBack, pages: Addresses) -> Row:
    """The decision behind it leads to my own working where my record has such fees, else to my copy of it."""
    link = None
    if one.mine:
        link = Link(pages.working.format(one.mine_id), "See the working")
    elif one.mine_id:
        link = Link(f"{pages.details}#fact-{one.mine_id}", "See this decision")
    how = f"By the decision of {_rule_words(one.source)}"
    return Row(how, _came_back(one.mine), _came_back(one.theirs), _effect(one.effect), link)


def _came_back(pence: int) -> str:
    return f"{pounds(pence)} came back" if pence else ""


def _balances(one: Parting) -> BalanceRow:
    return BalanceRow(day(one.on), balance(one.mine), balance(one.theirs), _effect(one.difference, none="None"))


def _effect(pence: int, *, none: str = "No change") -> str:
    if not pence:
        return none
    return f"+{pounds(pence)}" if pence > 0 else pounds(pence)
