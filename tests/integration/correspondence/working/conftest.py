"""One letter that waits, at a clock that stands still."""

from collections.abc import Iterator

import pytest
import time_machine

from cases.models import Case
from cms_tracker.processes import system_packages
from cms_tracker.users.models import User
from correspondence import operations, queries
from correspondence.core.letters.envelope import fingerprint
from correspondence.core.letters.missed_payments import KIND
from correspondence.models import Letter
from tests.cast import ROSA
from tests.factories import make_user
from tests.functional.direct_pay import TODAY, direct_pay_case
from tests.integration.correspondence.working.letters import CHOICES, NOW
from tests.needs import absent


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def rosa() -> User:
    return make_user(ROSA)


@pytest.fixture
def case(rosa: User) -> Case:
    return direct_pay_case(rosa)


@pytest.fixture
def letter(rosa: User, case: Case) -> Letter:
    checked = fingerprint(queries.draft_of(case, KIND, CHOICES, on=TODAY))
    return operations.make_letter(actor=rosa, case=case, kind=KIND, choices=CHOICES, on=TODAY, checked=checked)


@pytest.fixture
def _pango() -> None:
    if not system_packages.has_pango():
        absent("Pango is not installed, so no letter can be laid out")
