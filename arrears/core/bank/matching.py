"""Which lines of a statement are likely payments of a case, and for which due dates.

Nothing here decides where money counts (that is ``allocation``): it only says which lines are worth
showing to a person, and why. The cost grows with the lines and the due dates, not with their product.
"""

import datetime as dt
import uuid
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from arrears.core import rates
from arrears.core.bank.lines import Line
from arrears.core.bank.routes import Routes, Told, through_cms
from arrears.core.bank.texts import digest, line_id
from arrears.core.facts import CaseFacts, Route
from arrears.core.ledger import known
from arrears.core.position import position, upcoming
from cases.core.facts import Frequency, Perspective, ServiceType
from cms_tracker.money import round_half_up

LATE = 7  # days after its due date in which a payment is looked for
FAR = 31  # days after it in which the exact amount is still worth showing
EARLY_WEEKLY, EARLY = 3, 7  # days before it: the reach of the rules (section 3)
TOGETHER = 4  # due dates that one payment may cover, and payments that may make up one
NEAR = 10  # a tenth: more than this short or over is another payment
COMING = 3  # instalments still to fall due that may have been paid early


class Why(StrEnum):
    """Why a line is shown. The first that holds is said."""

    EXACT = "exact"
    PENNY = "penny"
    TOGETHER = "together"
    IN_PARTS = "in_parts"
    NEARLY = "nearly"
    FAR = "far"
    LOGGED = "logged"
    TWICE = "twice"
    PAYER_KNOWN = "payer_known"
    NAMES_CMS = "names_cms"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A line that may be a payment of this case. ``pence`` is positive, whichever way it went.

    ``due_on`` are the due dates it looks like; ``days`` how much later than the nearest it came
    (negative: earlier); ``over`` by how many pence it differs from what was due (negative: short).
    ``is_covered``: the record holds money for those dates already. ``is_logged``: the record holds
    a payment of that day and amount. ``is_twice``: the file has this very line before.
    ``is_known``: the person confirmed this payer before. ``noted_on`` is the day on which somebody
    noted that nothing had come for one of those dates. ``route`` is the likeliest way it travelled,
    ``service`` the one in force that day; ``is_route_doubtful``: a person should say the way.
    """

    id: uuid.UUID
    number: int
    on: dt.date
    pence: int
    text: str
    digest: str
    route: Route
    why: Why
    due_on: tuple[dt.date, ...] = ()
    days: int = 0
    over: int = 0
    is_covered: bool = False
    is_logged: bool = False
    is_twice: bool = False
    is_known: bool = False
    noted_on: dt.date | None = None
    service: ServiceType | None = None
    is_route_doubtful: bool = False

    @property
    def is_denied(self) -> bool:
        """Say whether it stands against a note that nothing had come, made when it should have been there."""
        return self.noted_on is not None and self.noted_on >= self.on

    @property
    def is_likely(self) -> bool:
        """Say whether it begins with a tick: the exact amount in time, or a payer confirmed before."""
        doubtful = self.is_covered or self.is_logged or self.is_twice or self.is_denied
        return not doubtful and (self.why is Why.EXACT or self.is_known)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """What a statement holds for a case: ``already`` lines were confirmed before, ``others`` are not shown."""

    candidates: tuple[Candidate, ...]
    already: int
    others: int


class _Due(NamedTuple):
    """An instalment to look for: what it would be paid directly, and through CMS; pence."""

    day: int
    direct: frozenset[int]
    through: frozenset[int]
    amount: int
    passing: int
    is_open: bool
    early: int

    def amounts(self, route: Route) -> frozenset[int]:
        return self.direct if route is Route.DIRECT else self.through

    def whole(self, route: Route) -> int:
        return self.amount if route is Route.DIRECT else self.passing


class _Paid(NamedTuple):
    """A line in the direction of the case's money, with what names it."""

    candidate: Candidate
    day: int
    told: Told


def match(
    lines: Sequence[Line], facts: CaseFacts, *, on: dt.date, key: bytes, learned: Collection[str] = ()
) -> Matched:
    """Find the lines that may be payments of the case, oldest first.

    ``key`` is the case's own, for digests; ``learned`` the digests of payers confirmed before.
    Money in for the receiving parent's file, money out for the paying parent's.
    """
    return _Matching(lines, facts, on=on, key=key, learned=frozenset(learned)).run()


