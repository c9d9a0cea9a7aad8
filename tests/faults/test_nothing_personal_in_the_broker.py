"""The broker holds hints: after everything that is ever sent through it, not a word of anybody is in it."""

import base64
import json
from collections.abc import Iterator
from typing import Any

import pytest
from celery import current_app
from django.db import transaction

from cases.models import Case
from cms_tracker.celery import app
from cms_tracker.processes.broker import Broker
from cms_tracker.users.models import User
from correspondence import tasks
from correspondence.core.jobs import JobKind
from correspondence.models import Job
from tests.cast import ROSA
from tests.factories import make_user
from tests.faults.test_letters_survive import make
from tests.functional.direct_pay import direct_pay_case

pytestmark = pytest.mark.django_db(transaction=True)

CANARY = "Kanarienvogel"
REFERENCE = "120000000017"


def held() -> bytes:
    """Everything in the broker: the name of every key, and every value in whichever shape it has."""
    with current_app.connection_for_write() as line:
        valkey = line.default_channel.client
        return b"\n".join(part for key in sorted(valkey.keys("*")) for part in (key, *_values(valkey, key)))


def _values(valkey: Any, key: bytes) -> Iterator[bytes]:
    kind = valkey.type(key)
    if kind == b"list":
        for message in valkey.lrange(key, 0, -1):
            yield from (message, base64.b64decode(json.loads(message)["body"]))
    elif kind == b"set":
        yield from valkey.smembers(key)
    elif kind == b"hash":
        yield from (part for pair in valkey.hgetall(key).items() for part in pair)
    elif kind == b"zset":
        yield from valkey.zrange(key, 0, -1)
    else:
        yield valkey.get(key) or b""


@pytest.fixture
def rosa(transactional_db: None) -> User:
    return make_user(ROSA)


@pytest.fixture
def case(rosa: User) -> Case:
    return direct_pay_case(rosa, reference=REFERENCE, other_parent=f"{CANARY} parent", children=[f"{CANARY} child"])


class TestTheBroker:
    def test_holds_no_word_and_no_number_of_anybody(self, broker: Broker, rosa: User, case: Case) -> None:
        letter = make(rosa, case)
        with transaction.atomic():
            for kind in JobKind:
                tasks.ask_for_person(kind, subject=case.pk, requested_by=rosa.pk)
        for entry in app.conf.beat_schedule.values():
            app.send_task(entry["task"], **{"expires": 600} | entry.get("options", {}))

        found = held()

        assert b"correspondence.work" in found, "what is asked for is told"
        assert b"pages.roll_forward" in found, "and what the timer sends"
        rows = [str(one) for one in (*Job.objects.values_list("subject", flat=True), letter.pk, case.pk, rosa.pk)]
        for secret in (CANARY, REFERENCE, ROSA.email, *rows, *(one.replace("-", "") for one in rows)):
            assert secret.encode() not in found
