"""What people do with their own data, prepared and ready to be tried: it joins ``WRITES``."""

from collections.abc import Callable

from cases import operations as cases
from cases.core.roles import Role
from cases.queries import owner_of
from cms_tracker.rights import operations as rights
from tests.cast import SAM
from tests.factories import let_in, make_case, make_user
from tests.integration.writes import NOON, World, writes


@writes("account.copy_asked", "case.exported")
def ask_for_copy(world: World) -> Callable[[], object]:
    return lambda: rights.ask_for_copy(actor=world.actor, at=NOON)


@writes("account.copy_taken")
def note_copy_taken(world: World) -> Callable[[], object]:
    copy = rights.ask_for_copy(actor=world.rosa, at=NOON)
    return lambda: rights.note_copy_taken(actor=world.actor, copy_id=copy.pk)


@writes("account.copy_deleted")
def forget_copy(world: World) -> Callable[[], object]:
    copy = rights.ask_for_copy(actor=world.rosa, at=NOON)
    return lambda: rights.forget_copy(actor=world.actor, copy_id=copy.pk)


@writes("account.days_chosen")
def choose_days(world: World) -> Callable[[], object]:
    return lambda: rights.choose_days(actor=world.actor, days=14)


@writes("case.set_aside")
def delete_record(world: World) -> Callable[[], object]:
    return lambda: rights.delete_record(**world.known, at=NOON)


@writes("case.set_aside", "user.closed", "account.deletion_asked")
def delete_account(world: World) -> Callable[[], object]:
    return lambda: rights.delete_account(actor=world.actor, at=NOON)


@writes("case.set_aside")
def set_aside(world: World) -> Callable[[], object]:
    return lambda: cases.set_aside(**world.known, at=NOON)


@writes("case.brought_back")
def bring_back(world: World) -> Callable[[], object]:
    cases.set_aside(actor=world.rosa, case=world.case, at=NOON)
    return lambda: cases.bring_back(actor=world.actor, case_id=world.case.pk, at=NOON)


@writes("access.left")
def leave_every_case(world: World) -> Callable[[], object]:
    other = make_case(make_user(SAM))
    let_in(world.rosa, other, by=owner_of(other.pk), role=Role.HELPER, at=NOON)
    return lambda: cases.leave_every_case(actor=world.actor, at=NOON)
