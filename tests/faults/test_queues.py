"""Workers for some queues only: each takes up its own rows, and none needs a message to find them."""

import importlib.util
import os
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import pytest
from celery import current_app
from django.conf import settings

from cases.models import Case, CaseMembership
from cms_tracker.processes import system_packages
from cms_tracker.processes.broker import Broker
from cms_tracker.processes.children import Child, program
from cms_tracker.users.models import User
from correspondence import tasks
from correspondence.core.jobs import JobKind
from correspondence.models import Job, Letter
from tests.cast import ADA, ROSA
from tests.conftest import Worker, _shared_with_children, _test_database_url
from tests.factories import make_user
from tests.functional.direct_pay import direct_pay_case
from tests.needs import absent

pytestmark = pytest.mark.django_db(transaction=True)

MANY = 500
#: What a parent waits at most behind them, with much to spare for a busy machine; without turns it is half a minute.
FAIR = 10.0


@pytest.fixture
def case(transactional_db: None) -> Case:
    return direct_pay_case(make_user(ROSA))


@pytest.fixture
def ada(case: Case) -> User:
    ada = make_user(ADA)
    CaseMembership.objects.create(case=case, user=ada, role="adviser")
    return ada


@contextmanager
def _worker(*queues: str) -> Iterator[Worker]:
    """One that a server would run: forked children, and no timer in it."""
    if not system_packages.has_pango():
        absent("Pango is not installed, so no letter can be rendered")
    name = f"{'-'.join(queues)}-{os.getpid()}"
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "celery",
        "--app=cms_tracker",
        "--quiet",
        "--skip-checks",
        "worker",
    ]
    options = [f"--queues={','.join(queues)}", "--pool=prefork", "--concurrency=1", f"--hostname={name}@here"]
    options += ["--without-gossip", "--without-mingle", "--loglevel=WARNING"]
    environment = {**_shared_with_children(), "DATABASE_URL": _test_database_url()}
    child = Child(name, lambda: program([*command, *options], environment=environment))
    child.start()
    try:
        yield Worker(child)
    finally:
        child.stop()


def _letters(case: Case, count: int) -> list[uuid.UUID]:
    """Rows of letters as the button leaves them, without its work for each."""
    html = "<html lang='en'><head><title>A letter</title></head><body><p>Dear Sir or Madam</p></body></html>"
    common = {"kind": "missed_payments", "dated_on": "2025-07-10", "facts": {}, "template_version": "1"}
    rows = [Letter(case=case, html=html, rates_version="1", **common) for _ in range(count)]
    return [row.pk for row in Letter.objects.bulk_create(rows)]


def _ready(*letters: uuid.UUID) -> Callable[[], bool]:
    return lambda: Job.objects.filter(subject__in=letters, state="ready").count() == len(letters)


def _no_message() -> None:
    with current_app.connection_for_write() as line:
        line.default_channel.client.flushall()


class TestAWorkerOfOneQueue:
    def test_makes_its_own_papers_and_leaves_the_others(self, broker: Broker, case: Case, ada: User) -> None:
        alone, *many = _letters(case, 3)
        tasks.ask_for_each(JobKind.LETTER, subjects=many, case_id=case.pk, requested_by=ada.pk)
        tasks.ask(JobKind.LETTER, subject=alone, case_id=case.pk, requested_by=ada.pk)
        with _worker("letters") as worker:
            worker.wait_for(_ready(alone))
        assert set(Job.objects.filter(subject__in=many).values_list("state", "attempts")) == {("queued", 0)}
        with _worker("bulk") as worker:
            worker.wait_for(_ready(*many))

    def test_finds_rows_of_which_its_broker_was_told_nothing(self, broker: Broker, case: Case, ada: User) -> None:
        with _worker("bulk") as worker:
            warm, other = _letters(case, 2)
            tasks.ask_for_each(JobKind.LETTER, subjects=[warm], case_id=case.pk, requested_by=ada.pk)
            worker.wait_for(_ready(warm))
            Job.objects.create(case=case, kind=JobKind.LETTER, subject=other, queue="bulk", requested_by=ada.pk)
            worker.wait_for(_ready(other))

    def test_finds_what_was_asked_for_while_nobody_listened(self, broker: Broker, case: Case, ada: User) -> None:
        (letter,) = _letters(case, 1)
        tasks.ask_for_each(JobKind.LETTER, subjects=[letter], case_id=case.pk, requested_by=ada.pk)
        _no_message()
        with _worker("letters", "bulk") as worker:
            worker.wait_for(_ready(letter))

    def test_does_not_start_with_a_name_that_is_no_queue(self, broker: Broker, transactional_db: None) -> None:
        with _worker("leters") as worker, pytest.raises(pytest.fail.Exception, match="the worker ended with"):
            worker.wait_for(lambda: False)


class TestAParent:
    @pytest.mark.parametrize(
        ("workers", "queue"),
        [([("letters", "bulk")], "bulk"), ([("letters",), ("bulk",)], "letters")],
        ids=["of one batch, with one worker", "asked for one by one, with one worker for each queue"],
    )
    def test_does_not_wait_behind_five_hundred_letters_of_an_adviser(
        self, broker: Broker, case: Case, ada: User, workers: list[tuple[str, ...]], queue: str
    ) -> None:
        rosa = User.objects.get(email=ROSA.email)
        many = _letters(case, MANY)
        rows = [Job(case=case, kind="letter", subject=one, queue=queue, requested_by=ada.pk) for one in many]
        Job.objects.bulk_create(rows)
        with ExitStack() as running:
            started = [running.enter_context(_worker(*queues)) for queues in workers]
            begun = Job.objects.filter(subject__in=many, state="ready")
            started[0].wait_for(begun.exists)
            (hers,) = _letters(case, 1)
            tasks.ask(JobKind.LETTER, subject=hers, case_id=case.pk, requested_by=rosa.pk)
            started[0].wait_for(_ready(hers), seconds=FAIR)
            left = Job.objects.filter(subject__in=many, state="queued").count()
        assert left > MANY / 5, "she stood behind them all"


class TestEveryTask:
    @pytest.fixture(autouse=True)
    def _known(self) -> None:
        for app in settings.INSTALLED_APPS:
            if importlib.util.find_spec(app) and importlib.util.find_spec(f"{app}.tasks"):
                importlib.import_module(f"{app}.tasks")

    def test_has_a_queue_that_workers_know(self) -> None:
        router = current_app.amqp.router
        ours = [name for name in current_app.tasks if not name.startswith(("celery.", "tests."))]
        assert len(ours) >= 8
        assert {router.route({}, name)["queue"].name for name in ours} <= set(settings.QUEUES)

    def test_of_the_timer_is_no_paper_s(self) -> None:
        router = current_app.amqp.router
        sent = {entry["task"] for entry in current_app.conf.beat_schedule.values()}
        assert {router.route({}, name)["queue"].name for name in sent} == {"reminders", "nightly"}
        assert all("expires" in entry["options"] for entry in current_app.conf.beat_schedule.values())
