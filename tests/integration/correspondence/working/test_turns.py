"""Whose letter is made, and for whom none is made any more."""

import uuid
from dataclasses import replace

import pytest
import time_machine

from cases.models import Case, CaseMembership
from cms_tracker.users.models import User
from correspondence import tasks
from correspondence.core.jobs import FailureCode, JobKind
from correspondence.models import Job, Letter
from correspondence.tasks import claims
from correspondence.tasks.making import MAKERS
from tests.cast import ADA
from tests.factories import make_user
from tests.integration.correspondence.working.letters import NOW, PRIVATE, again, job_of, page_of, stands

pytestmark = pytest.mark.django_db


class TestTheRightToTheCase:
    @pytest.fixture
    def ada(self, case: Case, rosa: User) -> User:
        ada = make_user(ADA)
        CaseMembership.objects.create(case=case, user=ada, role="adviser")
        return ada

    def asked_by(self, letter: Letter, person: User) -> None:
        stands(letter, requested_by=person.pk)

    @pytest.mark.usefixtures("_pango")
    def test_is_looked_at_when_the_work_is_done(self, letter: Letter, ada: User) -> None:
        self.asked_by(letter, ada)
        tasks.do_what_waits()
        assert job_of(letter).state == "ready"

    def test_revoked_before_the_work_leaves_nothing(self, letter: Letter, ada: User, rosa: User) -> None:
        self.asked_by(letter, ada)
        CaseMembership.objects.filter(user=ada).update(ended_at=NOW)
        tasks.do_what_waits()
        job = job_of(letter)
        letter.refresh_from_db()
        assert (job.state, job.failure, letter.pdf_name) == ("failed", FailureCode.NOT_ALLOWED, "")
        assert not (PRIVATE / letter.case_id.hex).exists()
        assert "The person who asked for it can no longer open this record." in page_of(letter, rosa)

    def test_revoked_during_the_work_leaves_nothing(
        self, letter: Letter, ada: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.asked_by(letter, ada)

        def slow(job: Job, progress: tasks.Progress) -> tasks.Made:
            CaseMembership.objects.filter(user=ada).update(ended_at=NOW)
            return tasks.Made(content=[b"%PDF-"], note=lambda kept: pytest.fail("it was published"))

        monkeypatch.setitem(MAKERS, JobKind.LETTER, replace(MAKERS[JobKind.LETTER], make=slow))
        tasks.do_what_waits()
        assert job_of(letter).failure == FailureCode.NOT_ALLOWED
        assert not (PRIVATE / letter.case_id.hex).exists()

    def test_of_a_closed_account_is_none(self, letter: Letter, ada: User) -> None:
        self.asked_by(letter, ada)
        User.objects.filter(pk=ada.pk).update(is_active=False)
        tasks.do_what_waits()
        assert job_of(letter).failure == FailureCode.NOT_ALLOWED

    @pytest.mark.usefixtures("_pango")
    def test_of_another_who_asks_again_makes_it(self, letter: Letter, ada: User, rosa: User) -> None:
        self.asked_by(letter, ada)
        CaseMembership.objects.filter(user=ada).update(ended_at=NOW)
        tasks.do_what_waits()
        again(rosa, letter)
        tasks.do_what_waits()
        assert job_of(letter).state == "ready"


class TestTurns:
    """A pure test of the order stands in tests/unit; here are the rows."""

    @pytest.fixture(autouse=True)
    def _quick(self, monkeypatch: pytest.MonkeyPatch, clock: time_machine.Traveller) -> None:
        def make(job: Job, progress: tasks.Progress) -> tasks.Made:
            clock.shift(0.05)
            return tasks.Made(content=[b"x"], note=lambda kept: None)

        monkeypatch.setitem(MAKERS, JobKind.LETTER, replace(MAKERS[JobKind.LETTER], make=make))

    def test_let_one_letter_of_a_parent_pass_five_hundred_of_an_adviser(self, rosa: User, case: Case) -> None:
        ada = make_user(ADA)
        CaseMembership.objects.create(case=case, user=ada, role="adviser")
        known = {"case": case, "kind": JobKind.LETTER}
        Job.objects.bulk_create([Job(**known, subject=uuid.uuid4(), requested_by=ada.pk) for _ in range(500)])
        begun = [claims.claim() for _ in range(3)]
        assert [job and job.requested_by for job in begun] == [ada.pk] * 3
        hers = Job.objects.create(**known, subject=uuid.uuid4(), requested_by=rosa.pk)
        turn = claims.claim()
        assert turn is not None
        assert turn.pk == hers.pk
        after = claims.claim()
        assert after is not None
        assert after.requested_by == ada.pk

    def test_go_round_among_those_who_wait(self, rosa: User, case: Case, clock: time_machine.Traveller) -> None:
        ada = make_user(ADA)
        for person in (ada, ada, ada, rosa, rosa):
            Job.objects.create(case=case, kind=JobKind.LETTER, subject=uuid.uuid4(), requested_by=person.pk)
        order = []
        for _ in range(5):
            clock.shift(0.05)
            job = claims.claim()
            assert job is not None
            order.append(job.requested_by)
        assert sorted(order[:2], key=str) == sorted(order[2:4], key=str) == sorted([ada.pk, rosa.pk], key=str)

    def test_take_everything_that_waits_on_one_message(self, rosa: User, case: Case) -> None:
        subjects = [uuid.uuid4() for _ in range(30)]
        tasks.ask_for_each(JobKind.LETTER, subjects=subjects, case_id=case.pk, requested_by=rosa.pk)
        tasks.do_what_waits()
        assert set(Job.objects.values_list("state", flat=True)) == {"ready"}
