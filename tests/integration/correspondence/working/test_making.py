"""The life of a letter's row: claimed once, tried three times, and never stuck in silence."""

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from cases import operations as case_operations
from cases.models import Case
from cms_tracker.audit.models import Event
from cms_tracker.users.models import User
from cms_tracker.web import storage
from correspondence import rendering, tasks
from correspondence.core.jobs import FailureCode, JobKind
from correspondence.models import Job, Letter
from correspondence.tasks import claims
from correspondence.tasks.letters import letter as letter_maker
from correspondence.tasks.making import MAKERS
from tests.integration.correspondence.working.letters import NOW, PRIVATE, again, job_of, page_of, stands

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("_pango")
class TestMakingALetter:
    def test_makes_it_ready_with_its_hash_and_pages(self, letter: Letter) -> None:
        tasks.do_what_waits()
        letter.refresh_from_db()
        job = job_of(letter)
        assert storage.read_kept(letter.pdf_name, sha256=letter.pdf_sha256) is not None
        assert (job.state, letter.pages, job.attempts, job.lease_until) == ("ready", 1, 1, None)

    def test_does_nothing_the_second_time(self, letter: Letter) -> None:
        tasks.do_what_waits()
        letter.refresh_from_db()
        (PRIVATE / letter.pdf_name).unlink()
        tasks.do_what_waits()
        assert not (PRIVATE / letter.pdf_name).exists()

    def test_leaves_a_letter_alone_that_another_worker_holds(self, letter: Letter) -> None:
        held = NOW + dt.timedelta(seconds=5)
        stands(letter, state="rendering", attempts=1, lease_until=held)
        tasks.do_what_waits()
        job = job_of(letter)
        assert (job.state, job.attempts, job.lease_until) == ("rendering", 1, held)

    def test_waits_longer_after_each_failure_and_then_says_so(
        self,
        letter: Letter,
        rosa: User,
        clock: time_machine.Traveller,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        def fails(job: Job, progress: tasks.Progress) -> tasks.Made:
            raise ValueError("Dear Child Maintenance Service")

        monkeypatch.setitem(MAKERS, JobKind.LETTER, replace(MAKERS[JobKind.LETTER], make=fails))
        for attempt, seconds in ((1, 2), (2, 4)):
            tasks.do_what_waits()
            job = job_of(letter)
            assert (job.state, job.attempts) == ("queued", attempt)
            assert job.lease_until == dt.datetime.now(dt.UTC) + dt.timedelta(seconds=seconds)
            tasks.do_what_waits()
            assert job_of(letter).attempts == attempt  # not before its time
            clock.shift(seconds)
        tasks.do_what_waits()
        job = job_of(letter)
        assert (job.state, job.failure, job.attempts) == ("failed", "gave_up", 3)
        assert "ValueError" in caplog.text
        assert "Dear" not in caplog.text
        page = page_of(letter, rosa)
        assert "We could not make the PDF. Your words and figures are safe." in page
        assert "Try again" in page

    def test_refuses_a_million_words_at_once_with_a_reason_and_makes_the_next(
        self, letter: Letter, rosa: User, case: Case
    ) -> None:
        Letter.objects.filter(pk=letter.pk).update(html=f"<p>{'arrears ' * 1_000_000}</p>")
        other = Letter.objects.get(pk=letter.pk)
        other.pk, other.html = uuid.uuid4(), "<p>£1.00</p>"
        other.save(force_insert=True)
        tasks.ask(JobKind.LETTER, subject=other.pk, case_id=case.pk, requested_by=rosa.pk)
        tasks.do_what_waits()
        job = job_of(letter)
        assert (job.state, job.failure, job.attempts) == ("failed", FailureCode.TOO_LARGE, 1)
        assert "It has more pages than fit in one file." in page_of(letter, rosa)
        assert job_of(other).state == "ready"

    def test_starts_afresh_when_asked_again(self, letter: Letter, rosa: User, case: Case) -> None:
        stands(letter, state="failed", attempts=3, failure="gave_up")
        again(rosa, letter)
        tasks.do_what_waits()
        job = job_of(letter)
        assert (job.state, job.attempts, job.failure) == ("ready", 1, "")
        assert Event.objects.filter(kind="letter.tried_again", case_id=case.pk).count() == 1

    def test_leaves_no_file_of_a_case_deleted_meanwhile(
        self, letter: Letter, rosa: User, case: Case, django_capture_on_commit_callbacks: Any
    ) -> None:
        job = claims.claim()
        assert job is not None
        made = letter_maker(job, claims.Noted(job))
        with django_capture_on_commit_callbacks(execute=True):
            case_operations.delete_case(actor=rosa, case=case)
        with pytest.raises(claims.NotOursError):
            claims.publish(job, made)
        assert not (PRIVATE / job.case_id.hex).exists()

    def test_makes_a_lost_file_again_with_the_same_bytes(self, letter: Letter, rosa: User) -> None:
        tasks.do_what_waits()
        letter.refresh_from_db()
        before = letter.pdf_sha256
        (PRIVATE / letter.pdf_name).unlink()
        again(rosa, letter)
        tasks.do_what_waits()
        letter.refresh_from_db()
        assert letter.pdf_sha256 == before

    def test_puts_a_whole_file_in_the_place_of_one_that_was_changed(self, letter: Letter, rosa: User) -> None:
        tasks.do_what_waits()
        letter.refresh_from_db()
        changed = PRIVATE / letter.pdf_name
        changed.write_bytes(b"another letter")
        again(rosa, letter)
        tasks.do_what_waits()
        letter.refresh_from_db()
        assert storage.read_kept(letter.pdf_name, sha256=letter.pdf_sha256) is not None
        assert [path.name for path in changed.parent.iterdir()] == [Path(letter.pdf_name).name]

    def test_that_was_asked_for_twice_is_one_piece_of_work(self, letter: Letter, rosa: User) -> None:
        tasks.ask(JobKind.LETTER, subject=letter.pk, case_id=letter.case_id, requested_by=rosa.pk)
        assert Job.objects.count() == 1


@pytest.mark.usefixtures("_pango")
class TestTwoWorkersOnOneLetter:
    def test_publish_one_file_even_when_the_first_one_wakes_late(
        self, letter: Letter, clock: time_machine.Traveller
    ) -> None:
        first = claims.claim()
        assert first is not None
        made = letter_maker(first, claims.Noted(first))
        clock.shift(settings.JOB_LEASE)
        tasks.do_what_waits()
        letter.refresh_from_db()
        ready = (letter.pdf_name, letter.pdf_sha256, letter.ready_at)
        with pytest.raises(claims.NotOursError):
            claims.publish(first, made)
        letter.refresh_from_db()
        assert (letter.pdf_name, letter.pdf_sha256, letter.ready_at) == ready
        assert [path.name for path in (PRIVATE / letter.case_id.hex).iterdir()] == [Path(letter.pdf_name).name]

    def test_end_the_run_of_the_one_that_lost_it(self, letter: Letter, clock: time_machine.Traveller) -> None:
        first = claims.claim()
        assert first is not None
        clock.shift(settings.JOB_LEASE)
        assert claims.claim() is not None
        with pytest.raises(claims.NotOursError):
            claims.Noted(first)(done=1, of=2, step="Adding pages")

    def test_count_as_one_as_long_as_progress_is_said(self, letter: Letter, clock: time_machine.Traveller) -> None:
        first = claims.claim()
        assert first is not None
        say = claims.Noted(first)
        for page in range(3):
            clock.shift(settings.JOB_LEASE * 0.9)
            say(done=page, of=3, step=f"Page {page}")
        assert claims.claim() is None
        job = job_of(letter)
        assert (job.done, job.of, job.step) == (2, 3, "Page 2")


class TestWithoutPango:
    @pytest.fixture(autouse=True)
    def _no_engine(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
        (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library')")
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))
        rendering.stop()
        yield
        rendering.stop()

    def test_says_so_at_once_and_offers_the_print_view(self, letter: Letter, rosa: User) -> None:
        tasks.do_what_waits()
        job = job_of(letter)
        assert (job.state, job.failure, job.attempts) == ("failed", "engine_missing", 1)
        visitor = Client()
        visitor.force_login(rosa)
        page = visitor.get(reverse("correspondence:letter", args=[letter.case_id, letter.pk])).content.decode()
        assert "This computer lacks a part that lays out PDF pages." in page
        sheet = visitor.get(reverse("correspondence:page", args=[letter.case_id, letter.pk])).content.decode()
        assert "Dear Child Maintenance Service" in sheet
