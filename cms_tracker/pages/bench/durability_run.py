"""People who log payments over HTTP while processes are killed. Run by ``durability.py``; prints one line of JSON."""

import contextlib
import http.client
import json
import os
import random
import statistics
import sys
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import NamedTuple

import django

from cms_tracker.pages.bench import pids
from cms_tracker.pages.bench.own_postgres import OwnPostgres
from cms_tracker.pages.bench.site import PASSWORD, Answer, Site, Visitor

PEOPLE = 4
WITH_PROOF = 20  # every such payment comes with a file
AGAIN = 0.1  # seconds after which a form is sent again
LONGEST = 120.0  # seconds without a single answer after which the run has failed


class Person(NamedTuple):
    """Somebody with a record of their own."""

    email: str
    case_id: uuid.UUID


class Said(NamedTuple):
    """One payment that was answered as saved."""

    case_id: uuid.UUID
    payment_id: uuid.UUID
    pence: int


class Tally:
    """What all of them have been answered, and whether they may stop."""

    def __init__(self, wanted: int) -> None:
        self._lock = threading.Lock()
        self._left = wanted
        self.saved: list[Said] = []
        self.resent = 0
        self.failed: list[str] = []

    def take(self) -> int | None:
        """The number of the next payment to log, or None when there are enough."""
        with self._lock:
            self._left -= 1
            return self._left + 1 if self._left >= 0 else None

    def add(self, one: Said, *, resent: int) -> None:
        """Note one that was acknowledged."""
        with self._lock:
            self.saved.append(one)
            self.resent += resent


def work(person: Person, site: Site, tally: Tally) -> None:
    """Log one payment after another, each until it is acknowledged."""
    visitor = Visitor(site)
    try:
        visitor.sign_in(person.email)
        while (number := tally.take()) is not None:
            pence = 100 + number
            payment_id, resent = log(visitor, person, pence=pence, proof=number % WITH_PROOF == 0)
            tally.add(Said(person.case_id, payment_id, pence), resent=resent)
    except Exception as error:
        tally.failed.append(repr(error))
        raise


def log(visitor: Visitor, person: Person, *, pence: int, proof: bool) -> tuple[uuid.UUID, int]:
    """Fill the form in and send it, again and again with the same key until it is answered; how often again."""
    path = f"/records/{person.case_id}/payments/log/"
    form, _ = until_answered(lambda: visitor.get(path), http.client.OK)
    sent = form.hidden() | {"came": "other", "amount": f"{pence // 100}.{pence % 100:02}", "when": "today"}
    files = {"proof": f"Paid in: {pence}".encode()} if proof else {}
    _, resent = until_answered(lambda: visitor.post(path, sent, files), http.client.FOUND)
    return uuid.UUID(sent["entry"]), resent


def until_answered(ask: Callable[[], Answer], wanted: int) -> tuple[Answer, int]:
    """The answer that is wanted, and how often it took another try. Raises TimeoutError."""
    end, tries = time.monotonic() + LONGEST, 0
    while True:
        with contextlib.suppress(OSError, http.client.HTTPException):
            answer = ask()
            if answer.status == wanted:
                return answer, tries
            if answer.status < http.client.INTERNAL_SERVER_ERROR and not tries:
                raise LookupError(answer.status)
        if time.monotonic() > end:
            raise TimeoutError
        tries += 1
        time.sleep(AGAIN)


class Harm:
    """Kills by process id, in turns, at moments that nobody can foresee."""

    def __init__(self, site: Site, server: OwnPostgres | None, dice: random.Random) -> None:
        self._site, self._server, self._dice = site, server, dice
        self.killed: Counter[str] = Counter()
        self.back_after: list[float] = []

    def do(self, tally: Tally) -> None:
        """The next harm, and wait until somebody has been answered again."""
        kinds = (self._one_process, self._database, self._web_server)
        what = kinds[self.killed.total() % len(kinds)]
        time.sleep(self._dice.uniform(0, 0.05))
        self.killed[what()] += 1
        began, before = time.monotonic(), len(tally.saved)
        while len(tally.saved) == before and not tally.failed:
            if time.monotonic() - began > LONGEST:
                raise TimeoutError
            time.sleep(0.01)
        self.back_after.append(time.monotonic() - began)

    def _one_process(self) -> str:
        found = self._site.processes()
        if found:
            pids.kill(self._dice.choice(found))
        return "a web process"

    def _web_server(self) -> str:
        self._site.server.kill()
        self._site.server.start()
        return "the web server"

    def _database(self) -> str:
        if self._server is None:  # on SQLite every process that writes is the database
            pids.kill(*self._site.processes())
            return "every process that writes"
        self._server.kill()
        time.sleep(self._dice.uniform(0, 2))  # pages say so meanwhile
        self._server.start()
        return "the database server"


