"""The measurement of ``many_letters.py``, in a process of its own; prints one figure a line, as JSON."""

import json
import multiprocessing
import os
import statistics
import sys
import time
import uuid
from collections.abc import Sequence

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - Django must be set up before
from django.db import connections  # noqa: E402

from cases import operations as case_operations  # noqa: E402
from cases.core.roles import Role  # noqa: E402
from cms_tracker.pages.bench.fault_world import World  # noqa: E402
from cms_tracker.pages.bench.letters import press_button  # noqa: E402
from cms_tracker.users import operations as users  # noqa: E402
from cms_tracker.web.clock import now  # noqa: E402
from correspondence import queries, rendering  # noqa: E402
from correspondence.rendering.engine import Engine  # noqa: E402

PRESSES = 40
PROCESSES = 2
_bare: list[Engine] = []


def main(count: int) -> None:
    """Measure the press, then the rate with somebody waiting behind, then the bare rate."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", buffering=1)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a worker says must not stand among the answers
    call_command("migrate", verbosity=0)

    def say(**figure: object) -> None:
        answers.write(json.dumps(figure) + "\n")

    with World() as world:
        say(what="running", **_presses(world))
        with world.stopped(world.broker.pid):
            say(what="hanging", **_presses(world))
        world.broker.kill()
        say(what="gone", **_presses(world))
        world.broker.start()
        world.wait(world.ready(*world.letters))
        letters, rate, behind = _through_workers(world, count)
        say(what="behind", letters=count, ms=behind)
        pages = [_page_of(world, key) for key in letters]
        connections.close_all()  # the copies must not share one with us
        say(what="rate", letters=count, rate=rate, bare=_bare_rate(pages))


def _presses(world: World) -> dict[str, object]:
    taken = []
    for _ in range(PRESSES):
        began = time.perf_counter()
        world.press()
        taken.append((time.perf_counter() - began) * 1000)
    ordered = sorted(taken)
    p95 = ordered[int(0.95 * (len(ordered) - 1))]
    return {"p95": p95, "median": statistics.median(taken), "longest": ordered[-1], "presses": PRESSES}


def _through_workers(world: World, count: int) -> tuple[list[uuid.UUID], float, float]:
    """Letters of somebody who helps, then one of the owner, while no worker is there; then two are.

    Returns the helper's letters, how many were made a second from the first to the last, and the
    milliseconds from the first to the owner's.
    """
    helper = users.sign_up("helper@example.com")
    if helper is None:
        raise LookupError
    code = case_operations.make_invitation(
        actor=world.owner, case=world.case, role=Role.HELPER, label="Helper", at=now()
    )
    case_operations.accept_invitation(actor=helper, code=code, at=now())
    world.worker.stop()
    letters = [press_button(helper, world.case, world.short).pk for _ in range(count)]
    mine = world.press()
    world.worker.start()
    with world.second_worker():
        world.wait(world.ready(mine))
        while not world.ready(letters[-1])():
            time.sleep(0.1)
        world.wait(world.ready(*letters))
    times = sorted(_ready_at(world, key) for key in letters)
    rate = (count - 1) / (times[-1] - times[0])
    return letters, rate, max(0, _ready_at(world, mine) - times[0]) * 1000


def _ready_at(world: World, key: uuid.UUID) -> float:
    letter = queries.letter_of(world.case.pk, key)
    if letter is None or letter.ready_at is None:
        raise LookupError
    return letter.ready_at.timestamp()


def _page_of(world: World, key: uuid.UUID) -> str:
    letter = queries.letter_of(world.case.pk, key)
    if letter is None:
        raise LookupError
    return rendering.letter_page(letter.html, dated_on=letter.dated_on)


def _bare_rate(pages: Sequence[str]) -> float:
    """The same pages by two processes that are warm and have nothing else to do."""
    with multiprocessing.get_context("spawn").Pool(PROCESSES, _warm, (rendering.style_sheets(),)) as pool:
        pool.map(_lay_out, pages[: 4 * PROCESSES], chunksize=1)
        began = time.perf_counter()
        pool.map(_lay_out, pages, chunksize=1)
        return len(pages) / (time.perf_counter() - began)


def _warm(styles: dict[str, str]) -> None:
    _bare.append(Engine(styles))


def _lay_out(page: str) -> int:
    return len(_bare[0].lay_out(page, style="letter.css", most_pages=rendering.LETTER.pages)[1])


if __name__ == "__main__":
    main(int(sys.argv[1]))