class _Matching:
    """One statement against one case. Each pass takes lines and due dates that those before it left."""

    def __init__(
        self, lines: Sequence[Line], facts: CaseFacts, *, on: dt.date, key: bytes, learned: frozenset[str]
    ) -> None:
        self._count = len(lines)
        self._key, self._learned = key, learned
        self._perspective = facts.perspective
        self._via = through_cms(facts.perspective)
        self._dues = _dues(facts, on)
        self._days = [due.day for due in self._dues]
        self._taken: set[int] = set()
        self._found: dict[int, Candidate] = {}
        self._ids = {one.id for one in facts.payments}
        seen = known(facts, on)
        self._logged = Counter((one.paid_on, one.amount) for one in seen.payments)
        notes = sorted((one.due_on.toordinal(), one.noted_on) for one in seen.observations)
        self._noted = dict(notes)  # the latest note of each date
        self._routes = Routes(seen)
        self._already = 0
        self._paid = self._named(lines, on)

    def run(self) -> Matched:
        """Every pass in turn."""
        self._exact()
        self._together()
        self._nearly()
        self._in_parts()
        self._rest()
        shown = [self._found[place] for place in sorted(self._found)]
        others = self._count - self._already - len(shown)
        return Matched(candidates=tuple(shown), already=self._already, others=others)

    def _named(self, lines: Iterable[Line], on: dt.date) -> list[_Paid]:
        """The lines that went the right way, by day, each with the id it has in every reading of its file."""
        sign = 1 if self._perspective is Perspective.RECEIVING else -1
        digests: dict[str, str] = {}
        seen: Counter[tuple[dt.date, int, str]] = Counter()
        found: list[_Paid] = []
        for line in sorted((one for one in lines if one.pence * sign > 0 and one.on <= on), key=_by_day):
            pence = abs(line.pence)
            if line.text not in digests:
                digests[line.text] = digest(self._key, line.text)
            digested = digests[line.text]
            nth = seen[line.on, pence, digested]
            seen[line.on, pence, digested] += 1
            name = uuid.UUID(bytes=line_id(self._key, on=str(line.on), pence=pence, nth=nth, digest=digested))
            if str(name) in self._ids:
                self._already += 1
                self._logged[line.on, pence] -= 1
                continue
            told = self._routes.told(on=line.on, text=line.text)
            candidate = Candidate(
                id=name, number=line.number, on=line.on, pence=pence, text=line.text, digest=digested,
                route=told.routes[0], why=Why.PAYER_KNOWN, is_twice=nth > 0, is_known=digested in self._learned,
                service=told.service,
            )  # fmt: skip
            found.append(_Paid(candidate, line.on.toordinal(), told))
        return found

    def _exact(self) -> None:
        """The exact amount in time. Open dates before covered ones, near before far."""
        pairs = []
        for place, (one, day, told) in enumerate(self._paid):
            for at in self._near(day, LATE):
                due = self._dues[at]
                route = _fitting(one.pence, due, told)
                if route:
                    pairs.append((not due.is_open, abs(day - due.day), place, at, route))
        for is_covered, _, place, at, route in sorted(pairs):
            if place not in self._found and at not in self._taken:
                self._take(place, [at], Why.EXACT, route=route, is_covered=is_covered)

    def _together(self) -> None:
        """One payment for two to four dates that follow each other."""
        for place, (one, day, told) in self._left():
            tried = ((route, self._run(one, at, route)) for at in self._near(day, LATE) for route in told.routes)
            route, run = next(((route, run) for route, run in tried if run), (one.route, []))
            if run:
                self._take(place, run, Why.TOGETHER, route=route)

    def _run(self, one: Candidate, at: int, route: Route) -> list[int]:
        """The dates around ``at`` that add up to the line, each open and not taken; empty where none do."""
        for first in range(max(0, at - TOGETHER + 1), at + 1):
            total = 0
            for last in range(first, min(first + TOGETHER, len(self._dues))):
                if last in self._taken or not self._dues[last].is_open:
                    break
                total += self._dues[last].whole(route)
                if total == one.pence and last > first and last >= at:
                    return list(range(first, last + 1))
        return []

    def _nearly(self) -> None:
        """A penny, or up to a tenth, short or over."""
        for place, (one, day, told) in self._left():
            open_ones = [at for at in self._near(day, LATE) if self._dues[at].is_open and at not in self._taken]
            if not open_ones:
                continue
            at = min(open_ones, key=lambda at: (abs(day - self._days[at]), at))
            due = self._dues[at]
            over, route = min(((one.pence - due.whole(route), route) for route in told.routes), key=_least)
            if abs(over) * NEAR <= due.whole(route):
                self._take(place, [at], Why.PENNY if abs(over) == 1 else Why.NEARLY, route=route, over=over)

    def _in_parts(self) -> None:
        """Two to four payments of one payer that make up one date."""
        groups: dict[tuple[int, str], list[int]] = defaultdict(list)
        for place, (one, day, _) in self._left():
            for at in self._near(day, LATE):
                if self._dues[at].is_open and at not in self._taken:
                    groups[at, one.digest].append(place)
        for (at, _), places in groups.items():
            free = [place for place in places if place not in self._found][: 2 * TOGETHER]
            parts, route = self._parts(free, self._dues[at])
            if parts and at not in self._taken:
                for place in parts:
                    self._take(place, [at], Why.IN_PARTS, route=route)

    def _parts(self, places: list[int], due: _Due) -> tuple[list[int], Route]:
        """The lines that follow each other and add up to the date, and the way that they went."""
        for first in range(len(places)):
            for count in range(2, TOGETHER + 1):
                run = places[first : first + count]
                total = sum(self._paid[place].candidate.pence for place in run)
                for route in self._paid[run[0]].told.routes:
                    if len(run) == count and total == due.whole(route):
                        return run, route
        return [], Route.DIRECT

    def _rest(self) -> None:
        """What is worth showing for another reason: logged by hand, a payer we know, CMS, the amount too late."""
        shown = {_said(one) for one in self._found.values()}
        for place, (one, day, told) in self._left():
            far = self._far(one, day, told)
            if self._logged[one.on, one.pence] > 0:
                self._put(place, Why.LOGGED)
            elif far is not None:
                at, route = far
                self._take(place, [at], Why.FAR, route=route)
            elif one.is_known:
                self._put(place, Why.PAYER_KNOWN)
            elif told.names_cms:
                self._put(place, Why.NAMES_CMS)
            elif one.is_twice and _said(one) in shown:
                self._put(place, Why.TWICE)

    def _far(self, one: Candidate, day: int, told: Told) -> tuple[int, Route] | None:
        for at in reversed(self._near(day, FAR)):
            due = self._dues[at]
            route = _fitting(one.pence, due, told)
            if due.is_open and at not in self._taken and route:
                return at, route
        return None

    def _near(self, day: int, late: int) -> range:
        """The dates for which a payment of that day is neither too early nor too late."""
        first = bisect_left(self._days, day - late)
        last = bisect_right(self._days, day + EARLY)
        while last > first and self._days[last - 1] - day > self._dues[last - 1].early:
            last -= 1
        return range(first, last)

    def _left(self) -> list[tuple[int, _Paid]]:
        return [(place, paid) for place, paid in enumerate(self._paid) if place not in self._found]

    def _take(
        self,
        place: int,
        dates: list[int],
        why: Why,
        *,
        route: Route,
        over: int = 0,
        is_covered: bool = False,
    ) -> None:
        self._taken.update(dates)
        one, day, _ = self._paid[place]
        nearest = min((day - self._days[at] for at in dates), key=abs)
        due_on = tuple(dt.date.fromordinal(self._days[at]) for at in dates)
        noted_on = max((self._noted[self._days[at]] for at in dates if self._days[at] in self._noted), default=None)
        one = replace(
            one, route=route, due_on=due_on, days=nearest, over=over, is_covered=is_covered, noted_on=noted_on
        )
        self._put(place, why, one, is_exact=not over)

    def _put(self, place: int, why: Why, one: Candidate | None = None, *, is_exact: bool = False) -> None:
        told = self._paid[place].told
        one = one or self._paid[place].candidate
        one = replace(one, is_route_doubtful=told.is_doubtful(one.route, is_exact=is_exact))
        is_logged = self._logged[one.on, one.pence] > 0
        if is_logged:
            self._logged[one.on, one.pence] -= 1
        self._found[place] = replace(one, why=why, is_logged=is_logged)