def main(engine: str, writes: int, kills: int) -> None:
    """Do it all, and say what came of it."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", buffering=1)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what the web server says must not stand among the answers
    began = time.monotonic()
    place: AbstractContextManager[OwnPostgres | None] = OwnPostgres() if engine == "PostgreSQL" else nullcontext()
    with place as server:
        if server is not None:
            os.environ["DATABASE_URL"] = server.url
        people = list(_people())
        tally, dice = Tally(writes), random.Random(7)  # noqa: S311 - moments to strike at
        with Site({}) as site:
            harm = Harm(site, server, dice)
            threads = [threading.Thread(target=work, args=(one, site, tally), daemon=True) for one in people]
            for thread in threads:
                thread.start()
            _harm(harm, tally, moments=sorted(dice.sample(range(1, max(writes * 9 // 10, kills + 1)), kills)))
            for thread in threads:
                thread.join()
        found = {"acknowledged": len(tally.saved), "resent": tally.resent, "killed": harm.killed} | _held(tally)
        if tally.failed:
            raise RuntimeError("\n".join(tally.failed))
        back = harm.back_after or [0.0]
        found |= {"slowest": max(back), "median": statistics.median(back), "is_verified": _is_verified()}
        answers.write(json.dumps(found | {"seconds": time.monotonic() - began}) + "\n")
        _let_go()


def _harm(harm: Harm, tally: Tally, *, moments: list[int]) -> None:
    for moment in moments:
        while len(tally.saved) < moment and not tally.failed:
            time.sleep(0.005)
        if tally.failed:
            return
        harm.do(tally)


def _people() -> Iterator[Person]:
    """People who can sign in, each with a record in which nothing has been logged for a year."""
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - Django must be set up before

    from arrears.core import case_file  # noqa: PLC0415 - the same
    from cms_tracker.pages import case_transfer  # noqa: PLC0415 - the same
    from cms_tracker.pages.bench.histories import weekly_case  # noqa: PLC0415 - the same
    from cms_tracker.users import operations as users  # noqa: PLC0415 - the same
    from cms_tracker.web.clock import now, today  # noqa: PLC0415 - the same

    call_command("migrate", verbosity=0)
    for number in range(PEOPLE):
        email = f"writer{number}@example.com"
        person = users.sign_up(email)
        if person is None or not users.confirm_address(person, password=PASSWORD):
            raise LookupError(email)
        users.note_safety_page_seen(person, at=now())
        file = weekly_case(today(), number=number, weeks=26)
        case = case_transfer.bring_in(case_file.parse(json.dumps(file | {"payments": []})), owner=person)
        yield Person(email, case.pk)
    _let_go()


def _held(tally: Tally) -> dict[str, int]:
    """What the database holds, against what was answered."""
    from arrears import queries  # noqa: PLC0415 - Django must be set up before
    from cases import queries as cases  # noqa: PLC0415 - the same
    from cms_tracker.audit import queries as audit  # noqa: PLC0415 - the same

    found, noted = Counter[tuple[uuid.UUID, str, int]](), Counter[str]()
    for case_id in {one.case_id for one in tally.saved}:
        case = cases.case_by_id(case_id)
        if case is None:
            continue
        found.update((case_id, str(one.id), one.amount) for one in queries.facts_for(case).payments)
        noted.update(one.subject for one in audit.acts_on(case_id) if one.kind == "payment.recorded")
    said = {(one.case_id, str(one.payment_id), one.pence) for one in tally.saved}
    return {
        "lost": sum(1 for one in said if not found[one]),
        "doubled": found.total() - len(said & set(found)) + len(tally.saved) - len(said),
        "without_audit": sum(1 for one in tally.saved if noted[str(one.payment_id)] != 1),
    }


def _is_verified() -> bool:
    """Whether the product's own proofs find nothing."""
    from django.core.management import CommandError, call_command  # noqa: PLC0415 - Django must be set up before

    try:
        call_command("roll_forward", stdout=sys.stderr)
        for proof in ("verify_ledger", "verify_audit", "verify_files"):
            call_command(proof, stdout=sys.stderr)
    except CommandError as error:
        sys.stderr.write(f"{error}\n")
        return False
    return True


def _let_go() -> None:
    from django.db import connections  # noqa: PLC0415 - Django must be set up before

    connections.close_all()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
