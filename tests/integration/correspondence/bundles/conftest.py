"""A record with a letter, a call and files, and a bundle of it."""

import datetime as dt
import functools
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from arrears.core.case_values import ContactKind, Direction
from cases.models import Case
from cms_tracker import uploads
from cms_tracker.processes import system_packages
from cms_tracker.users.models import User
from correspondence import operations, queries
from correspondence.core.contacts import PromiseMade
from correspondence.models import EvidenceFile, Letter
from tests import corpus
from tests.cast import ROSA
from tests.factories import make_user
from tests.functional.direct_pay import TODAY, direct_pay_case
from tests.integration.correspondence.bundles.making import Finished, begun, content_of, made
from tests.needs import absent

NOW = dt.datetime(2025, 7, 10, 9, 0, tzinfo=dt.UTC)
ADDRESS = "12 Rose Lane\nLeeds LS1 4AB"


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def _pango() -> None:
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
    return build_case(rosa)


def build_case(rosa: User) -> Case:
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
    return functools.partial(keep_file, rosa, case)


def keep_file(
    rosa: User, case: Case, content: bytes, name: str, *, shows: str = "Bank statement", on: dt.date = TODAY
) -> EvidenceFile:
    file = uploads.judge(content, name=name)
    return operations.add_evidence(actor=rosa, case=case, file=file, shows=shows, happened_on=on, recorded_on=on)


@pytest.fixture(scope="module")
def finished(django_db_setup: None, django_db_blocker: Any) -> Finished:
    """A bundle of a letter, a call and three files, made once for the tests that only read it."""
    if not system_packages.has_pango():
        absent("Pango is not installed, so no bundle can be laid out")
    with django_db_blocker.unblock(), transaction.atomic(), time_machine.travel(NOW, tick=False):
        rosa = make_user(ROSA)
        case = build_case(rosa)
        keep_file(rosa, case, corpus.pdf("Received 260.00", "Received 200.00"), "statement.pdf")
        keep_file(rosa, case, corpus.photo(), "photo.jpg", shows="Photo of a letter")
        keep_file(rosa, case, b"They texted: no money this month", "text.txt", shows="Text message")
        bundle = made(rosa, begun(rosa, case))
        again = made(rosa, begun(rosa, case))
        found = Finished(content_of(bundle), content_of(again), queries.documents_of(bundle), bundle.pages)
        transaction.set_rollback(True)
    return found
