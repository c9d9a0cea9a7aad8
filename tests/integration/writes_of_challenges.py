"""The operations of challenges, prepared and ready to be tried: they join ``WRITES``."""

from collections.abc import Callable

from arrears.core.challenge_values import ChallengeAbout, ChallengeStepKind
from correspondence import operations as correspondence
from correspondence.models import Challenge
from tests.integration.writes import DAY, World, _rosas, writes


def _challenge(world: World) -> Challenge:
    return correspondence.begin_challenge(
        **world.known, about=ChallengeAbout.SERVICE, what="Nobody answers", known_on=DAY
    )


@writes("challenge.recorded")
def begin_challenge(world: World) -> Callable[[], object]:
    return lambda: _challenge(world)


@writes("challenge.recorded")
def begin_challenges(world: World) -> Callable[[], object]:
    return lambda: correspondence.begin_challenges(
        **world.known, routes=[ChallengeAbout.SERVICE], what="Nobody answers", known_on=DAY
    )


@writes("challengestep.recorded")
def add_challenge_step(world: World) -> Callable[[], object]:
    key = _challenge(_rosas(world)).pk
    return lambda: correspondence.add_challenge_step(
        **world.known, challenge_id=key, kind=ChallengeStepKind.COMPLAINED, on=DAY
    )
