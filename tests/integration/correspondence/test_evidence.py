"""Evidence: kept sealed, shown and shared as a copy that tells no more than it shows."""

import datetime as dt
import errno
import hashlib
import os
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from arrears.core.case_values import ContactKind, Direction
from cases import operations as case_operations
from cases.models import Case, SharedCopy
from cms_tracker.refusal import Refusal
from cms_tracker.users.models import User
from cms_tracker.web import storage
from correspondence import operations, queries
from correspondence.models import Contact, EvidenceFile, Letter
from tests import corpus
from tests.cast import ADA, ROSA
from tests.factories import let_in, make_case, make_user
from tests.pages import words

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 3, 3)


@pytest.fixture
def rosa() -> User:
    return make_user(ROSA)


@pytest.fixture
def client(rosa: User) -> Client:
    browser = Client()
    browser.force_login(rosa)
    return browser


@pytest.fixture
def case(rosa: User) -> Case:
    return make_case(rosa)


@pytest.fixture
def contact(rosa: User, case: Case) -> Contact:
    return operations.record_contact(
        actor=rosa, case=case, at_date=DAY, at_time=None, kind=ContactKind.LETTER, direction=Direction.IN,
        recorded_on=DAY, summary="They wrote",
    )  # fmt: skip


@pytest.fixture
def helper(rosa: User, case: Case) -> Client:
    person = make_user(ADA)
    let_in(person, case, by=rosa, at=timezone.now())
    browser = Client()
    browser.force_login(person)
    return browser


def sent(name: str, content: bytes, **changes: Any) -> dict[str, Any]:
    answers = {"shows": "Their reply", "happened_on_d": 3, "happened_on_m": 3, "happened_on_y": 2025}
    return answers | {"file": SimpleUploadedFile(name, content, content_type="text/html")} | changes


def add(rosa: User, case: Case, **changes: Any) -> EvidenceFile:
    values = {"file": corpus.accepted(), "shows": "A reply", "happened_on": DAY, "recorded_on": DAY}
    return operations.add_evidence(actor=rosa, case=case, **(values | changes))


def folder(case: Case) -> Path:
    return Path(settings.PRIVATE_FILES_DIR) / case.pk.hex


