"""The operations of checks, hand-overs and closings, prepared as in ``writes``; importing this enters them."""

from collections.abc import Callable

from django.utils import timezone

from cases import operations as cases
from cases.core.checks import Answer, checklist
from cases.core.desk import ClosingReason
from cases.core.organisations import PostRole
from cases.models import Check, CheckedCase, HandOver, Holding, Organisation, Post
from tests.integration.writes import World, writes
from tests.integration.writes_of_organisations import _colleague, _held, _with_rosa


def _adas(world: World) -> tuple[Organisation, Post, Holding]:
    """Rosa's organisation, Ada who advises there, and a record of Ada's client."""
    organisation, _ = _with_rosa(world)
    ada = _colleague(organisation, PostRole.ADVISER)
    return organisation, ada, _held(organisation, ada.user)


@writes("check.drawn")
def draw_check(world: World) -> Callable[[], object]:
    _, ada, _held = _adas(world)
    return lambda: cases.draw_check(actor=world.actor, post_id=ada.pk, count=1, seed=7)


def _drawn(world: World) -> CheckedCase:
    check = draw_check(World(world.rosa, world.case, world.rosa))()
    assert isinstance(check, Check)
    return CheckedCase.objects.get(of=check)


@writes("look.opened")
def open_checked(world: World) -> Callable[[], object]:
    drawn = _drawn(world)
    return lambda: cases.open_checked(actor=world.actor, checked_id=drawn.pk, at=timezone.now())


@writes("check.signed", "look.ended")
def sign_check(world: World) -> Callable[[], object]:
    drawn = _drawn(world)
    cases.open_checked(actor=world.rosa, checked_id=drawn.pk, at=timezone.now())
    answers = dict.fromkeys((item.code for item in checklist().items), Answer.YES)
    return lambda: cases.sign_check(
        actor=world.actor, checked_id=drawn.pk, answers=answers, found="Canary", at=timezone.now()
    )


@writes("hand_over.offered")
def offer_hand_overs(world: World) -> Callable[[], object]:
    organisation, _ = _with_rosa(world)
    holding = _held(organisation, world.rosa)
    ada = _colleague(organisation, PostRole.ADVISER)
    notes = {holding.case_id: "Canary"}
    return lambda: cases.offer_hand_overs(actor=world.actor, notes=notes, post_id=ada.pk, at=timezone.now())


def _offered(world: World) -> HandOver:
    """A record that Ada offers to Rosa."""
    _, ada, holding = _adas(world)
    rosa = Post.objects.get(user=world.rosa)
    notes = {holding.case_id: "Canary"}
    (offered,) = cases.offer_hand_overs(actor=ada.user, notes=notes, post_id=rosa.pk, at=timezone.now())
    return offered


@writes("hand_over.taken")
def take_hand_over(world: World) -> Callable[[], object]:
    offered = _offered(world)
    return lambda: cases.take_hand_over(actor=world.actor, hand_over_id=offered.pk, at=timezone.now())


@writes("hand_over.stopped")
def stop_hand_over(world: World) -> Callable[[], object]:
    offered = _offered(world)
    return lambda: cases.stop_hand_over(actor=world.actor, hand_over_id=offered.pk, at=timezone.now())


@writes("assignment.closed")
def close_for_adviser(world: World) -> Callable[[], object]:
    organisation, _ = _with_rosa(world)
    case = _held(organisation, world.rosa).case
    return lambda: cases.close_for_adviser(
        actor=world.actor, case=case, reason=ClosingReason.DONE, note="", at=timezone.now()
    )
