"""The bounded search for what would explain a difference, and the order in which it is shown.

Four steps, and the search ends at the first that finds anything: one thing; several equal things;
two things; three. The combined ones are held to a test of chance: if sums as many as were tried
would hit more than one in ten of the differences near this one (of three things, one in fifty),
a hit says nothing and is not shown. With enough things to add, anything can be explained.
"""

import math
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import NamedTuple

from arrears.core.results import Explanation
from arrears.core.statements.candidates import Candidate
from cms_tracker.days import day
from cms_tracker.language import mark, say

MOST_EQUAL = 12  # so many payments of one amount, and no more
MOST_COMBINED = 40  # amounts of which two or three are added: 10,660 sums at most
MOST_OF_THREE = 3
NEARBY = 1_000  # pence either side of the difference within which chance is judged
NEARBY_STEPS = 20
_CHANCE = {1: 10, 2: 10, 3: 50}  # of so many near differences at most one may be hit; 1: equal things

#: The likelier first. What is not named here comes last, in the order of its name.
_LIKELY = (
    "payment_not_counted", "payment_counted_early", "payment_struck_out", "payment_not_recorded", "claim_counted",
    "instalment_not_yet_due", "instalment_left_out", "another_day", "order_sum", "opening_left_out",
    "adjustment_left_out", "decision_counted_early", "decision_left_out", "decision_from_another_date",
    "decision_counted_twice", "fees_counted", "fee_on_top", "all_net_of_fee", "all_gross_of_fee", "another_month",
    "accrued_daily", "restated", "payment_counted_twice", "net_of_fee", "gross_of_fee", "credit_taken_off",
    "fees_not_taken",
)  # fmt: skip
_PLACE = {kind: place for place, kind in enumerate(_LIKELY)}

#: Ways in which the two records are apart by design, worth naming even where they are only a part.
_STANDING = frozenset({"fees_counted", "fee_on_top", "all_net_of_fee", "credit_taken_off", "claim_counted"})


class Group(NamedTuple):
    """Candidates of one kind and one amount: any of them would do, nearest to the statement's day first."""

    kind: str
    amount: int
    members: tuple[Candidate, ...]

    @property
    def touches(self) -> frozenset[str]:
        """All that the members speak of."""
        return frozenset().union(*(one.touches for one in self.members))

    @property
    def is_alone(self) -> bool:
        """Whether it is never combined."""
        return self.members[0].alone


class Found(NamedTuple):
    """What a search found, best first, and how many sums it compared with the difference."""

    explanations: tuple[Explanation, ...]
    partly: Explanation | None
    tried: int


def search(candidates: Iterable[Candidate], gap: int, *, near: int) -> Found:
    """Look for what adds up to ``gap`` pence (theirs less ours). ``near`` is the statement's day, an ordinal."""
    groups = grouped((one for one in candidates if one.amount), near=near)
    tried = len(groups)
    whole = [_said(one, 1) for one in groups if one.amount == gap]
    if whole:
        return Found(tuple(whole), None, tried)
    towards = [one for one in groups if one.amount * gap > 0 and abs(one.amount) < abs(gap) and not one.is_alone]
    equal, steps = _equal(towards, gap)
    tried += steps
    pool = _pool(towards)
    for size in (2, MOST_OF_THREE):
        if equal:
            break
        equal, steps = _together(pool, gap, size)
        tried += steps
    return Found(tuple(equal), None if equal else _partly(groups, gap), tried)


def grouped(candidates: Iterable[Candidate], *, near: int) -> list[Group]:
    """Candidates of one kind and amount as one, the likelier kinds first."""
    found: dict[tuple[str, int], list[Candidate]] = {}
    for one in candidates:
        found.setdefault((one.kind, one.amount), []).append(one)
    groups = []
    for (kind, amount), members in found.items():
        members.sort(key=lambda one: (abs(one.on.toordinal() - near), one.on, one.fact_ids))
        groups.append(Group(kind, amount, tuple(members)))
    return sorted(groups, key=lambda one: _order(one, near))


def _order(group: Group, near: int) -> tuple[int, str, int, int]:
    first = group.members[0]
    return (
        _PLACE.get(group.kind, len(_PLACE)), group.kind, abs(first.on.toordinal() - near), abs(group.amount),
    )  # fmt: skip


