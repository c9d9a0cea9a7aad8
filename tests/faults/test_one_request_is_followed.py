"""One name leads from the page that asked to the worker that made the paper, whoever told the worker."""

import json
import logging
import time
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import Case
from cms_tracker.celery import HintTask
from cms_tracker.users.models import User
from cms_tracker.watch import queries as watch
from cms_tracker.web.logs import Json
from correspondence.core.jobs import FailureCode, JobState
from correspondence.models import Job, Letter
from tests.cast import ROSA
from tests.conftest import Worker
from tests.factories import make_user
from tests.faults.test_letters_survive import make, ready
from tests.functional.direct_pay import direct_pay_case

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def as_json(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> pytest.CaptureFixture[str]:
    """The worker writes for a collector, and what it writes can be read."""
    monkeypatch.setenv("LOG_FORMAT", "json")
    return capfd


@pytest.fixture
def web_lines() -> Iterator[list[dict[str, object]]]:
    found: list[dict[str, object]] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(json.loads(Json().format(record)))

    log, kept = logging.getLogger("cms_tracker.web.seen"), Kept()
    before = log.level
    log.addHandler(kept)
    log.setLevel(logging.INFO)
    yield found
    log.removeHandler(kept)
    log.setLevel(before)


@pytest.fixture
def rosa(transactional_db: None) -> User:
    return make_user(ROSA)


@pytest.fixture
def case(rosa: User) -> Case:
    return direct_pay_case(rosa)


def asked_again(rosa: User, case: Case, letter: Letter) -> str:
    """Press "Try again" in a browser; the name that the answer carries."""
    Job.objects.update(state=JobState.FAILED, failure=FailureCode.GAVE_UP, lease_until=None)
    browser = Client()
    browser.force_login(rosa)
    answer = browser.post(reverse("correspondence:again", args=[case.pk, letter.pk]))
    assert answer.status_code == 302
    return str(answer["X-Request-ID"])


class TestARequest:
    @pytest.mark.parametrize("told_by", ["the message", "the sweep"])
    def test_has_one_name_in_the_lines_of_web_and_worker(
        self,
        as_json: pytest.CaptureFixture[str],
        web_lines: list[dict[str, object]],
        worker: Worker,
        rosa: User,
        case: Case,
        told_by: str,
    ) -> None:
        worker.stop()
        letter = make(rosa, case)
        if told_by == "the sweep":
            HintTask._rests_until = time.monotonic() + 600  # no message is sent: only the row says it
        name = asked_again(rosa, case, letter)
        assert [line["route"] for line in web_lines if line.get("request_id") == name] == ["correspondence:again"]
        as_json.readouterr()
        worker.start()
        worker.wait_for(lambda: ready(letter))
        worker.wait_for(lambda: "correspondence.sweep" in watch.runs())
        worker.stop()
        written = as_json.readouterr()
        lines = [json.loads(line) for line in written.err.splitlines() if line.strip()]  # and nothing but JSON
        assert any(str(line["logger"]).startswith("celery") for line in lines), "a worker says when it starts"
        jobs = [line for line in lines if line["event"] == "job"]
        assert [(line["request_id"], line["kind"], line["state"], line["attempt"]) for line in jobs] == [
            (name, "letter", "ready", 1)
        ]
        assert jobs[0]["logger"] == "correspondence.tasks.working"
        assert str(case.pk) not in written.err
        assert str(letter.pk) not in written.err
        (took,) = watch.makings()
        assert (took.kind, took.papers) == ("letter", 1)
        assert took.milliseconds >= 0
