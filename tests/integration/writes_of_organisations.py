"""The operations of organisations, prepared as in ``writes``; importing this enters them in ``WRITES``."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from cases import operations as cases
from cases.core.authority import Given, Said, Scope
from cases.core.conflicts import Outcome
from cases.core.organisations import PostRole
from cases.models import CaseMembership, ClientCode, Holding, Look, Organisation, Post, PostCode
from cms_tracker.users.models import User
from tests.cast import ADA, SAM, Person
from tests.factories import intake_of, make_organisation, make_post, make_user
from tests.integration.writes import World, writes

REASON = "A complaint about this record came in today"


def _with_rosa(world: World) -> tuple[Organisation, Post]:
    """An organisation in which Rosa may do everything."""
    organisation = make_organisation()
    return organisation, make_post(world.rosa, organisation, *PostRole)


def _colleague(organisation: Organisation, *roles: PostRole, who: Person = ADA) -> Post:
    return make_post(make_user(who), organisation, *roles)


def _held(organisation: Organisation, by: User, *, label: str = "A1", on: Any = None) -> Holding:
    at = timezone.now()
    case = cases.take_in(actor=by, intake=intake_of(label=label), at=at, on=at.date())
    return Holding.objects.get(case=case, organisation=organisation)


@writes("organisation.intake_chosen")
def choose_intake(world: World) -> Callable[[], object]:
    _with_rosa(world)
    return lambda: cases.choose_intake(actor=world.actor, waits=True)


@writes("team.made")
def make_team(world: World) -> Callable[[], object]:
    _with_rosa(world)
    return lambda: cases.make_team(actor=world.actor, name="North")


def _post_code(by: User, email: str) -> str:
    return cases.make_post_code(
        actor=by, email=email, name="Somebody", roles=[PostRole.ADVISER], team_id=None, at=timezone.now()
    )


@writes("post.code_made")
def make_post_code(world: World) -> Callable[[], object]:
    _with_rosa(world)
    return lambda: _post_code(world.actor, ADA.email)


@writes("post.code_withdrawn")
def withdraw_post_code(world: World) -> Callable[[], object]:
    _with_rosa(world)
    _post_code(world.rosa, ADA.email)
    code = PostCode.objects.get()
    return lambda: cases.withdraw_post_code(actor=world.actor, code_id=code.pk, at=timezone.now())


@writes("post.began", "user.made_adviser")
def take_post(world: World) -> Callable[[], object]:
    manager = _colleague(make_organisation(), PostRole.MANAGER)
    code = _post_code(manager.user, world.rosa.email)
    return lambda: cases.take_post(actor=world.actor, code=code, at=timezone.now())


@writes("post.changed")
def change_post(world: World) -> Callable[[], object]:
    organisation, _ = _with_rosa(world)
    post = _colleague(organisation, PostRole.ADVISER)
    return lambda: cases.change_post(
        actor=world.actor, post_id=post.pk, roles=[PostRole.MANAGER], team_id=None, at=timezone.now()
    )


@writes("post.ended", "assignment.ended")
def end_post(world: World) -> Callable[[], object]:
    organisation, _ = _with_rosa(world)
    post = _colleague(organisation, PostRole.ADVISER)
    _held(organisation, post.user)
    return lambda: cases.end_post(actor=world.actor, post_id=post.pk, at=timezone.now())


@writes("post.ended")
def leave_organisation(world: World) -> Callable[[], object]:
    organisation, _ = _with_rosa(world)
    _colleague(organisation, PostRole.MANAGER)
    return lambda: cases.leave_organisation(actor=world.actor, at=timezone.now())


@writes("assignment.made")
def assign(world: World) -> Callable[[], object]:
    organisation, _ = _with_rosa(world)
    holding = _held(organisation, world.rosa)
    post = _colleague(organisation, PostRole.ADVISER)
    return lambda: cases.assign(actor=world.actor, holding_id=holding.pk, post_id=post.pk, at=timezone.now())


@writes("assignment.ended")
def unassign(world: World) -> Callable[[], object]:
    organisation, _ = _with_rosa(world)
    holding = _held(organisation, world.rosa)
    member = CaseMembership.objects.get(case=holding.case)
    return lambda: cases.unassign(actor=world.actor, membership_id=member.pk, at=timezone.now())


@writes("holding.named")
def name_holding(world: World) -> Callable[[], object]:
    organisation, _ = _with_rosa(world)
    holding = _held(organisation, world.rosa)
    return lambda: cases.name_holding(actor=world.actor, case_id=holding.case_id, label="B2")


@writes("case.taken_in")
def take_in(world: World) -> Callable[[], object]:
    _with_rosa(world)
    at = timezone.now()
    return lambda: cases.take_in(actor=world.actor, intake=intake_of(), at=at, on=at.date())


@writes("client_code.made")
def make_client_code(world: World) -> Callable[[], object]:
    organisation, _ = _with_rosa(world)
    case = _held(organisation, world.rosa).case
    return lambda: cases.make_client_code(actor=world.actor, case=case, at=timezone.now())


@writes("client_code.accepted")
def accept_client_code(world: World) -> Callable[[], object]:
    organisation = make_organisation()
    ada = _colleague(organisation, PostRole.ADVISER)
    case = _held(organisation, ada.user).case
    code = cases.make_client_code(actor=ada.user, case=case, at=timezone.now())
    assert ClientCode.objects.exists()
    return lambda: cases.accept_client_code(actor=world.actor, code=code, at=timezone.now())


@writes("intake.cleared")
def clear_intake(world: World) -> Callable[[], object]:
    organisation, _ = _with_rosa(world)
    holding = _held(organisation, world.rosa)
    Holding.objects.update(cleared_at=None)
    return lambda: cases.clear_intake(actor=world.actor, holding_id=holding.pk, at=timezone.now())


@writes("conflict.decided", "conflict.decided", "assignment.ended")
def decide_conflict(world: World) -> Callable[[], object]:
    organisation, _ = _with_rosa(world)
    one, other = _held(organisation, world.rosa), _held(organisation, world.rosa, label="A2")
    return lambda: cases.decide_conflict(
        actor=world.actor, first_id=one.pk, second_id=other.pk, outcome=Outcome.WALL, at=timezone.now()
    )


@writes("authority.given")
def give_authority(world: World) -> Callable[[], object]:
    organisation, post = _with_rosa(world)
    Holding.objects.create(case=world.case, organisation=organisation, taken_by=post, label="A1")
    at = timezone.now()
    return lambda: cases.give_authority(
        **world.known, scope=Scope.ACT, said=Said(given=Given.HERE), from_on=at.date(), at=at
    )


@writes("authority.ended")
def end_authority(world: World) -> Callable[[], object]:
    act = give_authority(World(world.rosa, world.case, world.rosa))()
    return lambda: cases.end_authority(**world.known, authority_id=act.pk, at=timezone.now())  # type: ignore[attr-defined]


@writes("look.asked", "look.opened")
def ask_to_look(world: World) -> Callable[[], object]:
    organisation, _ = _with_rosa(world)
    holding = _held(organisation, _colleague(organisation, PostRole.ADVISER).user)
    return lambda: cases.ask_to_look(actor=world.actor, holding_id=holding.pk, reason=REASON, at=timezone.now())


def _asked(world: World) -> Look:
    organisation, _ = _with_rosa(world)
    holding = _held(organisation, _colleague(organisation, PostRole.ADVISER).user)
    sam = _colleague(organisation, PostRole.SUPERVISOR, who=SAM)
    return cases.ask_to_look(actor=sam.user, holding_id=holding.pk, reason=REASON, at=timezone.now())


@writes("look.approved", "look.opened")
def approve_look(world: World) -> Callable[[], object]:
    look = _asked(world)
    return lambda: cases.approve_look(actor=world.actor, look_id=look.pk, at=timezone.now())


@writes("look.refused")
def refuse_look(world: World) -> Callable[[], object]:
    look = _asked(world)
    return lambda: cases.refuse_look(actor=world.actor, look_id=look.pk, at=timezone.now())


@writes("look.ended")
def end_look(world: World) -> Callable[[], object]:
    look = ask_to_look(World(world.rosa, world.case, world.rosa))()
    assert isinstance(look, Look)
    return lambda: cases.end_look(actor=world.actor, case=look.case, at=timezone.now())
