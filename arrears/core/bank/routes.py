"""How the money of a bank line travelled: told by the service of its day, by its text, and by its amount.

A reference is typed by the payer: many who pay straight to the other parent write "CMS". So the
service in force comes first, and where the three do not agree a person is asked.
"""

import datetime as dt
from typing import NamedTuple

from arrears.core.allocation import counted
from arrears.core.bank.texts import names_cms
from arrears.core.facts import CaseFacts, Payment, Route
from arrears.core.in_force import service_on
from cases.core.facts import Perspective, ServiceType


class Told(NamedTuple):
    """What service and text say of a line. ``routes`` are those to try on amounts, the one to fall back on first."""

    routes: tuple[Route, ...]
    service: ServiceType | None
    names_cms: bool

    def is_doubtful(self, route: Route, *, is_exact: bool) -> bool:
        """Say whether a person should choose. ``is_exact``: the amount is what was due, the way that ``route`` says."""
        if self.service is ServiceType.DIRECT_PAY:
            return self.names_cms
        return self.service is None or route is Route.DIRECT or not is_exact


class Routes:
    """Reads the lines of one statement; the service of a day is looked up once."""

    def __init__(self, seen: CaseFacts) -> None:
        """``seen`` are facts as known."""
        self._seen = seen
        self._via = through_cms(seen.perspective)
        self._services: dict[dt.date, ServiceType | None] = {}
        self._named: dict[str, bool] = {}

    def told(self, *, on: dt.date, text: str) -> Told:
        """What is said of a line of that day."""
        if on not in self._services:
            service = service_on(self._seen, on)
            self._services[on] = service.type if service else None
        if text not in self._named:
            self._named[text] = names_cms(text)
        service_type, is_named = self._services[on], self._named[text]
        return Told(self._routes(service_type, is_named=is_named), service_type, is_named)

    def _routes(self, service: ServiceType | None, *, is_named: bool) -> tuple[Route, ...]:
        if service is ServiceType.COLLECT_AND_PAY:
            return (self._via,) if is_named else (Route.DIRECT, self._via)
        if service is None and is_named:
            return (self._via,)
        return (Route.DIRECT,)


def through_cms(perspective: Perspective) -> Route:
    """How money that CMS collects shows in this parent's account."""
    return Route.VIA_CMS_PAID if perspective is Perspective.PAYING else Route.VIA_CMS_RECEIVED


def counts_for(pence: int, *, on: dt.date, route: Route) -> int:
    """The pence for which a line would count, had it travelled this way (rules section 3)."""
    return counted(Payment(paid_on=on, amount=pence, route=route, recorded_on=on))
