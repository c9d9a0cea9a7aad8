"""Which time limits of challenges a list of deadlines shows, so that no time is shown twice."""

import uuid
from collections.abc import Iterable, Sequence

from cases.core.facts import Nation
from correspondence.core.challenges import ChallengeSeen, Window, windows
from correspondence.core.clocks import ClockSeen


def open_windows(
    challenges: Iterable[ChallengeSeen], clocks: Sequence[ClockSeen], *, nation: Nation
) -> list[tuple[ChallengeSeen, Window]]:
    """The time limits of challenges, without those that the person counts with a clock of their own."""
    own = {(one.kind, day) for one in clocks for day in (one.dated_on, one.reached_on) if day is not None}
    return [
        (challenge, window)
        for challenge in challenges
        if challenge.struck_out is None
        for window in windows(challenge, nation=nation)
        if not {(window.kind, window.dated_on), (window.kind, window.reached_on)} & own
    ]


def decisions_under_way(challenges: Iterable[ChallengeSeen]) -> set[uuid.UUID | None]:
    """The decisions whose own time a challenge has taken over."""
    return {
        uuid.UUID(one.decision.id)
        for one in challenges
        if one.struck_out is None and one.decision is not None and one.decision.struck_out is None
    }
