"""Does the time of an answer tell whether an address is known? ``manage.py bench timing``.

Known and unknown addresses are asked for in turns, in an installation apart. For each way of asking:
the difference of the medians, and how likely ranks as different as these are where nothing differs
(Mann and Whitney, two-sided, by the normal curve, with ties).
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from math import erfc, sqrt
from statistics import median
from typing import Any

from cms_tracker.pages.bench import apart
from cms_tracker.pages.bench.groups import Ask, Figure, section

RUN = "cms_tracker.pages.bench.timing_run"
MOST_MS, LEAST_P = 5, 0.01


@section("timing")
def timing(ask: Ask) -> Iterator[Figure]:
    """Each way of asking: sign-in, sign-up, a new password, on SQLite or on the PostgreSQL that was named."""
    place = apart.on_postgresql(ask.postgres) if ask.postgres else apart.on_sqlite()
    with place as settings:
        said: Iterator[dict[str, Any]] = apart.said_by(RUN, ask.asked, settings=settings)
        for one in said:
            known, unknown = one["known"], one["unknown"]
            apart_ms = median(known) - median(unknown)
            p = likelihood(known, unknown)
            yield Figure(
                part="timing",
                name=f"{one['way']}, {len(known)} known and {len(unknown)} unknown in turns",
                ms=abs(apart_ms),
                goal=f"< {MOST_MS} ms, p > {LEAST_P}",
                is_met=abs(apart_ms) < MOST_MS and p > LEAST_P,
                note=f"medians {median(known):.3f} and {median(unknown):.3f} ms, p = {p:.3f}",
            )


def likelihood(ones: Sequence[float], others: Sequence[float]) -> float:
    """How likely it is that two samples of one population differ in rank as much as these do, or more."""
    ranks = _ranks([*ones, *others])
    m, n = len(ones), len(others)
    u = sum(ranks[: len(ones)]) - m * (m + 1) / 2
    both = m + n
    ties = sum(count**3 - count for count in Counter(ranks).values()) / (both * (both - 1))
    spread = sqrt(m * n / 12 * (both + 1 - ties))
    return 1.0 if not spread else erfc(max(0.0, abs(u - m * n / 2) - 0.5) / spread / sqrt(2))


def _ranks(values: Sequence[float]) -> list[float]:
    """The place of each among all, from one; equal ones share the middle of their places."""
    places: dict[float, list[int]] = {}
    for place, value in enumerate(sorted(values), start=1):
        places.setdefault(value, []).append(place)
    return [sum(places[value]) / len(places[value]) for value in values]
