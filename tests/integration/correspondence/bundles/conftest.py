"""A record with a letter, a call and files, and a bundle of it."""

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.test import Client

from arrears.core.case_values import ContactKind, Direction
from cases.models import Case
from cms_tracker import uploads
from cms_tracker.processes import system_packages
from cms_tracker.users.models import User
from correspondence import operations
from correspondence.core.contacts import PromiseMade
from correspondence.models import EvidenceFile, Letter
from tests.cast import ROSA
from tests.factories import make_user
from tests.functional.direct_pay import TODAY, direct_pay_case
from tests.needs import absent

NOW = dt.datetime(2025, 7, 10, 9, 0, tzinfo=dt.UTC)
ADDRESS = "12 Rose Lane\nLeeds LS1 4AB"


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def _pango(broker: object) -> None:
    """What makes bundles. With a broker: a worker that took long puts what is left back into the queue."""
    if not system_packages.has_pango():
        absent("Pango is not installed, so no bundle can be laid out")


@pytest.fixture
def rosa() -> User:
    return make_user(ROSA)


@pytest.fixture
def client(rosa: User) -> Client:
    client = Client()
    client.force_login(rosa)
    return client


@pytest.fixture
def case(rosa: User) -> Case:
    """Direct Pay, with a call, and a letter that bears an address to reply to."""
    case = direct_pay_case(rosa)
    operations.record_contact(
        actor=rosa,
        case=case,
        at_date=TODAY,
        at_time=None,
        kind=ContactKind.CALL,
        direction=Direction.OUT,
        recorded_on=TODAY,
        summary="They said a payment was traced",
        promises=[PromiseMade(text="Ring back", due_on=TODAY)],
    )
    Letter.objects.create(
        case=case,
        kind="call-follow-up",
        dated_on=TODAY,
        facts={"sender_address": ADDRESS.split("\n")},
        html="<header><address>12 Rose Lane<br>Leeds LS1 4AB</address></header><h1>My note</h1><p>Hello</p>",
        template_version="1",
        rates_version="1",
    )
    return case


@pytest.fixture
def add_file(rosa: User, case: Case) -> Callable[..., EvidenceFile]:
    """Keep a file of evidence, really judged and copied: ``add_file(content, "statement.pdf")``."""

    def added(content: bytes, name: str, *, shows: str = "Bank statement", on: dt.date = TODAY) -> EvidenceFile:
        file = uploads.judge(content, name=name)
        return operations.add_evidence(
            actor=rosa, case=case, file=file, shows=shows, happened_on=on, recorded_on=on
        )  # fmt: skip

    return added
