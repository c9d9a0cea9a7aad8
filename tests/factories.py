"""The fewest words that put a person and a case into the database, through the real operations."""

import uuid
from typing import Any

from allauth.account.models import EmailAddress

from cases import operations
from cases.core.facts import Nation, Perspective
from cases.models import Case
from cms_tracker.users.models import User
from tests.cast import Person


def make_user(person: Person) -> User:
    """Give a person of the cast a sign-in whose e-mail address is confirmed."""
    user = User.objects.create_user(person.email, person.password, is_adviser=person.is_adviser)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


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
