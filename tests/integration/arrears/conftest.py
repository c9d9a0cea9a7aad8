"""Rosa, her client, and cases of hers."""

from collections.abc import Callable

import pytest
from django.test import Client

from cases.models import Case
from cms_tracker.users.models import User
from tests.cast import ROSA
from tests.factories import import_example, make_user


@pytest.fixture
def rosa() -> User:
    return make_user(ROSA)


@pytest.fixture
def client(rosa: User) -> Client:
    client = Client()
    client.force_login(rosa)
    return client


@pytest.fixture
def example(rosa: User) -> Callable[[str], Case]:
    """A case of ``tests/examples`` as Rosa's own: ``example("direct-pay-missed")``."""
    return lambda name: import_example(name, rosa)
