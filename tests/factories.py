"""The fewest words that put a person and a case into the database, through the real operations."""

import datetime as dt
import uuid
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from django.utils import timezone

from arrears.core import case_file
from arrears.core.previews import FirstLetter
from cases import operations
from cases.core.authority import Given, Said, Scope
from cases.core.facts import Decision, Frequency, Nation, Perspective, Schedule, ServicePeriod, ServiceType
from cases.core.organisations import PostRole
from cases.core.roles import Role
from cases.models import Case, Organisation, Post
from cms_tracker.pages import case_transfer
from cms_tracker.users import codes, second_step
from cms_tracker.users.models import User
from tests.cast import Person


def make_user(person: Person) -> User:
    """Give a person of the cast a sign-in whose e-mail address is confirmed; an adviser has a second step too."""
    user = User.objects.create_user(person.email, person.password, is_adviser=person.is_adviser)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    if person.is_adviser:
        give_app(user, person)
    return user


def give_app(user: User, person: Person) -> None:
    """Let an app with the person's secret stand for the second step; no code of it was used yet."""
    long_ago = timezone.now() - dt.timedelta(days=1)
    secret = person.app_secret or codes.new_secret()
    second_step.add_app(user, secret=secret, code=codes.code_of(secret, codes.step_at(long_ago)), at=long_ago)


def make_case(owner: User, **details: Any) -> Case:
    """Open a case that belongs to ``owner``; ``details`` are those of ``open_case``."""
    given = {
        "reference": "120000000002",
        "nation": Nation.ENGLAND,
        "perspective": Perspective.RECEIVING,
        "children": ["Child 1"],
        "case_id": uuid.uuid4(),
    }
    return operations.open_case(actor=owner, **(given | details))


def monthly_case(owner: User, *, first_due: dt.date = dt.date(2025, 3, 3), **details: Any) -> Case:
    """£60 a week on Direct Pay, due monthly from ``first_due``, from when it counts; nothing is logged."""
    case = make_case(owner, **details)
    first = first_due
    operations.record_service(actor=owner, case=case, type=ServiceType.DIRECT_PAY, from_on=first)
    operations.record_calculation(
        actor=owner, case=case, weekly_pence=6000, effective_on=first, decided_on=None, notified_on=None
    )
    operations.record_schedule(actor=owner, case=case, frequency=Frequency.MONTHLY, first_due_on=first)
    return case


def import_example(name: str, owner: User) -> Case:
    """Bring in a case file of ``tests/examples`` as ``owner``'s case."""
    text = (Path(__file__).parent / "examples" / f"{name}.json").read_text(encoding="utf-8")
    return case_transfer.bring_in(case_file.parse(text), owner=owner)


def make_organisation(name: str = "Harbour Advice", **details: Any) -> Organisation:
    """An organisation that the operator has verified."""
    return Organisation.objects.create(name=name, **({"verified_at": timezone.now()} | details))


def make_post(user: User, organisation: Organisation, *roles: PostRole, name: str = "") -> Post:
    """Give a person a place in an organisation, with these roles."""
    columns = {column: role in roles for role, column in Post.columns.items()}
    return Post.objects.create(user=user, organisation=organisation, name=name or user.email.split("@")[0], **columns)


def intake_of(*, label: str = "A1", **details: Any) -> operations.Intake:
    """What a client without a sign-in told an adviser: they may act, and said so."""
    given: dict[str, Any] = {
        "reference": "120000000025",
        "nation": Nation.ENGLAND,
        "perspective": Perspective.RECEIVING,
        "children": ["Child 1"],
        "people": [],
        "scope": Scope.ACT,
        "said": Said(given=Given.SPOKEN, said_on=timezone.localdate(), heard_by="Ada"),
    }
    return operations.Intake(label=label, **(given | details))


def take_in(adviser: User, *, label: str = "A1", **details: Any) -> Case:
    """Take a client in, as an adviser who has a post."""
    return operations.take_in(
        actor=adviser, intake=intake_of(label=label, **details), at=timezone.now(), on=timezone.localdate()
    )


def let_in(person: User, case: Case, *, by: User, role: Role = Role.ADVISER, at: dt.datetime) -> Case:
    """Let a person into a case with a code, as its owner does."""
    code = operations.make_invitation(actor=by, case=case, role=role, label="Someone I trust", at=at)
    return operations.accept_invitation(actor=person, code=code, at=at)


def first_letter(*, on: dt.date = dt.date(2025, 1, 6), frequency: Frequency = Frequency.MONTHLY) -> FirstLetter:
    """£60.00 a week by Direct Pay, effective, told and first due on one day, for ``record_first_letter``."""
    return FirstLetter(
        decision=Decision(weekly=6000, effective_on=on, decided_on=on, notified_on=on, id=str(uuid.uuid4())),
        service=ServicePeriod(type=ServiceType.DIRECT_PAY, from_on=on, id=str(uuid.uuid4())),
        schedule=Schedule(frequency=frequency, first_due_on=on, id=str(uuid.uuid4())),
    )
