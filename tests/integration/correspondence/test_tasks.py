"""The life of a letter's row: claimed once, tried three times, found again, and never stuck in silence."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from cases import operations as case_operations
from cases.models import Case
from cms_tracker.audit.models import Event
from cms_tracker.processes import system_packages
from cms_tracker.users.models import User
from cms_tracker.web import storage
from correspondence import operations, queries, rendering, tasks
from correspondence.core.drafting import Choices
from correspondence.core.letter_facts import fingerprint
from correspondence.core.letters import LetterKind
from correspondence.models import Letter
from tests.cast import ROSA
from tests.factories import make_user
from tests.functional.direct_pay import TODAY, direct_pay_case
from tests.needs import absent

pytestmark = pytest.mark.django_db

PRIVATE = Path(settings.PRIVATE_FILES_DIR)
NOW = dt.datetime(2025, 7, 10, 9, 0, tzinfo=dt.UTC)
CHOICES = Choices(kind=LetterKind.MISSED_PAYMENTS, sender="Rosa Martin", due_days=frozenset({dt.date(2025, 5, 3)}))


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
    checked = fingerprint(queries.draft(case, CHOICES, on=TODAY))
    return operations.make_letter(actor=rosa, case=case, choices=CHOICES, on=TODAY, checked=checked)


@pytest.fixture
def _pango() -> None:
    if not system_packages.has_pango():
        absent("Pango is not installed, so no letter can be laid out")


def broken(letter: Letter) -> None:
    """Words that no engine can lay out, as a stand-in for whatever brings one down."""
    folder = PRIVATE / letter.case_id.hex
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_bytes(b"a file where the folder should be")


@pytest.mark.usefixtures("_pango")
class TestRendering:
    def test_makes_the_letter_ready_with_its_hash_and_pages(self, letter: Letter) -> None:
        tasks.render_letter(str(letter.pk))
        letter.refresh_from_db()
        content = storage.read_kept(letter.pdf_name, sha256=letter.pdf_sha256)
        assert content is not None
        assert (letter.state, letter.pages, letter.attempts, letter.lease_until) == ("ready", 1, 1, None)

    def test_does_nothing_the_second_time(self, letter: Letter) -> None:
        tasks.render_letter(str(letter.pk))
        letter.refresh_from_db()
        (PRIVATE / letter.pdf_name).unlink()
        tasks.render_letter(str(letter.pk))
        assert not (PRIVATE / letter.pdf_name).exists()

    def test_leaves_a_letter_alone_that_another_worker_holds(self, letter: Letter) -> None:
        held = NOW + dt.timedelta(seconds=5)
        Letter.objects.filter(pk=letter.pk).update(state="rendering", attempts=1, lease_until=held)
        tasks.render_letter(str(letter.pk))
        letter.refresh_from_db()
        assert (letter.state, letter.attempts, letter.lease_until) == ("rendering", 1, held)

    def test_waits_longer_after_each_failure_and_then_says_so(
        self, letter: Letter, rosa: User, clock: time_machine.Traveller
    ) -> None:
        broken(letter)
        for attempt, seconds in ((1, 2), (2, 4)):
            tasks.render_letter(str(letter.pk))
            letter.refresh_from_db()
            assert (letter.state, letter.attempts) == ("queued", attempt)
            assert letter.lease_until == NOW + dt.timedelta(seconds=seconds)
        tasks.render_letter(str(letter.pk))
        letter.refresh_from_db()
        assert (letter.state, letter.failure) == ("failed", "gave_up")
        visitor = Client()
        visitor.force_login(rosa)
        page = visitor.get(reverse("correspondence:letter", args=[letter.case_id, letter.pk])).content.decode()
        assert "We could not make the PDF. Your words and figures are safe." in page
        assert "Try again" in page

    def test_starts_afresh_when_asked_again(self, letter: Letter, rosa: User, case: Case) -> None:
        Letter.objects.filter(pk=letter.pk).update(state="failed", attempts=3, failure="gave_up")
        operations.try_again(actor=rosa, case=case, letter_id=letter.pk)
        tasks.render_letter(str(letter.pk))
        letter.refresh_from_db()
        assert (letter.state, letter.failure) == ("ready", "")
        assert Event.objects.filter(kind="letter.tried_again", case_id=case.pk).count() == 1

    def test_leaves_no_file_of_a_case_deleted_meanwhile(
        self, letter: Letter, rosa: User, case: Case, django_capture_on_commit_callbacks: object
    ) -> None:
        held = tasks._claim(letter.pk)
        assert held is not None
        pdf = rendering.render_pdf(held.html, dated_on=held.dated_on)
        with django_capture_on_commit_callbacks(execute=True):
            case_operations.delete_case(actor=rosa, case=case)
        kept = storage.put([pdf.content], case_id=held.case_id, name=f"{held.pk}.pdf")
        tasks._finish(held, kept, pages=pdf.pages)
        assert not (PRIVATE / held.case_id.hex).exists()

    def test_makes_a_lost_file_again_with_the_same_bytes(self, letter: Letter, rosa: User, case: Case) -> None:
        tasks.render_letter(str(letter.pk))
        letter.refresh_from_db()
        before = letter.pdf_sha256
        (PRIVATE / letter.pdf_name).unlink()
        operations.try_again(actor=rosa, case=case, letter_id=letter.pk)
        tasks.render_letter(str(letter.pk))
        letter.refresh_from_db()
        assert letter.pdf_sha256 == before


class TestWithoutPango:
    @pytest.fixture(autouse=True)
    def _no_engine(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
        (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library')")
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))
        rendering.stop()
        yield
        rendering.stop()

    def test_says_so_at_once_and_offers_the_print_view(self, letter: Letter, rosa: User) -> None:
        tasks.render_letter(str(letter.pk))
        letter.refresh_from_db()
        assert (letter.state, letter.failure, letter.attempts) == ("failed", "engine_missing", 1)
        visitor = Client()
        visitor.force_login(rosa)
        page = visitor.get(reverse("correspondence:letter", args=[letter.case_id, letter.pk])).content.decode()
        assert "This computer lacks a part that lays out PDF pages." in page
        sheet = visitor.get(reverse("correspondence:page", args=[letter.case_id, letter.pk])).content.decode()
        assert "Dear Child Maintenance Service" in sheet


class TestSweeping:
    def waiting(self) -> set[object]:
        return set(queries.waiting(before=NOW).values_list("pk", flat=True))

    def test_finds_what_is_queued_and_what_a_dead_worker_left(self, letter: Letter) -> None:
        assert self.waiting() == {letter.pk}
        Letter.objects.filter(pk=letter.pk).update(state="rendering", lease_until=NOW - dt.timedelta(seconds=1))
        assert self.waiting() == {letter.pk}

    @pytest.mark.parametrize("state", ["ready", "failed"])
    def test_leaves_what_is_done(self, letter: Letter, state: str) -> None:
        Letter.objects.filter(pk=letter.pk).update(state=state, pdf_sha256="0" * 64)
        assert self.waiting() == set()

    @pytest.mark.usefixtures("broker")
    def test_sends_one_hint_at_a_time(self, letter: Letter, clock: time_machine.Traveller) -> None:
        tasks.sweep()
        assert self.waiting() == set()  # a hint is on its way
        clock.move_to(NOW + tasks.PATIENCE)
        assert set(queries.waiting(before=NOW + tasks.PATIENCE).values_list("pk", flat=True)) == {letter.pk}

    def test_gives_up_on_a_letter_that_took_three_workers_with_it(self, letter: Letter) -> None:
        Letter.objects.filter(pk=letter.pk).update(
            state="rendering", attempts=3, lease_until=NOW - dt.timedelta(seconds=1)
        )
        tasks.sweep()
        letter.refresh_from_db()
        assert (letter.state, letter.failure) == ("failed", "gave_up")
