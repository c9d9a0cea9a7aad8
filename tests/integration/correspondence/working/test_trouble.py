"""A disk that is full, a worker that stops, messages that were lost."""

import datetime as dt
from dataclasses import replace

import pytest
import time_machine
from celery import current_app
from celery.worker import state as worker_state

from cms_tracker.users.models import User
from correspondence import tasks
from correspondence.core.jobs import FailureCode, JobKind
from correspondence.models import Job, Letter
from correspondence.queries.jobs import waiting
from correspondence.tasks import claims, working
from correspondence.tasks.making import MAKERS
from tests.integration.correspondence.working.letters import NOW, PRIVATE, job_of, page_of, stands

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("_pango")
class TestAFullDisk:
    def test_is_waited_for_without_counting_the_attempt(
        self, letter: Letter, rosa: User, clock: time_machine.Traveller
    ) -> None:
        in_the_way = PRIVATE / letter.case_id.hex
        in_the_way.parent.mkdir(parents=True, exist_ok=True)
        in_the_way.write_bytes(b"a file where the folder should be")
        for _ in range(5):
            tasks.do_what_waits()
            job = job_of(letter)
            assert (job.state, job.attempts, job.failure) == ("queued", 0, FailureCode.NO_ROOM)
            clock.shift(claims.ROOM_MAY_COME)
        assert "Files cannot be kept just now. We try again by ourselves" in page_of(letter, rosa)
        in_the_way.unlink()
        tasks.do_what_waits()
        assert (job_of(letter).state, job_of(letter).failure) == ("ready", "")


class TestAWorkerThatIsAskedToStop:
    @pytest.fixture(autouse=True)
    def _asked(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(worker_state, "should_stop", 0)  # as the worker's own handler of SIGTERM sets it

    def test_begins_nothing_new(self, letter: Letter) -> None:
        tasks.do_what_waits()
        assert (job_of(letter).state, job_of(letter).attempts) == ("queued", 0)

    def test_puts_a_long_paper_back_as_if_it_had_not_begun(
        self, letter: Letter, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def long(job: Job, progress: tasks.Progress) -> tasks.Made:
            progress(done=1, of=300, step="Adding pages")
            raise AssertionError("it went on")

        monkeypatch.setitem(MAKERS, JobKind.LETTER, replace(MAKERS[JobKind.LETTER], make=long))
        job = claims.claim()
        assert job is not None
        working._do(job)
        job.refresh_from_db()
        assert (job.state, job.attempts, job.lease_until) == ("queued", 0, None)


class TestSweeping:
    def waiting(self) -> set[object]:
        return set(waiting(at=NOW).values_list("subject", flat=True))

    def test_finds_what_is_queued_and_what_a_dead_worker_left(self, letter: Letter) -> None:
        assert self.waiting() == {letter.pk}
        stands(letter, state="rendering", lease_until=NOW - dt.timedelta(seconds=1))
        assert self.waiting() == {letter.pk}

    @pytest.mark.parametrize("state", ["ready", "failed"])
    def test_leaves_what_is_done(self, letter: Letter, state: str) -> None:
        stands(letter, state=state, failure="gave_up")
        assert self.waiting() == set()

    @pytest.mark.usefixtures("broker")
    def test_says_that_there_is_work_as_long_as_there_is(self, letter: Letter) -> None:
        def hints() -> int:
            with current_app.connection_for_read() as line:
                return int(line.default_channel.client.llen("letters"))

        tasks.sweep()
        tasks.sweep()
        assert hints() == 2
        stands(letter, state="ready")
        tasks.sweep()
        assert hints() == 2

    def test_gives_up_on_a_letter_that_took_three_workers_with_it(self, letter: Letter) -> None:
        stands(letter, state="rendering", attempts=3, lease_until=NOW - dt.timedelta(seconds=1))
        tasks.do_what_waits()
        assert job_of(letter).state == "rendering"  # not tried a fourth time
        tasks.sweep()
        assert (job_of(letter).state, job_of(letter).failure) == ("failed", "gave_up")
