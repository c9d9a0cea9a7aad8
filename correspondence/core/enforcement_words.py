"""The board of ways to collect in words, for one side: marks, groups, what is missing, what it costs, how to answer."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from arrears.core.event_values import Power
from cases.core.facts import Nation, Perspective
from cms_tracker.language import Words, mark, say
from correspondence.core import clock_rules
from correspondence.core.enforcement import Answer, Entry, Met, Requirement, Stage, Standing
from correspondence.core.events import POWERS
from correspondence.core.powers import Group, Said, Source, hint_of, rules

#: The letters that help, in the order in which they are offered.
LETTERS = {
    Perspective.RECEIVING: (
        "missed-payments", "move-to-collect", "broken-plan", "enforcement-delay", "parallel-action", "complaint", "mp",
    ),
    Perspective.PAYING: ("plan-offer", "hardship", "proof-of-payment", "mandatory-reconsideration", "complaint"),
}  # fmt: skip

STAGES = Words(
    {
        Stage.NOTHING: mark("Nothing noted"),
        Stage.ASKED: mark("Asked for"),
        Stage.REFUSED: mark("CMS said no, or not now"),
        Stage.STARTED: mark("Started"),
        Stage.MADE: mark("Made"),
        Stage.WORKED: mark("It worked"),
        Stage.FAILED: mark("It did not work"),
        Stage.ENDED: mark("Ended or lifted"),
        Stage.ON_HOLD: mark("On hold"),
    }
)
_GROUPS = Words(
    {
        Group.DEDUCTION: mark("Taken from pay, benefits or a bank"),
        Group.ORDER: mark("An order from a court"),
        Group.AFTER_ORDER: mark("What such an order opens"),
        Group.ANY_TIME: mark("At any stage"),
        Group.LAST_RESORT: mark("The last resort"),
    }
)
_RECEIVING = Words(
    {
        Answer.NOT_HERE: mark("Not in this nation"),
        Answer.IN_FORCE: mark("In place"),
        Answer.UNDER_WAY: mark("Under way"),
        Answer.NOT_YET: mark("Not yet"),
        Answer.BESIDE_PLAN: mark("Rare while a plan is kept"),
        Answer.CAN_ASK: mark("You can ask for it"),
    }
)
_PAYING = Words(
    {
        Answer.NOT_HERE: mark("Not in this nation"),
        Answer.IN_FORCE: mark("In place"),
        Answer.UNDER_WAY: mark("Under way"),
        Answer.NOT_YET: mark("Not yet"),
        Answer.BESIDE_PLAN: mark("Rare while the plan is kept"),
        Answer.CAN_ASK: mark("CMS may look at this now"),
    }
)
_LOOKS = {
    Answer.NOT_HERE: ("s-missed", "off"),
    Answer.IN_FORCE: ("s-paid", "good"),
    Answer.UNDER_WAY: ("s-part", "warn"),
    Answer.NOT_YET: ("s-missed", "off"),
    Answer.BESIDE_PLAN: ("s-due", ""),
    Answer.CAN_ASK: ("s-long", ""),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A short word with its shape and its colour."""

    word: str
    shape: str
    tone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """Something that must come first: whether it is there, and what a receiving parent can do where it is not."""

    requirement: Requirement
    word: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """How it can be answered; ``number`` is the page that counts the days, where there is one."""

    said: Said
    number: int | None
    days: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One way of collecting as the page shows it. ``charge`` in pence."""

    number: int
    name: str
    what: str
    standing: Standing
    mark: Mark
    log: tuple[tuple[Entry, str], ...]
    latest: str
    before: tuple[Before, ...]
    facts: tuple[Said, ...]
    charge: int | None
    charge_source: Source | None
    replies: tuple[Reply, ...]


def cards(
    board: Iterable[Standing], *, perspective: Perspective, nation: Nation, on: dt.date
) -> list[tuple[str, list[Card]]]:
    """The board in groups with their headings, in the order of events. Every nation has something in each group."""
    made = [_card(one, perspective=perspective, nation=nation, on=on) for one in board]
    return [(heading, [one for one in made if one.standing.group is group]) for group, heading in _GROUPS.items()]


def noted(groups: Iterable[tuple[str, Sequence[Card]]]) -> list[Card]:
    """The ways of which something is noted, the latest first."""
    found = [card for _, of_it in groups for card in of_it if card.log]
    return sorted(found, key=lambda card: card.log[-1][0].on, reverse=True)


def number_of(power: Power) -> int:
    """What stands for a way of collecting in an address, which says nothing of it."""
    return list(Power).index(power) + 1


def power_numbered(text: str) -> Power | None:
    """The way of collecting of this number as it stands in an address, or None."""
    return next((one for one in Power if str(number_of(one)) == text), None)


def choices(nation: Nation) -> tuple[list[Power], list[Power]]:
    """The ways of collecting of this nation, and those that only others have: a paying parent may live in another."""
    here = [one for one, rule in rules().items() if nation in rule.nations]
    return here, [one for one in rules() if one not in here]


def _card(one: Standing, *, perspective: Perspective, nation: Nation, on: dt.date) -> Card:
    rule = rules()[one.power]
    words = _RECEIVING if perspective is Perspective.RECEIVING else _PAYING
    shape, tone = _LOOKS[one.answer]
    charge = rule.charge_on(on)
    return Card(
        number=number_of(one.power),
        name=POWERS[one.power],
        what=rule.what,
        standing=one,
        mark=Mark(word=words[one.answer], shape=shape, tone=tone),
        log=tuple((entry, STAGES[entry.stage]) for entry in one.log),
        latest=STAGES[one.stage],
        before=tuple(_before(each, perspective) for each in one.needs),
        facts=tuple(rule.facts_on(on)),
        charge=charge[0] if charge else None,
        charge_source=charge[1] if charge else None,
        replies=tuple(_reply(each) for each in rule.answers_on(on, nation=nation)),
    )


def _before(one: Requirement, perspective: Perspective) -> Before:
    word = {
        Met.MET: say("In your record"),
        Met.MISSING: say("Missing"),
        Met.UNSAID: say("Not in your record"),
    }[one.met]
    shows_hint = one.met is Met.MISSING and perspective is Perspective.RECEIVING
    return Before(requirement=one, word=word, hint=hint_of(one.need) if shows_hint else "")


def _reply(said: Said) -> Reply:
    rule = clock_rules.rules()[said.clock] if said.clock else None
    return Reply(said=said, number=rule.number if rule else None, days=rule.readings[0].says if rule else "")
