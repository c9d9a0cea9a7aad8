"""A caseload in a scratch database: recomputed in full, rolled forward by a night, and listed.

Run by ``caseload.py`` in a process of its own, whose settings name a database that holds nothing
else. Refuses any other. Prints one figure a line, as JSON.
"""

import json
import sys

import django


def main(sizes: list[int], rounds: int) -> None:
    """Measure a caseload of each size, the smaller first."""
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - Django must be set up before

    call_command("migrate", verbosity=0)
    from cms_tracker.pages.bench.scratch_measures import Scratch  # noqa: PLC0415 - and the tables be there

    scratch = Scratch(rounds=rounds, say=_say)
    for size in sorted(sizes):
        scratch.measure(size)


def _say(**figure: object) -> None:
    sys.stdout.write(json.dumps(figure) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main([int(one) for one in sys.argv[2].split(",")], int(sys.argv[1]))
