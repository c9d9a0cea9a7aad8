"""What can be done next in a case, and what cannot: one total order of actions, with the refusals.

Pure rules over a ``Snapshot``: the same facts always give the same answer, and every fact that
decides is one of them. The rules stand in ``steps``, in groups that read nothing but their own
facets; the words and the sources are dated data beside them. Nothing here is advice on what to
choose: it says what is open, what it needs, what may come of it, and who says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from cases.core.facts import Perspective
from cms_tracker.days import day
from cms_tracker.language import say
from cms_tracker.money import pounds
from correspondence.core.steps import book
from correspondence.core.steps.book import ActionRule, RefusalRule
from correspondence.core.steps.fact import Fact
from correspondence.core.steps.rules import Do, Found, No, always
from correspondence.core.steps.rules_of_challenge import challenged
from correspondence.core.steps.rules_of_collecting import collecting, planning
from correspondence.core.steps.rules_of_endings import endings, settling
from correspondence.core.steps.rules_of_money import money, papers, said, start
from correspondence.core.steps.snapshot import Known, Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Something that can be done now, by ``side``. Its words are made when they are read."""

    rule: ActionRule
    because: Fact
    side: Perspective
    known: Known

    @property
    def title(self) -> str:
        """What it is called on this side."""
        return say(self.rule.titles[self.side])

    @property
    def why(self) -> str:
        """Why now: the fact and its day, then the reason."""
        return _why(self.because, self.rule.reason, self.known)

    @property
    def is_firm(self) -> bool:
        """Whether somebody has verified every source of it."""
        return all(one.firm for one in self.rule.sources)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Something that is not available, and the actions of the same answer that are. Its words as those of an action."""

    rule: RefusalRule
    because: Fact
    known: Known
    instead: tuple[Action, ...]

    @property
    def title(self) -> str:
        """What is not available."""
        return say(self.rule.title)

    @property
    def why(self) -> str:
        """Why not: the fact and its day, then what follows from it."""
        return _why(self.because, self.rule.because, self.known)

    @property
    def is_firm(self) -> bool:
        """Whether somebody has verified every source of it."""
        return all(one.firm for one in self.rule.sources)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What can be done, the most pressing first, and what cannot."""

    actions: tuple[Action, ...]
    refusals: tuple[Refusal, ...]

    def has(self, code: str) -> bool:
        """Whether this action is open."""
        return any(one.rule.code == code for one in self.actions)

    def refuses(self, code: str) -> bool:
        """Whether this refusal is in the answer."""
        return any(one.rule.code == code for one in self.refusals)


def answer(snapshot: Snapshot) -> Answer:
    """Everything that can be done next, in the one order of ``actions.toml``, and every refusal with what is left."""
    dos: dict[str, Do] = {}
    nos: dict[str, No] = {}
    for one in found(snapshot):
        if isinstance(one, Do):
            dos.setdefault(one.code, one)
        else:
            nos.setdefault(one.code, one)
    actions = {code: _action(rule, dos[code], snapshot) for code, rule in book.actions().items() if code in dos}
    return Answer(
        actions=tuple(actions.values()),
        refusals=tuple(
            _refusal(rule, nos[code], snapshot.known, actions) for code, rule in book.refusals().items() if code in nos
        ),
    )


def found(snapshot: Snapshot) -> Iterator[Do | No]:
    """What every group of rules answers; the first to name a code gives the fact that is told with it."""
    ground = snapshot.ground
    groups: tuple[Found, ...] = (
        papers(ground, snapshot.papers),
        settling(ground, snapshot.settling),
        planning(ground, snapshot.plan),
        collecting(ground, snapshot.collecting),
        endings(ground, snapshot.endings),
        said(ground, snapshot.said),
        money(ground, snapshot.money),
        challenged(ground, snapshot.challenged),
        start(ground, snapshot.start),
        always(ground),
    )
    for group in groups:
        yield from group


def sentence(fact: Fact, known: Known) -> str:
    """A fact in a sentence: with its day and figure where they are known, in the past where a day to act by is gone."""
    words = book.facts()[fact]
    on, number = known.days.get(fact), known.amounts.get(fact)
    needs_number = "{amount}" in words.dated or "{count}" in words.dated
    if not words.dated or on is None or (needs_number and number is None):
        return say(words.plain)
    values = {} if number is None else {"amount": pounds(number), "count": f"{number:,}"}
    is_gone = known.on is not None and on < known.on
    return say((is_gone and words.past) or words.dated, on=day(on), **values)


def _action(rule: ActionRule, one: Do, snapshot: Snapshot) -> Action:
    return Action(rule=rule, because=one.because, side=snapshot.ground.side, known=snapshot.known)


def _refusal(rule: RefusalRule, one: No, known: Known, actions: dict[str, Action]) -> Refusal:
    instead = tuple(actions[code] for code in one.instead)
    return Refusal(rule=rule, because=one.because, known=known, instead=instead)


def _why(fact: Fact, reason: str, known: Known) -> str:
    """The fact, then the reason; a fact that says nothing new leaves the reason alone."""
    return say(reason) if fact is Fact.NOTHING else f"{sentence(fact, known)} {say(reason)}"
