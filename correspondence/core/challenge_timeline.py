"""Challenges as timeline items: each step on its own day."""

from collections.abc import Iterable, Iterator

from cms_tracker.language import say
from correspondence.core.challenge_steps import ROUTES, STEPS
from correspondence.core.challenges import ChallengeSeen
from correspondence.core.timeline import Item, Place, Topic


def challenge_items(challenges: Iterable[ChallengeSeen]) -> Iterator[Item]:
    """What a person challenges on the day it began, and each step; those of a slip are struck out with it."""
    for one in challenges:
        yield Item(
            topic=Topic.ROUTES,
            on=one.known_on,
            title=say("To challenge: {what}", what=one.what),
            lines=(f"{ROUTES[one.about]}.", *((one.note,) if one.note else ())),
            place=Place.ROUTES,
            struck_out=one.struck_out,
        )
        for step in one.steps:
            yield Item(
                topic=Topic.ROUTES,
                on=step.on,
                title=STEPS[step.kind],
                lines=(one.what, *((step.note,) if step.note else ())),
                place=Place.ROUTES,
                struck_out=one.struck_out or step.struck_out,
            )
