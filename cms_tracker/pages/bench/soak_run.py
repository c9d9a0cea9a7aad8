"""The long measurement of ``soak.py``, in a process of its own; prints one figure a line, as JSON."""

import sys
import threading
import time

from django.core.management import call_command
from django.db import connections

from cms_tracker.pages.bench import load_run as run  # sets Django up
from cms_tracker.pages.bench import watching
from cms_tracker.pages.bench.load_cast import Cast
from cms_tracker.pages.bench.load_place import Place

EVERY = 10.0  # seconds from one look to the next, or a fiftieth of a short soak
PAUSE = 4.0  # seconds between two pages of a person
PEOPLE, ADVISERS = 24, 4  # so few that nobody is signed out for having done nothing


def main(cases: int, minutes: float, people: int) -> None:
    """Build, start the servers, and look at them while people use them."""
    seconds = minutes * 60
    with run.answers() as say:
        call_command("migrate", verbosity=0)
        run.grow(0, cases, say=lambda **_: None)
        cast = Cast(people=PEOPLE, advisers=ADVISERS, cases=cases)
        run.rolled(lambda **_: None)
        with Place(for_good=["--max-requests=0", "--max-requests-jitter=0"]) as place:
            place.start_workers()
            told = cast.told()
            connections.close_all()
            with Watch(place, every=min(EVERY, seconds / 50)) as watch:
                run.mixed(place, told, people=people, pause=PAUSE, seconds=seconds, say=say)
            say(what="watched", kinds=watch.kinds, readings=watch.readings)


class Watch:
    """Looks at every process again and again while it is entered."""

    def __init__(self, place: Place, *, every: float) -> None:
        self.kinds: dict[int, str] = {}
        self.readings: list[tuple[float, ...]] = []  # process, seconds, KiB resident, KiB of its own, handles
        self._place, self._every = place, every
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> "Watch":
        self._began = time.monotonic()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._done.wait(self._every):
            for pid, kind in self._place.processes().items():
                if (reading := watching.look(pid)) is not None:
                    self.kinds[pid] = kind
                    self.readings.append((pid, time.monotonic() - self._began, *reading))


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]))