class TestAddingAFile:
    @pytest.mark.parametrize(
        ("content", "name", "kind", "copy"),
        [
            (corpus.plain_pdf(), "x.pdf", "application/pdf", "application/pdf"),
            (corpus.photo(), "x.jpg", "image/jpeg", "image/jpeg"),
            (corpus.TEXT, "x.txt", "text/plain", "text/plain"),
            (corpus.EMAIL, "x.eml", "message/rfc822", "text/plain"),
        ],
        ids=["PDF", "JPEG", "text", "e-mail"],
    )
    def test_keeps_it_sealed_beside_the_copy_that_may_be_shared(
        self, client: Client, case: Case, content: bytes, name: str, kind: str, copy: str
    ) -> None:
        page = client.post(reverse("correspondence:new-evidence", args=[case.pk]), sent("x.exe", content))
        row = EvidenceFile.objects.get()
        assert page["Location"] == reverse("correspondence:evidence-file", args=[case.pk, row.pk])
        assert (row.name, row.media_type, row.happened_on, row.shows) == (name, kind, DAY, "Their reply")
        assert row.sha256 == hashlib.sha256(content).hexdigest()
        assert storage.read_kept(row.stored_as, sha256=row.sha256) == content
        assert (Path(settings.PRIVATE_FILES_DIR) / row.stored_as).stat().st_mode & 0o777 == 0o600
        made = SharedCopy.objects.get()
        shared = storage.read_kept(made.stored_as, sha256=made.sha256)
        assert made.media_type == copy
        assert shared is not None
        assert corpus.PLACE not in shared

    def test_says_what_is_wrong_beside_the_file_and_keeps_what_was_typed(self, client: Client, case: Case) -> None:
        url = reverse("correspondence:new-evidence", args=[case.pk])
        page = client.post(url, sent("a.docx", corpus.archive(), note="Found it in a drawer"))
        text = page.content.decode()
        assert "This is a Word, Excel or zip file." in text
        assert "A file is not kept when something else needs another look." in text
        for typed_in in ('value="Their reply"', 'value="2025"', "Found it in a drawer"):
            assert typed_in in text
        assert not EvidenceFile.objects.exists()
        assert not folder(case).exists()

    def test_belongs_to_the_contact_or_the_letter_it_was_added_to(
        self, client: Client, case: Case, contact: Contact
    ) -> None:
        letter = Letter.objects.create(case=case, kind="call-follow-up", dated_on=DAY, facts={}, html="<p>x</p>")
        for name, key in (("contact", contact.pk), ("letter", letter.pk)):
            url = reverse(f"correspondence:{name}-file", args=[case.pk, key])
            client.post(url, sent("a.txt", corpus.TEXT, shows=f"With the {name}"))
            page = client.get(reverse(f"correspondence:{name}", args=[case.pk, key]))
            assert f"With the {name}" in words(page)
            assert [one.shows for one in queries.evidence_with(case.pk, key)] == [f"With the {name}"]

    def test_begins_with_the_day_of_its_contact(self, client: Client, case: Case, contact: Contact) -> None:
        page = client.get(reverse("correspondence:contact-file", args=[case.pk, contact.pk]))
        assert page.context["form"]["happened_on"].value() == DAY

    def test_is_not_for_a_contact_of_another_record(self, rosa: User, client: Client, contact: Contact) -> None:
        other = make_case(rosa)
        assert client.get(reverse("correspondence:contact-file", args=[other.pk, contact.pk])).status_code == 404
        with pytest.raises(Refusal, match="not in your record"):
            add(rosa, other, contact_id=contact.pk)
        with pytest.raises(Refusal, match="not in your record"):
            add(rosa, other, letter_id=uuid.uuid4())
        assert not folder(other).exists()

    def test_sent_twice_keeps_the_first(self, rosa: User, case: Case) -> None:
        key = uuid.uuid4()
        assert add(rosa, case, entry_id=key) == add(rosa, case, entry_id=key, shows="Something else")
        assert EvidenceFile.objects.count() == 1

    def test_of_the_same_content_shares_one_copy(self, rosa: User, case: Case) -> None:
        for _ in range(2):
            add(rosa, case)
        assert (EvidenceFile.objects.count(), SharedCopy.objects.count()) == (2, 1)

    @pytest.mark.parametrize(("limit", "most"), [("MOST_FILES", 1), ("MOST_BYTES", 150)])
    def test_stops_at_as_much_as_a_record_may_hold(
        self, rosa: User, case: Case, monkeypatch: pytest.MonkeyPatch, limit: str, most: int
    ) -> None:
        monkeypatch.setattr(storage, limit, most)
        add(rosa, case)
        with pytest.raises(Refusal, match="full of files"):
            add(rosa, case)
        assert EvidenceFile.objects.count() == 1

    def test_cut_short_leaves_nothing_that_anybody_can_reach(
        self, rosa: User, case: Case, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def power_cut(*_: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(os, "fsync", power_cut)
        with pytest.raises(Refusal, match="Files cannot be kept just now"):
            add(rosa, case)
        assert not EvidenceFile.objects.exists()
        assert list(folder(case).iterdir()) == []


class TestAFile:
    def test_as_it_came_is_for_the_owner_alone(self, rosa: User, client: Client, helper: Client, case: Case) -> None:
        client.post(reverse("correspondence:new-evidence", args=[case.pk]), sent("Müller <b>.jpg", corpus.photo()))
        row = EvidenceFile.objects.get()
        original = reverse("correspondence:original", args=[case.pk, row.pk])
        response = client.get(original)
        assert response.content == corpus.photo()
        assert response.headers["Content-Disposition"] == "attachment; filename*=utf-8''M%C3%BCller%20-b.jpg"
        assert helper.get(original).status_code == 403
        copy = helper.get(reverse("correspondence:copy", args=[case.pk, row.pk]))
        assert copy.status_code == 200
        assert corpus.PLACE not in copy.content
        assert copy.headers["Content-Disposition"].startswith('attachment; filename="copy-')
        assert "Only the owner of this record can have it." in words(
            helper.get(reverse("correspondence:evidence-file", args=[case.pk, row.pk]))
        )

    @pytest.mark.parametrize("door", ["original", "copy"])
    def test_is_a_download_that_no_browser_runs(self, rosa: User, client: Client, case: Case, door: str) -> None:
        row = add(rosa, case)
        response = client.get(reverse(f"correspondence:{door}", args=[case.pk, row.pk]), headers={"range": "bytes=0-1"})
        assert response.status_code == 200
        assert response.content.startswith(b"\x89PNG")
        assert response.headers["Content-Disposition"].startswith("attachment;")
        assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert response.headers["Cache-Control"] == "no-store"

    def test_is_not_handed_out_when_it_was_changed(self, rosa: User, client: Client, case: Case) -> None:
        row = add(rosa, case)
        (Path(settings.PRIVATE_FILES_DIR) / row.stored_as).write_bytes(b"something else")
        page = client.get(reverse("correspondence:original", args=[case.pk, row.pk]), follow=True)
        assert "it is not the one that was added" in words(page)

    def test_gets_its_copy_made_again_where_that_was_changed(self, client: Client, case: Case) -> None:
        client.post(reverse("correspondence:new-evidence", args=[case.pk]), sent("a.jpg", corpus.photo()))
        made, row = SharedCopy.objects.get(), EvidenceFile.objects.get()
        path = Path(settings.PRIVATE_FILES_DIR) / made.stored_as
        whole = path.read_bytes()
        path.write_bytes(b"something else")
        assert client.get(reverse("correspondence:copy", args=[case.pk, row.pk])).content == whole
        found = case_operations.shared_copy(
            case=case, stored_as=row.stored_as, sha256=row.sha256, media_type=row.media_type
        )
        assert (path.read_bytes(), found.sha256) == (whole, made.sha256)

    def test_struck_out_stays_sealed_and_leaves_the_record_no_more(
        self, rosa: User, client: Client, case: Case
    ) -> None:
        row = add(rosa, case)
        strike = reverse("pages:strike-out", args=[case.pk, row.pk])
        assert "A reply" in words(client.get(strike))
        client.post(strike, {"reason": "The wrong file"})
        assert "The wrong file" in words(client.get(reverse("correspondence:evidence-file", args=[case.pk, row.pk])))
        assert client.get(reverse("correspondence:original", args=[case.pk, row.pk])).status_code == 200
        assert client.get(reverse("correspondence:copy", args=[case.pk, row.pk])).status_code == 404

    def test_is_not_reached_through_another_record(self, rosa: User, client: Client, case: Case) -> None:
        row, other = add(rosa, case), make_case(rosa)
        for door in ("evidence-file", "original", "copy"):
            assert client.get(reverse(f"correspondence:{door}", args=[case.pk, row.pk])).status_code == 200
            assert client.get(reverse(f"correspondence:{door}", args=[other.pk, row.pk])).status_code == 404

    def test_goes_with_its_record(self, rosa: User, case: Case, django_capture_on_commit_callbacks: Any) -> None:
        add(rosa, case)
        files = folder(case)
        assert files.exists()
        with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
            case_operations.delete_case(actor=rosa, case=case)
        assert not files.exists()
        assert not EvidenceFile.objects.exists()


class TestTheList:
    def test_holds_every_file_newest_first_and_says_where_it_is_used(
        self, rosa: User, client: Client, case: Case, contact: Contact
    ) -> None:
        add(rosa, case, shows="The older one", contact_id=contact.pk)
        add(rosa, case, shows="The newer one", happened_on=dt.date(2025, 4, 4))
        page = words(client.get(reverse("correspondence:evidence", args=[case.pk])))
        assert page.index("The newer one") < page.index("The older one")
        assert "With a call or letter" in page

    def test_shows_fifty_at_once(self, rosa: User, client: Client, case: Case) -> None:
        for number in range(51):
            add(rosa, case, shows=f"File {number}.", happened_on=DAY + dt.timedelta(days=number))
        url = reverse("correspondence:evidence", args=[case.pk])
        assert "File 0." not in words(client.get(url))
        assert "File 0." in words(client.get(url, {"page": "2"}))
        assert client.get(url, {"page": "x"}).status_code == 200

    def test_stands_on_the_timeline_too(self, rosa: User, client: Client, case: Case) -> None:
        add(rosa, case, shows="A bank line")
        assert "File: A bank line" in words(client.get(reverse("correspondence:timeline", args=[case.pk])))