def _fitting(pence: int, due: _Due, told: Told) -> Route | None:
    """The first way in which the amount is exactly what was due, or what was left of it."""
    return next((route for route in told.routes if pence in due.amounts(route)), None)


def _least(way: tuple[int, Route]) -> int:
    return abs(way[0])


def _said(one: Candidate) -> tuple[dt.date, int, str]:
    """What a line says, whichever of several that say the same it is."""
    return (one.on, one.pence, one.digest)


def _by_day(line: Line) -> tuple[dt.date, int]:
    return (line.on, line.number)


def _dues(facts: CaseFacts, on: dt.date) -> list[_Due]:
    """The instalments of the record and the next few to come, by day."""
    receiving = facts.perspective is Perspective.RECEIVING
    weekly = {schedule.id for schedule in facts.schedules if schedule.frequency is Frequency.WEEKLY}
    instalments = position(facts, on=on, known_on=on).instalments
    found = [
        _due(one.due_on, one.amount, one.outstanding, one.fee, receiving=receiving, is_weekly=one.schedule_id in weekly)
        for one in instalments
    ]
    is_weekly = bool(instalments) and instalments[-1].schedule_id in weekly
    for coming in upcoming(facts, after=on, known_on=on, count=COMING):
        found.append(
            _due(coming.due_on, coming.amount, coming.amount, coming.fee, receiving=receiving, is_weekly=is_weekly)
        )
    return found


def _due(due_on: dt.date, amount: int, left: int, fee: int, *, receiving: bool, is_weekly: bool) -> _Due:
    def through(pence: int) -> int:
        if not receiving:
            return pence + fee
        return pence - round_half_up(pence * rates.on(due_on).collection_fee_receiving_parent.share)

    wanted = {amount, left} if left else {amount}
    return _Due(
        day=due_on.toordinal(),
        direct=frozenset(wanted),
        through=frozenset(map(through, wanted)),
        amount=left or amount,
        passing=through(left or amount),
        is_open=bool(left),
        early=EARLY_WEEKLY if is_weekly else EARLY,
    )
