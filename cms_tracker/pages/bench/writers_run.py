"""So many people at once, in a scratch installation: payments, calls, and the pages that show them. Prints JSON."""

import json
import random
import sys
import threading
import time
import uuid
from collections.abc import Callable
from statistics import median, quantiles
from typing import Any

import django

PENCE = 100
OF_TEN = ("payment",) * 4 + ("call",) * 2 + ("payments", "today", "timeline", "account")


def main(writers: int, seconds: int) -> None:
    """Write and read for so many seconds; half of the people share one record."""
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - Django must be set up before
    from django.core.signals import got_request_exception  # noqa: PLC0415 - the same

    call_command("migrate", verbosity=0)
    people = _people(writers)
    tally = _Tally()
    got_request_exception.connect(tally.note)
    end = time.monotonic() + seconds
    threads = [threading.Thread(target=_work, args=(number, *one, end, tally)) for number, one in enumerate(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sys.stdout.write(json.dumps(tally.told() | {"agrees": _agrees(people, tally)}) + "\n")


class _Tally:
    """What every thread adds to."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.taken: list[float] = []
        self.saved: dict[uuid.UUID, int] = {}
        self.failed = 0
        self.errors: list[str] = []

    def add(self, case_id: uuid.UUID, ms: float, *, status: int, paid: bool) -> None:
        with self.lock:
            self.taken.append(ms)
            self.failed += status not in {200, 302}
            self.saved[case_id] = self.saved.get(case_id, 0) + (paid and status == 302)

    def note(self, **_: Any) -> None:
        """Keep what went wrong in a request."""
        self.errors.append(repr(sys.exc_info()[1]))

    def told(self) -> dict[str, Any]:
        return {
            "asked": len(self.taken),
            "saved": sum(self.saved.values()),
            "failed": self.failed,
            "locked": sum("locked" in one for one in self.errors),
            "median": median(self.taken),
            "p99": quantiles(self.taken, n=100)[-1],
            "slowest": max(self.taken),
        }


def _people(writers: int) -> list[tuple[Any, Any]]:
    """A person and a record each; the second half were let into the record of the first."""
    from arrears.core import case_file  # noqa: PLC0415 - Django must be set up before
    from cases import operations as cases  # noqa: PLC0415 - the same
    from cases.core.roles import Role  # noqa: PLC0415 - the same
    from cms_tracker.pages import case_transfer  # noqa: PLC0415 - the same
    from cms_tracker.pages.bench.histories import weekly_case  # noqa: PLC0415 - the same
    from cms_tracker.users import operations as users  # noqa: PLC0415 - the same
    from cms_tracker.web.clock import now, today  # noqa: PLC0415 - the same

    found: list[tuple[Any, Any]] = []
    for number in range(writers):
        person = users.sign_up(f"writer{number}@example.com")
        if person is None:
            raise LookupError(number)
        users.note_safety_page_seen(person, at=now())
        if number < writers // 2 or not found:
            file = weekly_case(today(), number=number, weeks=52)
            found.append((person, case_transfer.bring_in(case_file.parse(json.dumps(file)), owner=person)))
            continue
        owner, case = found[0]
        code = cases.make_invitation(actor=owner, case=case, role=Role.HELPER, label="Bench", at=now())
        cases.accept_invitation(actor=person, code=code, at=now())
        found.append((person, case))
    return found


def _work(number: int, person: Any, case: Any, end: float, tally: _Tally) -> None:
    from django.db import connections  # noqa: PLC0415 - Django must be set up before
    from django.test import Client  # noqa: PLC0415 - the same

    client = Client(SERVER_NAME="localhost", raise_request_exception=False)
    client.force_login(person)
    dice = random.Random(number)  # noqa: S311 - which page comes next
    while time.monotonic() < end:
        what = dice.choice(OF_TEN)
        began = time.perf_counter()
        status = _acts(client, case.pk)[what]().status_code
        tally.add(case.pk, (time.perf_counter() - began) * 1000, status=status, paid=what == "payment")
    connections.close_all()


def _acts(client: Any, case_id: uuid.UUID) -> dict[str, Callable[[], Any]]:
    from django.urls import reverse  # noqa: PLC0415 - Django must be set up before

    def at(name: str) -> str:
        return reverse(name, args=[case_id])

    key = str(uuid.uuid4())
    paid = {"entry": key, "came": "other", "amount": "1.00", "when": "today"}
    called = {"entry": key, "kind": "call", "direction": "out", "summary": "They rang", "when": "today"}
    return {
        "payment": lambda: client.post(at("arrears:log-payment"), paid),
        "call": lambda: client.post(at("correspondence:new-contact"), called),
        "payments": lambda: client.get(at("arrears:payments")),
        "today": lambda: client.get(at("pages:today")),
        "timeline": lambda: client.get(at("correspondence:timeline")),
        "account": lambda: client.get(at("arrears:breakdown")),
    }


def _agrees(people: list[tuple[Any, Any]], tally: _Tally) -> bool:
    """Say whether each record holds what was answered as saved, and its balance fell by that, to the penny."""
    from dataclasses import replace  # noqa: PLC0415 - beside what uses it

    from arrears import queries  # noqa: PLC0415 - Django must be set up before
    from arrears.core.position import position  # noqa: PLC0415 - the same
    from cms_tracker.web.clock import today  # noqa: PLC0415 - the same

    day = today()
    for case in {case.pk: case for _, case in people}.values():
        facts = queries.facts_for(case)
        new = [one for one in facts.payments if one.paid_on == day and one.amount == PENCE]
        before = replace(facts, payments=tuple(one for one in facts.payments if one not in new))
        now, then = (position(one, on=day, known_on=day).net for one in (facts, before))
        if len(new) != tally.saved.get(case.pk, 0) or then - now != PENCE * len(new):
            return False
    return True


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
