"""What the tests of every URL share."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.integration.access_world import World, build


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """One world for the whole module; every request is taken back, and in the end the world too."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)
