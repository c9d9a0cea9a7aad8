"""A letter that was accepted is never lost, and never made twice: not by a broker or a worker that dies."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from cases.models import Case
from cms_tracker.processes.broker import Broker
from cms_tracker.users.models import User
from correspondence import operations, queries, tasks
from correspondence.core.letters.asks import Answers
from correspondence.core.letters.draft import Choices
from correspondence.core.letters.envelope import fingerprint
from correspondence.core.letters.missed_payments import KIND
from correspondence.models import Job, Letter
from correspondence.tasks.making import MAKERS
from correspondence.tasks.working import AT_A_STRETCH
from tests.cast import ROSA
from tests.conftest import Worker
from tests.factories import make_user
from tests.functional.direct_pay import TODAY, direct_pay_case

pytestmark = pytest.mark.django_db(transaction=True)

PRIVATE = Path(settings.PRIVATE_FILES_DIR)
CHOICES = Choices(sender="Rosa Martin", answers=Answers({"reported": ("2025-05-03",), "ask_collect": "no"}))
QUICK = 10.0  # seconds, and no stopwatch: a stuck broker would hold an unguarded press for 45 and more


@pytest.fixture
def rosa(transactional_db: None) -> User:
    return make_user(ROSA)


@pytest.fixture
def case(rosa: User) -> Case:
    return direct_pay_case(rosa)


def make(rosa: User, case: Case) -> Letter:
    checked = fingerprint(queries.draft_of(case, KIND, CHOICES, on=TODAY))
    return operations.make_letter(actor=rosa, case=case, kind=KIND, choices=CHOICES, on=TODAY, checked=checked)


def job_of(letter: Letter) -> Job:
    return Job.objects.get(subject=letter.pk)


def ready(letter: Letter) -> bool:
    letter.refresh_from_db()
    return job_of(letter).state == "ready"


def files_of(case: Case) -> list[str]:
    folder = PRIVATE / case.pk.hex
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


class TestALetter:
    def test_is_made_by_a_worker_and_can_be_downloaded(self, worker: Worker, rosa: User, case: Case) -> None:
        letter = make(rosa, case)
        worker.wait_for(lambda: ready(letter))
        visitor = Client()
        visitor.force_login(rosa)
        response = visitor.get(reverse("correspondence:pdf", args=[case.pk, letter.pk]))
        assert response.content.startswith(b"%PDF-")
        assert response["Content-Disposition"] == 'attachment; filename="letter-2025-07-10.pdf"'
        assert job_of(letter).attempts == 1
        assert ((PRIVATE / letter.pdf_name).stat().st_mode & 0o077) == 0

    def test_survives_a_broker_that_forgets_everything(self, worker: Worker, rosa: User, case: Case) -> None:
        worker.stop()
        letter = make(rosa, case)
        from celery import current_app

        with current_app.connection_for_write() as line:
            line.default_channel.client.flushall()
        worker.start()
        worker.wait_for(lambda: ready(letter))

    def test_is_made_by_a_worker_that_began_without_a_broker(
        self, worker: Worker, broker: Broker, rosa: User, case: Case
    ) -> None:
        worker.stop()
        broker.stop()
        letter = make(rosa, case)
        worker.start()
        worker.wait_for(lambda: True)  # it has not ended for want of one
        broker.start()
        worker.wait_for(lambda: ready(letter), seconds=60)

    def test_is_one_file_however_often_it_is_delivered(self, worker: Worker, rosa: User, case: Case) -> None:
        letter = make(rosa, case)
        for _ in range(20):
            tasks.do_what_waits.delay()
        worker.wait_for(lambda: ready(letter))
        first = (letter.pdf_sha256, letter.ready_at)
        other = make(rosa, case)  # made after all the copies
        worker.wait_for(lambda: ready(other))
        letter.refresh_from_db()
        assert (letter.pdf_sha256, letter.ready_at) == first
        assert job_of(letter).attempts == 1
        assert len(files_of(case)) == 2


class TestAPersonWhoPressesTheButton:
    @pytest.fixture
    def visitor(self, rosa: User) -> Client:
        client = Client()
        client.force_login(rosa)
        return client

    @pytest.fixture(params=["killed", "stuck"])
    def absent_broker(self, request: pytest.FixtureRequest, broker: object) -> Iterator[None]:
        pid: int = broker.pid
        if request.param == "killed":
            broker.kill()
            yield
        else:
            os.kill(pid, signal.SIGSTOP)
            yield
            os.kill(pid, signal.SIGCONT)

    def test_gets_an_answer_at_once_without_the_broker(
        self, absent_broker: None, visitor: Client, rosa: User, case: Case
    ) -> None:
        began = time.monotonic()
        letter = make(rosa, case)
        spent = time.monotonic() - began
        page = visitor.get(reverse("correspondence:letter", args=[case.pk, letter.pk])).content.decode()
        assert "Your letter is being prepared." in page
        assert spent < QUICK, f"the press took {spent:.2f} s"

    def test_finds_the_broker_settings_that_this_rests_on(self) -> None:
        assert settings.CELERY_TASK_PUBLISH_RETRY is False
        assert settings.CELERY_WORKER_PREFETCH_MULTIPLIER == 1
        visible_again = settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]
        assert visible_again >= 3 * settings.CELERY_TASK_TIME_LIMIT
        longest = max(maker.lease.total_seconds() for maker in MAKERS.values())
        assert longest + AT_A_STRETCH < settings.CELERY_TASK_SOFT_TIME_LIMIT
