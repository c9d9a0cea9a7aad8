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
from cms_tracker.language import Words, mark, say
from cms_tracker.money import pounds

MOST_ROWS = 200
MOST_PARTINGS = 24

_HOW = Words(
    {
        Match.SAME: mark("In both"),
        Match.NEAR: mark("The same amount, a few days apart"),
        Match.FEE_TAKEN: mark("The same money, but in one of them a part went to a fee"),
        Match.OTHER_AMOUNT: mark("The same day, another amount"),
        Match.ONLY_MINE: mark("Only in your record"),
        Match.ONLY_THEIRS: mark("Only in the file"),
    }
)
_FEES = mark(
    "A decision that lowers what was due lowers the fees on it too. What was paid of "
    "such a fee then counts as maintenance. Only a record of the paying parent holds "
    "these fees."
)
_SIDES = Words({Perspective.RECEIVING: mark("the receiving parent"), Perspective.PAYING: mark("the paying parent")})


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
    on = say("On {on}", on=day(found.on))
    if not found.difference:
        return say("{on} both records come to {balance}.", on=on, balance=balance(found.mine))
    more = "more" if found.difference > 0 else "less"
    return say(
        "{on} your record comes to {balance} and the file to {balance_2}. The file has {difference} {more}.",
        on=on,
        balance=balance(found.mine),
        balance_2=balance(found.theirs),
        difference=pounds(abs(found.difference)),
        more=more,
    )


def _sides(mine: Perspective, theirs: Perspective) -> str:
    if mine is theirs:
        return say("Both are records of {sides}.", sides=_SIDES[mine])
    return say(
        "Your record is that of {sides}, the file that of {sides_2}. Payments are compared "
        "by what they count for towards maintenance, without fees.",
        sides=_SIDES[mine],
        sides_2=_SIDES[theirs],
    )


def _same(found: Comparison) -> str:
    count = found.same_payments
    if not count:
        return say("No payment is the same in both.")
    return say(
        "{count_of} payment{part} the same in both.",
        count_of=f"{count:,}",
        part=say(" is") if count == 1 else say("s are"),
    )


def _sections(found: Comparison, pages: Addresses) -> Iterable[Section]:
    yield _section(say("Payments"), "", [_pair(one, "") for one in found.payments])
    rules = [_rule(one) for one in found.rules]
    if found.rest_of_rules:
        rules.append(Row(say("More decisions and payment dates"), "", "", _effect(found.rest_of_rules)))
    text = say(
        "Each line says what the balance does when the file's rule takes the place of yours, one after the other."
    )
    yield _section(say("Decisions and payment dates"), text, rules)
    yield _section(say("Amounts carried over"), "", [_pair(one, "") for one in found.openings])
    kinds = [_pair(one, words.ADJUSTMENTS[AdjustmentKind(one.word)]) for one in found.adjustments]
    yield _section(say("Corrections and credits"), "", kinds)
    yield _section(say("Money back from collection fees"), say(_FEES), [_fee_back(one, pages) for one in found.fees])


def _section(title: str, text: str, rows: Sequence[Row]) -> Section:
    return Section(title, text, tuple(rows[:MOST_ROWS]), max(len(rows) - MOST_ROWS, 0))


def _pair(one: Pair, word: str) -> Row:
    how = f"{word}. {_HOW[one.match]}" if word else _HOW[one.match]
    return Row(how, _side(one.mine), _side(one.theirs), _effect(one.effect))


def _side(side: Side | None) -> str:
    if side is None:
        return ""
    amount = abs(side.amount)
    paid = say(" ({as_paid} was paid)", as_paid=pounds(side.as_paid)) if side.as_paid != amount else ""
    return say("{amount} on {on}{paid}", amount=pounds(amount), on=day(side.on), paid=paid)


def _rule(one: RuleChange) -> Row:
    how = say("Not alike") if one.match is Match.OTHER_AMOUNT else _HOW[one.match]
    return Row(how, _rule_words(one.mine), _rule_words(one.theirs), _effect(one.effect))


def _rule_words(rule: Decision | Schedule | None) -> str:
    if rule is None:
        return ""
    if isinstance(rule, Schedule):
        return say(
            "{frequencies} from {first_due_on}",
            frequencies=case_words.FREQUENCIES[rule.frequency],
            first_due_on=day(rule.first_due_on),
        )
    stated = (
        say(", each payment {instalment}", instalment=pounds(rule.instalment)) if rule.instalment is not None else ""
    )
    return say(
        "{weekly} a week from {effective_on}{stated}, told {notified_on}",
        weekly=pounds(rule.weekly),
        effective_on=day(rule.effective_on),
        stated=stated,
        notified_on=day(rule.notified_on),
    )


def _fee_back(one: FeeBack, pages: Addresses) -> Row:
    """The decision behind it leads to my own working where my record has such fees, else to my copy of it."""
    link = None
    if one.mine:
        link = Link(pages.working.format(one.mine_id), say("See the working"))
    elif one.mine_id:
        link = Link(f"{pages.details}#fact-{one.mine_id}", say("See this decision"))
    how = say("By the decision of {rule_words}", rule_words=_rule_words(one.source))
    return Row(how, _came_back(one.mine), _came_back(one.theirs), _effect(one.effect), link)


def _came_back(pence: int) -> str:
    return say("{pence} came back", pence=pounds(pence)) if pence else ""


def _balances(one: Parting) -> BalanceRow:
    return BalanceRow(day(one.on), balance(one.mine), balance(one.theirs), _effect(one.difference, none=say("None")))


def _effect(pence: int, *, none: str = mark("No change")) -> str:
    if not pence:
        return none
    return f"+{pounds(pence)}" if pence > 0 else pounds(pence)