def _equal(groups: Sequence[Group], gap: int) -> tuple[list[Explanation], int]:
    """So many equal things, of those that there are."""
    found: list[Explanation] = []
    sums = {
        group.amount * times
        for group in groups
        for times in range(2, min(len(group.members), MOST_EQUAL) + 1)
        if group.members[0].nouns
    }
    if gap in sums and not _by_chance(sums, gap, (group.amount for group in groups), 1):
        for group in groups:
            times, rest = divmod(gap, group.amount)
            if not rest and times <= min(len(group.members), MOST_EQUAL) and group.members[0].nouns:
                found.append(_said(group, times))
    found.sort(key=lambda one: one.times)
    return found, len(sums)


def _pool(groups: Sequence[Group]) -> list[Group]:
    """The likeliest group of each amount, as many as may be combined."""
    amounts: dict[int, Group] = {}
    for group in groups:
        amounts.setdefault(group.amount, group)
    return list(amounts.values())[:MOST_COMBINED]


def _together(pool: Sequence[Group], gap: int, size: int) -> tuple[list[Explanation], int]:
    """Two or three things that pull the same way and speak of different facts."""
    places = {one.amount: place for place, one in enumerate(pool)}
    hits = []
    for some in combinations(range(len(pool)), size - 1):
        last = places.get(gap - sum(pool[place].amount for place in some), -1)
        if last > some[-1]:
            hits.append([*(pool[place] for place in some), pool[last]])
    hits = [some for some in hits if _are_apart(some)]
    steps = math.comb(len(pool), size)
    if hits:  # only then is it worth knowing how many other sums lie as near
        sums = {sum(some) for some in combinations((one.amount for one in pool), size)}
        if not _by_chance(sums, gap, places, size):
            return [_joined(some) for some in hits], steps
    return [], steps


def _are_apart(some: Sequence[Group]) -> bool:
    return all(not one.touches & other.touches for one, other in combinations(some, 2))


def _by_chance(sums: Iterable[int], gap: int, amounts: Iterable[int], size: int) -> bool:
    """Whether so many sums lie near the difference that one of them would often hit it by chance.

    Amounts that are all multiples of £5 can only ever add up to such: chance is judged among those.
    """
    step = math.gcd(*amounts)
    around = max(NEARBY, NEARBY_STEPS * step)
    near = sum(1 for one in sums if abs(one - gap) <= around and one != gap)
    return near * _CHANCE[size] > 2 * around // step


def _partly(groups: Sequence[Group], gap: int) -> Explanation | None:
    """One standing difference that pulls the same way and leaves a rest."""
    parts = [one for one in groups if one.kind in _STANDING and one.amount * gap > 0 and abs(one.amount) < abs(gap)]
    best = max(parts, key=lambda one: abs(one.amount), default=None)
    return _said(best, 1, say("It would explain a part of the difference")) if best else None


def _said(group: Group, times: int, would: str = mark("It would explain the difference")) -> Explanation:
    ids = tuple(name for one in group.members for name in one.fact_ids)
    days = tuple(one.on for one in group.members)
    return Explanation(
        group.kind,
        group.amount * times,
        say("{would} if {clause}.", would=would, clause=_clause(group, times)),
        ids,
        times,
        days=days,
    )


def _clause(group: Group, times: int) -> str:
    """What would have to be so, in words: of one thing, of one of several, or of several."""
    first, count = group.members[0], len(group.members)
    if count == 1 or not first.nouns:
        return first.clause
    which = (
        say("the {count_of}", count_of=count)
        if times == count
        else say("{numbers} of the {count_of}", numbers=_NUMBERS[times], count_of=count)
    )
    days = sorted(one.on for one in group.members)
    span = (
        say("between {days} and {days_2}", days=day(days[0]), days_2=day(days[-1]))
        if days[0] != days[-1]
        else say("on {days}", days=day(days[0]))
    )
    return f"{first.lead} {which} {first.nouns} {span}{first.tail}"


_NUMBERS = (
    "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip


def _joined(some: Sequence[Group]) -> Explanation:
    causes = tuple(_said(one, 1, say("It would explain a part of the difference")) for one in some)
    clauses = say(", and ").join(_clause(one, 1) for one in some)
    return Explanation(
        kind="together",
        amount=sum(one.amount for one in causes),
        text=say("It would explain the difference if {clauses}.", clauses=clauses),
        fact_ids=tuple(name for one in causes for name in one.fact_ids),
        causes=causes,
    )
