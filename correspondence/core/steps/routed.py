"""What the two routes of challenge say to the snapshot: their steps come before what letters let one guess."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from arrears.core.challenge_values import ChallengeAbout
from correspondence.core.challenges import ChallengeSeen, State, latest_of, walk
from correspondence.core.steps.fact import Fact
from correspondence.core.steps.snapshot import Complained, Decided


class Route(NamedTuple):
    """Where the matter of a route stands that has the latest step, and since when."""

    state: State
    on: dt.date


#: Where no clock has to be asked. An open clock tells of a notice, of an answer that is late and of a final answer.
DECIDED: Mapping[State, tuple[Decided, Fact]] = {
    State.RECONSIDERATION: (Decided.ASKED, Fact.RECONSIDERATION_ASKED),
    State.LATE_REFUSED: (Decided.LATE, Fact.DECIDED_LATE),
    State.TRIBUNAL: (Decided.TRIBUNAL, Fact.AT_TRIBUNAL),
}
COMPLAINED: Mapping[State, tuple[Complained, Fact]] = {
    State.ANSWERED: (Complained.ANSWERED, Fact.COMPLAINT_ANSWERED),
    State.EXAMINER: (Complained.EXAMINER, Fact.AT_EXAMINER),
    State.EXAMINER_REFUSED: (Complained.ANSWERED, Fact.COMPLAINT_ANSWERED),
    State.EXAMINER_REPORTED: (Complained.EXAMINED, Fact.EXAMINED),
    State.REFERRAL: (Complained.EXAMINED, Fact.EXAMINED),
    State.OMBUDSMAN: (Complained.OMBUDSMAN, Fact.AT_OMBUDSMAN),
    State.OMBUDSMAN_DECIDED: (Complained.ENDED, Fact.COMPLAINT_ENDED),
}


def routes(challenges: Iterable[ChallengeSeen]) -> dict[ChallengeAbout, Route]:
    """The two routes as far as anything was noted on them."""
    found = {}
    for about, one in latest_of(challenges).items():
        at = walk(one)
        found[about] = Route(state=at.state, on=at.last_on or one.known_on)
    return found


def sent_since(sent: Mapping[str, dt.date], route: Route | None) -> Mapping[str, dt.date]:
    """The letters that tell more than the route does: those sent after its latest step."""
    return sent if route is None else {kind: on for kind, on in sent.items() if on > route.on}
